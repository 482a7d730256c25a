//! Schema: from the Schema Objects that hold for one value to its Rust type and its constraints.

use std::collections::{BTreeSet, VecDeque};
use std::ops::Range;

use super::assertions::assertion;
use super::draft::{Access, Draft, Drafts, Origin, Root};
use super::findings::Findings;
use super::hierarchy::{self, Hierarchy};
use super::parts::{self, Part, Spine};
use super::site::{Site, Sites};
use super::{constraints, docs, events, extensions, names, xml};
use crate::hash::{HashMap, HashSet};
use crate::ir::{Alias, Assertion, Constraint, Docs, Format, Type, TypeId, TypeKind, Xml};
use crate::resolve::{Pointer, ResolvedDocument};
use crate::tree::Node;

/// How deep inline schemas may nest. No contract comes near it, and the stack holds it.
const DEEPEST: usize = 48;

/// The work in progress.
pub(super) struct Lowering<'d> {
    pub(super) document: &'d ResolvedDocument,
    pub(super) sites: Sites<'d>,
    pub(super) findings: Findings,
    pub(super) drafts: Drafts<'d>,
    /// The component schemas. The ids of those that are types of their own are the first ones.
    pub(super) components: Vec<(Root, Site<'d>)>,
    /// Where references lead that is no component, as far as it has its place but not yet its form.
    pub(super) targets: VecDeque<(TypeId, Site<'d>)>,
    /// Where a parameter is said to have empty values, with its type. Whether that has any shows when
    /// every type has its form.
    pub(super) said_to_be_empty: Vec<(Pointer, Type)>,
    /// The single schemas that were lowered where they stand, where that is asked for.
    pub(super) in_place: Option<HashSet<Site<'d>>>,
    /// Inline types that are being lowered, by all the schemas that hold for them.
    open: HashMap<Vec<Site<'d>>, Open>,
    /// The named schema that inline types are put behind.
    pub(super) home: usize,
    depth: usize,
    /// Which schemas stand for others.
    pub(super) hierarchy: Hierarchy<'d>,
    /// How many unions are being combined with what stands beside them.
    pub(super) combining: usize,
    /// The formats that are asserted of texts.
    pub(super) formats: BTreeSet<Format>,
    /// The schemas of events' data that say which JSON is in these.
    pub(super) json_data: HashSet<Site<'d>>,
    /// Which schemas are nullable, as far as it was asked.
    nullable: HashMap<Site<'d>, bool>,
}

/// An inline schema that is being lowered.
struct Open {
    name: String,
    /// The type that a schema inside refers to, if one does.
    reserved: Option<TypeId>,
}

/// What a schema comes to where it is used.
#[derive(Clone, Debug)]
pub(super) struct Use {
    /// The type of a value that is not null.
    pub(super) ty: Type,
    /// The constraints on it.
    pub(super) constraints: Vec<Constraint>,
    /// Whether null is a value.
    pub(super) nullable: bool,
    /// What it is.
    pub(super) docs: Docs,
    /// `default`, as compact JSON.
    pub(super) default: Option<String>,
    /// The directions it travels in.
    pub(super) access: Access,
    /// `x-typewright-empty-as-absent`.
    pub(super) empty_as_absent: bool,
    /// `x-typewright-one-or-many`.
    pub(super) one_or_many: bool,
    /// How it stands in XML.
    pub(super) xml: Xml,
    /// `x-typewright-name`, unless that names the type.
    pub(super) name: Option<String>,
}

/// What a schema comes to by itself.
#[expect(
    clippy::large_enum_variant,
    reason = "made for one schema at a time, and taken apart at once"
)]
pub(super) enum Form {
    /// A type that needs no definition.
    Plain(Type, Vec<Constraint>),
    /// A definition, and the access to the fields of a struct.
    Generated(TypeKind, Vec<Access>),
}

impl<'d> Lowering<'d> {
    /// Starts with every component schema in its place.
    pub(super) fn new(document: &'d ResolvedDocument) -> Self {
        let mut lowering = Self {
            document,
            sites: Sites::new(document),
            findings: Findings::default(),
            drafts: Drafts::default(),
            components: Vec::new(),
            targets: VecDeque::new(),
            said_to_be_empty: Vec::new(),
            in_place: None,
            open: HashMap::default(),
            home: 0,
            depth: 0,
            hierarchy: Hierarchy::default(),
            combining: 0,
            formats: BTreeSet::new(),
            json_data: HashSet::default(),
            nullable: HashMap::default(),
        };
        lowering.json_data = events::of_json(document, &lowering.sites);
        for (name, at) in &document.schemas {
            let site = lowering.sites.at(at);
            let root = lowering.register(name, &site, Origin::Component);
            lowering.components.push((root, site));
        }
        lowering.adopt_targets();
        lowering.hierarchy = hierarchy::find(&lowering.sites, &lowering.components);
        lowering
    }

