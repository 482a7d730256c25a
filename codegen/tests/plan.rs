//! Which files and features does a crate of one contract have, and is all that a file names there
//! whenever the file is?
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use proc_macro2::TokenTree;
use quote::ToTokens;
use syn::{Attribute, File, Item, UseTree};
use typewright::plan::{LONGEST_FILE, Split};
use typewright::write::OutputFile;
use typewright::{Generator, Package};

/// The files of the crate of a contract that is given as text, without those of the runtime.
fn crate_of(text: &str, change: impl FnOnce(Generator) -> Generator) -> Vec<OutputFile> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("contract.yaml");
    std::fs::write(&path, text).unwrap();
    crate_at(&path, change)
}

fn crate_at(path: &Path, change: impl FnOnce(Generator) -> Generator) -> Vec<OutputFile> {
    let package = Package::of(change(Generator::new(path))).generate();
    let mut files = package.unwrap_or_else(|failure| panic!("{failure}")).files;
    files.retain(|file| !file.path.starts_with("runtime"));
    files
}

fn tagged() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests");
    tests.join("goldens/contracts/tags.yaml")
}

/// The contract with these paths and schemas.
fn contract(paths: &str, schemas: &str) -> String {
    let or_none = |text: &str| {
        if text.is_empty() {
            " {}".to_owned()
        } else {
            format!("\n{text}")
        }
    };
    format!(
        "openapi: 3.1.0\ninfo: {{ title: Sample, version: '1' }}\npaths:{}\ncomponents:\n  schemas:{}\n",
        or_none(paths),
        or_none(schemas)
    )
}

/// An operation that gives a value of the schema.
fn operation(id: &str, tags: &str, schema: &str) -> String {
    format!(
        "  /{id}: {{ get: {{ operationId: {id}, tags: [{tags}], responses: {{ '200': {{ description: Found., \
         content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/{schema}' }} }} }} }} }} }} }}\n"
    )
}

/// The features of the manifest, without those that every client has beside it.
fn features(files: &[OutputFile]) -> Vec<String> {
    let manifest = &files[0].contents;
    let table: toml::Table = manifest.parse().unwrap();
    let features = table["features"].as_table().unwrap();
    let beside = [
        "blocking", "default", "gzip", "http2", "hyper", "reqwest", "tokio", "tower",
    ];
    let names = features
        .keys()
        .filter(|name| !beside.contains(&name.as_str()));
    names.cloned().collect()
}

/// With which features something is there: any of these, or always.
type Condition = Option<BTreeSet<String>>;

/// The files below `src` as Rust, each with the condition that it is there under. What has a client is
/// there with the feature `client` as well, which is left out.
struct Crate {
    files: BTreeMap<PathBuf, (Condition, File)>,
    /// What files define, by name.
    defined: BTreeMap<String, Condition>,
}

impl Crate {
    fn of(files: &[OutputFile]) -> Self {
        let mut all = Self {
            files: BTreeMap::new(),
            defined: BTreeMap::new(),
        };
        let texts: BTreeMap<_, _> = files
            .iter()
            .map(|file| (file.path.clone(), file.contents.as_str()))
            .collect();
        all.add(Path::new("src/lib.rs"), None, &texts);
        let sources = texts.keys().filter(|path| path.starts_with("src"));
        assert!(sources.eq(all.files.keys()), "each file is declared");
        all
    }

    fn add(&mut self, path: &Path, condition: Condition, texts: &BTreeMap<PathBuf, &str>) {
        let file = syn::parse_file(texts[path]).unwrap();
        let folder = path.parent().unwrap();
        for item in &file.items {
            let name = match item {
                Item::Mod(module) => {
                    let own = of_attributes(&module.attrs);
                    assert!(condition.is_none() || own.is_none());
                    let name = module.ident.to_string();
                    let paths = [format!("{name}.rs"), format!("{name}/mod.rs")];
                    let paths = paths.map(|path| folder.join(path));
                    let path = paths.iter().find(|path| texts.contains_key(*path)).unwrap();
                    self.add(path, own.or_else(|| condition.clone()), texts);
                    continue;
                }
                Item::Struct(item) => item.ident.clone(),
                Item::Enum(item) => item.ident.clone(),
                Item::Type(item) => item.ident.clone(),
                Item::Static(item) => item.ident.clone(),
                // `call! { /// What it is. Name => Success }` defines the type of a call.
                Item::Macro(item) if item.mac.path.is_ident("call") => {
                    let tokens = item.mac.tokens.clone().into_iter();
                    let mut idents = tokens.filter_map(|token| match token {
                        TokenTree::Ident(name) => Some(name),
                        _ => None,
                    });
                    idents.next().unwrap()
                }
                _ => continue,
            };
            self.defined.insert(name.to_string(), condition.clone());
        }
        self.files.insert(path.to_owned(), (condition, file));
    }

