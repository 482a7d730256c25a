//! The generator of one contract: what is wanted, and what comes out.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;

use crate::account::{self, Account};
use crate::config::{Change, Config};
use crate::diagnostics::{Diagnostics, Style};
use crate::emit::{self, EmitError, Header};
use crate::ir::Api;
use crate::plan::{Feature, Plan, Split};
use crate::render::{self, Options, Output};
use crate::select::OperationRule;
use crate::summary::Summary;
use crate::write::{OutputFile, WriteError};
use crate::{Compiled, Source};

/// Makes Rust of one contract.
///
/// ```no_run
/// // In build.rs:
/// # fn main() -> Result<(), typewright::Failure> {
/// typewright::Generator::new("specs/x.yaml").emit_to_out_dir()?;
/// // and in the crate: include!(concat!(env!("OUT_DIR"), "/x.rs"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Generator {
    spec: PathBuf,
    config: Config,
    module: Option<String>,
    header: Option<Header>,
    options: Options,
}

impl Generator {
    /// A generator for the contract at this path: YAML or JSON. A file `typewright.toml` beside it is
    /// read as well, and says the same as the methods here.
    pub fn new(spec: impl Into<PathBuf>) -> Self {
        let options = Options::default();
        Self {
            spec: spec.into(),
            config: Config::default(),
            module: None,
            header: None,
            options,
        }
    }

    /// Applies an overlay to the contract, after those that were named before: Overlay Specification
    /// 1.0 or 1.1, in YAML or JSON.
    #[must_use]
    pub fn overlay(mut self, path: impl Into<PathBuf>) -> Self {
        self.config.overlays.push(path.into());
        self
    }

    /// Wants those operations that a rule is about, beside those of the rules before; without any rule,
    /// all are wanted. With it go the types that only the others use.
    #[must_use]
    pub fn include(mut self, rule: OperationRule) -> Self {
        self.config.selection.include.push(rule);
        self
    }

    /// Leaves out the operations that a rule is about, and the types that only they use.
    #[must_use]
    pub fn exclude(mut self, rule: OperationRule) -> Self {
        self.config.selection.exclude.push(rule);
        self
    }

    /// Makes another name of a schema's, as `x-typewright-name` does.
    #[must_use]
    pub fn rename_schema(mut self, schema: impl Into<String>, name: impl Into<String>) -> Self {
        self.config.schema_names.push(Change::new(schema, name));
        self
    }

    /// Makes another name of an operation's, which is given by its `operationId`.
    #[must_use]
    pub fn rename_operation(mut self, id: impl Into<String>, name: impl Into<String>) -> Self {
        self.config.operation_names.push(Change::new(id, name));
        self
    }

    /// Uses an existing Rust type, by its path, in place of a schema, as `x-typewright-type` does.
    #[must_use]
    pub fn replace_type(mut self, schema: impl Into<String>, path: impl Into<String>) -> Self {
        self.config.types.push(Change::new(schema, path));
        self
    }

    /// Uses an existing Rust type, by its path, for strings of a format; or a plain string, where
    /// that is `string`.
    #[must_use]
    pub fn format(mut self, format: impl Into<String>, path: impl Into<String>) -> Self {
        self.config.formats.push(Change::new(format, path));
        self
    }

    /// Holds strings of a format against a function of `fn(&str) -> bool`, by its path, as
    /// `x-typewright-format-check` does. It stands for what is checked of the format otherwise.
    #[must_use]
    pub fn check_format(mut self, format: impl Into<String>, path: impl Into<String>) -> Self {
        self.config.format_checks.push(Change::new(format, path));
        self
    }

    /// Derives a macro, by its path, for the type of a schema, or for every type: `*`.
    #[must_use]
    pub fn derive(mut self, schema: impl Into<String>, path: impl Into<String>) -> Self {
        self.config.derives.push(Change::new(schema, path));
        self
    }

    /// Puts an attribute, such as `#[doc(hidden)]`, on the type of a schema, on every type (`*`), or
    /// on a member of one: `Pet.name` is a property, a listed value or a variant.
    #[must_use]
    pub fn attribute(mut self, item: impl Into<String>, attribute: impl Into<String>) -> Self {
        self.config.attributes.push(Change::new(item, attribute));
        self
    }

