//! The text of a file in the making, and how it is laid out.
//!
//! A renderer writes lines and blocks as they shall stand in the file. Where a line may get too
//! long, the page breaks it as rustfmt would: signatures, types, expressions, entries of macros.

use std::fmt::{Display, Write as _};

use super::expr::Expr;

/// As wide as a line of an item gets.
pub(crate) const WIDTH: usize = 89;

/// As wide as a line of a static or of a macro call gets.
const TABLE_WIDTH: usize = 96;

/// The columns of a step to the right.
pub(crate) const INDENT: usize = 4;

/// Writes a line to a page, from a format string.
macro_rules! line {
    ($page:expr, $($format:tt)+) => {
        $page.line(format_args!($($format)+))
    };
}
pub(crate) use line;

/// Text with the indentation that its next line has.
#[derive(Debug, Default)]
pub(crate) struct Page {
    text: String,
    indent: usize,
}

impl Page {
    /// The text.
    pub(crate) fn finish(self) -> String {
        self.text
    }

    /// A line.
    pub(crate) fn line(&mut self, line: impl Display) {
        self.margin();
        // Writing to a string cannot fail.
        let _ = writeln!(self.text, "{line}");
    }

    /// A line, if there is one.
    pub(crate) fn maybe_line(&mut self, line: Option<&str>) {
        if let Some(line) = line {
            self.line(line);
        }
    }

    /// A blank line.
    pub(crate) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// Items or members with a blank line between them.
    pub(crate) fn separate(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("{\n") {
            self.blank();
        }
    }

    /// A line of a doc comment, which no text can leave.
    pub(crate) fn doc(&mut self, mark: &str, text: &str) {
        let mut rest = text;
        loop {
            let end = memchr::memchr2(b'\n', b'\r', rest.as_bytes());
            let (line, behind) = rest.split_at(end.unwrap_or(rest.len()));
            self.margin();
            self.text.push_str(mark);
            let line = line.trim_end_matches(' ');
            if !line.is_empty() {
                self.text.push(' ');
                self.text.push_str(line);
            }
            self.text.push('\n');
            let Some(next) = behind.get(1..) else {
                break;
            };
            rest = next;
        }
    }

    /// Lines in braces behind `head`.
    pub(crate) fn block(&mut self, head: impl Display, body: impl FnOnce(&mut Self)) {
        self.margin();
        let _ = write!(self.text, "{head} {{");
        let open = self.text.len();
        self.text.push('\n');
        self.indent += INDENT;
        body(self);
        self.indent -= INDENT;
        if self.text.len() == open + 1 {
            self.text.truncate(open);
        } else {
            self.margin();
        }
        self.text.push_str("}\n");
    }

    /// Lines that stand as they are, moved to the page's indentation.
    pub(crate) fn lines(&mut self, text: &str) {
        for line in text.lines() {
            if !line.is_empty() {
                self.margin();
                self.text.push_str(line);
            }
            self.text.push('\n');
        }
    }

    /// Imports of several names of a module, as many in a line as it takes.
    pub(crate) fn import(&mut self, module: &str, names: &[&str]) {
        let width: usize = names.iter().map(|name| name.len() + ", ".len()).sum();
        if "use ::{".len() + module.len() + width.saturating_sub(2) + "};".len() <= WIDTH {
            line!(self, "use {module}::{{{}}};", names.join(", "));
            return;
        }
        line!(self, "use {module}::{{");
        self.indented(|page| page.fill(names, WIDTH - INDENT));
        self.line("};");
    }

    /// An attribute of words with commas, with as many in a line as it takes.
    pub(crate) fn list(&mut self, open: &str, words: &[String], close: &str) {
        let width: usize = words.iter().map(|word| word.len() + ", ".len()).sum();
        if self.indent + open.len() + width.saturating_sub(2) + close.len() <= WIDTH {
            line!(self, "{open}{}{close}", words.join(", "));
            return;
        }
        self.line(open);
        self.indented(|page| page.fill(words, WIDTH - INDENT));
        self.line(close);
    }

    /// Words with commas, as many in a line of so many columns as it takes.
    fn fill(&mut self, words: &[impl AsRef<str>], room: usize) {
        let mut width = 0;
        for word in words {
            let word = word.as_ref();
            if width == 0 {
                self.margin();
            } else if width + word.len() + " ,".len() > room {
                self.blank();
                self.margin();
                width = 0;
            } else {
                self.text.push(' ');
                width += 1;
            }
            self.text.push_str(word);
            self.text.push(',');
            width += word.len() + 1;
        }
        self.blank();
    }

    /// A public function: its arguments on lines of their own where the signature does not fit in one.
    pub(crate) fn function(
        &mut self,
        name: impl Display,
        generics: &str,
        arguments: &[impl AsRef<str>],
        returns: &str,
        body: impl FnOnce(&mut Self),
    ) {
        let head = format_args!("pub fn {name}");
        self.function_of(head, generics, arguments, returns, body);
    }

