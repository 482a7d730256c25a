//! Do the command's files, the build script's file and the macro's expansion have the same items?
//!
//! The macro's own tests hold its expansion against `Generator::items`; here the other two are held
//! against it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::path::PathBuf;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{File, Item, Lit};
use typewright::{Generated, Generator};
use typewright_runtime::shape;
use typewright_tests::contract::FILES;
use typewright_tests::workspace::root;

/// The five contracts, the goldens, and the one that a build script compiles.
fn contracts() -> Vec<PathBuf> {
    let mut out: Vec<_> = FILES
        .iter()
        .map(|file| root().join("specs").join(file))
        .collect();
    let goldens = std::fs::read_dir(root().join("tests/goldens/contracts")).unwrap();
    out.extend(goldens.map(|entry| entry.unwrap().path()));
    out.push(petshop());
    out
}

fn petshop() -> PathBuf {
    root().join("tests/downstream/specs/petshop.yaml")
}

fn compiled(contract: &PathBuf) -> Generated {
    Generator::new(contract)
        .generate()
        .unwrap_or_else(|failure| panic!("{failure}"))
}

/// Tokens as they mean the same: without commas before a closing bracket, and with each text as it
/// is and not as it is spelt.
fn meaning(tokens: TokenStream) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                out.push(open.to_owned());
                out.extend(meaning(group.stream()));
                if out.last().is_some_and(|last| last == ",") {
                    out.pop();
                }
                out.push(close.to_owned());
            }
            TokenTree::Literal(literal) => out.push(match Lit::new(literal) {
                Lit::Str(text) => format!("{:?}", text.value()),
                other => other.to_token_stream().to_string(),
            }),
            TokenTree::Punct(_) | TokenTree::Ident(_) => {
                let text = token.to_string();
                if text == ">" && out.last().is_some_and(|last| last == ",") {
                    out.pop();
                }
                out.push(text);
            }
        }
    }
    out
}

fn of_text(text: &str) -> File {
    syn::parse_file(text).unwrap()
}

fn items(generated: &Generated) -> File {
    syn::parse2(generated.items().unwrap()).unwrap()
}

#[track_caller]
fn assert_same(one: impl ToTokens, other: impl ToTokens, what: &str) {
    let (one, other) = (
        meaning(one.into_token_stream()),
        meaning(other.into_token_stream()),
    );
    let differs = one.iter().zip(&other).position(|(one, other)| one != other);
    if let Some(at) =
        differs.or_else(|| (one.len() != other.len()).then(|| one.len().min(other.len())))
    {
        let around =
            |tokens: &[String]| tokens[at.saturating_sub(10)..tokens.len().min(at + 10)].join(" ");
        panic!("{what} differs:\n  {}\n  {}", around(&one), around(&other));
    }
}

#[test]
fn the_file_for_a_build_script_has_the_items_of_the_macro() {
    for contract in contracts() {
        let generated = compiled(&contract);
        let file = of_text(&generated.file());
        assert_same(items(&generated), file, &contract.display().to_string());
    }
}

#[test]
fn the_files_of_a_module_have_the_items_of_the_macro() {
    for contract in contracts() {
        let generated = compiled(&contract);
        let mut items = items(&generated).items;
        for file in generated.files() {
            let what = format!("{}: {}", contract.display(), file.path.display());
            let theirs = of_text(&file.contents).items;
            let name = file.path.file_stem().unwrap().to_str().unwrap();
            if name == "mod" {
                let bare = |items: &[Item]| -> Vec<Item> {
                    let others = items.iter().filter(|item| !matches!(item, Item::Mod(_)));
                    others.cloned().collect()
                };
                assert_same(all(bare(&items)), all(bare(&theirs)), &what);
            } else {
                let inline = items.iter_mut().find_map(|item| match item {
                    Item::Mod(module) if module.ident == name => module.content.take(),
                    _ => None,
                });
                assert_same(all(inline.expect(name).1), all(theirs), &what);
            }
        }
        let empty = |item: &Item| !matches!(item, Item::Mod(module) if module.content.is_some());
        assert!(
            items.iter().all(empty),
            "{}: a module has no file",
            contract.display()
        );
    }
}

fn all(items: Vec<Item>) -> TokenStream {
    items.into_iter().map(ToTokens::into_token_stream).collect()
}

#[test]
fn the_file_that_a_build_script_wrote_is_the_generators() {
    assert_eq!(typewright_downstream::PETSHOP, compiled(&petshop()).file());
}

/// The pet shop once more, by the macro.
mod petshop_by_macro {
    typewright_macros::api!("downstream/specs/petshop.yaml");
}

#[test]
fn what_the_macro_and_the_build_script_made_behaves_alike() {
    use typewright_downstream::petshop;

    let shapes = [
        (
            shape::of::<petshop_by_macro::Pet>(),
            shape::of::<petshop::Pet>(),
        ),
        (
            shape::of::<petshop_by_macro::PetInput>(),
            shape::of::<petshop::PetInput>(),
        ),
        (
            shape::of::<petshop_by_macro::Problem>(),
            shape::of::<petshop::Problem>(),
        ),
    ];
    for (by_macro, by_build_script) in shapes {
        assert_eq!(format!("{by_macro:?}"), format!("{by_build_script:?}"));
    }
    let text = r#"{"name":"Rex","kind":"dog","nickname":null}"#;
    let by_macro: petshop_by_macro::Pet = serde_json::from_str(text).unwrap();
    let by_build_script: petshop::Pet = serde_json::from_str(text).unwrap();
    assert_eq!(format!("{by_macro:?}"), format!("{by_build_script:?}"));
}
