//! Do the parameters of each operation match its path template, and each other?

use indexmap::IndexMap;
use openapiv3::Parameter;

use super::nearest::nearest;
use super::{
    Located, Newer, Pointer, ResolvedDocument, ResolvedOperation, ResolvedParameter, operations,
};
use crate::diagnostics::Diagnostics;
use crate::hash::HashSet;

/// Checks all operations and their paths. Afterwards, each has the path parameters that its path
/// names, and no parameter twice.
pub(super) fn check(
    resolved: &ResolvedDocument,
    operations: &mut [ResolvedOperation],
    diagnostics: &mut Diagnostics,
) {
    let mut templates = HashSet::default();
    let mut optional = HashSet::default();
    for operation in operations {
        let written = operation.path.clone();
        spell_out(resolved, operation, diagnostics);
        if templates.insert(written.clone()) {
            check_template(resolved, &written, &operation.path, diagnostics);
        }
        mend_template(&mut operation.path);
        duplicates(resolved, operation, diagnostics);
        query_of_template(resolved, operation, &written, diagnostics);
        whole_queries(resolved, operation, diagnostics);
        path_parameters(resolved, operation, &mut optional, diagnostics);
    }
}

/// The names between braces in a path template: OpenAPI 3.0.3, Path Templating.
pub(super) fn names(template: &str) -> Vec<&str> {
    let parts = sent(template).split('{').skip(1);
    parts
        .filter_map(|part| part.split_once('}').map(|(name, _)| name))
        .collect()
}

/// What of a template is sent: a fragment never is (RFC 9110, section 4.2.5).
fn sent(template: &str) -> &str {
    template.split('#').next().unwrap_or_default()
}

/// Checks a path, which stands in the document as it was `written`.
fn check_template(
    resolved: &ResolvedDocument,
    written: &str,
    path: &str,
    diagnostics: &mut Diagnostics,
) {
    let at = Pointer::root().join("paths").join(written);
    let place = resolved.place(&at).key();
    if !path.starts_with('/') {
        diagnostics
            .warning(
                "bad-path",
                place.clone(),
                format!("the path `{path}` does not start with `/`: it is read as `/{path}`"),
            )
            .help(format!("write `/{path}`"));
    }
    if let Some((_, fragment)) = path.split_once('#') {
        diagnostics
            .warning(
                "path-fragment",
                place.clone(),
                format!("`#{fragment}` is no part of a path: it tells `{path}` from others, and is not sent"),
            )
            .help("what the server tells operations by is a query, a header or the body");
    }
    if !is_balanced(path) {
        diagnostics.warning(
            "bad-path",
            place,
            format!("the braces in `{path}` do not match: they stand for themselves"),
        );
        return;
    }
    let mut seen = HashSet::default();
    for name in names(path) {
        if !seen.insert(name) {
            diagnostics
                .warning(
                    "path-parameter-duplicate",
                    place.clone(),
                    format!("the path has `{{{name}}}` more than once"),
                )
                .help("a parameter has one value: give each place a name of its own");
        }
    }
}

fn is_balanced(path: &str) -> bool {
    let path = sent(path);
    let braces = path
        .chars()
        .filter(|character| matches!(character, '{' | '}'));
    let paired = braces
        .enumerate()
        .all(|(index, brace)| (brace == '{') == (index % 2 == 0));
    paired && path.matches('{').count() == path.matches('}').count()
}

fn mend_template(path: &mut String) {
    if !path.starts_with('/') {
        path.insert(0, '/');
    }
    if !is_balanced(path) {
        // RFC 3986, section 2: braces are no characters of a path.
        let mended = sent(path).replace('{', "%7B").replace('}', "%7D");
        path.replace_range(..sent(path).len(), &mended);
    }
}

/// Leaves out each parameter whose name and location another one before it has.
fn duplicates(
    resolved: &ResolvedDocument,
    operation: &mut ResolvedOperation,
    diagnostics: &mut Diagnostics,
) {
    let mut keys = HashSet::default();
    operation.parameters.retain(|parameter| {
        let (name, location) = operations::key(&parameter.value);
        let first = keys.insert((name.into_owned(), location));
        if !first {
            let name = &parameter.value.parameter.parameter_data_ref().name;
            diagnostics
                .warning(
                    "duplicate-parameter",
                    resolved.place(&parameter.at),
                    format!(
                        "the {location} parameter `{name}` is declared more than once: the first \
                         one counts"
                    ),
                )
                .help("a parameter is told from others by its name and location");
        }
        first
    });
}

