//! A module in one piece: for a macro to expand to, and for a file that is included.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{AttrStyle, Attribute, File, Item, ItemMod};

use super::Output;

/// The items of a module whose files stand in it as modules in braces. There are no inner
/// attributes among them: neither an expansion nor an included file can have any.
///
/// # Errors
///
/// The tokens are no Rust, which is a bug of the renderer.
pub fn inline(outputs: Vec<Output>) -> syn::Result<TokenStream> {
    let mut files = Vec::new();
    let mut root = None;
    for output in outputs {
        let file: File = syn::parse2(output.contents)?;
        match output.path.strip_suffix(".rs") {
            Some("mod") | None => root = Some(file),
            Some(name) => files.push((name, file.items)),
        }
    }
    let mut out = TokenStream::new();
    let Some(root) = root else { return Ok(out) };
    let allow: Vec<Attribute> = root
        .attrs
        .into_iter()
        .filter(|attr| attr.path().is_ident("allow"))
        .collect();
    for item in root.items {
        match item {
            Item::Mod(module) => {
                let name = module.ident.to_string();
                let index = files.iter().position(|(file, _)| *file == name);
                let items = index.map(|index| files.swap_remove(index).1);
                with_content(module, items, &allow).to_tokens(&mut out);
            }
            other => other.to_tokens(&mut out),
        }
    }
    Ok(out)
}

fn with_content(mut module: ItemMod, items: Option<Vec<Item>>, allow: &[Attribute]) -> ItemMod {
    if let Some(items) = items {
        module.content = Some((syn::token::Brace::default(), items));
        module.semi = None;
        // Formatting is a matter of files.
        module.attrs.retain(|attr| {
            attr.path()
                .segments
                .first()
                .is_none_or(|segment| segment.ident != "rustfmt")
        });
        let outer = allow.iter().cloned().map(|attr| Attribute {
            style: AttrStyle::Outer,
            ..attr
        });
        module.attrs.extend(outer);
    }
    module
}
