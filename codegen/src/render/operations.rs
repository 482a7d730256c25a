//! The static tables of operations and security schemes, which the runtime calls by.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::literal;
use super::scope::{Scope, ident};
use super::shape::{rules, with_rules};
use crate::ir::{
    InBand, Location, MediaType, Operation, Outcome, Parameter, Response, SecurityScheme,
    SecuritySchemeKind, Status, Style,
};

/// The part of the runtime that has the types of the tables.
pub(crate) const CLIENT: &str = "typewright_runtime::client";

/// The static of every scheme that the client can place, and of every operation.
pub(crate) fn statics(scope: &Scope<'_>) -> Vec<TokenStream> {
    let schemes = scope
        .api
        .security_schemes
        .iter()
        .filter_map(|scheme| scheme_static(scope, scheme));
    let operations = scope
        .api
        .operations
        .iter()
        .map(|operation| operation_static(scope, operation));
    schemes.chain(operations).collect()
}

fn scheme_static(scope: &Scope<'_>, scheme: &SecurityScheme) -> Option<TokenStream> {
    let ty = scope.imported(CLIENT, "SecurityScheme");
    let contract_name = literal::text(&scheme.scheme_name);
    let constructor = match &scheme.kind {
        SecuritySchemeKind::ApiKey {
            location,
            wire_name,
        } => {
            let location_type = scope.imported(CLIENT, "Location");
            let location = ident(match location {
                Location::Path => "Path",
                Location::Query => "Query",
                Location::Header => "Header",
                Location::Cookie => "Cookie",
            });
            let wire_name = literal::text(wire_name);
            quote!(api_key(#contract_name, #location_type::#location, #wire_name))
        }
        SecuritySchemeKind::Basic => quote!(http_basic(#contract_name)),
        SecuritySchemeKind::Bearer => quote!(http_bearer(#contract_name)),
        SecuritySchemeKind::OAuth2 => quote!(oauth2(#contract_name)),
        SecuritySchemeKind::OpenIdConnect => quote!(open_id_connect(#contract_name)),
        SecuritySchemeKind::OtherHttp(_) | SecuritySchemeKind::MutualTls => return None,
    };
    let name = scope.scheme(scheme);
    let rules = with_rules(&rules(scope, &scheme.name, &scheme.constraints));
    Some(quote!(static #name: #ty = #ty::#constructor #rules;))
}

/// Whether the client can place the credential. Those that it cannot are left to the transport
/// (certificates) or to a header of the caller's.
pub(crate) fn is_placed(scheme: &SecurityScheme) -> bool {
    match &scheme.kind {
        SecuritySchemeKind::ApiKey { .. }
        | SecuritySchemeKind::Basic
        | SecuritySchemeKind::Bearer
        | SecuritySchemeKind::OAuth2
        | SecuritySchemeKind::OpenIdConnect => true,
        SecuritySchemeKind::OtherHttp(_) | SecuritySchemeKind::MutualTls => false,
    }
}

fn operation_static(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let ty = scope.imported(CLIENT, "Operation");
    let name = scope.operation(operation);
    let (id, method) = (
        literal::text(&operation.operation_id),
        literal::text(&operation.method),
    );
    let path = literal::text(&operation.path);
    let parameters = (!operation.parameters.is_empty()).then(|| {
        let parameters = operation.parameters.iter().map(|one| parameter(scope, one));
        quote!(.parameters(&[#(#parameters),*]))
    });
    let request = operation.request.as_ref().map(|request| {
        let call = ident(if request.required {
            "request"
        } else {
            "optional_request"
        });
        let media_types = media_types(&request.media_types);
        let rules = rules(
            scope,
            &format!("{}_body", operation.name),
            &request.constraints,
        );
        let rules = (!rules.is_empty()).then(|| quote!(.request_rules(&[#(#rules),*])));
        quote!(.#call(#media_types) #rules)
    });
    let responses = (!operation.responses.is_empty()).then(|| {
        let responses = operation
            .responses
            .iter()
            .map(|one| response(scope, operation, one));
        quote!(.responses(&[#(#responses),*]))
    });
    let security = (!operation.security.is_empty()).then(|| {
        let schemes = &scope.api.security_schemes;
        let alternatives = operation.security.iter().map(|all| {
            let placed = all
                .iter()
                .map(|index| &schemes[*index])
                .filter(|scheme| is_placed(scheme));
            let names = placed.map(|scheme| scope.scheme(scheme));
            quote!(&[#(&#names),*])
        });
        quote!(.security(&[#(#alternatives),*]))
    });
    quote! {
        static #name: #ty = #ty::new(#id, #method, #path) #parameters #request #responses #security;
    }
}

fn parameter(scope: &Scope<'_>, parameter: &Parameter) -> TokenStream {
    let ty = scope.imported(CLIENT, "Parameter");
    let name = literal::text(&parameter.wire_name);
    let (location, default) = match parameter.location {
        Location::Path => ("path", Style::Simple),
        Location::Query => ("query", Style::Form),
        Location::Header => ("header", Style::Simple),
        Location::Cookie => ("cookie", Style::Form),
    };
    let location = ident(location);
    let required =
        (parameter.required && parameter.location != Location::Path).then(|| quote!(.required()));
    let layout = if parameter.media_type.is_some() {
        let style = scope.imported(CLIENT, "Style");
        quote!(.style(#style::Json))
    } else {
        let style = (parameter.style != default).then(|| style(scope, parameter.style));
        // `form` stands with `explode`, all other styles without, unless the contract says so.
        let explode = parameter.explode;
        let explode =
            (explode != (parameter.style == Style::Form)).then(|| quote!(.explode(#explode)));
        quote!(#style #explode)
    };
    let reserved = parameter.allow_reserved.then(|| quote!(.allow_reserved()));
    let rules = with_rules(&rules(scope, &parameter.name, &parameter.constraints));
    quote!(#ty::#location(#name) #required #layout #reserved #rules)
}

fn style(scope: &Scope<'_>, style: Style) -> TokenStream {
    let name = ident(match style {
        Style::Matrix => "Matrix",
        Style::Label => "Label",
        Style::Simple => "Simple",
        Style::Form => "Form",
        Style::SpaceDelimited => "SpaceDelimited",
        Style::PipeDelimited => "PipeDelimited",
        Style::DeepObject => "DeepObject",
    });
    let ty = scope.imported(CLIENT, "Style");
    quote!(.style(#ty::#name))
}

fn response(scope: &Scope<'_>, operation: &Operation, response: &Response) -> TokenStream {
    let ty = scope.imported(CLIENT, "ResponseCase");
    let kind = ident(if is_success(operation, response.status) {
        "success"
    } else {
        "error"
    });
    let status_type = scope.imported(CLIENT, "Status");
    let status = match response.status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(Code(#code))
        }
        Status::Range(hundreds) => {
            let hundreds = Literal::u8_unsuffixed(hundreds);
            quote!(Range(#hundreds))
        }
        Status::Default => quote!(Default),
    };
    let media_types = media_types(&response.media_types);
    let rules = with_rules(&rules(
        scope,
        &format!("{}_response", operation.name),
        &response.constraints,
    ));
    let in_band = response
        .in_band
        .as_ref()
        .map(|in_band| self::in_band(scope, in_band));
    quote!(#ty::#kind(#status_type::#status, #media_types) #rules #in_band)
}

/// Whether a response stands for success. `default` does only where the contract has no other.
fn is_success(operation: &Operation, status: Status) -> bool {
    let successful = |status: Status| match status {
        Status::Code(code) => (200..300).contains(&code),
        Status::Range(hundreds) => hundreds == 2,
        Status::Default => false,
    };
    let described = operation
        .responses
        .iter()
        .any(|response| successful(response.status));
    successful(status)
        || (status == Status::Default && !described && operation.success != Outcome::Undescribed)
}

fn in_band(scope: &Scope<'_>, in_band: &InBand) -> TokenStream {
    let ty = scope.imported(CLIENT, "InBand");
    let property = literal::text(&in_band.property);
    let message = in_band.message.as_ref().map_or_else(
        || quote!(None),
        |message| {
            let message = literal::text(message);
            quote!(Some(#message))
        },
    );
    let retryable = in_band.retryable.iter().map(|value| literal::text(value));
    quote!(.in_band(#ty { property: #property, message: #message, retryable: &[#(#retryable),*] }))
}

fn media_types(media_types: &[MediaType]) -> TokenStream {
    let names = media_types
        .iter()
        .map(|media_type| literal::text(&media_type.name));
    quote!(&[#(#names),*])
}