    /// A component that is nothing but a reference to a schema of the same name, such as one in a file
    /// of its own, is that schema: there are not two types for it.
    fn adopt_targets(&mut self) {
        for index in 0..self.components.len() {
            let (Root::Type(id), site) = self.components[index].clone() else {
                continue;
            };
            let alone = site.map().is_some_and(|map| map.len() == 1);
            let target = self.sites.reference(&site).filter(|_| alone);
            let Some(target) = target.filter(|target| !self.drafts.roots.contains_key(target))
            else {
                continue;
            };
            let map = target.map();
            let is_changed = map.and_then(extensions::rust_type).is_some()
                || map.and_then(extensions::name).is_some();
            let draft = &mut self.drafts.all[id.0];
            let same = names::camel(&draft.wanted) == names::camel(&self.sites.name_of(&target));
            if same && !is_changed {
                draft.at = target.pointer();
                self.drafts.roots.insert(target.clone(), Root::Type(id));
                self.components[index].1 = target;
            }
        }
    }

    fn register(&mut self, name: &str, at: &Site<'d>, origin: Origin) -> Root {
        let map = at.map();
        let root = if let Some(path) = map.and_then(extensions::rust_type) {
            Root::External(path.to_owned())
        } else {
            let wanted = map.and_then(extensions::name).unwrap_or(name).to_owned();
            let draft = Draft::new(wanted, name.to_owned(), at.pointer(), origin);
            Root::Type(self.drafts.reserve(draft))
        };
        self.drafts.roots.insert(at.clone(), root.clone());
        root
    }

    /// What the schema that a reference leads to is generated as.
    pub(super) fn root(&mut self, at: &Site<'d>) -> Root {
        if let Some(root) = self.drafts.roots.get(at) {
            return root.clone();
        }
        let root = self.register(&self.sites.name_of(at), at, Origin::Target);
        if let Root::Type(id) = root {
            self.targets.push_back((id, at.clone()));
        }
        root
    }

    /// Gives some of the component schemas their form.
    pub(super) fn settle_components(&mut self, which: Range<usize>) {
        for index in which {
            if let (Root::Type(id), at) = self.components[index].clone() {
                self.settle_named(id, &at);
            }
        }
    }

    /// Gives everything that references lead to its form.
    pub(super) fn settle_targets(&mut self) {
        while let Some((id, at)) = self.targets.pop_front() {
            self.settle_named(id, &at);
        }
    }

    fn settle_named(&mut self, id: TypeId, at: &Site<'d>) {
        self.home = id.0;
        let parts = parts::flatten(&self.sites, std::slice::from_ref(at));
        self.drafts.all[id.0].docs = docs::first(&own(&parts));
        let form = if at.denies() {
            Form::Plain(Type::Json, vec![assertion(Assertion::Never)])
        } else {
            let name = names::camel(&self.drafts.all[id.0].wanted);
            self.renamed(at)
                .or_else(|| self.lower_base(id, at, &parts, &name))
                .unwrap_or_else(|| self.lower_form(&parts, &name))
        };
        let draft = &mut self.drafts.all[id.0];
        match form {
            Form::Plain(ty, constraints) => {
                draft.kind = TypeKind::Alias(Alias { ty, constraints });
            }
            Form::Generated(kind, access) => {
                draft.kind = kind;
                draft.access = access;
            }
        }
    }

    /// The form of a named schema that only gives another one a second name. One with an XML name
    /// of its own is more than that: its root element is another.
    fn renamed(&mut self, at: &Site<'d>) -> Option<Form> {
        let spine = parts::spine(&self.sites, at);
        let (target, before) = spine.referenced?;
        if self.is_below(at, &target) {
            return None;
        }
        let outer = &spine.steps[..before];
        if outer
            .iter()
            .any(|step| step.get("xml").is_some_and(|xml| xml.get("name").is_some()))
        {
            return None;
        }
        Some(match self.root(&target) {
            Root::Type(id) => {
                let ty = Type::Named(id);
                let mut constraints = constraints::of(outer, Some(&ty));
                constraints.push(Constraint::Of(id));
                constraints.extend(self.assertions(outer));
                Form::Plain(ty, constraints)
            }
            Root::External(path) => Form::Plain(Type::External(path), Vec::new()),
        })
    }

