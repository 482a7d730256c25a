//! A whole crate: one contract as its root, or several with a module and a feature each.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::diagnostics::Diagnostics;
use crate::emit::{self, Header};
use crate::generator::{Failure, Generator};
use crate::plan::Feature;
use crate::render::Runtime;
use crate::render::manifest::{self, Entry, Manifest};
use crate::render::module;
use crate::summary::Summary;
use crate::write::OutputFile;

/// Makes a crate of contracts.
#[derive(Clone, Debug)]
pub struct Package {
    name: Option<String>,
    description: Option<String>,
    contracts: Contracts,
    runtime: Runtime,
    header: Option<Header>,
}

#[derive(Clone, Debug)]
enum Contracts {
    /// The crate is the contract's module.
    One(Box<Generator>),
    /// The crate has a module for each.
    Modules(Vec<Generator>),
}

impl Package {
    /// A crate that is the module of one contract, with a feature for each tag where operations have
    /// two or more: [`Generator::split`].
    pub fn of(contract: Generator) -> Self {
        Self::new(Contracts::One(Box::new(contract.crate_root())))
    }

    /// A crate with a module and a feature for each contract.
    pub fn of_modules(contracts: impl IntoIterator<Item = Generator>) -> Self {
        Self::new(Contracts::Modules(contracts.into_iter().collect()))
    }

    fn new(contracts: Contracts) -> Self {
        Self {
            name: None,
            description: None,
            contracts,
            runtime: Runtime::Carried,
            header: None,
        }
    }

    /// Names the crate; without this, the first contract's file does.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Says what the crate is, in a line or a few.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Says where the crate finds the runtime; without this, it carries the source along.
    #[must_use]
    pub fn runtime(mut self, runtime: Runtime) -> Self {
        self.runtime = runtime;
        self
    }

    /// What the files of the crate itself say of where they come from.
    #[must_use]
    pub fn header(mut self, header: Header) -> Self {
        self.header = Some(header);
        self
    }

    /// Compiles the contracts, each in a thread of its own.
    ///
    /// # Errors
    ///
    /// Contracts have errors: all errors of all of them.
    pub fn generate(&self) -> Result<GeneratedPackage, Failure> {
        let contracts = match &self.contracts {
            Contracts::One(contract) => std::slice::from_ref(&**contract),
            Contracts::Modules(contracts) => contracts,
        };
        let placed: Vec<_> = contracts
            .iter()
            .map(|one| one.clone().module_path(self.module_path(contracts, one)))
            .collect();
        let parts = all_parts(&placed)?;
        let mut summary = Summary::default();
        let mut files = vec![self.cargo_toml(contracts, &parts)];
        if let Contracts::Modules(_) = &self.contracts {
            files.push(self.lib(contracts, &parts));
        }
        let mut diagnostics = Vec::new();
        for (part, contract) in parts.into_iter().zip(contracts) {
            summary += part.summary;
            diagnostics.push(part.diagnostics);
            files.extend(part.files.into_iter().map(|file| OutputFile {
                path: self.path_in_crate(&file.path, contract),
                contents: file.contents,
            }));
        }
        if self.runtime == Runtime::Carried {
            files.extend(carried_runtime());
        }
        Ok(GeneratedPackage {
            files,
            summary,
            diagnostics,
        })
    }

    fn path_in_crate(&self, path: &Path, contract: &Generator) -> PathBuf {
        match &self.contracts {
            Contracts::One(_) if path == Path::new("mod.rs") => PathBuf::from("src/lib.rs"),
            Contracts::One(_) => Path::new("src").join(path),
            Contracts::Modules(_) => Path::new("src").join(contract.module_name()).join(path),
        }
    }

    fn header_of(&self, parts: &[Part]) -> Header {
        self.header
            .clone()
            .or_else(|| parts.first().map(|part| part.header.clone()))
            .unwrap_or(Header {
                origin: "no contract".to_owned(),
                regenerate: "typewright generate".to_owned(),
            })
    }

    fn description_of(&self, parts: &[Part]) -> String {
        self.description.clone().unwrap_or_else(|| {
            let titles: Vec<_> = parts.iter().map(|part| part.title.as_str()).collect();
            let client = parts.iter().any(|part| part.client);
            let what = if client {
                "models, validators and a client"
            } else {
                "models and validators"
            };
            format!("Typed {what}: {}", titles.join(", "))
        })
    }

    fn package_name(&self, contracts: &[Generator]) -> String {
        use heck::ToKebabCase;

        self.name.clone().unwrap_or_else(|| {
            let first = contracts.first();
            first.map_or_else(String::new, |first| first.module_name().to_kebab_case())
        })
    }

    /// How other crates name the module of a contract.
    fn module_path(&self, contracts: &[Generator], contract: &Generator) -> String {
        let name = self.package_name(contracts).replace('-', "_");
        match &self.contracts {
            Contracts::One(_) => name,
            Contracts::Modules(_) => format!("{name}::{}", contract.module_name()),
        }
    }

