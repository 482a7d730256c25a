//! The layout of the runtime's macro calls, whose insides prettyplease does not know, and of its
//! static tables.

use std::iter::Peekable;

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::punctuated::Punctuated;
use syn::token::Comma;
use syn::{Expr, ExprArray, ExprMethodCall, ExprStruct, ItemMacro, ItemStatic};

/// As wide as a line of a macro call gets.
const WIDTH: usize = 96;

/// Macros that are never written in one line.
const TALL: &[&str] = &["model", "union"];

/// A macro call with braces, laid out; `None` for any other.
pub(super) fn macro_call(call: &ItemMacro) -> Option<String> {
    if !matches!(call.mac.delimiter, syn::MacroDelimiter::Brace(_)) || call.ident.is_some() {
        return None;
    }
    let name = call.mac.path.to_token_stream();
    let name = inline(name);
    let body = call.mac.tokens.clone();
    let short = format!("{name}! {{ {} }}\n", inline(body.clone()));
    if short.len() <= WIDTH && !TALL.contains(&name.as_str()) {
        return Some(short);
    }
    let mut out = format!("{name}! {{\n");
    for clause in clauses(body) {
        out.push_str(&indented(&self::clause(clause), 4));
    }
    out.push_str("}\n");
    Some(out)
}

/// Every line that is not blank, moved to the right.
pub(super) fn indented(text: &str, columns: usize) -> String {
    let indent = " ".repeat(columns);
    text.lines()
        .map(|line| {
            if line.is_empty() {
                "\n".to_owned()
            } else {
                format!("{indent}{line}\n")
            }
        })
        .collect()
}

/// The parts of a macro's body, each with the comma or semicolon behind it; after a part in braces
/// there may be none.
fn clauses(body: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut out = vec![Vec::new()];
    let mut tokens = body.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let braces = is_braces(&token);
        let mut ends = is_separator(&token);
        if let Some(clause) = out.last_mut() {
            clause.push(token);
            if braces {
                clause.extend(tokens.next_if(is_separator));
                ends = true;
            }
        }
        if ends && tokens.peek().is_some() {
            out.push(Vec::new());
        }
    }
    out
}

fn is_braces(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

fn is_separator(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if matches!(punct.as_char(), ',' | ';'))
}

fn clause(mut tokens: Vec<TokenTree>) -> String {
    let separator = match tokens.last() {
        Some(last) if is_separator(last) => tokens
            .pop()
            .map(|last| last.to_string())
            .unwrap_or_default(),
        _ => String::new(),
    };
    let short = format!("{}{separator}\n", inline(tokens.iter().cloned().collect()));
    match tokens.split_last() {
        Some((TokenTree::Group(group), head)) if group.delimiter() == Delimiter::Brace => {
            if short.len() <= WIDTH {
                return short;
            }
            let head = inline(head.iter().cloned().collect());
            // Numbers and names are read across, all else down.
            let entries = if head == "fields" {
                across(group)
            } else {
                down(group)
            };
            format!("{head} {{\n{}}}{separator}\n", indented(&entries, 4))
        }
        _ => expression(&tokens, &short, &separator),
    }
}

/// An expression, behind the words that introduce it.
fn expression(tokens: &[TokenTree], short: &str, separator: &str) -> String {
    let words = usize::from(
        matches!(tokens, [TokenTree::Ident(word), TokenTree::Punct(_), ..] if word == "rules"),
    );
    let (head, tail) = tokens.split_at(words);
    let head = if head.is_empty() { "" } else { "rules " };
    match syn::parse2::<Expr>(tail.iter().cloned().collect()) {
        Ok(expr) => format!("{head}{}{separator}\n", table(&expr, WIDTH - 4)),
        Err(_) => short.to_owned(),
    }
}

