//! The crate around modules: `Cargo.toml`, and `lib.rs` where there are several of them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::output::{Output, Text};
use super::page::Page;
use super::{docs, head, markdown, module};
use crate::ir::{Api, Encoding, Engine, Format, Keyword, MediaType, SchemaForm, TextKeyword};

/// What a crate is called, and where it finds the runtime.
#[derive(Clone, Debug)]
pub(crate) struct Manifest {
    /// The package's name.
    pub(crate) name: String,
    /// What it is, in one line.
    pub(crate) description: String,
    /// Where the runtime is.
    pub(crate) runtime: Runtime,
    /// The features that bring parts of it: its modules, or what the tags of its contract name.
    pub(crate) features: Vec<String>,
    /// Whether there is a client.
    pub(crate) client: bool,
    /// Whether anything travels as XML.
    pub(crate) xml: bool,
    /// What it always takes of the runtime.
    pub(crate) runtime_features: BTreeSet<&'static str>,
}

/// Where a generated crate finds the runtime.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Runtime {
    /// In a folder, by its path relative to the crate or absolute.
    Path(String),
    /// Where the workspace that the crate belongs to says, along with version, licence and lints.
    Workspace,
    /// In the folder `runtime` of the crate itself, written along with it.
    Carried,
}

impl Manifest {
    /// The text of `Cargo.toml`, without its header.
    pub(crate) fn cargo_toml(&self) -> String {
        let mut out = String::from("[package]\n");
        let mut line = |text: &str| {
            out.push_str(text);
            out.push('\n');
        };
        line(&format!("name = {}", quoted(&self.name)));
        line(&format!("description = {}", quoted(&self.description)));
        if self.runtime == Runtime::Workspace {
            for key in ["version", "edition", "rust-version", "license"] {
                line(&format!("{key}.workspace = true"));
            }
        } else {
            line("version = \"0.1.0\"");
            line("edition = \"2024\"");
            line(&format!(
                "rust-version = {}",
                quoted(env!("CARGO_PKG_RUST_VERSION"))
            ));
        }
        line("publish = false");
        line("\n[features]");
        let mut default = self.features.clone();
        if self.client {
            default.extend(["client", "reqwest"].map(ToOwned::to_owned));
        }
        default.extend(self.xml.then(|| "xml".to_owned()));
        line(&array("default", &default));
        for feature in &self.features {
            line(&format!("{} = []", key(feature)));
        }
        if self.client {
            line("# A client for each API, over a transport that it is given.");
            line("client = [\"typewright-runtime/client\"]");
            line(
                "# The transport over hyper's own client with rustls, which is taken where none is given.",
            );
            line("hyper = [\"client\", \"typewright-runtime/hyper\"]");
            line(
                "# That over reqwest beside it, which is taken where the environment names a proxy.",
            );
            line("reqwest = [\"hyper\", \"typewright-runtime/reqwest\"]");
            line("# HTTP/2, where the server offers it.");
            line("http2 = [\"client\", \"typewright-runtime/http2\"]");
            line("# The timer of Tokio, and files that are streamed; `hyper` brings it.");
            line("tokio = [\"client\", \"typewright-runtime/tokio\"]");
            line("# Calls for which a thread waits.");
            line("blocking = [\"client\", \"typewright-runtime/blocking\"]");
            line("# Answers that are compressed, which reqwest undoes.");
            line("gzip = [\"client\", \"typewright-runtime/gzip\"]");
            line("# Services of tower as transports, and transports as services.");
            line("tower = [\"client\", \"typewright-runtime/tower\"]");
        }
        if self.xml {
            line("# Bodies in XML.");
            line("xml = [\"typewright-runtime/xml\"]");
        }
        line("\n[dependencies]");
        let place = match &self.runtime {
            Runtime::Path(path) => format!("path = {}, default-features = false", quoted(path)),
            Runtime::Workspace => "workspace = true".to_owned(),
            Runtime::Carried => "path = \"runtime\", default-features = false".to_owned(),
        };
        let features = self.runtime_features.iter();
        let features: Vec<_> = features.map(|name| quoted(name)).collect();
        let features = features.join(", ");
        line(&format!(
            "typewright-runtime = {{ {place}, features = [{features}] }}"
        ));
        if self.runtime == Runtime::Workspace {
            line("\n[lints]\nworkspace = true");
        }
        out
    }
}

