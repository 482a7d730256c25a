//! Pagination: which operations give a list in pages, and how does it go on?
//!
//! An operation says so with `x-typewright-pagination`, or as Azure's contracts do with `x-ms-pageable`.
//! Otherwise it is inferred, and only where the names leave little doubt: `GET`, one list in the answer, and
//! a pair of names that is known for it.

use crate::diagnostics::Diagnostics;
use crate::ir::{
    Location, NextPage, Operation, Outcome, PageItems, Pagination, Parameter, Struct, Type,
    TypeDef, TypeKind,
};
use crate::resolve::{Pointer, ResolvedDocument};
use crate::tree::{Map, Node};

const KEY: &str = "x-typewright-pagination";

/// Decides it for each operation, when types and outcomes are final.
pub(super) fn decide(
    document: &ResolvedDocument,
    types: &[TypeDef],
    operations: &mut [Operation],
    diagnostics: &mut Diagnostics,
) {
    for (operation, resolved) in operations.iter_mut().zip(&document.operations) {
        let map = document.node(&resolved.at).and_then(Node::as_object);
        let stated = map.and_then(|map| map.get(KEY));
        let mut pagination = match stated {
            Some(Node::Bool(_)) => continue,
            Some(stated) => match of_extension(operation, stated) {
                Ok(pagination) => pagination,
                Err(problem) => {
                    let at = resolved.at.join(KEY);
                    diagnostics.error("bad-pagination", document.place(&at), problem);
                    None
                }
            },
            // What starts something gives no list.
            None if map.is_some_and(|map| map.contains_key(super::poll::KEY)) => None,
            None => map
                .and_then(|map| pageable(types, operation, map))
                .or_else(|| inferred(types, operation)),
        };
        if let Some(pagination) = &mut pagination {
            pagination.items = items(types, operation, &pagination.list);
            let at = resolved.at.join(KEY);
            let list = stated.and_then(|stated| stated.get("items")?.as_str());
            if list.is_some_and(|list| list.is_empty() || list.starts_with('/')) {
                report_items(document, pagination, &at, diagnostics);
            }
        }
        operation.pagination = pagination;
    }
}

fn report_items(
    document: &ResolvedDocument,
    pagination: &Pagination,
    at: &Pointer,
    diagnostics: &mut Diagnostics,
) {
    if pagination.items.is_none() {
        let list = format!("/{}", pagination.list.join("/"));
        diagnostics
            .warning(
                "pages-without-items",
                document.place(at),
                format!(
                    "there is no list at `{list}` in the answer: only whole pages are handed out"
                ),
            )
            .help("say where it is: `items`, as a JSON Pointer into the body of the answer");
    }
}

/// What an operation says with the extension. What is wrong with its form is reported already.
fn of_extension(operation: &Operation, stated: &Node) -> Result<Option<Pagination>, String> {
    let text = |key: &str| stated.get(key).and_then(Node::as_str);
    let place = |key: &str| text(key).map(steps);
    let needed = |key: &str| {
        place(key).ok_or_else(|| format!("must say `{key}`, as a JSON Pointer into the answer"))
    };
    let parameter = || {
        let name = text("parameter").ok_or("must say `parameter`, by its name")?;
        let mut all = operation.parameters.iter();
        let found = all.position(|one| one.wire_name == name && one.location != Location::Path);
        found.ok_or_else(|| format!("names `{name}`, which is no parameter of the operation"))
    };
    let next = match text("style").unwrap_or_default() {
        "cursor" => NextPage::Cursor {
            parameter: parameter()?,
            place: needed("next")?,
        },
        "last-item" => NextPage::LastItem {
            parameter: parameter()?,
            place: needed("next")?,
        },
        "offset" => NextPage::Offset {
            parameter: parameter()?,
        },
        "page" => NextPage::Page {
            parameter: parameter()?,
            first: stated.get("first").and_then(Node::as_i64).unwrap_or(1),
        },
        "url" => NextPage::Url {
            place: needed("next")?,
        },
        "link" => NextPage::Link,
        _ => return Ok(None),
    };
    Ok(Some(Pagination {
        next,
        list: place("items").unwrap_or_default(),
        more: place("more"),
        items: None,
        is_stated: true,
    }))
}