    /// What is defined with one feature and no other, of what has a name in upper camel case.
    fn types_with(&self, feature: &str) -> Vec<&str> {
        let defined = self.defined.iter();
        let there = defined.filter(|(name, condition)| {
            condition.as_ref().is_some_and(|any| any.contains(feature))
                && name.contains(|c: char| c.is_lowercase())
        });
        there.map(|(name, _)| name.as_str()).collect()
    }

    /// Holds that whatever a file names of others is there whenever the file is.
    fn assert_closed(&self) {
        for (path, (condition, file)) in &self.files {
            let mut named = Vec::new();
            for item in &file.items {
                if let Item::Use(item) = item {
                    from_neighbours(&item.tree, false, &mut named);
                }
            }
            // A doc comment can lead to another file as well.
            let text = file.to_token_stream().to_string();
            let links = text.split("(super::").skip(1);
            let links = links.filter_map(|link| link.split(')').next()?.rsplit("::").next());
            named.extend(links.map(str::to_owned));
            for name in named {
                let defined = self.defined.get(&name);
                let defined = defined.unwrap_or_else(|| panic!("{}: {name}", path.display()));
                let there = match (condition, defined) {
                    (_, None) => true,
                    (None, Some(_)) => false,
                    (Some(file), Some(defined)) => file.is_subset(defined),
                };
                assert!(
                    there,
                    "{} ({condition:?}) names {name} ({defined:?})",
                    path.display()
                );
            }
        }
    }
}

/// The features in a `#[cfg]`, without that of the client.
fn of_attributes(attributes: &[Attribute]) -> Condition {
    let cfg = attributes.iter().find(|one| one.path().is_ident("cfg"))?;
    let text = cfg.to_token_stream().to_string();
    let names = text.split('"').skip(1).step_by(2);
    let names: BTreeSet<_> = names
        .filter(|name| *name != "client")
        .map(str::to_owned)
        .collect();
    (!names.is_empty()).then_some(names)
}

/// What a `use` names of other files of the crate.
fn from_neighbours(tree: &UseTree, inside: bool, out: &mut Vec<String>) {
    match tree {
        UseTree::Path(path) => from_neighbours(&path.tree, inside || path.ident == "super", out),
        UseTree::Group(group) => {
            group
                .items
                .iter()
                .for_each(|tree| from_neighbours(tree, inside, out));
        }
        UseTree::Name(name) if inside => out.push(name.ident.to_string()),
        UseTree::Name(_) | UseTree::Glob(_) | UseTree::Rename(_) => {}
    }
}

fn lines(file: &OutputFile) -> usize {
    file.contents.lines().count()
}

fn assert_short(files: &[OutputFile]) {
    for file in files {
        assert!(
            lines(file) <= LONGEST_FILE,
            "{}: {} lines",
            file.path.display(),
            lines(file)
        );
    }
}

/// Numbers that are the same every time: Knuth's multiplicative generator.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        let product = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = product.wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// A contract in which schemas of every kind refer to each other at random.
fn tangle(seed: u64) -> String {
    let mut dice = Dice(seed);
    let mut schemas = String::new();
    for index in 0..80 {
        let mut next = || format!("{{ $ref: '#/components/schemas/S{}' }}", dice.below(80));
        let (one, other) = (next(), next());
        let schema = match dice.below(7) {
            0 => "{ type: string, enum: [a, b] }".to_owned(),
            1 => format!(
                "{{ oneOf: [{one}, {{ type: array, items: {other} }}, {{ type: string }}] }}"
            ),
            2 => format!("{{ type: array, maxItems: 9, items: {one} }}"),
            3 => format!("{{ allOf: [{one}, {{ type: object, properties: {{ p: {other} }} }}] }}"),
            4 => format!("{{ type: object, additionalProperties: {one} }}"),
            _ => format!(
                "{{ type: object, required: [q], properties: {{ p: {one}, q: {{ type: string, pattern: '^a' }}, \
                 r: {{ type: array, items: {other} }} }} }}"
            ),
        };
        let _ = writeln!(schemas, "    S{index}: {schema}");
    }
    let mut paths = String::new();
    for index in 0..40 {
        let tags: Vec<_> = (0..dice.below(3))
            .map(|_| format!("t{}", dice.below(8)))
            .collect();
        let schema = format!("S{}", dice.below(60));
        paths.push_str(&operation(&format!("o{index}"), &tags.join(", "), &schema));
    }
    let callback = format!(
        "{{ schema: {{ $ref: '#/components/schemas/S{}' }} }}",
        dice.below(80)
    );
    let webhooks = format!(
        "webhooks:\n  w: {{ post: {{ requestBody: {{ content: {{ application/json: {callback} }} }}, \
         responses: {{ '200': {{ description: Noted. }} }} }} }}\n"
    );
    contract(&paths, &schemas) + &webhooks
}