    /// Takes formats of strings that have no type of their own, such as `email` and `uri`, for
    /// annotations: JSON Schema Validation, section 7.2.1. Without this they are checked.
    #[must_use]
    pub fn annotate_formats(mut self) -> Self {
        self.config.policies.annotate_formats = true;
        self
    }

    /// Takes a value that an enum does not list for no violation.
    #[must_use]
    pub fn open_enums(mut self) -> Self {
        self.config.policies.open_enums = true;
        self
    }

    /// Keeps the properties that no schema speaks of; without this, they are passed over unless the
    /// contract says `additionalProperties: true`.
    #[must_use]
    pub fn keep_unknown_properties(mut self) -> Self {
        self.config.policies.keep_unknown = true;
        self
    }

    /// Leaves the client out.
    #[must_use]
    pub fn types_only(mut self) -> Self {
        self.config.types_only = true;
        self
    }

    /// Says what a crate of this contract is split by: `Package::of`. Modules of a crate that has
    /// several contracts, and what a macro or a build script makes, have no features of their own.
    #[must_use]
    pub fn split(mut self, split: Split) -> Self {
        self.config.split = Some(split);
        self
    }

    /// Names the module, or the file that it is written to; without this, the contract's file does.
    #[must_use]
    pub fn module(mut self, name: impl Into<String>) -> Self {
        self.module = Some(name.into());
        self
    }

    /// Says how other crates name the module, `a_crate::a_module`: then the examples in doc comments are
    /// tests. A [`Package`](crate::Package) knows this by itself.
    #[must_use]
    pub fn module_path(mut self, path: impl Into<String>) -> Self {
        self.options.module_path = Some(path.into());
        self
    }

    /// Reads files outside of the contract's folder, too, where references lead there.
    #[must_use]
    pub fn allow_outside(mut self, allow: bool) -> Self {
        self.config.reach.outside = allow;
        self
    }

    /// Fetches what references lead to by an address of `http` or `https`, once: a copy stays in
    /// `typewright.remote` beside the contract and its hash in `typewright.lock`, and from then on
    /// that copy is read, with this or without. It takes the feature `remote`.
    #[must_use]
    pub fn allow_remote(mut self, allow: bool) -> Self {
        self.config.reach.remote = allow;
        self
    }

    /// Takes a local file for what is at an address, or a folder for all that is below an address that
    /// ends in `/`; nothing of that is fetched.
    #[must_use]
    pub fn file_for(mut self, address: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        let file = (address.into(), path.into());
        self.config.reach.files.push(file);
        self
    }

    /// Adds the module `schemas`: a validator of raw JSON for each component schema, which decides as
    /// JSON Schema says.
    #[must_use]
    pub fn exact(mut self) -> Self {
        self.config.exact = true;
        self
    }

    /// Takes warnings for errors.
    #[must_use]
    pub fn strict(mut self, strict: bool) -> Self {
        self.config.strict = strict;
        self
    }

    /// Does what needs tokens of Rust in the caller's thread, as a procedural macro has to: the
    /// compiler's belong to the thread that it calls the macro in.
    #[must_use]
    pub fn one_thread(mut self) -> Self {
        self.options.threads = render::Threads::Caller;
        self
    }

    /// What files say of where they come from; without this, the name of the contract's file.
    #[must_use]
    pub fn header(mut self, header: Header) -> Self {
        self.header = Some(header);
        self
    }

    /// Puts the client behind the feature `client` of the crate around it.
    #[must_use]
    pub(crate) fn client_feature(mut self) -> Self {
        self.options.client_feature = true;
        self
    }

    /// Makes the module the root of a crate.
    #[must_use]
    pub(crate) fn crate_root(mut self) -> Self {
        self.options.crate_root = true;
        self
    }

    /// What is compiled, with what the file beside the contract says.
    fn source(&self, diagnostics: &mut Diagnostics) -> Source {
        let config_file = Config::file_beside(&self.spec);
        let said = config_file
            .as_ref()
            .map(|file| Config::read(file, diagnostics))
            .unwrap_or_default();
        Source {
            spec: self.spec.clone(),
            config_file,
            config: said.with(self.config.clone()),
        }
    }