/// A static without attributes: its table starts on a line of its own where it does not fit.
pub(super) fn static_item(item: &ItemStatic) -> Option<String> {
    if !item.attrs.is_empty() {
        return None;
    }
    let ItemStatic {
        vis,
        ident,
        ty,
        expr,
        ..
    } = item;
    let head = inline(quote!(#vis static #ident: #ty =));
    let short = format!("{head} {};\n", inline(expr.to_token_stream()));
    if short.len() <= WIDTH {
        return Some(short);
    }
    Some(format!(
        "{head}\n{};\n",
        indented(&table(expr, WIDTH - 4), 4).trim_end()
    ))
}

/// An expression of calls and lists, as rustfmt breaks them: in one line where it fits, else each
/// item of a list and each call of a chain on its own.
fn table(expr: &Expr, width: usize) -> String {
    let short = inline(expr.to_token_stream());
    // What a reader compares row by row is in rows even where it fits.
    let rows = matches!(chain(expr).0, Expr::Call(call) if inline(call.func.to_token_stream()) == "Shape::new");
    if short.len() <= width && !rows {
        return short;
    }
    let (root, calls) = chain(expr);
    let mut out = match root {
        Expr::Call(call) => {
            let function = inline(call.func.to_token_stream());
            format!("{function}({})", arguments(&call.args, &function, width))
        }
        Expr::Reference(reference) => match &*reference.expr {
            Expr::Array(list) => format!("&[\n{}]", items(list, width)),
            _ => inline(root.to_token_stream()),
        },
        Expr::Array(list) => format!("[\n{}]", items(list, width)),
        Expr::Struct(value) => structure(value, width),
        other => inline(other.to_token_stream()),
    };
    // Calls stand under a root of one line, and beside the end of one of several.
    let indent = if out.contains('\n') { 0 } else { 4 };
    for call in calls {
        let name = format!(".{}", call.method);
        let call = format!(
            "{name}({})",
            arguments(&call.args, &name, width.saturating_sub(indent))
        );
        out.push('\n');
        out.push_str(indented(&call, indent).trim_end());
    }
    out
}

/// The innermost receiver of a chain of calls, and the calls in order.
fn chain(expr: &Expr) -> (&Expr, Vec<&ExprMethodCall>) {
    let (mut root, mut calls) = (expr, Vec::new());
    while let Expr::MethodCall(call) = root {
        calls.push(call);
        root = &call.receiver;
    }
    calls.reverse();
    (root, calls)
}

/// Arguments: in one line, or with the last, a list, going over several, or each on its own.
fn arguments(arguments: &Punctuated<Expr, Comma>, before: &str, width: usize) -> String {
    let short: Vec<_> = arguments
        .iter()
        .map(|argument| inline(argument.to_token_stream()))
        .collect();
    let joined = short.join(", ");
    let fits = before.len() + joined.len() + 2 <= width;
    let last = match arguments.last() {
        Some(Expr::Reference(last)) => match &*last.expr {
            Expr::Array(rows) if !rows.elems.is_empty() => {
                (!fits || before == "Shape::new").then(|| format!("&[\n{}]", items(rows, width)))
            }
            _ => None,
        },
        Some(Expr::Struct(value)) if !fits => Some(structure(value, width)),
        _ => None,
    };
    match last {
        Some(last) => {
            let mut all = short;
            all.pop();
            all.push(last);
            all.join(", ")
        }
        None if fits => joined,
        None => {
            let each: String = arguments.iter().map(|one| row(one, width)).collect();
            format!("\n{each}")
        }
    }
}

/// A struct with one field a line.
fn structure(value: &ExprStruct, width: usize) -> String {
    let width = width.saturating_sub(4);
    let mut out = format!("{} {{\n", inline(value.path.to_token_stream()));
    for field in &value.fields {
        let name = inline(field.member.to_token_stream());
        let value = table(&field.expr, width.saturating_sub(name.len() + 3));
        out.push_str(&indented(&format!("{name}: {value},"), 4));
    }
    if let Some(rest) = &value.rest {
        out.push_str(&indented(
            &format!("..{}", inline(rest.to_token_stream())),
            4,
        ));
    }
    out.push('}');
    out
}

fn items(list: &ExprArray, width: usize) -> String {
    list.elems.iter().map(|item| row(item, width)).collect()
}

fn row(item: &Expr, width: usize) -> String {
    indented(&format!("{},", table(item, width.saturating_sub(5))), 4)
}

/// The entries of a list, one a line.
fn down(group: &Group) -> String {
    let mut out = entries(group).join(",\n");
    out.push_str(",\n");
    out
}

/// The entries of a list, as many in a line as it takes.
fn across(group: &Group) -> String {
    let mut out = String::new();
    let mut line = String::new();
    for entry in entries(group) {
        if !line.is_empty() && line.len() + entry.len() + 2 > WIDTH - 8 {
            out.push_str(&line);
            out.push('\n');
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&entry);
        line.push(',');
    }
    out.push_str(&line);
    out.push('\n');
    out
}

fn entries(group: &Group) -> Vec<String> {
    let mut out = Vec::new();
    let mut entry = Vec::new();
    for token in group.stream() {
        if is_separator(&token) {
            out.push(inline(entry.drain(..).collect()));
        } else {
            entry.push(token);
        }
    }
    if !entry.is_empty() {
        out.push(inline(entry.into_iter().collect()));
    }
    out
}

/// Tokens in one line, spaced as rustfmt spaces types, paths and calls.
fn inline(tokens: TokenStream) -> String {
    let mut out = String::new();
    spaced(&mut out, &mut tokens.into_iter().peekable());
    out
}

fn spaced(out: &mut String, tokens: &mut Peekable<impl Iterator<Item = TokenTree>>) {
    // Whether what comes next stands close to what came last.
    let mut close = true;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(punct) => {
                let sign = punct.as_char();
                let arrow = sign == '=' || (sign == '>' && out.ends_with('='));
                let before = match sign {
                    '=' | '|' | '-' | '&' | '\'' | '#' => true,
                    // The rest of a struct: `, ..DEFAULT`.
                    '.' => out.ends_with(','),
                    _ => false,
                };
                if before && !close && !out.ends_with(' ') {
                    out.push(' ');
                }
                out.push(sign);
                close = match sign {
                    ',' | ';' | '|' => false,
                    '>' => !arrow && matches!(tokens.peek(), Some(TokenTree::Punct(_))),
                    '=' => punct.spacing() == Spacing::Joint,
                    // The colon between a name and its value or type, but not that of a path.
                    ':' => punct.spacing() == Spacing::Joint || out.ends_with("::"),
                    _ => true,
                };
            }
            TokenTree::Group(group) => {
                let (open, shut, pad) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")", ""),
                    Delimiter::Bracket => ("[", "]", ""),
                    Delimiter::Brace => ("{", "}", " "),
                    Delimiter::None => ("", "", ""),
                };
                if group.delimiter() == Delimiter::Brace && !out.is_empty() {
                    out.push(' ');
                }
                // A type in brackets behind a name.
                let typed = out.ends_with(':') && !out.ends_with("::");
                if group.delimiter() == Delimiter::Bracket && !close && typed {
                    out.push(' ');
                }
                let pad = if group.stream().is_empty() { "" } else { pad };
                out.extend([open, pad]);
                spaced(out, &mut group.stream().into_iter().peekable());
                out.extend([pad, shut]);
                close = false;
            }
            TokenTree::Ident(_) | TokenTree::Literal(_) => {
                if !close {
                    out.push(' ');
                }
                out.push_str(&token.to_string());
                close = false;
            }
        }
    }
}
