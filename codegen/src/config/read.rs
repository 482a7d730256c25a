//! What does a `typewright.toml` say?

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Change, Config, Policies};
use crate::diagnostics::{Diagnostics, Place};
use crate::plan::Split;
use crate::resolve::nearest;
use crate::select::OperationRule;

const CODE: &str = "bad-config";
const KEYS: &[&str] = &[
    "overlays",
    "include",
    "exclude",
    "strict",
    "types-only",
    "exact",
    "split",
    "rename",
    "types",
    "formats",
    "format-checks",
    "derives",
    "attributes",
    "policies",
];
const POLICY_KEYS: &[&str] = &["formats", "enums", "unknown-properties"];
const RENAME_KEYS: &[&str] = &["schemas", "operations"];

pub(super) fn read(path: &Path, diagnostics: &mut Diagnostics) -> Config {
    let file = Arc::new(path.to_path_buf());
    let mut config = Config::default();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            let message = format!("`{}` cannot be read: {error}", path.display());
            diagnostics.error("unreadable-file", Place::new(&file, ""), message);
            return config;
        }
    };
    diagnostics.add_source(&file, &Arc::from(text.as_str()));
    let mut reader = Reader {
        file,
        folder: path.parent().unwrap_or(Path::new("")).to_path_buf(),
        diagnostics,
    };
    match DeTable::parse(&text) {
        Ok(table) => reader.root(table.get_ref(), &mut config),
        Err(error) => {
            let message = error.message().to_owned();
            reader.error(&error.span().unwrap_or_default(), message);
        }
    }
    config
}

struct Reader<'d> {
    file: Arc<PathBuf>,
    folder: PathBuf,
    diagnostics: &'d mut Diagnostics,
}

impl Reader<'_> {
    fn place(&self, span: &Range<usize>) -> Place {
        Place::at_offset(&self.file, span.start, "")
    }

    fn error(&mut self, span: &Range<usize>, message: impl Into<String>) {
        let place = self.place(span);
        self.diagnostics.error(CODE, place, message);
    }

    fn root(&mut self, table: &DeTable<'_>, config: &mut Config) {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "overlays" => {
                    let paths = self.texts(value);
                    let folder = &self.folder;
                    config.overlays = paths.iter().map(|(path, _)| folder.join(path)).collect();
                }
                "include" => config.selection.include = self.rules(value),
                "exclude" => config.selection.exclude = self.rules(value),
                "strict" => config.strict = self.boolean(value),
                "types-only" => config.types_only = self.boolean(value),
                "exact" => config.exact = self.boolean(value),
                "split" => config.split = self.split(value),
                "rename" => self.rename(value, config),
                "types" => config.types = self.changes(value),
                "formats" => config.formats = self.changes(value),
                "format-checks" => config.format_checks = self.changes(value),
                "derives" => config.derives = self.lists(value),
                "attributes" => config.attributes = self.lists(value),
                "policies" => self.policies(value, &mut config.policies),
                unknown => self.unknown(unknown, &key.span(), KEYS),
            }
        }
    }

    fn rename(&mut self, value: &Spanned<DeValue<'_>>, config: &mut Config) {
        for (key, value) in self.table(value) {
            match key.get_ref().as_ref() {
                "schemas" => config.schema_names = self.changes(value),
                "operations" => config.operation_names = self.changes(value),
                unknown => self.unknown(unknown, &key.span(), RENAME_KEYS),
            }
        }
    }

    fn policies(&mut self, value: &Spanned<DeValue<'_>>, policies: &mut Policies) {
        for (key, value) in self.table(value) {
            match key.get_ref().as_ref() {
                "formats" => {
                    policies.annotate_formats = self.one_of(value, "assertion", "annotation");
                }
                "enums" => policies.open_enums = self.one_of(value, "closed", "open"),
                "unknown-properties" => {
                    policies.keep_unknown = self.one_of(value, "pass-over", "keep");
                }
                unknown => self.unknown(unknown, &key.span(), POLICY_KEYS),
            }
        }
    }

    /// Whether the second of two words stands there.
    fn one_of(&mut self, value: &Spanned<DeValue<'_>>, usual: &str, other: &str) -> bool {
        let said = value.get_ref().as_str();
        if said != Some(usual) && said != Some(other) {
            self.wrong(value, &format!("`\"{usual}\"` or `\"{other}\"`"));
        }
        said == Some(other)
    }

    fn unknown(&mut self, key: &str, span: &Range<usize>, known: &[&str]) {
        let place = self.place(span);
        let finding = self
            .diagnostics
            .error(CODE, place, format!("there is no key `{key}` here"));
        finding.help(match nearest(key, known.iter().copied()) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => format!("there are {}", known.join(", ")),
        });
    }

    fn wrong(&mut self, value: &Spanned<DeValue<'_>>, wanted: &str) {
        let message = format!(
            "this must be {wanted}, and is of the type {}",
            value.get_ref().type_str()
        );
        self.error(&value.span(), message);
    }

    fn boolean(&mut self, value: &Spanned<DeValue<'_>>) -> bool {
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.wrong(value, "`true` or `false`");
            false
        })
    }

    fn split(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Split> {
        match value.get_ref().as_str() {
            Some("tag") => Some(Split::Tag),
            Some("none") => Some(Split::None),
            Some(other) => {
                let message =
                    format!("a crate is split by `tag` or by `none`, and not by `{other}`");
                self.error(&value.span(), message);
                None
            }
            None => {
                self.wrong(value, "`\"tag\"` or `\"none\"`");
                None
            }
        }
    }

    fn text(&mut self, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let text = value.get_ref().as_str().map(str::to_owned);
        if text.is_none() {
            self.wrong(value, "text");
        }
        text
    }

    fn texts(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<(String, Range<usize>)> {
        let Some(items) = value.get_ref().as_array() else {
            self.wrong(value, "a list of texts");
            return Vec::new();
        };
        items
            .iter()
            .filter_map(|item| Some((self.text(item)?, item.span())))
            .collect()
    }

    fn rules(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<OperationRule> {
        let mut rules = Vec::new();
        for (text, span) in self.texts(value) {
            match text.parse() {
                Ok(rule) => rules.push(rule),
                Err(error) => self.error(&span, format!("{error}")),
            }
        }
        rules
    }

    fn table<'t, 'i>(
        &mut self,
        value: &'t Spanned<DeValue<'i>>,
    ) -> Vec<(
        &'t Spanned<std::borrow::Cow<'i, str>>,
        &'t Spanned<DeValue<'i>>,
    )> {
        if let Some(table) = value.get_ref().as_table() {
            table.iter().collect()
        } else {
            self.wrong(value, "a table");
            Vec::new()
        }
    }

    /// A text, or several, for each name.
    fn lists(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<Change> {
        let mut changes = Vec::new();
        for (key, value) in self.table(value) {
            for (text, span) in self.texts(value) {
                changes.push(Change {
                    name: key.get_ref().clone().into_owned(),
                    value: text,
                    place: Some(self.place(&span)),
                });
            }
        }
        changes
    }

    fn changes(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<Change> {
        let mut changes = Vec::new();
        for (key, value) in self.table(value) {
            if let Some(text) = self.text(value) {
                changes.push(Change {
                    name: key.get_ref().clone().into_owned(),
                    value: text,
                    place: Some(self.place(&key.span())),
                });
            }
        }
        changes
    }
}
