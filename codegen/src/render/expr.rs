//! Expressions of calls and lists, such as the static tables are made of.

use std::borrow::Cow;

use super::page::{INDENT, Page};

/// An expression: calls, lists, and texts that never break.
#[derive(Clone, Debug)]
pub(crate) enum Expr<'a> {
    /// A name, a literal or any other text of one line.
    Text(Cow<'a, str>),
    /// `function(arguments)`.
    Call(Cow<'a, str>, Vec<Self>),
    /// `[items]`.
    Array(Vec<Self>),
    /// `&[items]`.
    Slice(Vec<Self>),
    /// `Path { field: value, ..rest }`.
    Struct(Struct<'a>),
    /// `root.method(arguments)`, and so on.
    Chain(Box<Self>, Vec<(&'static str, Vec<Self>)>),
}

/// A struct made of its fields.
#[derive(Clone, Debug)]
pub(crate) struct Struct<'a> {
    pub(crate) path: Cow<'a, str>,
    pub(crate) fields: Vec<(&'static str, Expr<'a>)>,
    /// What the other fields are taken from.
    pub(crate) rest: Option<String>,
}

impl<'a> Expr<'a> {
    /// A text of one line.
    pub(crate) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    /// A call of a function.
    pub(crate) fn call(function: impl Into<Cow<'a, str>>, arguments: Vec<Self>) -> Self {
        Self::Call(function.into(), arguments)
    }

    /// `(first, second)`.
    pub(crate) fn pair(first: Self, second: Self) -> Self {
        Self::call("", vec![first, second])
    }

    /// A call of a method.
    #[must_use]
    pub(crate) fn method(self, name: &'static str, arguments: Vec<Self>) -> Self {
        match self {
            Self::Chain(root, mut calls) => {
                calls.push((name, arguments));
                Self::Chain(root, calls)
            }
            root => Self::Chain(Box::new(root), vec![(name, arguments)]),
        }
    }

    /// A call of a method with a list, unless the list is empty.
    #[must_use]
    pub(crate) fn method_of_list(self, name: &'static str, items: Vec<Self>) -> Self {
        if items.is_empty() {
            self
        } else {
            self.method(name, vec![Self::Slice(items)])
        }
    }

    /// The columns that it takes in one line.
    pub(crate) fn width(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Call(function, arguments) => function.len() + 2 + width_of_all(arguments),
            Self::Array(items) => 2 + width_of_all(items),
            Self::Slice(items) => 3 + width_of_all(items),
            Self::Struct(value) => value.width(),
            Self::Chain(root, calls) => {
                let calls = calls.iter();
                root.width()
                    + calls
                        .map(|(name, arguments)| 3 + name.len() + width_of_all(arguments))
                        .sum::<usize>()
            }
        }
    }

    /// Writes it in one line.
    pub(crate) fn write(&self, out: &mut String) {
        match self {
            Self::Text(text) => out.push_str(text),
            Self::Call(function, arguments) => {
                out.push_str(function);
                write_all(out, "(", arguments, ")");
            }
            Self::Array(items) => write_all(out, "[", items, "]"),
            Self::Slice(items) => write_all(out, "&[", items, "]"),
            Self::Struct(value) => value.write(out),
            Self::Chain(root, calls) => {
                root.write(out);
                for (name, arguments) in calls {
                    out.extend([".", name]);
                    write_all(out, "(", arguments, ")");
                }
            }
        }
    }

    /// Writes it as rustfmt breaks it: in one line where `room` columns are enough, else each item
    /// of a list and each call of a chain on its own.
    pub(crate) fn lay_out(&self, page: &mut Page, room: usize) {
        self.lay_out_behind(page, 0, room);
    }

    /// The same where `before` columns of the line are taken.
    pub(crate) fn lay_out_behind(&self, page: &mut Page, before: usize, room: usize) {
        let (receiver, calls): (&Self, &[_]) = match self {
            Self::Chain(receiver, calls) => (receiver, calls),
            other => (other, &[]),
        };
        if before + self.width() <= room && !receiver.stands_in_rows() {
            self.write(page.text());
            return;
        }
        let start = page.text().len();
        match receiver {
            Self::Call(function, arguments) => {
                page.text().push_str(function);
                let before = before + function.len();
                lay_out_arguments(page, arguments, before, receiver.stands_in_rows(), room);
            }
            Self::Slice(items) => {
                page.text().push('&');
                lay_out_items(page, items, room);
            }
            Self::Array(items) => lay_out_items(page, items, room),
            Self::Struct(value) => value.lay_out(page, room),
            Self::Text(_) | Self::Chain(..) => receiver.write(page.text()),
        }
        // Calls stand under a receiver of one line, and beside the end of one of several.
        let several = page.text()[start..].contains('\n');
        let each = |page: &mut Page, room: usize| {
            for (name, arguments) in calls {
                page.blank();
                page.margin();
                page.text().extend([".", name]);
                lay_out_arguments(page, arguments, name.len() + 1, false, room);
            }
        };
        if several {
            each(page, room);
        } else {
            page.indented(|page| each(page, room.saturating_sub(INDENT)));
        }
    }

    /// What a reader compares row by row is in rows even where it fits.
    fn stands_in_rows(&self) -> bool {
        matches!(self, Self::Call(function, _) if function == "Shape::new")
    }
}

impl Struct<'_> {
    fn width(&self) -> usize {
        let fields = self.fields.iter();
        let fields: usize = fields
            .map(|(name, value)| name.len() + ": ".len() + value.width() + ", ".len())
            .sum();
        let rest = self.rest.as_ref().map(|rest| rest.len() + "..".len());
        let inside = rest.map_or(fields.saturating_sub(2), |rest| fields + rest);
        self.path.len() + " {  }".len() + inside
    }

    fn write(&self, out: &mut String) {
        out.push_str(&self.path);
        out.push_str(" { ");
        for (index, (name, value)) in self.fields.iter().enumerate() {
            if index > 0 {
                out.push_str(", ");
            }
            out.extend([name, ": "]);
            value.write(out);
        }
        if let Some(rest) = &self.rest {
            out.extend([", ..", rest]);
        }
        out.push_str(" }");
    }

    /// One field a line.
    fn lay_out(&self, page: &mut Page, room: usize) {
        let room = room.saturating_sub(INDENT);
        page.text().push_str(&self.path);
        page.text().push_str(" {\n");
        page.indented(|page| {
            for (name, value) in &self.fields {
                page.margin();
                page.text().extend([name, ": "]);
                value.lay_out(page, room.saturating_sub(name.len() + 3));
                page.text().push_str(",\n");
            }
            if let Some(rest) = &self.rest {
                page.line(format_args!("..{rest}"));
            }
        });
        page.margin();
        page.text().push('}');
    }
}

/// Arguments: in one line, or with the last, a list, going over several, or each on its own.
fn lay_out_arguments(
    page: &mut Page,
    arguments: &[Expr<'_>],
    before: usize,
    in_rows: bool,
    room: usize,
) {
    let fits = before + width_of_all(arguments) + 2 <= room;
    let last = match arguments.split_last() {
        Some((Expr::Slice(items), _)) if !items.is_empty() && (in_rows || !fits) => true,
        Some((Expr::Struct(_), _)) => !fits,
        _ => false,
    };
    match arguments.split_last() {
        Some((value, others)) if last => {
            page.text().push('(');
            for other in others {
                other.write(page.text());
                page.text().push_str(", ");
            }
            match value {
                Expr::Slice(items) => {
                    page.text().push('&');
                    lay_out_items(page, items, room);
                }
                Expr::Struct(value) => value.lay_out(page, room),
                other => other.write(page.text()),
            }
            page.text().push(')');
        }
        _ if fits || arguments.is_empty() => write_all(page.text(), "(", arguments, ")"),
        _ => {
            page.text().push_str("(\n");
            rows(page, arguments, room);
            page.text().push(')');
        }
    }
}

fn lay_out_items(page: &mut Page, items: &[Expr<'_>], room: usize) {
    page.text().push_str("[\n");
    rows(page, items, room);
    page.text().push(']');
}

/// Items on lines of their own, and the margin of the line behind them.
fn rows(page: &mut Page, items: &[Expr<'_>], room: usize) {
    page.indented(|page| {
        for item in items {
            page.margin();
            item.lay_out(page, room.saturating_sub(INDENT + 1));
            page.text().push_str(",\n");
        }
    });
    page.margin();
}

fn width_of_all(items: &[Expr<'_>]) -> usize {
    let width: usize = items.iter().map(|item| item.width() + 2).sum();
    width.saturating_sub(2)
}

fn write_all(out: &mut String, open: &str, items: &[Expr<'_>], close: &str) {
    out.push_str(open);
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        item.write(out);
    }
    out.push_str(close);
}
