//! Which files does a module of an API have?
//!
//! Mostly one. A module with several parts has a folder: a `mod.rs` that declares the parts, each under
//! its condition, and hands out what they define, so that everything has the same path wherever it
//! stands.

use super::names::{Module, Names, Place};
use super::output::{Condition, Content, Declaration, Output, Text};
use super::page::Page;
use super::scope::Scope;
use super::{Options, calls, client, module, shape, types, webhooks};
use crate::ir::{Api, TypeId};
use crate::lower::names::Scope as FreeNames;
use crate::plan::{LONGEST_FILE, Part, Plan};

/// The lines of the header and between the pieces of a file.
pub(super) const HEADER: usize = 8;

/// The lines of declarations that are planned for a `mod.rs`; what is more goes to folders in it. A
/// part can become several, so this leaves room.
const LONGEST_INDEX: usize = LONGEST_FILE / 2;

/// What all files of an API are rendered from.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) api: &'a Api,
    pub(crate) plan: &'a Plan,
    pub(crate) names: &'a Names<'a>,
    pub(crate) options: &'a Options,
}

impl<'a> Context<'a> {
    /// The parts of a module.
    fn parts(self, module: Module) -> &'a [Part] {
        match module {
            Module::Types => &self.plan.types,
            Module::Client if module::has_client(self.api, self.options) => &self.plan.operations,
            Module::Client => &[],
            Module::Webhooks => &self.plan.webhooks,
        }
    }

    fn condition(self, features: &[usize]) -> Condition {
        let features = features.iter();
        let features = features.filter_map(|index| self.plan.features.get(*index));
        Condition::any(features.map(|feature| feature.name.clone()).collect())
    }
}

/// A module of an API, as its files will be.
pub(crate) struct Layout<'a> {
    context: Context<'a>,
    module: Module,
    /// What brings the module as a whole.
    condition: Condition,
    parts: &'a [Part],
    /// How many steps below the module's own file its parts are; none where it has them all.
    depth: usize,
}

/// A file to render.
#[derive(Clone, Copy)]
pub(crate) struct Job<'l, 'a> {
    layout: &'l Layout<'a>,
    /// The part, or what stands once.
    part: Option<&'a Part>,
}

impl<'a> Layout<'a> {
    /// The module as it is planned, if there is anything in it.
    pub(crate) fn of(context: Context<'a>, module: Module) -> Option<Self> {
        let parts = context.parts(module);
        let first = parts.first()?;
        // What brings all parts brings the module; but the client is there whatever it can call.
        let alike = parts.iter().all(|part| part.features == first.features);
        let condition = if alike && module != Module::Client {
            context.condition(&first.features)
        } else {
            Condition::always()
        };
        let mut layout = Self {
            context,
            module,
            condition,
            parts,
            depth: 0,
        };
        if parts.len() > 1 || !layout.own_condition(first).is_always() {
            let lines = parts
                .iter()
                .map(|part| layout.declaration(part, &part.name).lines());
            let fits = lines.sum::<usize>() <= LONGEST_INDEX;
            layout.depth = if fits { 1 } else { 2 };
        }
        Some(layout)
    }

    pub(crate) fn module(&self) -> Module {
        self.module
    }

    /// What brings the module as a whole.
    pub(crate) fn condition(&self) -> &Condition {
        &self.condition
    }

    /// What brings a part, within the module.
    fn own_condition(&self, part: &Part) -> Condition {
        if self.condition.is_always() {
            self.context.condition(&part.features)
        } else {
            Condition::always()
        }
    }

    /// Whether the module has public items.
    pub(crate) fn content(&self) -> Content {
        let always = |part: &Part| self.own_condition(part).is_always();
        if self.module == Module::Client || self.parts.iter().any(always) {
            Content::Always
        } else {
            Content::Sometimes
        }
    }

    fn declaration(&self, part: &Part, name: &str) -> Declaration {
        let operations = &self.context.api.operations;
        let mut members = part.members.iter();
        let empty = self.module == Module::Client
            && !members.any(|index| operations.get(*index).is_some_and(calls::has_types));
        let content = if empty {
            Content::Never
        } else {
            Content::Always
        };
        Declaration::private(name, self.own_condition(part)).content(content)
    }

    /// The files to render, in order.
    pub(crate) fn jobs(&self) -> Vec<Job<'_, 'a>> {
        let once = (self.depth > 0).then_some(None);
        let parts = self.parts.iter().map(Some);
        let jobs = once.into_iter().chain(parts);
        jobs.map(|part| Job { layout: self, part }).collect()
    }

