//! Render: how are findings shown to a person or handed to a machine?

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde_json::json;

use super::locate::{Lines, Spot, locate};
use super::{Diagnostic, Diagnostics, Place, Severity};

/// How findings are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Style {
    /// Several lines for each, with the line of the document.
    #[default]
    Plain,
    /// The same with colours, for a terminal.
    Colored,
    /// One line for each.
    Compact,
}

/// A finding with its line and column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Located<'d> {
    /// The finding.
    pub diagnostic: &'d Diagnostic,
    /// Line and column (in characters), both from 1; `None` where the file could not be read.
    pub position: Option<(usize, usize)>,
}

/// Longer lines are not shown; an API on a single line is not rare.
const LONGEST_LINE: usize = 240;

impl Diagnostics {
    /// All findings with their lines and columns: by file, then from top to bottom.
    pub fn located(&self) -> Vec<Located<'_>> {
        let texts = self.lines();
        self.spots(&texts)
            .into_iter()
            .map(|(diagnostic, spot)| Located {
                diagnostic,
                position: spot.map(|spot| (spot.line, spot.column)),
            })
            .collect()
    }

    /// All findings as text, by file and from top to bottom; empty where there are none.
    pub fn render(&self, style: Style) -> String {
        let texts = self.lines();
        let mut result = String::new();
        for (diagnostic, spot) in self.spots(&texts) {
            let file = diagnostic.place.file.as_path();
            match style {
                Style::Plain | Style::Colored => {
                    let renderer = if style == Style::Plain {
                        Renderer::plain()
                    } else {
                        Renderer::styled()
                    };
                    let lines = texts.get(file);
                    result.push_str(&renderer.render(&[group(diagnostic, spot.as_ref(), lines)]));
                    result.push_str("\n\n");
                }
                Style::Compact => compact(&mut result, diagnostic, spot.as_ref()),
            }
        }
        result
    }

    /// All findings as a JSON array of objects with `file`, `line`, `column`, `pointer`, `code`,
    /// `severity`, `message` and `help`; what is not known is `null`.
    pub fn to_json(&self) -> serde_json::Value {
        self.located()
            .into_iter()
            .map(
                |Located {
                     diagnostic,
                     position,
                 }| {
                    let place = &diagnostic.place;
                    json!({
                        "file": place.file.display().to_string(),
                        "line": position.map(|(line, _)| line),
                        "column": position.map(|(_, column)| column),
                        "pointer": place.pointer,
                        "code": diagnostic.code,
                        "severity": diagnostic.severity.name(),
                        "message": diagnostic.message,
                        "help": diagnostic.help,
                    })
                },
            )
            .collect()
    }

    fn lines(&self) -> HashMap<&Path, Lines<'_>> {
        let named = self.entries.iter().map(|entry| &entry.place.file);
        let mut texts = HashMap::new();
        for file in named {
            if let Some(text) = self.sources.get(file) {
                texts
                    .entry(file.as_path())
                    .or_insert_with(|| Lines::new(text));
            }
        }
        texts
    }

    /// The findings in the order of showing, with their spots.
    fn spots(&self, texts: &HashMap<&Path, Lines<'_>>) -> Vec<(&Diagnostic, Option<Spot>)> {
        let mut files: Vec<(&Path, Vec<&Diagnostic>)> = Vec::new();
        let mut index = HashMap::new();
        for entry in &self.entries {
            let file = entry.place.file.as_path();
            let at = *index.entry(file).or_insert_with(|| {
                files.push((file, Vec::new()));
                files.len() - 1
            });
            files[at].1.push(entry);
        }
        let mut result = Vec::with_capacity(self.entries.len());
        for (file, entries) in files {
            let Some(lines) = texts.get(file) else {
                result.extend(entries.into_iter().map(|entry| (entry, None)));
                continue;
            };
            let places: Vec<&Place> = entries.iter().map(|entry| &entry.place).collect();
            let mut located: Vec<_> = entries.into_iter().zip(locate(lines, &places)).collect();
            located.sort_by_key(|(_, spot)| spot.bytes.start);
            result.extend(located.into_iter().map(|(entry, spot)| (entry, Some(spot))));
        }
        result
    }
}

impl Severity {
    /// The word for it: `error`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

fn group<'a>(
    diagnostic: &'a Diagnostic,
    spot: Option<&Spot>,
    lines: Option<&Lines<'a>>,
) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    };
    let file = diagnostic.place.file.display().to_string();
    let title = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code);
    let mut group = Group::with_title(title);
    group = match (spot, lines) {
        (Some(spot), Some(lines)) => {
            let line = lines.line(spot.line);
            if line.len() > LONGEST_LINE {
                group.element(Origin::path(file).line(spot.line).char_column(spot.column))
            } else {
                let span = spot.bytes.start - line.start..spot.bytes.end - line.start;
                group.element(
                    Snippet::source(lines.text(line))
                        .line_start(spot.line)
                        .path(file)
                        .annotation(AnnotationKind::Primary.span(span)),
                )
            }
        }
        (_, _) => group.element(Origin::path(file)),
    };
    if !diagnostic.place.pointer.is_empty() {
        group = group.element(Level::NOTE.message(format!("at {}", diagnostic.place.pointer)));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    group
}

fn compact(out: &mut String, diagnostic: &Diagnostic, spot: Option<&Spot>) {
    let Diagnostic {
        code,
        severity,
        place,
        message,
        help,
    } = diagnostic;
    let mut line = place.file.display().to_string();
    // Writing to a string does not fail.
    if let Some(spot) = spot {
        let _ = write!(line, ":{}:{}", spot.line, spot.column);
    }
    let _ = write!(line, ": {}[{code}]: {message}", severity.name());
    if !place.pointer.is_empty() {
        let _ = write!(line, " (at {})", place.pointer);
    }
    if let Some(help) = help {
        let _ = write!(line, "; help: {help}");
    }
    for character in line.chars() {
        // A text from the contract must not break the line or drive the terminal.
        if character.is_control() {
            let _ = write!(out, "{}", character.escape_default());
        } else {
            out.push(character);
        }
    }
    out.push('\n');
}
