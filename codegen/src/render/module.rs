//! The file `mod.rs`: what the module of an API says of itself, and what is in it.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{Comment, Indent};
use super::names::Module;
use super::output::{Condition, Declaration, Output, Text};
use super::page::Page;
use super::parts::{Context, Layout};
use super::{Options, head, manifest, markdown, schemas};
use crate::ir::{Api, TypeKind};
use crate::plan::{Brings, Plan};

/// The file, which declares these modules.
pub(crate) fn render(context: Context<'_>, layouts: &[Layout<'_>]) -> Output {
    let mut page = Page::default();
    docs(context).write_inner(&mut page);
    let lints = lints();
    page.lines(&head::items(quote!(#![allow(#lints)])));
    if context.options.crate_root && has_names_beyond_ascii(context.api) {
        page.lines(&head::items(lints_of_names()));
    }
    let runtime = context.options.crate_root.then(manifest::runtime_reexport);
    let text = Text {
        head: page.finish(),
        body: head::items(quote! {
            typewright_runtime::generated_for!(protocol 10);
            #runtime
        }),
    };
    let deprecated = marks_deprecated(context.api);
    let declarations = layouts.iter();
    let declarations = declarations.map(|one| declaration(context, one, deprecated));
    let schemas = schemas::are_wanted(context.api);
    let schemas = schemas.then(|| schemas::declaration(context.api));
    Output::new("mod.rs".to_owned(), text).declaring(declarations.chain(schemas).collect())
}

fn declaration(context: Context<'_>, layout: &Layout<'_>, deprecated: bool) -> Declaration {
    let name = layout.module().name();
    let condition = match layout.module() {
        Module::Client if context.options.client_feature => {
            Condition::any(vec!["client".to_owned()])
        }
        Module::Types | Module::Client | Module::Webhooks => layout.condition().clone(),
    };
    let module = Declaration::private(name, condition)
        .content(layout.content())
        .kept();
    // Inside the module, what is deprecated has to be named without a warning.
    let module =
        module
            .attributes(deprecated.then_some(
                "#[allow(deprecated, reason = \"what is deprecated is defined here\")]",
            ));
    match layout.module() {
        Module::Types | Module::Client => module,
        Module::Webhooks => {
            module.public("What the server sends by itself: webhooks and callbacks.")
        }
    }
}

/// The module in one piece: for a macro to expand to, and for a file that is included. Neither can
/// have inner attributes, so each of the modules inside has them; and formatting is a matter of
/// files.
pub(crate) fn inline(files: &[Output]) -> String {
    let mut page = Page::default();
    if let Some(root) = files.iter().find(|file| file.path == "mod.rs") {
        page.lines(&root.body);
        let lints = lints();
        // An attribute is printed with what it belongs to.
        let lints = head::items(quote!(
            #[allow(#lints)]
            mod m;
        ))
        .replace("mod m;\n", "");
        root.write_modules(&mut page, files, &lints);
    }
    page.finish()
}

/// What the contract's names, texts, numbers and sizes may set off.
fn lints() -> TokenStream {
    quote! {
        clippy::doc_markdown,
        clippy::must_use_candidate,
        clippy::too_many_arguments,
        clippy::struct_field_names,
        clippy::large_enum_variant,
        clippy::disallowed_names,
        clippy::should_implement_trait,
        clippy::approx_constant,
        reason = "names, texts, numbers and sizes are the contract's"
    }
}

/// Whether there is anything to call.
pub(crate) fn has_client(api: &Api, options: &Options) -> bool {
    !options.types_only && !api.operations.is_empty()
}

/// The most rows of a table.
const ROWS: usize = 1_000;

fn docs(context: Context<'_>) -> Comment {
    let Context {
        api, plan, options, ..
    } = context;
    let version = format!("Version {} of the contract.", markdown::code(&api.version));
    let mut comment = Comment::new(Indent::Item)
        .contract(&format!("{}.", api.title.trim_end_matches('.')))
        .own(&version);
    if let Some(description) = &api.description {
        comment = comment.contract(description);
    }
    if !plan.features.is_empty() {
        comment = features(comment, plan, has_client(api, options));
    } else if has_client(api, options) {
        let rows = api.operations.iter().map(|operation| {
            let method = markdown::code(&format!("Client::{}", operation.name));
            let request = markdown::code(&format!("{} {}", operation.method, operation.path));
            [method, request]
        });
        comment = table(comment, ["method", "request"], rows);
    }
    for server in &api.servers {
        let url = markdown::code(&server.url);
        comment = match &server.description {
            Some(description) => comment.contract(&format!("- {url}: {description}")),
            None => comment.contract(&format!("- {url}")),
        };
    }
    comment
}

/// Adds which features there are, and what each brings.
fn features(comment: Comment, plan: &Plan, client: bool) -> Comment {
    let rows = plan.features.iter().map(|feature| {
        let (what, count) = match &feature.brings {
            Brings::Tags { tags, operations } => {
                let tags: Vec<_> = tags.iter().map(|tag| markdown::code(tag)).collect();
                (
                    format!("operations with the tag {}", tags.join(" or ")),
                    operations,
                )
            }
            Brings::Untagged(operations) => ("operations without a tag".to_owned(), operations),
            Brings::Webhooks(webhooks) => ("what the server sends by itself".to_owned(), webhooks),
            Brings::OtherSchemas(types) => ("types that none of these uses".to_owned(), types),
        };
        [markdown::code(&feature.name), what, count.to_string()]
    });
    let comment = table(comment, ["feature", "brings", "number"], rows);
    let client = if client {
        " Operations are called with the feature `client`."
    } else {
        ""
    };
    comment.own(&format!(
        "Each feature brings the types that it uses, and no other.{client} All of these are on by \
         default."
    ))
}

/// Adds a table, or as much of it as a reader may want.
fn table<const N: usize>(
    comment: Comment,
    head: [&str; N],
    rows: impl ExactSizeIterator<Item = [String; N]>,
) -> Comment {
    // A bar ends a cell even in a code span.
    let row = |cells: [String; N]| {
        format!(
            "| {} |",
            cells.map(|cell| cell.replace('|', "\\|")).join(" | ")
        )
    };
    let more = rows.len().saturating_sub(ROWS);
    let mut lines = vec![
        row(head.map(str::to_owned)),
        row(head.map(|_| "---".to_owned())),
    ];
    lines.extend(rows.take(ROWS).map(row));
    let comment = comment.lines(lines);
    if more == 0 {
        comment
    } else {
        comment.own(&format!("And {more} more."))
    }
}

/// What is said of names in the scripts of the contract, which rustc only hears at the root of a crate.
pub(crate) fn lints_of_names() -> TokenStream {
    quote! {
        #![allow(
            confusable_idents,
            mixed_script_confusables,
            uncommon_codepoints,
            reason = "names are the contract's"
        )]
    }
}

/// Whether any name is in other scripts than that of ASCII.
pub(crate) fn has_names_beyond_ascii(api: &Api) -> bool {
    let mut operations = api.operations.iter();
    operations.any(|operation| !operation.name.is_ascii())
        || api.types.iter().any(|def| {
            !def.name.is_ascii()
                || match &def.kind {
                    TypeKind::Struct(object) => {
                        object.fields.iter().any(|one| !one.name.is_ascii())
                    }
                    TypeKind::StringEnum(listed) => {
                        listed.variants.iter().any(|one| !one.name.is_ascii())
                    }
                    TypeKind::Union(union) => union.variants.iter().any(|one| !one.name.is_ascii()),
                    TypeKind::Alias(_) => false,
                }
        })
}

fn marks_deprecated(api: &Api) -> bool {
    api.types.iter().any(|def| {
        def.docs.deprecated
            || match &def.kind {
                TypeKind::Struct(object) => object.fields.iter().any(|field| field.docs.deprecated),
                TypeKind::StringEnum(listed) => {
                    listed.variants.iter().any(|one| one.docs.deprecated)
                }
                TypeKind::Union(_) | TypeKind::Alias(_) => false,
            }
    }) || api.webhooks.iter().any(|webhook| webhook.docs.deprecated)
}