    /// Puts together what came of the jobs, in their order.
    pub(crate) fn outputs(mut self, rendered: Vec<Vec<Text>>) -> Vec<Output> {
        let name = self.module.name();
        let mut rendered = rendered;
        if self.depth == 0 {
            let texts = rendered.into_iter().flatten();
            let mut texts: Vec<_> = texts.take(1).collect();
            match texts.pop() {
                Some(text) if is_short(&text) || self.members() < 2 => {
                    return vec![Output::new(format!("{name}.rs"), text)];
                }
                Some(_) | None => {}
            }
            // It is longer than it was thought to be.
            self.depth = 1;
            rendered = self.jobs().into_iter().map(Job::run).collect();
        }
        let mut rendered = rendered.into_iter();
        let once = rendered.next().into_iter().flatten().next();
        let mut names = FreeNames::default();
        let mut files = Vec::new();
        for (part, texts) in self.parts.iter().zip(rendered) {
            for text in texts {
                let name = names.take(part.name.clone());
                files.push((self.declaration(part, &name), name, text));
            }
        }
        let once = once.unwrap_or_default();
        if self.depth == 1 {
            return folder(name, once, files);
        }
        let mut out = Vec::new();
        let mut declared = Vec::new();
        for (number, files) in (1..).zip(in_folders(files)) {
            let inner = format!("folder_{number}");
            out.extend(folder(&format!("{name}/{inner}"), Text::default(), files));
            let content = if self.context.plan.features.is_empty() {
                Content::Always
            } else {
                Content::Sometimes
            };
            declared.push(Declaration::private(inner, Condition::always()).content(content));
        }
        out.insert(
            0,
            Output::new(format!("{name}/mod.rs"), once).declaring(declared),
        );
        out
    }

    fn members(&self) -> usize {
        self.parts.iter().map(|part| part.members.len()).sum()
    }

    /// The text of a file.
    fn text(&self, write: impl FnOnce(&mut Page, &Scope<'a>), depth: usize, own: &[usize]) -> Text {
        let Context { api, names, .. } = self.context;
        let module = self.module;
        let defined = match module {
            Module::Types => own,
            Module::Client | Module::Webhooks => &[],
        };
        let defined = defined.iter().copied().map(TypeId);
        let scope = Scope::new(api, names, Place { module, depth }, defined);
        let mut page = Page::default();
        write(&mut page, &scope);
        shape::union_statics(&mut page, &scope);
        scope.pattern_statics(&mut page);
        Text {
            head: scope.imports(),
            body: page.finish(),
        }
    }

    fn once(&self) -> Text {
        let optional = self.parts.iter().any(|part| !part.features.is_empty());
        let write = |page: &mut Page, scope: &Scope<'a>| match self.module {
            Module::Client => client::once(page, scope, optional),
            Module::Types | Module::Webhooks => {}
        };
        self.text(write, 0, &[])
    }

    fn members_text(&self, members: &[usize]) -> Text {
        let write = |page: &mut Page, scope: &Scope<'a>| match self.module {
            Module::Types => types::write(page, scope, members),
            Module::Client if self.depth == 0 => client::whole(page, scope, members),
            Module::Client => client::part(page, scope, members),
            Module::Webhooks => webhooks::write(page, scope, members),
        };
        self.text(write, self.depth, members)
    }

    /// The texts of these members: one, or several where one would be too long.
    fn texts(&self, members: &[usize], out: &mut Vec<Text>) {
        let text = self.members_text(members);
        if self.depth == 0 || members.len() < 2 || is_short(&text) {
            out.push(text);
        } else {
            let (first, second) = members.split_at(members.len() / 2);
            self.texts(first, out);
            self.texts(second, out);
        }
    }
}

impl Job<'_, '_> {
    /// Renders the file, or the files that it has to be.
    pub(crate) fn run(self) -> Vec<Text> {
        match self.part {
            None => vec![self.layout.once()],
            Some(part) => {
                let mut out = Vec::new();
                self.layout.texts(&part.members, &mut out);
                out
            }
        }
    }
}

fn is_short(text: &Text) -> bool {
    text.lines() + HEADER <= LONGEST_FILE
}

/// A module with a file of its own: how it is declared, its name, and its text.
type File = (Declaration, String, Text);

/// The files of a folder: one that declares the others, and those.
fn folder(path: &str, text: Text, files: Vec<File>) -> Vec<Output> {
    let mut out = Vec::with_capacity(files.len() + 1);
    let mut declared = Vec::with_capacity(files.len());
    for (declaration, name, text) in files {
        declared.push(declaration);
        out.push(Output::new(format!("{path}/{name}.rs"), text));
    }
    out.insert(
        0,
        Output::new(format!("{path}/mod.rs"), text).declaring(declared),
    );
    out
}

/// Files in as many folders as it takes for none to declare too many.
fn in_folders(files: Vec<File>) -> Vec<Vec<File>> {
    let mut out: Vec<Vec<File>> = Vec::new();
    let mut lines = LONGEST_INDEX;
    for file in files {
        lines += file.0.lines();
        if lines > LONGEST_INDEX {
            out.push(Vec::new());
            lines = file.0.lines();
        }
        if let Some(folder) = out.last_mut() {
            folder.push(file);
        }
    }
    out
}
