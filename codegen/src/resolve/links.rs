//! Links: where does a reference lead?

use std::borrow::Cow;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::remote::{self, Copies};
use super::resources::Resources;
use super::survey::{Findings, Survey, survey};
use super::vocabulary;
use super::whole_maps::{self, Maps};
use super::{Pointer, Reach, ResolvedDocument};
use crate::diagnostics::{Diagnostics, Place};
use crate::hash::{HashMap, HashSet};
use crate::load;
use crate::tree::{self, Node};

/// The other files that the documents refer to.
#[derive(Clone, Debug, Default)]
pub(super) struct Files {
    /// For each document: the file part of a reference, and which document that is.
    links: Vec<HashMap<String, Result<usize, Unread>>>,
    /// The schemas in them that have an address of their own.
    pub(super) resources: Resources,
}

/// Why a reference leads nowhere.
pub(super) enum Dangling {
    /// The other file was not read.
    File(Unread),
    /// What follows `#` is no JSON Pointer, and no anchor either.
    NotAPointer,
    /// There is nothing at this place.
    Nothing(Pointer),
}

/// Why a file that is referred to was not read.
#[derive(Clone, Debug)]
pub(super) enum Unread {
    /// It is not in a local file.
    Remote,
    /// The copy of it, or what its address gives now, is not what it was when it was pinned.
    Changed,
    /// The file of hashes beside the contract cannot be read or written, and why.
    BadLock(String),
    /// It is outside the folder of the contract.
    Outside,
    /// The reference cannot be the name of a file.
    NoName,
    /// The system does not give it out, and says why.
    Unreadable(String),
    /// It is no YAML and no JSON, which has been reported there.
    Broken,
}

impl From<Option<String>> for Unread {
    fn from(why: Option<String>) -> Self {
        why.map_or(Self::Broken, Self::Unreadable)
    }
}

impl Unread {
    /// Says so of a reference to it.
    pub(super) fn report(
        &self,
        place: Place,
        reference: &str,
        outcome: &str,
        diagnostics: &mut Diagnostics,
    ) {
        let file = reference.split('#').next().unwrap_or_default();
        let (code, what, help) = match self {
            Self::Remote => (
                "remote-reference",
                "is not in a local file".to_owned(),
                Some("`--allow-remote` fetches it once and keeps a copy beside the contract"),
            ),
            Self::Changed => (
                "remote-reference",
                "is not what was pinned".to_owned(),
                Some("take its entry out of `typewright.lock` and fetch it with `--allow-remote`"),
            ),
            Self::BadLock(why) => (
                "remote-reference",
                format!("cannot be found, as `typewright.lock` cannot be used: {why}"),
                None,
            ),
            Self::Outside => (
                "reference-outside",
                "is outside the folder of the contract".to_owned(),
                Some(
                    "move the file into the contract's folder, or allow it with `--allow-outside`",
                ),
            ),
            Self::NoName => ("dangling-reference", "is not a file name".to_owned(), None),
            Self::Unreadable(why) => ("unreadable-file", format!("cannot be read: {why}"), None),
            Self::Broken => return,
        };
        let finding = diagnostics.warning(code, place, format!("`{file}` {what}: {outcome}"));
        if let Some(help) = help {
            finding.help(help);
        }
    }
}

impl Files {
    pub(super) fn get(&self, document: usize, file: &str) -> Result<usize, Unread> {
        let known = self.links.get(document).and_then(|links| links.get(file));
        known.cloned().unwrap_or(Err(Unread::Broken))
    }

    /// What the file part of a reference means, where it has not been tried to load it.
    pub(super) fn wanted(&self, from: Referrer<'_>, reference: &str) -> Option<String> {
        let file = reference.split('#').next().unwrap_or_default();
        if file.is_empty() {
            return None;
        }
        let file = self.meant(from, file);
        let links = self.links.get(from.document);
        let known = self.resources.addressed(from.document, &file).is_some()
            || links.is_some_and(|links| links.contains_key(file.as_ref()));
        (!known).then(|| file.into_owned())
    }

    /// What the file part of a reference means: an address where there is a base for it.
    fn meant<'f>(&self, from: Referrer<'_>, file: &'f str) -> Cow<'f, str> {
        let resource = self.resources.enclosing(from.document, from.pointer);
        self.resources.address(&resource, file).into()
    }

    fn set(&mut self, document: usize, file: String, target: Result<usize, Unread>) {
        if self.links.len() <= document {
            self.links.resize_with(document + 1, HashMap::default);
        }
        self.links[document].insert(file, target);
    }
}

/// What a reference leads to.
#[derive(Clone)]
pub(super) struct Target<'r> {
    /// Its place.
    pub(super) at: Pointer,
    /// The value there.
    pub(super) node: &'r Node,
}

/// Where a reference was found: what it means depends on the schema around it.
#[derive(Clone, Copy)]
pub(super) struct Referrer<'p> {
    pub(super) document: usize,
    pub(super) pointer: &'p str,
}

