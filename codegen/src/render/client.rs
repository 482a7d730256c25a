//! The artifact `client.rs`: a client with a method for each operation, and the calls that have
//! settings of their own.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::docs::{self, Comment, Indent};
use super::operations::{self, CLIENT};
use super::outcomes::{self, Side};
use super::scope::{Scope, ident};
use super::structs::accepted;
use super::{Options, Output, markdown, module, shape};
use crate::ir::{
    Api, Location, Operation, Parameter, RequestBody, SecurityScheme, SecuritySchemeKind, Type,
};

/// The artifact, if there is anything to call.
pub(crate) fn render(api: &Api, options: Options) -> Option<Output> {
    if !module::has_client(api, options) {
        return None;
    }
    let scope = Scope::beside_types(api);
    let client = client(&scope);
    let calls: Vec<_> = api
        .operations
        .iter()
        .filter(|one| has_own_call(one))
        .map(|one| call(&scope, one))
        .collect();
    let outcomes: Vec<_> = api
        .operations
        .iter()
        .flat_map(|one| outcomes::enums(&scope, one))
        .collect();
    let statics = operations::statics(&scope);
    let union_rules = shape::union_statics(&scope);
    let patterns = scope.pattern_statics();
    let imports = scope.imports();
    Some(Output {
        path: "client.rs",
        contents: quote! {
            #imports
            #client
            #(#calls)*
            #(#outcomes)*
            #(#statics)*
            #(#union_rules)*
            #(#patterns)*
        },
    })
}