/// Finds what is a parameter of the query and stands in the query of the path as well. In braces it is
/// the parameter, and goes from there, as does the value of a parameter that is always sent.
fn query_of_template(
    resolved: &ResolvedDocument,
    operation: &mut ResolvedOperation,
    written: &str,
    diagnostics: &mut Diagnostics,
) {
    let ResolvedOperation {
        path, parameters, ..
    } = operation;
    let Some((before, query)) = sent(path).split_once('?') else {
        return;
    };
    let is = |name: &str, location: &str| is_declared(parameters, name, location);
    let mut kept = Vec::new();
    for pair in query.split('&') {
        let (name, value) = match in_braces(pair) {
            Some(name) => (name, pair),
            None => pair.split_once('=').unwrap_or((pair, "")),
        };
        let is_parameter = is(name, "query");
        let is_placed = in_braces(value) == Some(name) && !is(name, "path");
        let is_placed = is_parameter && (is_placed || is_required(parameters, name));
        if !is_placed {
            kept.push(pair);
        }
        if is_parameter {
            let outcome = if is_placed {
                "it is sent once"
            } else {
                "it is sent twice where it is given"
            };
            let message = format!(
                "`{name}` is a parameter of the query, and the path `{written}` has it as well: {outcome}"
            );
            let place = resolved.place(&operation.at).key();
            diagnostics
                .warning("bad-path", place, message)
                .help("leave it out of the path");
        }
    }
    let mut mended = before.to_owned();
    if !kept.is_empty() {
        mended = format!("{before}?{}", kept.join("&"));
    }
    path.replace_range(..sent(path).len(), &mended);
}

fn in_braces(text: &str) -> Option<&str> {
    text.strip_prefix('{')?.strip_suffix('}')
}

/// Whether a parameter of the query with this name is always sent.
fn is_required(parameters: &[Located<ResolvedParameter>], name: &str) -> bool {
    let mut keys = parameters.iter().filter(|one| {
        let data = one.value.parameter.parameter_data_ref();
        data.required && operations::key(&one.value) == (name.into(), "query")
    });
    keys.next().is_some()
}

fn is_declared(parameters: &[Located<ResolvedParameter>], name: &str, location: &str) -> bool {
    let mut keys = parameters.iter().map(|one| operations::key(&one.value));
    keys.any(|(one, of)| one == name && of == location)
}

/// Spells each `{?a,b*}` and `{&c:3}` of a path out, and leaves out `{#d}`, which is never sent: RFC
/// 6570, sections 3.2.4, 3.2.8 and 3.2.9. What is no parameter is left out as well, as an undefined
/// variable is there.
fn spell_out(
    resolved: &ResolvedDocument,
    operation: &mut ResolvedOperation,
    diagnostics: &mut Diagnostics,
) {
    let ResolvedOperation {
        path, parameters, ..
    } = operation;
    let mut spelt = String::with_capacity(path.len());
    let mut rest = path.as_str();
    while let Some((before, from)) = rest.split_once('{') {
        spelt.push_str(before);
        let inside = from.split_once('}').filter(|(inside, _)| {
            inside.starts_with(['?', '&', '#']) && !is_declared(parameters, inside, "path")
        });
        let Some((inside, after)) = inside else {
            spelt.push('{');
            rest = from;
            continue;
        };
        rest = after;
        let place = resolved.place(&operation.at).key();
        if inside.starts_with('#') {
            let message = format!("`{{{inside}}}` is no part of a path, and is not sent");
            diagnostics.warning("path-fragment", place, message);
            continue;
        }
        for variable in inside.get(1..).unwrap_or_default().split(',') {
            let name = variable.split(['*', ':']).next().unwrap_or_default();
            let name = name.trim();
            if is_declared(parameters, name, "query") {
                spelt.push(if spelt.contains('?') { '&' } else { '?' });
                spelt += &[name, "={", name, "}"].concat();
                continue;
            }
            let message =
                format!("`{{{inside}}}` names `{name}`, which is no parameter: it is left out");
            diagnostics
                .warning("bad-path", place.clone(), message)
                .help("describe it as a parameter with `in: query`, and leave it out of the path");
        }
    }
    *path = spelt + rest;
}