impl<'p> From<&'p Pointer> for Referrer<'p> {
    fn from(at: &'p Pointer) -> Self {
        Self {
            document: at.document,
            pointer: &at.pointer,
        }
    }
}

/// What a reference leads to.
pub(super) fn target<'r>(
    resolved: &'r ResolvedDocument,
    from: Referrer<'_>,
    reference: &str,
) -> Result<Target<'r>, Dangling> {
    let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let fragment = percent_decoded(fragment).ok_or(Dangling::NotAPointer)?;
    let resources = &resolved.files.resources;
    let document = from.document;
    let root = if file.is_empty() {
        resources.enclosing(document, from.pointer)
    } else {
        let file = resolved.files.meant(from, file);
        match resources.addressed(document, &file) {
            Some(schema) => schema.clone(),
            None => Pointer {
                document: resolved
                    .files
                    .get(document, &file)
                    .map_err(Dangling::File)?,
                pointer: String::new(),
            },
        }
    };
    let found = within(resolved, &root, &fragment);
    let Err(Dangling::Nothing(missing)) = &found else {
        return found;
    };
    // Within a schema that has an address, a pointer starts there.
    let mut others = resources.within(root.document);
    let missing = missing.pointer.strip_prefix(&root.pointer);
    let missing = missing.unwrap_or_default();
    let elsewhere = others.find_map(|at| within(resolved, at, missing).ok());
    let whole = || {
        let whole = Pointer {
            document: root.document,
            pointer: String::new(),
        };
        within(resolved, &whole, missing).ok()
    };
    elsewhere.or_else(whole).map_or(found, Ok)
}

/// What a fragment names in a document, or in a schema with an address of its own.
fn within<'r>(
    resolved: &'r ResolvedDocument,
    base: &Pointer,
    fragment: &str,
) -> Result<Target<'r>, Dangling> {
    let at = if tree::steps(fragment).is_none() {
        let named = resolved.files.resources.named(base, fragment);
        named.ok_or(Dangling::NotAPointer)?
    } else {
        let origins = resolved
            .documents
            .get(base.document)
            .map(|found| &found.origins);
        let pointer = match origins {
            Some(origins) if base.pointer.is_empty() => origins.converted(fragment).into_owned(),
            Some(_) | None => format!("{}{fragment}", base.pointer),
        };
        Pointer {
            document: base.document,
            pointer,
        }
    };
    match resolved.node(&at) {
        Some(node) => Ok(Target { at, node }),
        None => Err(Dangling::Nothing(at)),
    }
}

/// The most references that are followed in a row. No contract comes near it, and one that is made
/// to be slow to read does not become so.
pub(super) const LONGEST_CHAIN: usize = 32;

/// Follows a chain of references from `at` to something that is none. `None` where there is no such
/// thing, or none within [`LONGEST_CHAIN`].
pub(super) fn follow<'r>(resolved: &'r ResolvedDocument, at: &Pointer) -> Option<Target<'r>> {
    let start = Target {
        at: at.clone(),
        node: resolved.node(at)?,
    };
    followed(resolved, start, LONGEST_CHAIN).map(|(end, _)| end)
}

/// Where a chain of at most `longest` references ends, and how many they are.
pub(super) fn followed<'r>(
    resolved: &'r ResolvedDocument,
    start: Target<'r>,
    longest: usize,
) -> Option<(Target<'r>, usize)> {
    let mut reached = start;
    for count in 0..=longest {
        let Some(reference) = reference_in(reached.node) else {
            return Some((reached, count));
        };
        reached = target(resolved, (&reached.at).into(), reference).ok()?;
    }
    None
}

/// The reference that an object consists of.
pub(super) fn reference_in(node: &Node) -> Option<&str> {
    node.get("$ref")?.as_str()
}

/// What a value of a Discriminator Object's `mapping` names: a schema of the document by its name,
/// or a reference.
pub(super) fn mapping_target<'r>(
    resolved: &'r ResolvedDocument,
    document: usize,
    value: &str,
) -> Result<Target<'r>, Dangling> {
    let named = Pointer {
        document,
        pointer: "/components/schemas".to_owned(),
    }
    .join(value);
    if let Some(node) = resolved.node(&named) {
        return Ok(Target { at: named, node });
    }
    if value.contains(['#', '/', '.']) {
        let pointer = "";
        target(resolved, Referrer { document, pointer }, value)
    } else {
        Err(Dangling::Nothing(named))
    }
}

