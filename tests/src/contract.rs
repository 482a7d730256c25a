//! A contract as the tests read it: the raw tree, its elements, its constraints and its evidence.
//!
//! Nothing here goes through the compiler: what the generated code is held against has to come from
//! the contract itself.

use std::fmt;
use std::path::PathBuf;
use std::sync::LazyLock;

use serde_json::{Map, Value};

/// The contracts in `specs/`.
pub const FILES: [&str; 5] = [
    "oracle-utilities-customer-contact.yaml",
    "oracle-b2c-service-contacts.yaml",
    "expandable-customer-contact.yaml",
    "customer-external-params.yaml",
    "billing-account.yaml",
];

/// One contract.
#[derive(Debug)]
pub struct Contract {
    /// Its file in `specs/`.
    pub file: &'static str,
    /// The document, key by key.
    pub tree: Value,
}

/// How we know what an element states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The document states it in words or in a table.
    Documented,
    /// Only an example in the document shows it.
    Example,
    /// Whoever curated the contract decided.
    Inferred,
}

/// What an element of a contract is, as far as the tests tell elements apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Path Item Object.
    PathItem,
    /// Operation Object.
    Operation,
    /// Parameter Object, and Header Object, which is its like.
    Parameter,
    /// Request Body Object.
    RequestBody,
    /// Response Object.
    Response,
    /// Media Type Object.
    MediaType,
    /// Schema Object.
    Schema,
    /// Security Scheme Object.
    SecurityScheme,
}

/// One element of a contract.
#[derive(Clone, Debug)]
pub struct Element<'c> {
    /// JSON Pointer of the element.
    pub pointer: String,
    /// What it is.
    pub kind: Kind,
    /// Its content.
    pub value: &'c Value,
}

/// One constraint of a contract.
#[derive(Clone, Debug)]
pub struct Constraint<'c> {
    /// JSON Pointer of the element that has it.
    pub pointer: String,
    /// What that element is.
    pub kind: Kind,
    /// The keyword.
    pub keyword: &'static str,
    /// Its value.
    pub value: &'c Value,
}

/// One example of a contract.
#[derive(Clone, Debug)]
pub struct Example<'c> {
    /// JSON Pointer of the value.
    pub pointer: String,
    /// JSON Pointer of the element it is an example of.
    pub of: String,
    /// What that element is.
    pub kind: Kind,
    /// The value.
    pub value: &'c Value,
}

/// The keywords of a Schema Object that narrow the values it takes.
pub const SCHEMA_CONSTRAINTS: [&str; 23] = [
    "type",
    "format",
    "enum",
    "const",
    "multipleOf",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "maxProperties",
    "minProperties",
    "required",
    "nullable",
    "readOnly",
    "writeOnly",
    "default",
    "deprecated",
];

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The folder with the contracts and the ledger.
pub fn specs() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../specs"))
}

/// Every contract, read once.
pub fn all() -> &'static [Contract] {
    static ALL: LazyLock<Vec<Contract>> =
        LazyLock::new(|| FILES.iter().map(|file| Contract::load(file)).collect());
    &ALL
}

/// The contract in this file.
pub fn named(file: &str) -> &'static Contract {
    all()
        .iter()
        .find(|contract| contract.file == file)
        .unwrap_or_else(|| {
            panic!("there is no contract {file:?}; there are {FILES:?}");
        })
}

impl Contract {
    fn load(file: &'static str) -> Self {
        let path = specs().join(file);
        let text = std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let tree = serde_yaml::from_str(&text)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self { file, tree }
    }

    /// What stands at a JSON Pointer.
    pub fn at(&self, pointer: &str) -> Option<&Value> {
        self.tree.pointer(pointer)
    }