fn client(scope: &Scope<'_>) -> TokenStream {
    let [core, config, config_error] =
        ["Core", "Config", "ConfigError"].map(|name| scope.imported(CLIENT, name));
    let result = scope.prelude("std::result", "Result");
    let comment = Comment::new(Indent::Item)
        .contract(&format!("Calls the API \"{}\".", scope.api.title.trim()))
        .lines(
            &example(scope.api)
                .iter()
                .map(String::as_str)
                .collect::<Vec<_>>(),
        )
        .tokens();
    let credentials = scope
        .api
        .security_schemes
        .iter()
        .filter_map(|scheme| credential(scope, scheme));
    let methods = scope
        .api
        .operations
        .iter()
        .map(|operation| method(scope, operation));
    quote! {
        #comment
        #[derive(Clone, Debug)]
        pub struct Client {
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
                Ok(Self { core: #core::new(config)? })
            }

            #(#credentials)*
            #(#methods)*
        }
    }
}

/// How the first operation is called.
fn example(api: &Api) -> Vec<String> {
    let server = api.servers.first().map(|server| server.url.as_str());
    let url = server
        .filter(|url| url.starts_with("https://"))
        .unwrap_or("https://api.example.com");
    let Some(operation) = api.operations.first() else {
        return Vec::new();
    };
    let mut arguments: Vec<_> = required(operation)
        .map(|(_, parameter)| parameter.name.clone())
        .collect();
    if operation
        .request
        .as_ref()
        .is_some_and(|request| request.required)
    {
        arguments.push(format!("&{}", body_name(operation)));
    }
    let url = url.replace(
        |c: char| c.is_control() || c == '`' || c == '"' || c == '\\',
        "",
    );
    vec![
        "```text".to_owned(),
        format!("let client = Client::new(\"{url}\")?;"),
        format!(
            "let answer = client.{}({}).await?;",
            operation.name,
            arguments.join(", ")
        ),
        "```".to_owned(),
    ]
}

/// The setter of a scheme's credential.
fn credential(scope: &Scope<'_>, scheme: &SecurityScheme) -> Option<TokenStream> {
    let occupied = ["new", "from_config", "clone"].contains(&scheme.name.as_str())
        || scope
            .api
            .operations
            .iter()
            .any(|operation| operation.name == scheme.name);
    let bare = scheme.name.trim_start_matches("r#");
    let setter = ident(&if occupied {
        format!("{bare}_credential")
    } else {
        scheme.name.clone()
    });
    let name = scope.scheme(scheme);
    let contract_name = markdown::code(&scheme.scheme_name);
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
        | SecuritySchemeKind::OAuth2
        | SecuritySchemeKind::OpenIdConnect => "`Authorization: Bearer`".to_owned(),
        SecuritySchemeKind::OtherHttp(_) | SecuritySchemeKind::MutualTls => return None,
    };
    let mut comment = Comment::new(Indent::Member).own(&format!(
        "Sets the credential {contract_name}, sent as {how}."
    ));
    for text in [&scheme.docs.summary, &scheme.docs.description]
        .into_iter()
        .flatten()
    {
        comment = comment.contract(text);
    }
    let comment = comment
        .own(&docs::in_words(scope.api, &scheme.constraints).join(" "))
        .tokens();
    let secret = scope.into(&scope.ty(&Type::Secret));
    let text = scope.into(&scope.ty(&Type::String));
    let (arguments, set) = if scheme.kind == SecuritySchemeKind::Basic {
        (
            quote!(user: #text, password: #secret),
            quote!(set_basic(&#name, user.into(), password.into())),
        )
    } else {
        (
            quote!(value: #secret),
            quote!(set_credential(&#name, value.into())),
        )
    };
    Some(quote! {
        #comment
        #[must_use]
        pub fn #setter(mut self, #arguments) -> Self {
            self.core.#set;
            self
        }
    })
}

/// The method of an operation.
fn method(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let name = ident(&operation.name);
    let comment = method_comment(scope, operation);
    let deprecated = docs::deprecated(&operation.docs, "operation");
    let core_call = scope.imported(CLIENT, "Call");
    let table = scope.operation(operation);
    let mut borrows = false;
    let mut arguments = Vec::new();
    let mut calls = Vec::new();
    for (index, parameter) in required(operation) {
        let (name, index) = (ident(&parameter.name), Literal::usize_unsuffixed(index));
        let argument = argument(scope, &parameter.ty);
        borrows |= argument.borrows;
        let (ty, call) = (argument.ty, argument.call);
        arguments.push(quote!(#name: #ty));
        calls.push(quote!(.#call(#index, #name)));
    }
    if let Some(request) = operation
        .request
        .as_ref()
        .filter(|request| request.required)
    {
        let name = body_name(operation);
        let ty = body_type(scope, request);
        borrows = true;
        arguments.push(quote!(#name: #ty));
        calls.push(quote!(.body(#name)));
    }
    let own_call = has_own_call(operation);
    let call = quote!(#core_call::new(&self.core, &#table) #(#calls)*);
    let call_name = ident(&operation.call_name);
    let call = if own_call {
        quote!(#call_name(#call))
    } else {
        call
    };
    let (receiver, lifetime, generics) = if borrows {
        (quote!(&'a self), quote!('a), quote!(<'a>))
    } else {
        (quote!(&self), quote!('_), quote!())
    };
    let ty = if own_call {
        quote!(#call_name<#lifetime>)
    } else {
        call_type(scope, operation, &lifetime)
    };
    quote! {
        #comment
        #deprecated
        pub fn #name #generics(#receiver, #(#arguments),*) -> #ty {
            #call
        }
    }
}

fn method_comment(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let request = markdown::code(&format!("{} {}", operation.method, operation.path));
    let mut comment = Comment::of(&operation.docs, "", Indent::Member).own(&request);
    let mut list = Vec::new();
    for (_, parameter) in required(operation) {
        let about = about_parameter(scope, parameter);
        list.push(format!("- `{}`: {about}", parameter.name));
    }
    if let Some(request) = operation
        .request
        .as_ref()
        .filter(|request| request.required)
    {
        let description = request
            .docs
            .description
            .as_deref()
            .map_or("The request's body.", first_paragraph);
        list.push(format!("- `{}`: {description}", body_name(operation)));
    }
    if !list.is_empty() {
        comment = comment.contract(&list.join("\n"));
    }
    comment.tokens()
}

/// What a parameter is, in the line of a list.
fn about_parameter(scope: &Scope<'_>, parameter: &Parameter) -> String {
    let place = format!(
        "The {} {}.",
        location_name(parameter.location),
        markdown::code(&parameter.wire_name)
    );
    let docs = &parameter.docs;
    let description = docs.description.as_deref().or(docs.summary.as_deref());
    let description = description.map_or(place, |text| first_paragraph(text).to_owned());
    let mut sentences = vec![description];
    sentences.extend(docs::beside_type(
        scope.api,
        &parameter.ty,
        &parameter.constraints,
    ));
    sentences.join(" ")
}

fn first_paragraph(text: &str) -> &str {
    text.trim().split("\n\n").next().unwrap_or_default()
}

fn location_name(location: Location) -> &'static str {
    match location {
        Location::Path => "path parameter",
        Location::Query => "query parameter",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

/// The type of a call that has no settings of its own.
fn call_type(scope: &Scope<'_>, operation: &Operation, lifetime: &TokenStream) -> TokenStream {
    let call = scope.imported(CLIENT, "Call");
    let success = outcomes::ty(scope, &operation.success, Side::Success);
    let failure = outcomes::ty(scope, &operation.failure, Side::Failure);
    quote!(#call<#lifetime, #success, #failure>)
}

/// The required parameters with their indices in the operation's table.
fn required(operation: &Operation) -> impl Iterator<Item = (usize, &Parameter)> {
    operation
        .parameters
        .iter()
        .enumerate()
        .filter(|(_, parameter)| parameter.required)
}

/// The optional parameters with their indices in the operation's table.
fn optional(operation: &Operation) -> impl Iterator<Item = (usize, &Parameter)> {
    operation
        .parameters
        .iter()
        .enumerate()
        .filter(|(_, parameter)| !parameter.required)
}

/// Whether the call has settings of its own, and so a type of its own.
fn has_own_call(operation: &Operation) -> bool {
    optional(operation).next().is_some()
        || operation
            .request
            .as_ref()
            .is_some_and(|request| !request.required)
}

/// The name of the argument for the body.
fn body_name(operation: &Operation) -> Ident {
    let taken = operation
        .parameters
        .iter()
        .any(|parameter| parameter.name == "body");
    ident(if taken { "request_body" } else { "body" })
}

fn body_type(scope: &Scope<'_>, request: &RequestBody) -> TokenStream {
    if *scope.resolved(&request.ty) == Type::String {
        return quote!(&'a str);
    }
    let ty = scope.ty(&request.ty);
    quote!(&'a #ty)
}

/// How a required parameter is taken and passed on.
struct Argument {
    ty: TokenStream,
    /// The method of the runtime's call that takes it.
    call: Ident,
    borrows: bool,
}

fn argument(scope: &Scope<'_>, ty: &Type) -> Argument {
    let by_value = |call: &str| Argument {
        ty: scope.ty(ty),
        call: ident(call),
        borrows: false,
    };
    match scope.resolved(ty) {
        Type::String => Argument {
            ty: quote!(&'a str),
            call: ident("argument"),
            borrows: true,
        },
        Type::Bool | Type::Integer(_) | Type::Float32 | Type::Float64 => by_value("argument"),
        Type::Secret => Argument {
            ty: scope.ty(&Type::Secret),
            call: ident("argument"),
            borrows: false,
        },
        Type::Named(_)
        | Type::Boxed(_)
        | Type::DateTime
        | Type::Date
        | Type::Uuid
        | Type::Nullable(_)
        | Type::List(_)
        | Type::Map(_)
        | Type::Json
        | Type::External(_) => by_value("value"),
    }
}

/// Methods that every call has.
const OCCUPIED: &[&str] = &[
    "header",
    "bearer_token",
    "basic",
    "timeout",
    "content_type",
    "accept",
    "path",
    "request_validation",
    "response_validation",
    "send",
    "into_future",
    "body",
];

/// The type of a call with settings of its own.
fn call(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let (name, lifetime) = (ident(&operation.call_name), quote!('a));
    let ty = call_type(scope, operation, &lifetime);
    let method = operation.name.trim_start_matches("r#");
    let comment = Comment::new(Indent::Item)
        .own(&format!(
            "A call of [`Client::{method}`]: it is sent when it is awaited."
        ))
        .tokens();
    let setters = optional(operation).map(|(index, parameter)| setter(scope, index, parameter));
    let body = operation
        .request
        .as_ref()
        .filter(|request| !request.required)
        .map(|request| {
            let ty = body_type(scope, request);
            let text = request.docs.description.as_deref().unwrap_or_default();
            let comment = Comment::new(Indent::Member)
                .own("Sets the body.")
                .contract(text)
                .tokens();
            quote! {
                #comment
                pub fn body(self, body: #ty) -> Self {
                    Self(self.0.body(body))
                }
            }
        });
    let call_macro = scope.imported_macro(CLIENT, "call");
    let success = outcomes::ty(scope, &operation.success, Side::Success);
    let failure = outcomes::ty(scope, &operation.failure, Side::Failure);
    let impl_lifetime = if body.is_some() {
        quote!('a)
    } else {
        quote!('_)
    };
    let generics = body.is_some().then(|| quote!(<'a>));
    quote! {
        #comment
        #[must_use = "a call is sent when it is awaited"]
        #[derive(Debug)]
        pub struct #name<'a>(#ty);

        impl #generics #name<#impl_lifetime> {
            #(#setters)*
            #body
        }

        #call_macro! { #name => #success, #failure }
    }
}

/// The setter of an optional parameter.
fn setter(scope: &Scope<'_>, index: usize, parameter: &Parameter) -> TokenStream {
    let name = ident(&parameter.name);
    let bare = parameter.name.trim_start_matches("r#");
    let setter = if OCCUPIED.contains(&bare) {
        ident(&format!("{bare}_parameter"))
    } else {
        name.clone()
    };
    let accepted = accepted(scope, &quote!(#name), &parameter.ty);
    let (ty, value) = (accepted.ty, accepted.value);
    let call = argument(scope, &parameter.ty).call;
    // A conversion has to say into what: an argument is made from many types.
    let converted = (name != value.to_string()).then(|| {
        let target = scope.ty(scope.resolved(&parameter.ty));
        quote!(let #name: #target = #value;)
    });
    let place = format!(
        "Sets the {} {}.",
        location_name(parameter.location),
        markdown::code(&parameter.wire_name)
    );
    let mut comment = Comment::new(Indent::Member).own(&place);
    for text in [&parameter.docs.summary, &parameter.docs.description]
        .into_iter()
        .flatten()
    {
        comment = comment.contract(text);
    }
    let comment = comment
        .own(&docs::beside_type(scope.api, &parameter.ty, &parameter.constraints).join(" "))
        .tokens();
    let deprecated = docs::deprecated(&parameter.docs, "parameter");
    let index = Literal::usize_unsuffixed(index);
    quote! {
        #comment
        #deprecated
        pub fn #setter(self, #name: #ty) -> Self {
            #converted
            Self(self.0.#call(#index, #name))
        }
    }
}