/// Loads every file that is referred to, and the files that those refer to. Gives what is wrong in all
/// of them.
pub(super) fn load_files(
    resolved: &mut ResolvedDocument,
    reach: &Reach,
    diagnostics: &mut Diagnostics,
) -> Findings {
    let mut known: HashMap<PathBuf, Result<usize, Unread>> = HashMap::default();
    let first = resolved.documents[0].file.as_path();
    known.insert(identity(first), Ok(0));
    let contract = Arc::clone(&resolved.documents[0].file);
    let mut loader = Loader {
        known,
        folder: (!reach.outside).then(|| identity(first.parent().unwrap_or(Path::new("")))),
        copies: Copies::beside(&contract, reach),
        addresses: HashMap::default(),
    };
    index(resolved, 0, None);
    // Most contracts are one file, which one walk is enough for. Of several, nothing is checked until
    // all of them are there.
    let mut checked = true;
    let mut maps = Maps::default();
    loop {
        let Survey {
            wanted,
            has_maps,
            findings,
        } = survey(resolved, checked);
        let expanded = has_maps && whole_maps::expand(resolved, &mut maps, diagnostics);
        let complete = wanted.is_empty() && !expanded;
        if complete && checked {
            let lenient = loader.lenient(&resolved.files.resources, diagnostics);
            resolved.files.resources.set_lenient(lenient);
            return findings;
        }
        checked = complete;
        let known_documents = resolved.documents.len();
        for (at, file) in wanted {
            let target = loader.load(resolved, &at, &file, diagnostics);
            resolved.files.set(at.document, file, target);
        }
        for new in known_documents..resolved.documents.len() {
            index(
                resolved,
                new,
                loader.addresses.get(&new).map(String::as_str),
            );
        }
    }
}

fn index(resolved: &mut ResolvedDocument, document: usize, address: Option<&str>) {
    if let Some(found) = resolved.documents.get_mut(document) {
        resolved.files.resources.index(document, found, address);
    }
}

/// What has been loaded, and what may be.
struct Loader<'f> {
    /// What each file is, by its identity.
    known: HashMap<PathBuf, Result<usize, Unread>>,
    /// The folder that files have to be in.
    folder: Option<PathBuf>,
    copies: Copies<'f>,
    /// The addresses of documents that are copies.
    addresses: HashMap<usize, String>,
}

impl Loader<'_> {
    /// The meta-schemas, as far as there are files for them, that leave out the keywords of validation.
    fn lenient(&self, resources: &Resources, diagnostics: &mut Diagnostics) -> HashSet<String> {
        let addresses = resources.meta_schemas().into_iter();
        let lenient = addresses.filter(|address| {
            let given = self.copies.given(address);
            given.is_some_and(|path| vocabulary::leaves_out_validation(&path, diagnostics))
        });
        lenient.map(str::to_owned).collect()
    }

    fn load(
        &mut self,
        resolved: &mut ResolvedDocument,
        at: &Pointer,
        file: &str,
        diagnostics: &mut Diagnostics,
    ) -> Result<usize, Unread> {
        // Where there is a base, the file is an address already.
        let address = remote::address(file);
        let path = match &address {
            Some(address) => self.copies.copy(address)?,
            None if file.contains("://") || file.starts_with("//") => {
                return Err(Unread::Remote);
            }
            None => {
                let relative = percent_decoded(file).ok_or(Unread::NoName)?;
                let referrer = &resolved.documents[at.document].file;
                let path = normalized(
                    &referrer
                        .parent()
                        .unwrap_or(Path::new(""))
                        .join(relative.as_ref()),
                );
                let folder = self.folder.as_ref();
                if folder.is_some_and(|folder| !identity(&path).starts_with(folder)) {
                    return Err(Unread::Outside);
                }
                path
            }
        };
        let identity = identity(&path);
        if let Some(document) = self.known.get(&identity) {
            return document.clone();
        }
        let dialect = resolved.documents[at.document].dialect;
        let part = match load::read(&path, diagnostics) {
            Ok(text) => load::load_part(&path, text, dialect, diagnostics).ok_or(Unread::Broken),
            Err(why) => Err(Unread::from(why)),
        };
        let index = part.map(|mut document| {
            load::convert(&mut document, diagnostics);
            resolved.documents.push(document);
            resolved.documents.len() - 1
        });
        if let (Ok(index), Some(address)) = (&index, address) {
            self.addresses.insert(*index, address);
        }
        self.known.insert(identity, index.clone());
        index
    }
}

/// What tells one file from all others, however it is named; it need not exist.
fn identity(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() {
        Path::new(".")
    } else {
        path
    };
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    // What exists may be reached through a symbolic link; what does not exist is only a name.
    for existing in path.ancestors() {
        if let Ok(folder) = std::fs::canonicalize(existing) {
            let rest = path.strip_prefix(existing).unwrap_or(Path::new(""));
            return normalized(&folder.join(rest));
        }
    }
    normalized(&path)
}

/// The path without `.` and, where they follow a name, without `..`.
fn normalized(path: &Path) -> PathBuf {
    let mut result = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(result.components().next_back(), Some(Component::Normal(_))) =>
            {
                result.pop();
            }
            Component::ParentDir
            | Component::Prefix(_)
            | Component::RootDir
            | Component::Normal(_) => result.push(component),
        }
    }
    result
}

/// RFC 3986, section 2.1; `None` where a `%` is not followed by two digits or the result is not
/// UTF-8.
fn percent_decoded(text: &str) -> Option<Cow<'_, str>> {
    if !text.bytes().any(|byte| byte == b'%') {
        return Some(Cow::Borrowed(text));
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok().map(Cow::Owned)
}