#[test]
fn each_feature_brings_the_types_that_its_operations_reach_and_no_other() {
    let files = crate_at(&tagged(), |generator| generator);
    let all = Crate::of(&files);
    for (feature, types) in [
        ("client-operations", vec![]),
        (
            "owners-and-keepers",
            vec![
                "Kind",
                "Owned",
                "Owner",
                "Ownership",
                "Problem",
                "Sale",
                "SellPetError",
                "SellPetResponseHeaders",
            ],
        ),
        (
            "pets",
            vec![
                "BathePet",
                "Kind",
                "ListPets",
                "ListPetsError",
                "Owned",
                "Owner",
                "Ownership",
                "Pet",
                "Problem",
                "Sale",
                "SellPetError",
                "SellPetResponseHeaders",
                "Uptime",
            ],
        ),
        ("untagged", vec!["Uptime"]),
        ("webhooks", vec!["Arrival", "Kind"]),
        ("other-schemas", vec!["Leftover", "Uptime"]),
    ] {
        assert_eq!(all.types_with(feature), types, "{feature}");
    }
    all.assert_closed();
}

#[test]
fn what_a_file_names_is_there_whenever_the_file_is() {
    for seed in 0..20 {
        let files = crate_of(&tangle(seed), |generator| generator);
        assert!(features(&files).len() > 8);
        Crate::of(&files).assert_closed();
    }
}

#[test]
fn features_are_called_like_their_tags() {
    let mut paths = String::new();
    let tags = [
        "Pets & Owners",
        "pets-owners",
        "2FA",
        "東京",
        "default",
        "Web Hooks",
        "webhooks",
        "reqwest",
        "''",
        "fn",
        "mod",
    ];
    for (index, tag) in tags.iter().enumerate() {
        paths.push_str(&operation(&format!("o{index}"), tag, "S"));
    }
    let files = crate_of(&contract(&paths, "    S: { type: object }\n"), |one| one);
    // Tags that differ in case and punctuation are one feature; what would be called like a feature
    // that every crate has is called otherwise.
    assert_eq!(
        features(&files),
        [
            "2fa",
            "client",
            "default-operations",
            "empty",
            "fn",
            "mod",
            "pets-owners",
            "reqwest-operations",
            "web-hooks",
            "webhooks-operations",
            "東京",
        ]
    );
    Crate::of(&files).assert_closed();
    assert!(
        files
            .iter()
            .all(|file| file.path.to_str().unwrap().is_ascii())
    );
}

#[test]
fn a_crate_has_features_where_operations_have_two_tags_and_nobody_says_otherwise() {
    let two = operation("a", "one", "S") + &operation("b", "two", "S");
    let one = operation("a", "one", "S") + &operation("b", "", "S");
    let schemas = "    S: { type: object }\n";
    let with = |paths: &str, split: Option<Split>| {
        let files = crate_of(&contract(paths, schemas), |generator| match split {
            Some(split) => generator.split(split),
            None => generator,
        });
        features(&files)
    };
    assert_eq!(with(&two, None), ["client", "one", "two"]);
    assert_eq!(with(&two, Some(Split::Tag)), ["client", "one", "two"]);
    assert_eq!(with(&two, Some(Split::None)), ["client"]);
    assert_eq!(with(&one, None), ["client"]);
}

#[test]
fn the_file_beside_a_contract_can_leave_it_in_one_piece() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("contract.yaml");
    std::fs::copy(tagged(), &path).unwrap();
    let config = folder.path().join("typewright.toml");
    std::fs::write(&config, "split = \"none\"\n").unwrap();
    assert_eq!(features(&crate_at(&path, |one| one)), ["client"]);
    std::fs::write(&config, "split = \"path\"\n").unwrap();
    let failure = Generator::new(&path).generate().unwrap_err().to_string();
    assert!(
        failure.contains("split by `tag` or by `none`, and not by `path`"),
        "{failure}"
    );
}

