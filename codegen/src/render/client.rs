//! The module `client`: a client with a method for each operation, and the calls that have settings of
//! their own.

use quote::quote;

use super::docs::{Comment, Indent};
use super::expr::Expr;
use super::methods::location_name;
use super::names::CLIENT_TYPE;
use super::operations::{self, CLIENT};
use super::page::{Page, line};
use super::scope::Scope;
use super::{calls, examples, head, markdown, methods, poll, words};
use crate::ir::{Operation, SecurityScheme, SecuritySchemeKind, Type};

/// Writes the client with these operations, which are all of them.
pub(crate) fn whole(page: &mut Page, scope: &Scope<'_>, members: &[usize]) {
    let operations = operations_of(scope, members);
    client(page, scope, &operations, false);
    calls::write(page, scope, &operations);
    operations::scheme_statics(page, scope);
    for operation in operations {
        operations::operation_static(page, scope, operation);
    }
}

/// Writes the client without any operation: what stands once. Of those, `optional` ones may be left
/// out.
pub(crate) fn once(page: &mut Page, scope: &Scope<'_>, optional: bool) {
    client(page, scope, &[], optional);
    operations::scheme_statics(page, scope);
}

/// Writes these operations, for a client that another file defines.
pub(crate) fn part(page: &mut Page, scope: &Scope<'_>, members: &[usize]) {
    scope.import_client();
    let operations = operations_of(scope, members);
    page.block(format_args!("impl {CLIENT_TYPE}"), |page| {
        for index in members {
            poll::shared(page, scope, *index);
        }
        methods::write(page, scope, &operations);
    });
    calls::write(page, scope, &operations);
    for operation in operations {
        operations::operation_static(page, scope, operation);
    }
}

fn operations_of<'a>(scope: &Scope<'a>, members: &[usize]) -> Vec<&'a Operation> {
    let operations = members.iter().copied();
    operations
        .filter_map(|index| scope.api.operations.get(index))
        .collect()
}

fn client(page: &mut Page, scope: &Scope<'_>, operations: &[&Operation], optional: bool) {
    let example = example(scope);
    Comment::new(Indent::Item)
        .contract(&format!("Calls the API \"{}\".", scope.api.title.trim()))
        .lines(example)
        .write(page);
    let shell = shell(scope, optional);
    // The shell ends in the brace of the implementation that all other methods are in as well.
    page.lines(shell.trim_end().trim_end_matches('}'));
    page.indented(|page| {
        if !scope.api.servers.is_empty() {
            let ty = scope.imported(CLIENT, "Server");
            let servers = Expr::Slice(operations::servers(scope, &scope.api.servers));
            page.blank();
            Comment::new(Indent::Member)
                .own("The servers that the contract names.")
                .write(page);
            let head = format!("pub const SERVERS: &'static [{ty}] = ");
            page.statement(head, &servers, ";");
        }
        for scheme in &scope.api.security_schemes {
            credential(page, scope, scheme);
        }
        methods::write(page, scope, operations);
    });
    page.line("}");
}

/// The client as every API has it, whose operations may be left out.
fn shell(scope: &Scope<'_>, optional: bool) -> String {
    let [core, config, config_error] =
        ["Core", "Config", "ConfigError"].map(|name| head::path(&scope.imported(CLIENT, name)));
    let result = head::path(&scope.prelude("std::result", "Result"));
    // The servers of the API say where operations with servers of their own belong.
    let own_servers = scope
        .api
        .operations
        .iter()
        .any(|one| !one.servers.is_empty());
    let new = if own_servers && !scope.api.servers.is_empty() {
        quote!(with_servers(config, Self::SERVERS))
    } else {
        quote!(new(config))
    };
    let allow = optional.then(
        || quote!(#[allow(dead_code, reason = "the operations that use it are behind features")]),
    );
    head::items(quote! {
        #[derive(Clone, Debug)]
        pub struct Client {
            #allow
            core: #core,
        }

        impl Client {
            #[doc = " A client of the server at `base_url`, with default settings."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = ""]
            #[doc = " The URL cannot be used, or there is no transport."]
            pub fn new(base_url: &str) -> #result<Self, #config_error> {
                Self::from_config(#config::new(base_url))
            }

            #[doc = " A client with these settings: transport, time limits, policies, credentials, headers."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = ""]
            #[doc = " The settings cannot be used; all that is wrong is listed."]
            pub fn from_config(config: #config) -> #result<Self, #config_error> {
                Ok(Self { core: #core::#new? })
            }
        }
    })
}

/// How the first operation is called.
fn example(scope: &Scope<'_>) -> Vec<String> {
    let api = scope.api;
    let server = api.servers.first().map(|server| server.url.as_str());
    let url = server
        .filter(|url| url.starts_with("https://"))
        .unwrap_or("https://api.example.com");
    let url = url.replace(
        |c: char| c.is_control() || c == '`' || c == '"' || c == '\\',
        "",
    );
    let operation = api.operations.first();
    operation.map_or_else(Vec::new, |first| examples::of_client(scope, &url, first))
}

/// Writes the setter of a scheme's credential.
fn credential(page: &mut Page, scope: &Scope<'_>, scheme: &SecurityScheme) {
    let how = match &scheme.kind {
        SecuritySchemeKind::ApiKey {
            location,
            wire_name,
        } => {
            format!(
                "the {} {}",
                location_name(*location),
                markdown::code(wire_name)
            )
        }
        SecuritySchemeKind::Basic => "`Authorization: Basic`".to_owned(),
        SecuritySchemeKind::Bearer
        | SecuritySchemeKind::OAuth2 { .. }
        | SecuritySchemeKind::OpenIdConnect { .. } => "`Authorization: Bearer`".to_owned(),
        SecuritySchemeKind::OtherHttp(scheme) => {
            markdown::code(&format!("Authorization: {scheme}"))
        }
        SecuritySchemeKind::MutualTls => return,
    };
    let occupied = ["new", "from_config", "clone"].contains(&scheme.name.as_str())
        || scope
            .api
            .operations
            .iter()
            .any(|operation| operation.name == scheme.name);
    let bare = scheme.name.trim_start_matches("r#");
    let setter = if occupied {
        format!("{bare}_credential")
    } else {
        scheme.name.clone()
    };
    page.blank();
    let mut comment = Comment::new(Indent::Member).own(&format!(
        "Sets the credential {}, sent as {how}.",
        markdown::code(&scheme.scheme_name)
    ));
    for text in [&scheme.docs.summary, &scheme.docs.description]
        .into_iter()
        .flatten()
    {
        comment = comment.contract(text);
    }
    comment
        .own(&words::in_words(scope.api, &scheme.constraints).join(" "))
        .write(page);
    page.line("#[must_use]");
    let name = scope.scheme(scheme);
    let credential = scope.imported(CLIENT, "Credential");
    let mut arguments = vec!["mut self".to_owned()];
    let set = if scheme.kind == SecuritySchemeKind::Basic {
        let secret = scope.into(&scope.ty(&Type::Secret));
        let text = scope.into(&scope.ty(&Type::String));
        arguments.extend([format!("user: {text}"), format!("password: {secret}")]);
        format!("set_credential(&{name}, {credential}::basic(user, password))")
    } else {
        arguments.push(format!("value: {}", scope.into(&credential)));
        format!("set_credential(&{name}, value.into())")
    };
    page.function(setter, "", &arguments, "Self", |page| {
        line!(page, "self.core.{set};");
        page.line("self");
    });
}