/// Finds what stands in the query beside the parameter that is all of it.
fn whole_queries(
    resolved: &ResolvedDocument,
    operation: &ResolvedOperation,
    diagnostics: &mut Diagnostics,
) {
    let mut of_query = operation.parameters.iter().filter(|parameter| {
        let (_, location) = operations::key(&parameter.value);
        matches!(location, "query" | "querystring")
    });
    let is_whole = |one: &&Located<ResolvedParameter>| one.value.newer == Some(Newer::QueryString);
    if of_query.clone().count() > 1
        && let Some(whole) = of_query.find(is_whole)
    {
        let name = &whole.value.parameter.parameter_data_ref().name;
        let message = format!(
            "`{name}` is the query as a whole, and there are other parameters of the query beside it: \
             they are sent one after the other"
        );
        diagnostics
            .warning("mixed-querystring", resolved.place(&whole.at), message)
            .help("make the others properties of its schema");
    }
}

/// Holds the declared path parameters against the path, in both directions.
fn path_parameters(
    resolved: &ResolvedDocument,
    operation: &mut ResolvedOperation,
    optional: &mut HashSet<Pointer>,
    diagnostics: &mut Diagnostics,
) {
    let ResolvedOperation {
        path, parameters, ..
    } = operation;
    let names = names(path);
    let mut missing: Vec<&str> = Vec::new();
    for name in &names {
        let declared = parameters
            .iter()
            .filter_map(path_parameter)
            .any(|data| data.name == *name);
        if !declared && !missing.contains(name) {
            missing.push(name);
        }
    }
    let unused = parameters
        .iter()
        .filter_map(path_parameter)
        .filter(|data| !names.contains(&data.name.as_str()))
        .count();
    // Where one is missing and another has no place, it is the one that is missing.
    let meant = match missing.as_slice() {
        [name] if unused == 1 => Some(*name),
        _ => None,
    };
    parameters.retain_mut(|parameter| {
        let Parameter::Path { parameter_data, .. } = &mut parameter.value.parameter else {
            return true;
        };
        let place = resolved.place(&parameter.at);
        let name = parameter_data.name.as_str();
        if names.contains(&name) {
            if !parameter_data.required && optional.insert(parameter.at.clone()) {
                diagnostics
                    .warning(
                        "path-parameter-optional",
                        place,
                        format!(
                            "the path parameter `{name}` is always needed, but not marked `required`"
                        ),
                    )
                    .help("add `required: true`");
            }
            return true;
        }
        let outcome = meant.map_or_else(
            || "it is passed over".to_owned(),
            |meant| format!("it is taken for `{meant}`"),
        );
        let finding = diagnostics.warning(
            "path-parameter-unused",
            place,
            format!("the path `{path}` has no `{{{name}}}`: {outcome}"),
        );
        match nearest(name, names.iter().copied()) {
            Some(nearest) => finding.help(format!("did you mean `{nearest}`?")),
            None => finding.help("put it into the path, or say where else it travels"),
        };
        if let Some(meant) = meant {
            meant.clone_into(&mut parameter_data.name);
        }
        meant.is_some()
    });
    for name in missing {
        if meant == Some(name) {
            continue;
        }
        diagnostics
            .warning(
                "path-parameter-undeclared",
                resolved.place(&operation.at).key(),
                format!(
                    "the path `{path}` has `{{{name}}}`, and this operation declares no such parameter: it is taken for text"
                ),
            )
            .help(format!("add a parameter with `name: {name}` and `in: path`"));
        parameters.push(undeclared(&operation.at, name));
    }
}

fn path_parameter(parameter: &Located<ResolvedParameter>) -> Option<&openapiv3::ParameterData> {
    match &parameter.value.parameter {
        Parameter::Path { parameter_data, .. } => Some(parameter_data),
        Parameter::Query { .. } | Parameter::Header { .. } | Parameter::Cookie { .. } => None,
    }
}

/// A path parameter of which no more than the name is known.
fn undeclared(operation: &Pointer, name: &str) -> Located<ResolvedParameter> {
    // No parameter stands there, so that nothing else can be read from the place.
    let at = operation.join("parameters").join(name);
    let parameter_data = openapiv3::ParameterData {
        name: name.to_owned(),
        description: None,
        required: true,
        deprecated: None,
        format: openapiv3::ParameterSchemaOrContent::Content(openapiv3::Content::new()),
        example: None,
        examples: IndexMap::new(),
        explode: None,
        extensions: IndexMap::new(),
    };
    let value = ResolvedParameter {
        parameter: Parameter::Path {
            parameter_data,
            style: openapiv3::PathStyle::Simple,
        },
        schema: None,
        media_type: None,
        newer: None,
    };
    Located { at, value }
}