    /// Compiles the contract.
    ///
    /// # Errors
    ///
    /// The contract has errors: all of them.
    pub fn generate(&self) -> Result<Generated, Failure> {
        let mut diagnostics = Diagnostics::new();
        let source = self.source(&mut diagnostics);
        let compiled = source.compile(&mut diagnostics);
        match compiled {
            Some(compiled) if !diagnostics.has_errors(source.config.strict) => {
                let inputs = source.inputs(&compiled);
                let mut options = self.options.clone();
                options.types_only |= source.config.types_only;
                // The documents are not needed any more. A large one takes a while to be freed,
                // which nobody has to wait for.
                let Compiled { api, resolved } = compiled;
                std::thread::spawn(move || drop(resolved));
                let split = if options.crate_root {
                    source.config.split.unwrap_or_default()
                } else {
                    Split::None
                };
                let plan = Plan::of(&api, split);
                let outputs = render::render(&api, &plan, &options);
                let header = self.header_or_default();
                Ok(Generated {
                    api,
                    plan,
                    outputs,
                    header,
                    diagnostics,
                    inputs,
                    options,
                })
            }
            Some(_) | None => Err(Failure::Contract(diagnostics)),
        }
    }

    /// The contract as it is after all changes, as text.
    ///
    /// # Errors
    ///
    /// The contract cannot be read, or an overlay has errors: all of them.
    pub fn effective_spec(&self, syntax: Syntax) -> Result<String, Failure> {
        let mut diagnostics = Diagnostics::new();
        let source = self.source(&mut diagnostics);
        match source.load(&mut diagnostics) {
            Some(document) if !diagnostics.has_errors(source.config.strict) => {
                let text = match syntax {
                    Syntax::Yaml => serde_yaml::to_string(&document.tree).ok(),
                    Syntax::Json => serde_json::to_string_pretty(&document.tree)
                        .map(|text| text + "\n")
                        .ok(),
                };
                // A tree has texts for keys, so nothing in it can fail.
                Ok(text.unwrap_or_default())
            }
            Some(_) | None => Err(Failure::Contract(diagnostics)),
        }
    }

    /// Says what becomes of everything that the contract says, and makes nothing of it.
    ///
    /// # Errors
    ///
    /// The contract has errors: all of them.
    pub fn account(&self) -> Result<Account, Failure> {
        let mut diagnostics = Diagnostics::new();
        let source = self.source(&mut diagnostics);
        match source.compile(&mut diagnostics) {
            Some(Compiled { api, resolved }) if !diagnostics.has_errors(source.config.strict) => {
                Ok(account::account(&resolved, &api, &diagnostics))
            }
            Some(_) | None => Err(Failure::Contract(diagnostics)),
        }
    }

    /// Compiles the contract to the file `<module>.rs` in the folder that cargo gives a build
    /// script, for `include!(concat!(env!("OUT_DIR"), "/<module>.rs"))`, and tells cargo which files
    /// it was made from. Warnings are passed on to cargo.
    ///
    /// # Errors
    ///
    /// The contract has errors, the file cannot be written, or this is no build script.
    pub fn emit_to_out_dir(&self) -> Result<(), Failure> {
        let folder = std::env::var_os("OUT_DIR").ok_or(Failure::NoBuildScript)?;
        let path = Path::new(&folder).join(format!("{}.rs", self.module_name()));
        let generated = match self.generate() {
            Ok(generated) => generated,
            Err(failure) => {
                // Without this line, cargo would not try again once the contract is mended.
                println!("cargo::rerun-if-changed={}", self.spec.display());
                return Err(failure);
            }
        };
        for input in generated.inputs() {
            println!("cargo::rerun-if-changed={}", input.display());
        }
        for line in generated.diagnostics().render(Style::Compact).lines() {
            println!("cargo::warning={line}");
        }
        let contents = generated.file();
        // A file that is the same keeps its time, and the crate is not compiled again.
        if fs::read(&path).is_ok_and(|existing| existing == contents.as_bytes()) {
            return Ok(());
        }
        fs::write(&path, contents).map_err(|source| Failure::Write(WriteError::Io { path, source }))
    }

    /// The name of the module: the one that was asked for, or the file's, as an identifier.
    pub(crate) fn module_name(&self) -> String {
        use heck::ToSnakeCase;

        self.module.clone().unwrap_or_else(|| {
            let stem = self
                .spec
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .to_snake_case();
            if stem.starts_with(|c: char| c.is_ascii_digit()) || stem.is_empty() {
                format!("api_{stem}")
            } else {
                stem
            }
        })
    }