    fn cargo_toml(&self, contracts: &[Generator], parts: &[Part]) -> OutputFile {
        let features = match &self.contracts {
            Contracts::One(_) => {
                let features = parts.iter().flat_map(|part| &part.features);
                features.map(|feature| feature.name.clone()).collect()
            }
            Contracts::Modules(contracts) => contracts.iter().map(Generator::module_name).collect(),
        };
        let manifest = Manifest {
            name: self.package_name(contracts),
            description: self.description_of(parts),
            runtime: self.runtime.clone(),
            features,
            client: parts.iter().any(|part| part.client),
            xml: parts.iter().any(|part| part.xml),
            runtime_features: parts
                .iter()
                .flat_map(|part| part.runtime_features.clone())
                .collect(),
        };
        let contents = format!(
            "{}\n{}",
            self.header_of(parts).lines("#"),
            manifest.cargo_toml()
        );
        OutputFile {
            path: PathBuf::from("Cargo.toml"),
            contents,
        }
    }

    fn lib(&self, contracts: &[Generator], parts: &[Part]) -> OutputFile {
        let modules: Vec<_> = contracts.iter().map(Generator::module_name).collect();
        let entries: Vec<_> = modules
            .iter()
            .zip(parts)
            .map(|(module, part)| Entry {
                module,
                title: &part.title,
                operations: part.summary.operations,
                beyond_ascii: part.beyond_ascii,
            })
            .collect();
        let client = parts.iter().any(|part| part.client);
        let xml = parts.iter().any(|part| part.xml);
        let lib = manifest::lib(&self.description_of(parts), &entries, client, xml);
        OutputFile {
            path: PathBuf::from("src/lib.rs"),
            contents: emit::emit(&lib, &self.header_of(parts)),
        }
    }
}

/// What one contract adds to a crate.
struct Part {
    title: String,
    summary: Summary,
    diagnostics: Diagnostics,
    files: Vec<OutputFile>,
    header: Header,
    features: Vec<Feature>,
    client: bool,
    xml: bool,
    beyond_ascii: bool,
    runtime_features: BTreeSet<&'static str>,
}

impl Part {
    fn of(contract: &Generator) -> Result<Self, Failure> {
        let generated = contract.clone().client_feature().generate()?;
        Ok(Self {
            title: generated.api().title.clone(),
            summary: generated.summary(),
            diagnostics: generated.diagnostics().clone(),
            header: generated.header().clone(),
            features: generated.features().to_vec(),
            client: generated.has_client(),
            xml: manifest::uses_xml(generated.api()),
            beyond_ascii: module::has_names_beyond_ascii(generated.api()),
            runtime_features: manifest::runtime_features(generated.api()),
            files: generated.into_files(),
        })
    }
}

/// The parts of all contracts in their order, or all that is wrong with any.
fn all_parts(contracts: &[Generator]) -> Result<Vec<Part>, Failure> {
    if let [contract] = contracts {
        return match Part::of(contract) {
            Ok(part) => Ok(vec![part]),
            Err(Failure::Contract(diagnostics)) => Err(Failure::Contracts(vec![diagnostics])),
            Err(failure) => Err(failure),
        };
    }
    let results: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = contracts
            .iter()
            .map(|one| scope.spawn(|| Part::of(one)))
            .collect();
        threads
            .into_iter()
            .map(std::thread::ScopedJoinHandle::join)
            .collect()
    });
    let mut parts = Vec::new();
    let mut wrong = Vec::new();
    for result in results {
        match result {
            Ok(Ok(part)) => parts.push(part),
            Ok(Err(Failure::Contract(diagnostics))) => wrong.push(diagnostics),
            Ok(Err(failure)) => return Err(failure),
            // A panic of a thread is one of ours: it goes on in the caller's.
            Err(panic) => std::panic::resume_unwind(panic),
        }
    }
    if wrong.is_empty() {
        Ok(parts)
    } else {
        Err(Failure::Contracts(wrong))
    }
}

/// The runtime's own sources, marked as generated so that a later version can replace them.
fn carried_runtime() -> Vec<OutputFile> {
    let header = Header {
        origin: "its own runtime".to_owned(),
        regenerate: "typewright generate".to_owned(),
    };
    let files = typewright_runtime::source::FILES
        .iter()
        .map(|(path, contents)| {
            let toml = Path::new(path)
                .extension()
                .is_some_and(|extension| extension == "toml");
            let comment = if toml { "#" } else { "//" };
            OutputFile {
                path: Path::new("runtime").join(path),
                contents: format!("{}\n{contents}", header.lines(comment)),
            }
        });
    files.collect()
}

/// A crate that is not written yet.
#[derive(Clone, Debug)]
pub struct GeneratedPackage {
    /// Its files.
    pub files: Vec<OutputFile>,
    /// How much there is.
    pub summary: Summary,
    /// The warnings, by contract.
    pub diagnostics: Vec<Diagnostics>,
}
