//! What stands once in a file, whatever the contract: from quoted tokens to text by prettyplease.
//!
//! What grows with a contract is written to a [`Page`](super::page::Page) as it stands.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::{File, ImplItem, Item, ItemImpl, Type};

/// The text of items, with a blank line between them; module declarations stand together.
///
/// Tokens that are no Rust, which is a bug of the generator, are text that does not compile.
pub(crate) fn items(tokens: TokenStream) -> String {
    let file: File = match syn::parse2(tokens) {
        Ok(file) => file,
        Err(error) => return error.to_compile_error().to_string(),
    };
    let mut out = String::new();
    if !file.attrs.is_empty() {
        out.push_str(&prettyplease::unparse(&File {
            items: Vec::new(),
            ..file.clone()
        }));
    }
    let mut after_module = false;
    for item in file.items {
        let module = matches!(item, Item::Mod(_));
        if !(out.is_empty() || (module && after_module)) {
            out.push('\n');
        }
        after_module = module;
        out.push_str(&self::item(item));
    }
    out
}

/// A path as tokens.
pub(crate) fn path(path: &str) -> TokenStream {
    let segments = path.split("::").map(|segment| format_ident!("{segment}"));
    quote!(#(#segments)::*)
}

/// The text of a type, in one line.
pub(crate) fn in_line(ty: &Type) -> String {
    let mut out = String::new();
    for word in ty.to_token_stream().to_string().split(' ') {
        // Tokens come with blanks between them, which only words need.
        let apart = out.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ',')
            && word.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        if apart {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn item(item: Item) -> String {
    let item = match item {
        Item::Impl(block) => Item::Impl(with_blank_lines(block)),
        other => other,
    };
    let file = File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    };
    prettyplease::unparse(&file).replace(BLANK_LINE, "\n")
}

/// What stands for a blank line between the members of an `impl`, and how it is printed.
const BLANK_LINE: &str = "    blank_line! {}\n";

fn with_blank_lines(mut block: ItemImpl) -> ItemImpl {
    let count = block.items.len();
    let mut members = Vec::with_capacity(count * 2);
    for (index, member) in block.items.into_iter().enumerate() {
        members.push(member);
        if index + 1 < count {
            members.push(ImplItem::Macro(syn::parse_quote!(blank_line! {})));
        }
    }
    block.items = members;
    block
}
