//! What can be asked of the command.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use typewright::OperationRule;

/// A compiler from API contracts to Rust: models, validators and clients.
#[derive(Debug, Parser)]
#[command(name = "typewright", version, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write a complete crate for a contract.
    Generate(Generate),
    /// Say what is wrong with a contract, and write nothing.
    Check(Check),
}

#[derive(Debug, Args)]
pub(crate) struct Generate {
    #[command(flatten)]
    pub(crate) common: Common,
    /// The folder that the crate is written to.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// The crate's name [default: the contract's file name].
    #[arg(long, value_name = "CRATE", value_parser = crate_name)]
    pub(crate) name: Option<String>,
    /// Where the runtime's crate is; without this, its source is written along, to DIR/runtime.
    #[arg(long, value_name = "PATH", value_parser = crate_folder)]
    pub(crate) runtime_path: Option<PathBuf>,
    /// Write nothing; name each file that is stale, missing or orphaned.
    #[arg(long)]
    pub(crate) check: bool,
    /// Leave the client out.
    #[arg(long)]
    pub(crate) types_only: bool,
    /// Add validators of raw JSON, which decide as JSON Schema says.
    #[arg(long)]
    pub(crate) exact: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) common: Common,
    /// Print the account to the standard output: each keyword and what honours it, each value
    /// without a type and why, each operation left out, each repair.
    #[arg(long, value_name = "FORMAT", value_enum)]
    pub(crate) report: Option<Format>,
}

/// How an account is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For a machine: one JSON object.
    Json,
    /// For a person.
    Text,
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(crate) struct Common {
    /// The contract: OpenAPI in YAML or JSON.
    #[arg(value_name = "SPEC")]
    pub(crate) spec: PathBuf,
    /// Change the contract by this overlay first (Overlay Specification 1.0 or 1.1); may be repeated,
    /// and is applied in order.
    #[arg(long, value_name = "OVERLAY")]
    pub(crate) overlay: Vec<PathBuf>,
    /// Only the operations that this rule is about, with the types that they use: `tag:NAME`,
    /// `path:TEMPLATE`, `operation:ID` or `method:NAME`, with `*` for any characters; may be repeated.
    #[arg(long, value_name = "RULE")]
    pub(crate) include: Vec<OperationRule>,
    /// None of the operations that this rule is about; may be repeated.
    #[arg(long, value_name = "RULE")]
    pub(crate) exclude: Vec<OperationRule>,
    /// Write the contract as it is after all changes to this file: JSON where it ends in `.json`, or
    /// else YAML.
    #[arg(long, value_name = "FILE")]
    pub(crate) effective_spec: Option<PathBuf>,
    /// Read files outside of the contract's folder, too, where references lead there.
    #[arg(long)]
    pub(crate) allow_outside: bool,
    /// Fetch what references lead to by an address of `http` or `https`, once: a copy stays beside the
    /// contract in `typewright.remote`, and its hash in `typewright.lock`.
    #[arg(long)]
    pub(crate) allow_remote: bool,
    /// Take warnings for errors.
    #[arg(long)]
    pub(crate) strict: bool,
    /// Print nothing but what is wrong.
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// Print one JSON object to the standard output.
    #[arg(long)]
    pub(crate) json: bool,
}

/// The folder of a crate: a path that leads to none would only be found out by whoever builds.
fn crate_folder(path: &str) -> Result<PathBuf, String> {
    let folder = PathBuf::from(path);
    if folder.join("Cargo.toml").is_file() {
        Ok(folder)
    } else {
        Err("there is no Cargo.toml in that folder".to_owned())
    }
}

/// What cargo takes for a package's name: letters, digits, `-` and `_`, and no digit first.
fn crate_name(name: &str) -> Result<String, String> {
    let mut chars = name.chars();
    let first = chars
        .next()
        .is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
    if first && chars.all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)) {
        Ok(name.to_owned())
    } else {
        Err("a crate's name has letters, digits, `-` and `_`, and starts with no digit".to_owned())
    }
}