    fn header_or_default(&self) -> Header {
        let name = self
            .spec
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        self.header.clone().unwrap_or(Header {
            origin: name,
            regenerate: "typewright generate".to_owned(),
        })
    }
}

/// What a document is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Syntax {
    /// YAML 1.2.
    Yaml,
    /// JSON, indented.
    Json,
}

/// What a contract was compiled to.
#[derive(Clone, Debug)]
pub struct Generated {
    api: Api,
    plan: Plan,
    outputs: Vec<Output>,
    header: Header,
    diagnostics: Diagnostics,
    inputs: Vec<PathBuf>,
    options: Options,
}

impl Generated {
    /// The API, as it was rendered.
    pub fn api(&self) -> &Api {
        &self.api
    }

    /// How much there is.
    pub fn summary(&self) -> Summary {
        Summary::of(&self.api)
    }

    /// The warnings.
    pub fn diagnostics(&self) -> &Diagnostics {
        &self.diagnostics
    }

    /// Every file that was read: the contract, and what it refers to.
    pub fn inputs(&self) -> &[PathBuf] {
        &self.inputs
    }

    /// The items, in one piece: what the macro expands to.
    ///
    /// # Errors
    ///
    /// A bug of the generator.
    pub fn items(&self) -> Result<TokenStream, Failure> {
        emit::tokens(&self.inline()).map_err(Failure::Bug)
    }

    /// The items as the text of one file, to be included.
    pub fn file(&self) -> String {
        emit::emit_items(&self.inline(), &self.header)
    }

    fn inline(&self) -> String {
        render::inline(&self.outputs)
    }

    /// The files of a module in a folder of its own: `mod.rs` and those beside it.
    pub fn files(&self) -> Vec<OutputFile> {
        let emitted = self.outputs.iter().map(|output| OutputFile {
            path: PathBuf::from(&output.path),
            contents: emit::emit(output, &self.header),
        });
        emitted.collect()
    }

    /// The same, made of what is rendered and no longer needed then.
    pub(crate) fn into_files(self) -> Vec<OutputFile> {
        let header = self.header;
        let emitted = self.outputs.into_iter().map(|output| OutputFile {
            path: PathBuf::from(&output.path),
            contents: emit::emit(&output, &header),
        });
        emitted.collect()
    }

    pub(crate) fn header(&self) -> &Header {
        &self.header
    }

    /// The features that bring parts of it, in a crate of its own.
    pub(crate) fn features(&self) -> &[Feature] {
        &self.plan.features
    }

    pub(crate) fn has_client(&self) -> bool {
        render::has_client(&self.api, &self.options)
    }
}

/// Why nothing came out.
///
/// `Debug` prints what `Display` does, because that is what cargo shows of a build script whose
/// `main` returns an error.
#[non_exhaustive]
pub enum Failure {
    /// The contract has errors, or warnings where those are taken for errors.
    Contract(Diagnostics),
    /// Several contracts have errors.
    Contracts(Vec<Diagnostics>),
    /// Files could not be written.
    Write(WriteError),
    /// There is no `OUT_DIR`, so this is no build script.
    NoBuildScript,
    /// The generator made something that is no Rust.
    Bug(EmitError),
}

impl Failure {
    /// The findings, where contracts are at fault.
    pub fn diagnostics(&self) -> &[Diagnostics] {
        match self {
            Self::Contract(diagnostics) => std::slice::from_ref(diagnostics),
            Self::Contracts(all) => all,
            Self::Write(_) | Self::NoBuildScript | Self::Bug(_) => &[],
        }
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Contract(_) | Self::Contracts(_) => {
                let texts: Vec<_> = self
                    .diagnostics()
                    .iter()
                    .map(|one| one.render(Style::Plain))
                    .collect();
                f.write_str(texts.concat().trim_end())
            }
            Self::Write(error) => error.fmt(f),
            Self::NoBuildScript => f.write_str(
                "OUT_DIR is not set: emit_to_out_dir is for build scripts, which cargo runs",
            ),
            Self::Bug(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Contract(_) | Self::Contracts(_) | Self::NoBuildScript => None,
            Self::Write(error) => Some(error),
            Self::Bug(error) => Some(error),
        }
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        Self::Write(error)
    }
}
