//! The fronts give the same items: files of a crate, one file to include, and a macro's expansion.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;

use quote::ToTokens;
use syn::{File, Item};
use typewright::{Generator, Package};

/// Every contract that this project keeps.
fn contracts() -> Vec<std::path::PathBuf> {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let mut out: Vec<_> = std::fs::read_dir(specs)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .collect();
    out.sort();
    assert!(!out.is_empty());
    out
}

/// Tokens as text, without the commas that a layout in rows adds.
fn text(tokens: &impl ToTokens) -> String {
    let text = tokens.to_token_stream().to_string();
    text.replace(" ,)", ")")
        .replace(" ,]", "]")
        .replace(" , }", " }")
}

/// The items of the module `name` of a file, as text.
fn items_of(file: &File, name: &str) -> Option<Vec<String>> {
    file.items.iter().find_map(|item| match item {
        Item::Mod(module) if module.ident == name => {
            let (_, items) = module.content.as_ref()?;
            Some(items.iter().map(text).collect())
        }
        _ => None,
    })
}

#[test]
fn an_expansion_has_the_items_of_the_file_that_is_included() {
    for contract in contracts() {
        let generated = Generator::new(&contract).generate().unwrap();
        let expanded = generated.items().unwrap();
        let included: File = syn::parse_str(&generated.file()).unwrap();
        let expanded: File = syn::parse2(expanded).unwrap();
        assert!(
            included.attrs.is_empty(),
            "an included file has no inner attributes"
        );
        assert_eq!(text(&included), text(&expanded), "{}", contract.display());
    }
}

#[test]
fn an_expansion_has_the_items_of_the_files_of_a_crate() {
    for contract in contracts() {
        // A package knows how examples name its crate; who expands a macro has to say it.
        let generator = Generator::new(&contract).module_path("a_crate");
        let expanded = generator.generate().unwrap().items().unwrap();
        let expanded: File = syn::parse2(expanded).unwrap();
        let package = Package::of(Generator::new(&contract)).name("a-crate");
        let package = package.generate().unwrap();
        for name in ["types", "client"] {
            let path = format!("src/{name}.rs");
            let file = package
                .files
                .iter()
                .find(|file| file.path == Path::new(&path))
                .unwrap();
            let file: File = syn::parse_str(&file.contents).unwrap();
            let items: Vec<_> = file.items.iter().map(text).collect();
            assert_eq!(
                items_of(&expanded, name).unwrap(),
                items,
                "{}",
                contract.display()
            );
        }
    }
}

#[test]
fn the_output_is_the_same_every_time() {
    for contract in contracts() {
        let once = Generator::new(&contract).generate().unwrap().file();
        let again = Generator::new(&contract).generate().unwrap().file();
        assert!(once == again, "{}", contract.display());
    }
}