#[test]
fn no_file_is_longer_than_a_person_can_read() {
    let mut schemas = String::new();
    for index in 0..300 {
        let properties: Vec<_> = (0..10)
            .map(|at| format!("p{at}: {{ type: string }}"))
            .collect();
        let properties = properties.join(", ");
        let _ = writeln!(
            schemas,
            "    S{index}: {{ type: object, properties: {{ {properties} }} }}"
        );
    }
    let (mut paths, mut webhooks) = (String::new(), "webhooks:\n".to_owned());
    for index in 0..300 {
        paths.push_str(&operation(&format!("o{index}"), "", &format!("S{index}")));
        for copy in 0..4 {
            let _ = writeln!(
                webhooks,
                "  w{index}_{copy}: {{ post: {{ requestBody: {{ content: {{ application/json: {{ schema: {{ $ref: \
                 '#/components/schemas/S{index}' }} }} }} }}, responses: {{ '200': {{ description: Noted. }} }} }} }}"
            );
        }
    }
    let text = contract(&paths, &schemas) + &webhooks;
    let files = crate_of(&text, |generator| generator);
    assert_short(&files);
    for module in ["types", "client", "webhooks"] {
        let path = format!("src/{module}/part_2.rs");
        assert!(
            files.iter().any(|file| file.path == Path::new(&path)),
            "{path}"
        );
    }
    Crate::of(&files).assert_closed();
}

#[test]
fn what_is_longer_than_it_was_thought_to_be_is_cut_again() {
    let mut schemas = String::new();
    for index in 0..400 {
        let next = format!("{{ $ref: '#/components/schemas/S{}' }}", index + 1);
        let _ = writeln!(
            schemas,
            "    S{index}: {{ oneOf: [{next}, {{ type: array, maxItems: 7, items: {next} }}] }}"
        );
    }
    schemas.push_str("    S400: { type: string, maxLength: 3 }\n");
    let files = crate_of(&contract("", &schemas), |generator| generator);
    assert_short(&files);
    Crate::of(&files).assert_closed();
}

#[test]
fn an_item_that_is_too_long_by_itself_stands_alone() {
    let properties: Vec<_> = (0..2_000)
        .map(|at| format!("p{at}: {{ type: string }}"))
        .collect();
    let schemas = format!(
        "    Short: {{ type: object, properties: {{ a: {{ $ref: '#/components/schemas/Long' }} }} }}\n    \
         Long: {{ type: object, properties: {{ {} }} }}\n    Other: {{ type: object }}\n",
        properties.join(", ")
    );
    let files = crate_of(&contract("", &schemas), |generator| generator);
    let long: Vec<_> = files
        .iter()
        .filter(|file| lines(file) > LONGEST_FILE)
        .collect();
    assert_eq!(long.len(), 1);
    assert_eq!(long[0].contents.matches("\npub struct ").count(), 1);
}

#[test]
fn what_declares_very_many_files_is_cut_as_well() {
    let mut dice = Dice(7);
    let mut schemas = String::new();
    let mut paths = String::new();
    for index in 0..400 {
        let other = dice.below(400);
        let _ = writeln!(
            schemas,
            "    S{index}: {{ type: object, properties: {{ a: {{ $ref: '#/components/schemas/E{other}' }} }} }}\n    \
             E{index}: {{ type: string, enum: [a] }}"
        );
        let tags: Vec<_> = (0..30).map(|_| format!("t{}", dice.below(60))).collect();
        paths.push_str(&operation(
            &format!("o{index}"),
            &tags.join(", "),
            &format!("S{index}"),
        ));
    }
    let files = crate_of(&contract(&paths, &schemas), |generator| generator);
    assert_short(&files);
    let folder = Path::new("src/types/folder_2/mod.rs");
    assert!(files.iter().any(|file| file.path == folder));
    Crate::of(&files).assert_closed();
}

#[test]
fn the_parts_are_the_same_every_time() {
    let text = tangle(3);
    let once = crate_of(&text, |generator| generator);
    let again = crate_of(&text, Generator::one_thread);
    assert_eq!(once.len(), again.len());
    for (one, other) in once.iter().zip(&again) {
        assert_eq!(one.path, other.path);
        assert!(one.contents == other.contents, "{}", one.path.display());
    }
}

#[test]
fn names_in_other_scripts_are_no_warning_at_the_root_of_a_crate() {
    let allowed = |files: &[OutputFile]| {
        let root = files.iter().find(|file| file.path.ends_with("lib.rs"));
        root.unwrap().contents.contains("uncommon_codepoints")
    };
    let listed = |value: &str| format!("    Listed: {{ type: string, enum: ['{value}'] }}\n");
    for (value, wanted) in [("ascii", false), ("ɑβ", true)] {
        let text = contract("", &listed(value));
        assert_eq!(allowed(&crate_of(&text, |one| one)), wanted, "{value}");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("contract.yaml");
        std::fs::write(&path, &text).unwrap();
        let several = Package::of_modules([Generator::new(path).module("one")]);
        assert_eq!(
            allowed(&several.generate().unwrap().files),
            wanted,
            "{value}"
        );
    }
}
