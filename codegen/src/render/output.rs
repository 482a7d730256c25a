//! What is a rendered file, and which modules does it declare?

use std::path::Path;

use super::literal;
use super::page::{Page, line};

/// One file of a module.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Output {
    /// The file's path in the module's folder, with `/` between its steps.
    pub path: String,
    /// What stands before its items: the module's own text, or imports.
    pub head: String,
    /// Its items.
    pub body: String,
    /// The modules that it declares, each with a file of its own.
    modules: Vec<Declaration>,
}

impl Output {
    /// A file that declares no modules.
    pub(crate) fn new(path: String, text: Text) -> Self {
        Self {
            path,
            head: text.head,
            body: text.body,
            modules: Vec::new(),
        }
    }

    /// The file with these modules behind its items.
    #[must_use]
    pub(crate) fn declaring(mut self, modules: Vec<Declaration>) -> Self {
        self.modules = modules;
        self
    }

    /// The modules that it declares, as they stand behind its items.
    pub fn declarations(&self) -> String {
        let mut page = Page::default();
        for module in &self.modules {
            page.separate();
            module.write(&mut page);
        }
        page.finish()
    }

    /// Writes the file as the inside of a module, with the modules that it declares in place.
    fn write_inside(&self, page: &mut Page, files: &[Self]) {
        for part in [&self.head, &self.body] {
            if !part.is_empty() {
                page.separate();
                page.lines(part);
            }
        }
        self.write_modules(page, files, "");
    }

    /// Writes the modules that it declares with what is in them, under these attributes.
    pub(crate) fn write_modules(&self, page: &mut Page, files: &[Self], lints: &str) {
        for module in &self.modules {
            page.separate();
            page.lines(lints);
            module.write_with(page, &|page, shell| {
                page.block(shell, |page| {
                    let paths = self.paths_of(&module.name);
                    let file = files.iter().find(|file| paths.contains(&file.path));
                    if let Some(file) = file {
                        file.write_inside(page, files);
                    }
                });
            });
        }
    }

    /// The two paths that the file of a declared module can have.
    fn paths_of(&self, module: &str) -> [String; 2] {
        let folder = Path::new(&self.path).parent().unwrap_or(Path::new(""));
        let stem = folder.join(module);
        let stem = stem.to_string_lossy().replace('\\', "/");
        [format!("{stem}.rs"), format!("{stem}/mod.rs")]
    }
}

/// The text of a file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text {
    /// What stands before its items.
    pub(crate) head: String,
    /// Its items.
    pub(crate) body: String,
}

impl Text {
    /// How many lines it has.
    pub(crate) fn lines(&self) -> usize {
        let lines = |text: &str| memchr::memchr_iter(b'\n', text.as_bytes()).count();
        lines(&self.head) + lines(&self.body)
    }
}

/// A module that a file declares.
#[derive(Clone, Debug)]
pub(crate) struct Declaration {
    name: String,
    condition: Condition,
    attributes: Vec<&'static str>,
    docs: Option<&'static str>,
    /// Whether the module is public itself; if not, what it has is handed out.
    public: bool,
    /// Whether its file is kept as it was laid out.
    kept: bool,
    /// Whether there is anything to hand out: always, never, or with some features.
    content: Content,
}

/// Whether a private module has public items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// Whenever the module is there.
    Always,
    /// With some features only.
    Sometimes,
    /// None.
    Never,
}

impl Declaration {
    /// A module that is not seen from outside, whose public items are.
    pub(crate) fn private(name: impl Into<String>, condition: Condition) -> Self {
        Self {
            name: name.into(),
            condition,
            attributes: Vec::new(),
            docs: None,
            public: false,
            kept: false,
            content: Content::Always,
        }
    }

    /// The module is public, and this is what it says of itself.
    #[must_use]
    pub(crate) fn public(mut self, docs: &'static str) -> Self {
        self.docs = Some(docs);
        self.public = true;
        self
    }

    /// Says whether there is anything to hand out.
    #[must_use]
    pub(crate) fn content(mut self, content: Content) -> Self {
        self.content = content;
        self
    }

    /// Keeps its file, and those below it, from being laid out otherwise.
    #[must_use]
    pub(crate) fn kept(mut self) -> Self {
        self.kept = true;
        self
    }

    /// Puts attributes before it, each in a line.
    #[must_use]
    pub(crate) fn attributes(mut self, attributes: impl IntoIterator<Item = &'static str>) -> Self {
        self.attributes.extend(attributes);
        self
    }

    /// How many lines it takes, with the one between it and the next.
    pub(crate) fn lines(&self) -> usize {
        let mut page = Page::default();
        self.write(&mut page);
        page.finish().lines().count() + 1
    }

    fn write(&self, page: &mut Page) {
        self.write_with(page, &|page, shell| {
            if self.kept {
                page.line("#[rustfmt::skip]");
            }
            line!(page, "{shell};");
        });
    }

    /// Writes it; `module` writes what stands behind its attributes.
    fn write_with(&self, page: &mut Page, module: &dyn Fn(&mut Page, &str)) {
        self.condition.write(page);
        self.attributes.iter().for_each(|one| page.line(one));
        if let Some(docs) = self.docs {
            page.doc("///", docs);
        }
        let visibility = if self.public { "pub " } else { "" };
        module(page, &format!("{visibility}mod {}", self.name));
        if self.public || self.content == Content::Never {
            return;
        }
        if self.kept && self.condition.0.len() > 1 {
            page.line("#[rustfmt::skip]");
        }
        self.condition.write(page);
        if self.content == Content::Sometimes {
            page.line("#[allow(unused_imports, unreachable_pub, reason = \"may be empty\")]");
        }
        line!(page, "pub use {}::*;", self.name);
    }
}

/// When something is there: with any of these features, or always where there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Condition(Vec<String>);

impl Condition {
    /// With any of these features.
    pub(crate) fn any(features: Vec<String>) -> Self {
        Self(features)
    }

    /// Always.
    pub(crate) fn always() -> Self {
        Self::default()
    }

    /// Whether it always is.
    pub(crate) fn is_always(&self) -> bool {
        self.0.is_empty()
    }

    fn write(&self, page: &mut Page) {
        let features = self.0.iter();
        let features: Vec<_> = features
            .map(|name| format!("feature = {}", literal::text(name)))
            .collect();
        match features.as_slice() {
            [] => {}
            [one] => line!(page, "#[cfg({one})]"),
            all => page.list("#[cfg(any(", all, "))]"),
        }
    }
}