/// The steps of a JSON Pointer.
fn steps(pointer: &str) -> Vec<String> {
    let steps = pointer.split('/').skip(1);
    steps
        .map(|step| step.replace("~1", "/").replace("~0", "~"))
        .collect()
}

/// `x-ms-pageable`: the page has the URL of the next one, where it has a name at all.
fn pageable(types: &[TypeDef], operation: &Operation, map: &Map) -> Option<Pagination> {
    let stated = map.get("x-ms-pageable")?;
    let text = |key: &str| stated.get(key).and_then(Node::as_str);
    let next = text("nextLinkName")?.to_owned();
    let list = text("itemName").unwrap_or("value").to_owned();
    let body = body(types, operation)?;
    body.fields.iter().find(|field| field.property == next)?;
    Some(Pagination {
        next: NextPage::Url { place: vec![next] },
        list: vec![list],
        more: None,
        items: None,
        is_stated: true,
    })
}

/// Names of a parameter, and of the property that has its value for the next page.
const CURSORS: [(&str, &str); 12] = [
    ("cursor", "next_cursor"),
    ("cursor", "nextCursor"),
    ("page_token", "next_page_token"),
    ("pageToken", "nextPageToken"),
    ("next_token", "next_token"),
    ("nextToken", "nextToken"),
    ("NextToken", "NextToken"),
    ("continuation_token", "next_continuation_token"),
    ("continuationToken", "nextContinuationToken"),
    ("starting_token", "next_token"),
    ("after", "next_after"),
    ("marker", "next_marker"),
];

/// Names of properties that have the URL of the next page.
const URLS: [&str; 8] = [
    "next_url",
    "nextUrl",
    "next_link",
    "nextLink",
    "@odata.nextLink",
    "next_page_url",
    "nextPageUrl",
    "next_page_uri",
];

/// Names of a parameter that counts items or pages, and of the one that says how many a page has.
const OFFSETS: [(&str, &str); 4] = [
    ("offset", "limit"),
    ("$skip", "$top"),
    ("skip", "limit"),
    ("skip", "take"),
];
const PAGES: [(&str, &str); 5] = [
    ("page", "per_page"),
    ("page", "page_size"),
    ("page", "pageSize"),
    ("page", "perPage"),
    ("page", "limit"),
];

fn inferred(types: &[TypeDef], operation: &Operation) -> Option<Pagination> {
    if operation.method != "GET" {
        return None;
    }
    let parameter = |name: &str| {
        let mut all = operation.parameters.iter();
        let in_query = |one: &Parameter| one.location == Location::Query && !one.required;
        all.position(|one| one.wire_name == name && in_query(one))
    };
    let whole = |index: &usize| {
        let ty = &operation.parameters[*index].ty;
        matches!(resolved(types, ty), Type::Integer(_))
    };
    let counted = |pairs: &[(&str, &str)]| {
        let mut pairs = pairs.iter();
        pairs.find_map(|(one, size)| parameter(size).and_then(|_| parameter(one).filter(whole)))
    };
    let page = |next| Pagination {
        next,
        list: Vec::new(),
        more: None,
        items: None,
        is_stated: false,
    };
    if is_list(types, success(operation)?) {
        if has_link(types, operation) {
            return Some(page(NextPage::Link));
        }
        return counted(&OFFSETS)
            .map(|parameter| NextPage::Offset { parameter })
            .or_else(|| {
                counted(&PAGES).map(|parameter| NextPage::Page {
                    parameter,
                    first: 1,
                })
            })
            .map(page);
    }
    let body = body(types, operation)?;
    let mut lists = body.fields.iter().filter(|field| is_list(types, &field.ty));
    let (Some(list), None) = (lists.next(), lists.next()) else {
        return None;
    };
    let is_text = |name: &str| {
        let mut fields = body.fields.iter();
        let text = |ty: &Type| matches!(resolved(types, ty), Type::String | Type::Uuid);
        fields.any(|field| field.property == name && text(&field.ty))
    };
    let cursor = || {
        CURSORS.iter().find_map(|(name, next)| {
            let parameter = parameter(name).filter(|_| is_text(next))?;
            let place = vec![(*next).to_owned()];
            Some(NextPage::Cursor { parameter, place })
        })
    };
    let url = || {
        let next = URLS.iter().find(|name| is_text(name))?;
        let place = vec![(*next).to_owned()];
        Some(NextPage::Url { place })
    };
    let next = cursor()
        .or_else(url)
        .or_else(|| counted(&OFFSETS).map(|parameter| NextPage::Offset { parameter }))
        .or_else(|| {
            counted(&PAGES).map(|parameter| NextPage::Page {
                parameter,
                first: 1,
            })
        })?;
    Some(Pagination {
        list: vec![list.property.clone()],
        ..page(next)
    })
}