    /// Where the chain of `$ref`s that starts at `pointer` ends, and what stands there.
    pub fn follow(&self, pointer: &str) -> (String, &Value) {
        let mut pointer = pointer.to_owned();
        for _ in 0..32 {
            let value = self
                .at(&pointer)
                .unwrap_or_else(|| panic!("{}#{pointer}: nothing", self.file));
            match value.get("$ref").and_then(Value::as_str) {
                Some(reference) => {
                    let Some(local) = reference.strip_prefix('#') else {
                        panic!("{}#{pointer}: {reference:?} is not local", self.file);
                    };
                    local.clone_into(&mut pointer);
                }
                None => return (pointer, value),
            }
        }
        panic!(
            "{}#{pointer}: a chain of references without an end",
            self.file
        )
    }

    /// The evidence of a keyword of the element at `pointer`, or of the element itself. The nearest
    /// mark wins.
    pub fn evidence(&self, pointer: &str, keyword: Option<&str>) -> Option<Evidence> {
        let mut steps: Vec<String> = pointer
            .split('/')
            .skip(1)
            .map(|step| step.replace("~1", "/").replace("~0", "~"))
            .collect();
        steps.extend(keyword.map(str::to_owned));
        let mut found = None;
        let mut here = Some(&self.tree);
        for depth in 0..=steps.len() {
            let Some(element) = here else { break };
            let next = steps.get(depth);
            match element.get("x-typewright-evidence") {
                Some(Value::String(mark)) => found = Some(Evidence::parse(mark)),
                Some(Value::Object(marks)) => {
                    let mark = next
                        .and_then(|next| marks.get(next))
                        .or_else(|| marks.get("self"));
                    if let Some(mark) = mark {
                        found = Some(Evidence::parse(mark.as_str().unwrap_or_default()));
                    }
                }
                _ => {}
            }
            here = next.and_then(|next| match element {
                Value::Array(items) => items.get(next.parse::<usize>().ok()?),
                _ => element.get(next),
            });
        }
        found
    }

    /// Every element, from the top down. References are listed, not followed.
    pub fn elements(&self) -> Vec<Element<'_>> {
        let mut walk = Walk { found: Vec::new() };
        for (path, item) in entries(self.tree.get("paths")) {
            walk.visit(&format!("/paths/{}", escape(path)), Kind::PathItem, item);
        }
        let components = self.tree.get("components");
        for (section, kind) in [
            ("schemas", Kind::Schema),
            ("parameters", Kind::Parameter),
            ("headers", Kind::Parameter),
            ("requestBodies", Kind::RequestBody),
            ("responses", Kind::Response),
            ("securitySchemes", Kind::SecurityScheme),
        ] {
            for (name, element) in
                entries(components.and_then(|components| components.get(section)))
            {
                walk.visit(
                    &format!("/components/{section}/{}", escape(name)),
                    kind,
                    element,
                );
            }
        }
        walk.found
    }

    /// Every constraint on a value: of schemas, parameters, request bodies and operations.
    pub fn constraints(&self) -> Vec<Constraint<'_>> {
        let mut found = Vec::new();
        for element in self.elements() {
            let keywords: &[&'static str] = match element.kind {
                Kind::Schema => &SCHEMA_CONSTRAINTS,
                Kind::Parameter => &["required", "deprecated"],
                Kind::RequestBody => &["required"],
                Kind::Operation => &["deprecated"],
                Kind::PathItem | Kind::Response | Kind::MediaType | Kind::SecurityScheme => &[],
            };
            for &keyword in keywords {
                if let Some(value) = element.value.get(keyword) {
                    let pointer = element.pointer.clone();
                    found.push(Constraint {
                        pointer,
                        kind: element.kind,
                        keyword,
                        value,
                    });
                }
            }
        }
        found
    }

    /// Every example: of media types, parameters and schemas.
    pub fn examples(&self) -> Vec<Example<'_>> {
        let mut found = Vec::new();
        for Element {
            pointer: of,
            kind,
            value,
        } in self.elements()
        {
            if let Some(value) = value.get("example") {
                found.push(Example {
                    pointer: format!("{of}/example"),
                    of: of.clone(),
                    kind,
                    value,
                });
            }
            for (name, example) in entries(value.get("examples")) {
                let pointer = format!("{of}/examples/{}/value", escape(name));
                let Some(value) = example.get("value") else {
                    panic!("{}#{pointer}: an example without a value", self.file);
                };
                found.push(Example {
                    pointer,
                    of: of.clone(),
                    kind,
                    value,
                });
            }
        }
        found
    }

    /// The names of the component schemas.
    pub fn schemas(&self) -> impl Iterator<Item = &str> {
        entries(self.at("/components/schemas")).map(|(name, _)| name)
    }
}