    /// Lowers the schema of a property, parameter, item or body, or the several that hold for it.
    /// `name` is what an inline type is called there.
    pub(super) fn lower_use(&mut self, schemas: &[Site<'d>], name: &str) -> Use {
        let spines: Vec<_> = schemas
            .iter()
            .map(|at| parts::spine(&self.sites, at))
            .collect();
        let nullable = self.is_nullable(&spines);
        self.lower_spines(schemas, spines, nullable, name)
    }

    /// The same, where the spines of the schemas are known, and whether all of them allow null.
    pub(super) fn lower_spines(
        &mut self,
        schemas: &[Site<'d>],
        spines: Vec<Spine<'d>>,
        nullable: bool,
        name: &str,
    ) -> Use {
        let (ty, mut constraints) = self.lower_type(schemas, &spines, name);
        if schemas.iter().any(Site::denies) {
            constraints::add(&mut constraints, assertion(Assertion::Never));
        }
        let own_name = spines.iter().find_map(|spine| {
            let own = spine
                .referenced
                .as_ref()
                .map_or(spine.steps.len(), |(_, before)| *before);
            spine.steps[..own]
                .iter()
                .find_map(|step| extensions::name(step.map))
        });
        let own_name = own_name.map(str::to_owned);
        let steps: Vec<_> = spines.into_iter().flat_map(|spine| spine.steps).collect();
        let any = |flag: fn(&crate::tree::Map) -> bool| steps.iter().any(|step| flag(step.map));
        let access = if any(|map| extensions::flag(map, "readOnly")) {
            Access::ReadOnly
        } else if any(|map| extensions::flag(map, "writeOnly")) {
            Access::WriteOnly
        } else {
            Access::ReadWrite
        };
        Use {
            ty,
            constraints,
            nullable,
            docs: docs::first(&steps),
            default: steps
                .iter()
                .find_map(|step| step.get("default"))
                .map(compact_json),
            access,
            // On an object it speaks of that object's properties.
            empty_as_absent: any(|map| {
                extensions::empty_as_absent(map) && !map.contains_key("properties")
            }),
            one_or_many: any(extensions::one_or_many),
            xml: xml::of_use(&self.sites, &steps),
            name: own_name,
        }
    }

    /// Whether null is a value of all schemas, which have these spines.
    pub(super) fn is_nullable(&mut self, spines: &[Spine<'d>]) -> bool {
        let known = &mut self.nullable;
        !spines.is_empty()
            && spines
                .iter()
                .all(|spine| parts::is_nullable(&self.sites, spine, known))
    }

    fn lower_type(
        &mut self,
        schemas: &[Site<'d>],
        spines: &[Spine<'d>],
        name: &str,
    ) -> (Type, Vec<Constraint>) {
        if let [at] = schemas
            && let Some(root) = self.drafts.roots.get(at)
        {
            return root.clone().as_use(&[]);
        }
        if let (Some(in_place), [at]) = (&mut self.in_place, schemas) {
            in_place.insert(at.clone());
        }
        if let Some(found) = self.lower_reference(spines) {
            return found;
        }
        if let Some(id) = self.drafts.inline.get(schemas) {
            return Root::Type(*id).as_use(&[]);
        }
        if let Some(id) = self.reserve_open(schemas) {
            return Root::Type(id).as_use(&[]);
        }
        if self.depth >= DEEPEST {
            if let Some(at) = schemas.first() {
                let message = "this schema is nested too deeply";
                let help = "give the inner schemas names under components/schemas";
                self.findings
                    .refuse("schema-too-deep", &at.pointer(), message, help);
            }
            return (Type::Json, Vec::new());
        }
        self.depth += 1;
        let open = Open {
            name: name.to_owned(),
            reserved: None,
        };
        self.open.insert(schemas.to_vec(), open);
        let order = self.drafts.next();
        let parts = parts::flatten(&self.sites, schemas);
        let form = self.lower_form(&parts, name);
        let reserved = self.open.remove(schemas).and_then(|open| open.reserved);
        self.depth -= 1;
        self.settle(form, &parts, name, (order, reserved, Some(schemas)))
    }

    /// The type of a schema that a reference leads to, where everything beside it only limits it.
    fn lower_reference(&mut self, spines: &[Spine<'d>]) -> Option<(Type, Vec<Constraint>)> {
        let mut targets = spines.iter().filter_map(|spine| spine.referenced.as_ref());
        let (target, _) = targets.next()?;
        if targets.any(|(other, _)| other != target) {
            return None;
        }
        let mut outer = Vec::new();
        for spine in spines {
            match &spine.referenced {
                Some((_, before)) => outer.extend_from_slice(&spine.steps[..*before]),
                None if spine
                    .steps
                    .iter()
                    .any(|step| parts::structural(step.map, "")) =>
                {
                    return None;
                }
                None => outer.extend_from_slice(&spine.steps),
            }
        }
        let root = self.root(target);
        let (ty, mut constraints) = root.as_use(&outer);
        constraints.extend(self.assertions(&outer));
        Some((ty, constraints))
    }

    /// The type of an inline schema that is being lowered and, as now shows, contains itself.
    fn reserve_open(&mut self, schemas: &[Site<'d>]) -> Option<TypeId> {
        let open = self.open.get(schemas)?;
        if let Some(id) = open.reserved {
            return Some(id);
        }
        let name = open.name.clone();
        let mut draft = Draft::new(
            name.clone(),
            name,
            schemas.first()?.pointer(),
            Origin::Inline,
        );
        draft.order = (self.home, self.drafts.next());
        draft.beside = beside(Some(schemas), &draft.at);
        let id = self.drafts.reserve(draft);
        if let Some(open) = self.open.get_mut(schemas) {
            open.reserved = Some(id);
        }
        Some(id)
    }

    /// Makes a form the type of its place.
    pub(super) fn settle(
        &mut self,
        form: Form,
        parts: &[Part<'d>],
        name: &str,
        (order, reserved, key): (usize, Option<TypeId>, Option<&[Site<'d>]>),
    ) -> (Type, Vec<Constraint>) {
        let (kind, access) = match (form, reserved) {
            (Form::Plain(ty, constraints), None) => return (ty, constraints),
            (Form::Plain(ty, constraints), Some(_)) => {
                (TypeKind::Alias(Alias { ty, constraints }), Vec::new())
            }
            (Form::Generated(kind, access), _) => (kind, access),
        };
        let docs = docs::first(&own(parts));
        let id = if let Some(id) = reserved {
            let draft = &mut self.drafts.all[id.0];
            (draft.kind, draft.access, draft.docs) = (kind, access, docs);
            id
        } else {
            let at = parts.first().map(|part| part.at.pointer());
            let at = at.unwrap_or_else(Pointer::root);
            let mut draft = Draft::new(name.to_owned(), name.to_owned(), at, Origin::Inline);
            (draft.kind, draft.access, draft.docs) = (kind, access, docs);
            draft.order = (self.home, order);
            draft.beside = beside(key, &draft.at);
            self.drafts.intern(draft)
        };
        if let Some(key) = key {
            self.drafts.inline.insert(key.to_vec(), id);
        }
        Root::Type(id).as_use(&[])
    }

    /// Says that a schema becomes any JSON though it says more.
    pub(super) fn warn_untyped(&mut self, parts: &[Part<'d>], why: &str) {
        if let Some(part) = parts.first() {
            let message = format!("{why}: it becomes any JSON");
            self.warn_once("untyped", &part.at.pointer(), message);
        }
    }

    /// Warns of a place that may be lowered more than once.
    pub(super) fn warn_once(&mut self, code: &'static str, at: &Pointer, message: String) {
        self.findings.warn(code, at, message);
    }
}

/// The places of all but one of the schemas that hold for a value.
fn beside(schemas: Option<&[Site<'_>]>, at: &Pointer) -> Vec<Pointer> {
    let all = schemas.into_iter().flatten().map(Site::pointer);
    all.filter(|other| other != at).collect()
}

impl Use {
    /// The type, with its nullability in it: for a place that has no presence of its own.
    pub(super) fn value_type(&self) -> Type {
        if self.nullable {
            Type::Nullable(Box::new(self.ty.clone()))
        } else {
            self.ty.clone()
        }
    }
}

impl Root {
    /// What it comes to where it is used, within what `outer` says there.
    fn as_use(&self, outer: &[Part<'_>]) -> (Type, Vec<Constraint>) {
        match self {
            Self::Type(id) => {
                let ty = Type::Named(*id);
                let mut constraints = constraints::of(outer, Some(&ty));
                constraints.push(Constraint::Of(*id));
                (ty, constraints)
            }
            Self::External(path) => (Type::External(path.clone()), Vec::new()),
        }
    }
}

/// The parts that are about the schema itself, not about one that it includes by reference.
fn own<'d>(parts: &[Part<'d>]) -> Vec<Part<'d>> {
    parts
        .iter()
        .filter(|part| !part.referenced)
        .cloned()
        .collect()
}

/// A value as compact JSON, in the contract's order.
pub(super) fn compact_json(node: &Node) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    match node {
        Node::Null => "null".to_owned(),
        Node::Bool(value) => value.to_string(),
        Node::Number(number) => number.to_string(),
        Node::String(text) => quoted(text),
        Node::Array(items) => {
            let items: Vec<_> = items.iter().map(compact_json).collect();
            format!("[{}]", items.join(","))
        }
        Node::Object(map) => {
            let entries: Vec<_> = map
                .iter()
                .map(|(key, value)| format!("{}:{}", quoted(key), compact_json(value)))
                .collect();
            format!("{{{}}}", entries.join(","))
        }
    }
}
