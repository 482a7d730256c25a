//! Do the parameters of each operation match its path template, and each other?

use std::collections::HashSet;

use openapiv3::Parameter;

use super::nearest::nearest;
use super::{Pointer, ResolvedDocument, ResolvedOperation, operations};
use crate::diagnostics::Diagnostics;

/// Checks all operations and their paths.
pub(super) fn check(resolved: &ResolvedDocument, diagnostics: &mut Diagnostics) {
    let mut templates = HashSet::new();
    let mut optional = HashSet::new();
    for operation in &resolved.operations {
        let names = names(&operation.path);
        if templates.insert(operation.path.as_str()) {
            check_template(resolved, operation, &names, diagnostics);
        }
        check_parameters(resolved, operation, &names, &mut optional, diagnostics);
    }
}

/// The names between braces in a path template: OpenAPI 3.0.3, Path Templating.
fn names(template: &str) -> Vec<&str> {
    let parts = template.split('{').skip(1);
    parts
        .filter_map(|part| part.split_once('}').map(|(name, _)| name))
        .collect()
}

fn check_template(
    resolved: &ResolvedDocument,
    operation: &ResolvedOperation,
    names: &[&str],
    diagnostics: &mut Diagnostics,
) {
    let path = operation.path.as_str();
    let at = Pointer::root().join("paths").join(path);
    let place = resolved.place(&at).key();
    if !path.starts_with('/') {
        diagnostics
            .error(
                "bad-path",
                place.clone(),
                format!("the path `{path}` does not start with `/`"),
            )
            .help(format!("write `/{path}`"));
    }
    let braces = path
        .chars()
        .filter(|character| matches!(character, '{' | '}'));
    let balanced = braces
        .enumerate()
        .all(|(index, brace)| (brace == '{') == (index % 2 == 0));
    if !balanced || path.matches('{').count() != path.matches('}').count() {
        diagnostics.error(
            "bad-path",
            place,
            format!("the braces in `{path}` do not match"),
        );
        return;
    }
    let mut seen = HashSet::new();
    for name in names {
        if !seen.insert(name) {
            diagnostics
                .error(
                    "path-parameter-duplicate",
                    place.clone(),
                    format!("the path has `{{{name}}}` more than once"),
                )
                .help("a parameter has one value: give each place a name of its own");
        }
    }
}

fn check_parameters<'r>(
    resolved: &ResolvedDocument,
    operation: &'r ResolvedOperation,
    names: &[&str],
    optional: &mut HashSet<&'r Pointer>,
    diagnostics: &mut Diagnostics,
) {
    let mut keys = HashSet::new();
    let mut declared = Vec::new();
    for parameter in &operation.parameters {
        let (name, location) = operations::key(&parameter.value.parameter);
        let place = resolved.place(&parameter.at);
        if !keys.insert((name, location)) {
            diagnostics
                .error(
                    "duplicate-parameter",
                    place.clone(),
                    format!("the {location} parameter `{name}` is declared more than once"),
                )
                .help("a parameter is told from others by its name and location");
        }
        let Parameter::Path { parameter_data, .. } = &parameter.value.parameter else {
            continue;
        };
        declared.push(name);
        if !names.contains(&name) {
            let diagnostic = diagnostics.error(
                "path-parameter-unused",
                place,
                format!("the path `{}` has no `{{{name}}}`", operation.path),
            );
            if let Some(nearest) = nearest(name, names.iter().copied()) {
                diagnostic.help(format!("did you mean `{nearest}`?"));
            } else {
                diagnostic.help("put it into the path, or say where else it travels");
            }
        } else if !parameter_data.required && optional.insert(&parameter.at) {
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
    }
    let mut reported = HashSet::new();
    for &name in names {
        if !declared.contains(&name) && reported.insert(name) {
            let unused = declared
                .iter()
                .copied()
                .filter(|declared| !names.contains(declared));
            diagnostics
                .error(
                    "path-parameter-undeclared",
                    resolved.place(&operation.at).key(),
                    format!(
                        "the path `{}` has `{{{name}}}`, and this operation declares no such parameter",
                        operation.path
                    ),
                )
                .help(match nearest(name, unused) {
                    Some(nearest) => format!("did you mean the parameter `{nearest}`?"),
                    None => format!("add a parameter with `name: {name}` and `in: path`"),
                });
        }
    }
}