    /// A function with what stands before its generics.
    pub(crate) fn function_of(
        &mut self,
        head: impl Display,
        generics: &str,
        arguments: &[impl AsRef<str>],
        returns: &str,
        body: impl FnOnce(&mut Self),
    ) {
        let start = self.text.len();
        self.margin();
        let _ = write!(self.text, "{head}");
        // A name may be so long that nothing fits beside it.
        let before = self.text.len() - start + generics.len() + "(".len();
        if !generics.is_empty() && before > WIDTH {
            let parameter = generics.trim_matches(['<', '>']);
            self.text.push_str("<\n");
            self.indented(|page| line!(page, "{parameter},"));
            self.margin();
            self.text.push('>');
        } else {
            self.text.push_str(generics);
        }
        let length: usize = arguments.iter().map(|one| one.as_ref().len() + 2).sum();
        let column = self.column();
        let short = column + length.saturating_sub(2) + "() -> ".len() + returns.len() + " {".len();
        self.text.push('(');
        if short <= WIDTH || arguments.is_empty() {
            for (index, argument) in arguments.iter().enumerate() {
                if index > 0 {
                    self.text.push_str(", ");
                }
                self.text.push_str(argument.as_ref());
            }
        } else {
            self.text.push('\n');
            self.indented(|page| {
                for argument in arguments {
                    page.margin();
                    page.ty(argument.as_ref(), 1);
                    page.text.push_str(",\n");
                }
            });
            self.margin();
        }
        self.text.push_str(") -> ");
        self.ty(returns, " {".len());
        self.text.push_str(" {\n");
        self.indented(body);
        self.line("}");
    }

    /// A line that ends in a type: the type's arguments are on lines of their own where it does not
    /// fit.
    pub(crate) fn typed(&mut self, before: impl Display, ty: &str, after: &str) {
        self.margin();
        let _ = write!(self.text, "{before}");
        self.ty(ty, after.len());
        self.text.push_str(after);
        self.text.push('\n');
    }

    /// A variant of an enum or a struct with a type in parentheses.
    pub(crate) fn tuple(&mut self, name: impl Display, ty: &str, after: &str) {
        let start = self.text.len();
        self.margin();
        let _ = write!(self.text, "{name}(");
        if self.text.len() - start + ty.len() + after.len() < WIDTH {
            self.text.push_str(ty);
        } else {
            self.text.push('\n');
            self.indented(|page| page.typed("", ty, ","));
            self.margin();
        }
        self.text.push(')');
        self.text.push_str(after);
        self.text.push('\n');
    }

    /// A statement or the last expression of a function.
    pub(crate) fn statement(&mut self, before: impl Display, value: &Expr<'_>, after: &str) {
        self.margin();
        let column = self.text.len();
        let _ = write!(self.text, "{before}");
        let before = self.text.len() - column;
        value.lay_out_behind(
            self,
            before,
            WIDTH.saturating_sub(self.indent + after.len()),
        );
        self.text.push_str(after);
        self.text.push('\n');
    }