impl Evidence {
    /// Reads a mark.
    pub fn parse(mark: &str) -> Self {
        match mark {
            "documented" => Self::Documented,
            "example" => Self::Example,
            "inferred" => Self::Inferred,
            other => panic!("evidence {other:?} is none of documented, example and inferred"),
        }
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Documented => "documented",
            Self::Example => "example",
            Self::Inferred => "inferred",
        })
    }
}

/// A step of a JSON Pointer: RFC 6901, section 3.
pub fn escape(step: &str) -> String {
    step.replace('~', "~0").replace('/', "~1")
}

fn entries(value: Option<&Value>) -> impl Iterator<Item = (&str, &Value)> {
    value
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Map::iter)
        .map(|(key, value)| (key.as_str(), value))
}

struct Walk<'c> {
    found: Vec<Element<'c>>,
}

impl<'c> Walk<'c> {
    fn visit(&mut self, pointer: &str, kind: Kind, value: &'c Value) {
        self.found.push(Element {
            pointer: pointer.to_owned(),
            kind,
            value,
        });
        if value.get("$ref").is_some() {
            return;
        }
        match kind {
            Kind::PathItem => {
                self.list(pointer, value, "parameters", Kind::Parameter);
                for method in METHODS {
                    self.one(pointer, value, method, Kind::Operation);
                }
            }
            Kind::Operation => {
                self.list(pointer, value, "parameters", Kind::Parameter);
                self.one(pointer, value, "requestBody", Kind::RequestBody);
                self.map(pointer, value, "responses", Kind::Response);
            }
            Kind::Parameter => {
                self.one(pointer, value, "schema", Kind::Schema);
                self.map(pointer, value, "content", Kind::MediaType);
            }
            Kind::RequestBody => self.map(pointer, value, "content", Kind::MediaType),
            Kind::Response => {
                self.map(pointer, value, "headers", Kind::Parameter);
                self.map(pointer, value, "content", Kind::MediaType);
            }
            Kind::MediaType => self.one(pointer, value, "schema", Kind::Schema),
            Kind::SecurityScheme => self.one(pointer, value, "x-typewright-schema", Kind::Schema),
            Kind::Schema => {
                self.map(pointer, value, "properties", Kind::Schema);
                for keyword in ["items", "additionalProperties", "not"] {
                    if value.get(keyword).is_some_and(Value::is_object) {
                        self.one(pointer, value, keyword, Kind::Schema);
                    }
                }
                for keyword in ["allOf", "oneOf", "anyOf"] {
                    self.list(pointer, value, keyword, Kind::Schema);
                }
            }
        }
    }

    fn one(&mut self, pointer: &str, parent: &'c Value, key: &str, kind: Kind) {
        if let Some(value) = parent.get(key) {
            self.visit(&format!("{pointer}/{key}"), kind, value);
        }
    }

    fn list(&mut self, pointer: &str, parent: &'c Value, key: &str, kind: Kind) {
        for (index, value) in parent
            .get(key)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .enumerate()
        {
            self.visit(&format!("{pointer}/{key}/{index}"), kind, value);
        }
    }

    fn map(&mut self, pointer: &str, parent: &'c Value, key: &str, kind: Kind) {
        for (name, value) in entries(parent.get(key)) {
            self.visit(&format!("{pointer}/{key}/{}", escape(name)), kind, value);
        }
    }
}