/// Whether a success declares the header `Link`.
fn has_link(types: &[TypeDef], operation: &Operation) -> bool {
    operation.responses.iter().any(|response| {
        let Some(Type::Named(id)) = &response.headers else {
            return false;
        };
        match types.get(id.0).map(|def| &def.kind) {
            Some(TypeKind::Struct(headers)) => headers
                .fields
                .iter()
                .any(|field| field.property.eq_ignore_ascii_case("link")),
            Some(TypeKind::StringEnum(_) | TypeKind::Alias(_) | TypeKind::Union(_)) | None => false,
        }
    })
}

fn success(operation: &Operation) -> Option<&Type> {
    match &operation.success {
        Outcome::Body(ty) => Some(ty),
        Outcome::Undescribed | Outcome::Empty | Outcome::OneOf(_) => None,
    }
}

/// What a success is, where that is an object.
fn body<'t>(types: &'t [TypeDef], operation: &Operation) -> Option<&'t Struct> {
    object(types, success(operation)?)
}

fn object<'t>(types: &'t [TypeDef], ty: &Type) -> Option<&'t Struct> {
    match def(types, ty)? {
        TypeKind::Struct(object) => Some(object),
        TypeKind::Alias(alias) => object(types, &alias.ty),
        TypeKind::StringEnum(_) | TypeKind::Union(_) => None,
    }
}

fn def<'t>(types: &'t [TypeDef], ty: &Type) -> Option<&'t TypeKind> {
    let Type::Named(id) = ty else {
        return None;
    };
    types.get(id.0).map(|def| &def.kind)
}

/// What a type is once aliases are followed.
fn resolved<'t>(types: &'t [TypeDef], ty: &'t Type) -> &'t Type {
    match def(types, ty) {
        Some(TypeKind::Alias(alias)) => resolved(types, &alias.ty),
        Some(TypeKind::Struct(_) | TypeKind::StringEnum(_) | TypeKind::Union(_)) | None => ty,
    }
}

fn is_list(types: &[TypeDef], ty: &Type) -> bool {
    matches!(resolved(types, ty), Type::List(_))
}

/// How the items are taken out of a page, where its types let them be.
fn items(types: &[TypeDef], operation: &Operation, list: &[String]) -> Option<PageItems> {
    let mut ty = success(operation)?.clone();
    let mut fields = Vec::new();
    for step in list {
        let object = object(types, &ty)?;
        let mut all = object.fields.iter();
        let field = all.find(|field| field.property == *step && field.constant.is_none())?;
        fields.push((field.name.clone(), field.presence));
        ty = field.ty.clone();
    }
    let Type::List(item) = resolved(types, &ty) else {
        return None;
    };
    Some(PageItems {
        fields,
        ty: (**item).clone(),
    })
}