/// A key, in quotes where it has characters that a bare one cannot have: TOML 1.0, section Keys.
fn key(name: &str) -> String {
    if name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
    {
        name.to_owned()
    } else {
        quoted(name)
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            // TOML 1.0, section String: no control character stands for itself.
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A list in one line, or with one item a line where that is too long.
fn array(key: &str, items: &[String]) -> String {
    let items: Vec<_> = items.iter().map(|item| quoted(item)).collect();
    let short = format!("{key} = [{}]", items.join(", "));
    if short.len() <= 96 {
        short
    } else {
        format!("{key} = [\n    {},\n]", items.join(",\n    "))
    }
}

/// One API of a crate, as its `lib.rs` presents it.
pub(crate) struct Entry<'a> {
    /// The module, which is also the feature.
    pub(crate) module: &'a str,
    /// `info.title`.
    pub(crate) title: &'a str,
    /// How many operations it has.
    pub(crate) operations: usize,
    /// Whether any name is in other scripts than that of ASCII.
    pub(crate) beyond_ascii: bool,
}

/// `lib.rs` of a crate with a module and a feature for each API.
pub(crate) fn lib(description: &str, entries: &[Entry<'_>], client: bool, xml: bool) -> Output {
    let mut rows = vec![
        "| module and feature | API | operations |".to_owned(),
        "| --- | --- | --- |".to_owned(),
    ];
    rows.extend(entries.iter().map(|entry| {
        let title = markdown::neutral(entry.title, usize::MAX)
            .join(" ")
            .replace('|', "\\|");
        format!("| `{}` | {title} | {} |", entry.module, entry.operations)
    }));
    let mut features = Vec::new();
    if client {
        features.push(
            "The feature `client` brings a `Client` for each API, and `reqwest`, with `hyper`, what it sends over.",
        );
    }
    if xml {
        features.push("The feature `xml` brings bodies in XML.");
    }
    features.push("All of these are on by default.");
    let comment = docs::Comment::new(docs::Indent::Item)
        .contract(description)
        .lines(rows)
        .own(&features.join(" "));
    let mut page = Page::default();
    comment.write_inner(&mut page);
    if entries.iter().any(|entry| entry.beyond_ascii) {
        page.lines(&head::items(module::lints_of_names()));
    }
    // As rustfmt sorts them.
    let mut sorted: Vec<_> = entries.iter().collect();
    sorted.sort_by_key(|entry| entry.module);
    let modules = sorted.iter().map(|entry| {
        let (feature, name) = (entry.module, format_ident!("{}", entry.module));
        quote! {
            #[cfg(feature = #feature)]
            pub mod #name;
        }
    });
    let runtime = runtime_reexport();
    let text = Text {
        head: page.finish(),
        body: head::items(quote!(#(#modules)* #runtime)),
    };
    Output::new("lib.rs".to_owned(), text)
}

/// The runtime under a name of the crate's, so that whoever uses the crate needs no dependency of
/// their own to name a setting, an error or a date.
pub(crate) fn runtime_reexport() -> TokenStream {
    quote! {
        #[doc(no_inline)]
        pub use typewright_runtime as runtime;
    }
}

/// The features of the runtime that an API takes with or without a client.
pub(crate) fn runtime_features(api: &Api) -> BTreeSet<&'static str> {
    let mut features = BTreeSet::from(["json", "pattern"]);
    features.extend(has_whole_webhooks(api).then_some("client"));
    features.extend(has_format(api, Format::needs_feature).then_some("format"));
    let automata = |engine: &Engine| matches!(engine, Engine::Linear(_));
    let others = !api.patterns.values().all(automata);
    let sends_expressions = has_format(api, |format| format == Format::Regex);
    features.extend((others || sends_expressions).then_some("ecmascript"));
    features
}

/// Whether an API has a webhook of more than a body, which takes the client's core.
fn has_whole_webhooks(api: &Api) -> bool {
    let mut webhooks = api.webhooks.iter();
    webhooks.any(|one| one.parameters.is_some() || one.answer.is_some())
}

/// Whether an API asserts a format of a kind.
fn has_format(api: &Api, is_such: fn(Format) -> bool) -> bool {
    let keywords = api
        .schemas
        .all
        .iter()
        .flat_map(|schema| match &schema.form {
            SchemaForm::Keywords(keywords) | SchemaForm::LeftOver(keywords) => keywords.as_slice(),
            SchemaForm::Anything | SchemaForm::Nothing => &[],
        });
    let mut of_schemas = keywords.filter_map(|keyword| {
        if let Keyword::Text(TextKeyword::Format(format)) = keyword {
            Some(*format)
        } else {
            None
        }
    });
    let mut of_models = api.formats.iter().copied();
    of_models.any(is_such) || of_schemas.any(is_such)
}

/// Whether an API sends or receives XML.
pub(crate) fn uses_xml(api: &Api) -> bool {
    let in_xml = |media_type: &MediaType| media_type.encoding == Encoding::Xml;
    let mut webhooks = api.webhooks.iter();
    if webhooks.any(|webhook| {
        let mut answers = webhook.answers.iter().flat_map(|one| &one.media_types);
        webhook.encoding == Encoding::Xml || answers.any(in_xml)
    }) {
        return true;
    }
    api.operations.iter().any(|operation| {
        let request = operation
            .request
            .iter()
            .flat_map(|request| &request.contents)
            .flat_map(|content| &content.media_types);
        let responses = operation
            .responses
            .iter()
            .flat_map(|response| &response.media_types);
        request.chain(responses).any(in_xml)
    })
}
