//! Generated text is written, not printed from tokens: that it is Rust, and laid out as a printer
//! of tokens would do it, is held here.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

use std::path::{Path, PathBuf};

use syn::{File, Item};
use typewright::Generator;

/// The contracts that this project keeps, and those of the goldens.
fn contracts() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut out = Vec::new();
    for folder in ["specs", "tests/goldens/contracts"] {
        let entries = std::fs::read_dir(root.join(folder)).unwrap();
        let paths = entries.map(|entry| entry.unwrap().path());
        out.extend(paths.filter(|path| path.extension().is_some_and(|end| end == "yaml")));
    }
    out.sort();
    out
}

/// Every generated file, with a name for what fails.
fn files() -> Vec<(String, String)> {
    let mut out = Vec::new();
    for contract in contracts() {
        let generated = Generator::new(&contract).generate().unwrap();
        let name = contract.file_name().unwrap().to_string_lossy().into_owned();
        for file in generated.files() {
            let what = format!("{name}: {}", file.path.display());
            out.push((what, file.contents));
        }
        out.push((format!("{name}: in one piece"), generated.file()));
    }
    out
}

fn parsed(what: &str, text: &str) -> File {
    syn::parse_file(text).unwrap_or_else(|error| panic!("{what}: {error}\n{text}"))
}

#[test]
fn every_file_is_rust() {
    for (what, text) in files() {
        assert!(!parsed(&what, &text).items.is_empty(), "{what}");
    }
}

#[test]
fn lines_are_indented_by_steps_of_four_and_end_in_no_blank() {
    for (what, text) in files() {
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{what}");
        assert!(!text.contains("\n\n\n"), "{what}: two blank lines");
        for line in text.lines() {
            let indent = line.len() - line.trim_start_matches(' ').len();
            assert_eq!(indent % 4, 0, "{what}: {line:?}");
            assert_eq!(line, line.trim_end(), "{what}");
        }
    }
}

#[test]
fn a_line_of_code_is_long_only_where_nothing_in_it_could_be_broken() {
    for (what, text) in files() {
        for line in text.lines().filter(|line| line.len() > 100) {
            let code = line.trim_start();
            let longest = code.split([' ', '(']).map(str::len).max().unwrap_or(0);
            let breaks = longest < 40 && !code.starts_with("//") && !code.contains('"');
            assert!(!breaks, "{what}: {line}");
        }
    }
}

#[test]
fn definitions_stand_as_a_printer_of_tokens_prints_them() {
    for (what, text) in files() {
        if what.ends_with("in one piece") {
            continue;
        }
        let without_blank_lines = text.replace("\n\n", "\n");
        for item in parsed(&what, &text).items {
            let apart = matches!(item, Item::Impl(_));
            if !matches!(
                item,
                Item::Struct(_) | Item::Enum(_) | Item::Use(_) | Item::Impl(_)
            ) {
                continue;
            }
            let printed = prettyplease::unparse(&File {
                shebang: None,
                frontmatter: None,
                attrs: Vec::new(),
                items: vec![item],
            });
            // Where a line is nearly too long, the two may differ by a column.
            if printed.lines().any(|line| line.len() > 84) {
                continue;
            }
            let text = if apart { &without_blank_lines } else { &text };
            let expected = printed.replace("\n\n", "\n");
            assert!(text.contains(&expected), "{what} has not:\n{printed}");
        }
    }
}