    /// A struct made of its fields: in one line only if it is short.
    pub(crate) fn construct(&mut self, name: &str, fields: &[(&str, Expr<'_>)]) {
        let width: usize = fields
            .iter()
            .map(|(field, value)| field_width(field, value) + 2)
            .sum();
        let width = name.len() + " { ".len() + width;
        self.margin();
        if width <= SHORT_STRUCT + 1 && self.indent + width <= WIDTH {
            let _ = write!(self.text, "{name} {{ ");
            for (index, (field, value)) in fields.iter().enumerate() {
                if index > 0 {
                    self.text.push_str(", ");
                }
                self.text.push_str(field);
                if !is_shorthand(field, value) {
                    self.text.push_str(": ");
                    value.write(&mut self.text);
                }
            }
            self.text.push_str(" }\n");
            return;
        }
        let _ = writeln!(self.text, "{name} {{");
        self.indented(|page| {
            for (field, value) in fields {
                if is_shorthand(field, value) {
                    line!(page, "{field},");
                } else {
                    page.statement(format_args!("{field}: "), value, ",");
                }
            }
        });
        self.line("}");
    }

    /// A static: its value starts on a line of its own where it does not fit.
    pub(crate) fn static_item(&mut self, name: &str, ty: &str, value: &Expr<'_>) {
        self.margin();
        let _ = write!(self.text, "static {name}: {ty} =");
        let width = "static : ".len() + name.len() + ty.len() + " = ;".len() + value.width();
        if width < TABLE_WIDTH {
            self.text.push(' ');
            value.write(&mut self.text);
        } else {
            self.text.push('\n');
            self.indented(|page| {
                page.margin();
                value.lay_out(page, TABLE_WIDTH - INDENT);
            });
        }
        self.text.push_str(";\n");
    }

    /// A part of a macro's body that is an expression.
    pub(crate) fn clause(&mut self, before: &str, value: &Expr<'_>, after: &str) {
        self.margin();
        self.text.push_str(before);
        value.lay_out(self, TABLE_WIDTH - INDENT);
        self.text.push_str(after);
        self.text.push('\n');
    }

    /// A part of a macro's body that is entries in braces: in one line, or one a line.
    pub(crate) fn entries(&mut self, head: &str, entries: &[String], after: &str) {
        if self.short_entries(head, entries, after) {
            return;
        }
        line!(self, "{head} {{");
        self.indented(|page| {
            for entry in entries {
                line!(page, "{entry},");
            }
        });
        line!(self, "}}{after}");
    }

    /// The same with as many entries in a line as it takes: numbers and names are read across.
    pub(crate) fn entries_across(&mut self, head: &str, entries: &[String]) {
        if self.short_entries(head, entries, "") {
            return;
        }
        line!(self, "{head} {{");
        self.indented(|page| page.fill(entries, TABLE_WIDTH - 2 * INDENT));
        self.line("}");
    }

    fn short_entries(&mut self, head: &str, entries: &[String], after: &str) -> bool {
        let fits = head.len() + " ".len() + width_in_braces(entries) + after.len() < TABLE_WIDTH;
        if fits {
            line!(self, "{head} {}{after}", in_braces(entries));
        }
        fits
    }

    /// A macro call of one part with entries, in one line where it fits, else one a line.
    pub(crate) fn macro_of_entries(&mut self, name: &str, head: &str, entries: &[String]) {
        self.macro_of(name, head, entries, |page| page.entries(head, entries, ""));
    }

    /// The same with as many entries in a line as it takes.
    pub(crate) fn macro_across(&mut self, name: &str, head: &str, entries: &[String]) {
        self.macro_of(name, head, entries, |page| {
            page.entries_across(head, entries);
        });
    }

    fn macro_of(
        &mut self,
        name: &str,
        head: &str,
        entries: &[String],
        several: impl FnOnce(&mut Self),
    ) {
        let width = name.len() + head.len() + width_in_braces(entries);
        if "! {   }".len() + width < TABLE_WIDTH {
            line!(self, "{name}! {{ {head} {} }}", in_braces(entries));
        } else {
            self.block(format_args!("{name}!"), several);
        }
    }

    /// Parts with commas between them: in one line, or one a line.
    pub(crate) fn parts(&mut self, parts: &[String]) {
        let width: usize = parts.iter().map(|part| part.len() + 2).sum();
        if self.indent + width.saturating_sub(2) < TABLE_WIDTH {
            self.line(parts.join(", "));
            return;
        }
        for (index, part) in parts.iter().enumerate() {
            let comma = if index + 1 < parts.len() { "," } else { "" };
            line!(self, "{part}{comma}");
        }
    }

    /// A type, with `after` columns behind it, from where the line is now.
    fn ty(&mut self, ty: &str, after: usize) {
        let fits = self.column() + ty.len() + after <= WIDTH;
        let generic = ty.split_once('<').and_then(|(outer, rest)| {
            let (arguments, end) = rest.rsplit_once('>')?;
            Some((outer, arguments, end))
        });
        let (false, Some((outer, arguments, end))) = (fits, generic) else {
            self.text.push_str(ty);
            return;
        };
        self.text.push_str(outer);
        self.text.push_str("<\n");
        self.indented(|page| {
            for argument in split(arguments) {
                page.typed("", argument, ",");
            }
        });
        self.margin();
        self.text.push('>');
        self.text.push_str(end);
    }

    /// Where the line is now.
    fn column(&self) -> usize {
        let line = self.text.rfind('\n').map_or(0, |end| end + 1);
        self.text.len() - line
    }

    pub(crate) fn indented(&mut self, write: impl FnOnce(&mut Self)) {
        self.indent += INDENT;
        write(self);
        self.indent -= INDENT;
    }

    /// The blanks that a line starts with.
    pub(crate) fn margin(&mut self) {
        const BLANKS: &str = "                                ";
        let mut rest = self.indent;
        while rest > 0 {
            let step = rest.min(BLANKS.len());
            self.text.push_str(&BLANKS[..step]);
            rest -= step;
        }
    }

    /// The text so far, to go on with the line.
    pub(crate) fn text(&mut self) -> &mut String {
        &mut self.text
    }
}

/// As wide as the fields of a struct get in one line, with its name.
const SHORT_STRUCT: usize = 34;

fn is_shorthand(field: &str, value: &Expr<'_>) -> bool {
    matches!(value, Expr::Text(text) if text == field)
}

fn field_width(field: &str, value: &Expr<'_>) -> usize {
    if is_shorthand(field, value) {
        field.len()
    } else {
        field.len() + ": ".len() + value.width()
    }
}

fn in_braces(entries: &[String]) -> String {
    if entries.is_empty() {
        "{}".to_owned()
    } else {
        format!("{{ {} }}", entries.join(", "))
    }
}

fn width_in_braces(entries: &[String]) -> usize {
    let width: usize = entries.iter().map(|entry| entry.len() + 2).sum();
    2 + width
}

/// The arguments of a type, which may have arguments themselves.
fn split(arguments: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_usize;
    arguments
        .split(move |c| {
            match c {
                '<' | '(' | '[' => depth += 1,
                '>' | ')' | ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            c == ',' && depth == 0
        })
        .map(str::trim)
}
