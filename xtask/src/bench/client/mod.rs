//! What a call costs: by hand with `reqwest`, by our clients, and by those that progenitor makes of the
//! same contracts.

use std::fs;
use std::path::Path;

use super::{Outcome, apart, finish, write};
use crate::generate::CONTRACTS;

const BUILD: &str = include_str!("build.txt");
const OTHERS: &str = include_str!("others.txt");
const MAIN: &str = include_str!("../../../../tests/benches/client/main.rs");
const AT_ONCE: &str = include_str!("../../../../tests/benches/client/at_once.rs");
const BY_HAND: &str = include_str!("../../../../tests/benches/client/by_hand.rs");
const COMPARE: &str = include_str!("../../../../tests/benches/client/compare.rs");
const SERVER: &str = include_str!("../../../../tests/benches/client/server.rs");

/// What it is held against, in the versions that `docs/performance.md` speaks of. progenitor-client
/// brings the `reqwest` that ours has too.
const MANIFEST: &str = r#"[workspace]

[package]
name = "client"
version = "0.0.0"
edition = "2024"

[dependencies]
allocation-counter = "0.8"
chrono = { version = "0.4", default-features = false, features = ["serde", "std"] }
futures-util = { version = "0.3", default-features = false, features = ["alloc"] }
http = "1"
progenitor-client = "=0.15.1"
regress = "0.10"
reqwest = { version = "0.13", default-features = false, features = ["json", "rustls-no-provider"] }
rustls = { version = "0.23", default-features = false, features = ["ring", "std", "tls12"] }
serde = { version = "1", features = ["derive"] }
serde_json = "1"
tokio = { version = "1", features = ["rt", "net", "time"] }
uuid = { version = "1", features = ["serde"] }

[build-dependencies]
openapiv3 = "2"
prettyplease = "0.2"
progenitor-impl = "=0.15.1"
serde_yaml = "0.9"
syn = "2"
"#;

/// Makes the program, and runs it.
pub(super) fn run() -> Outcome {
    let root = super::workplace().join("client");
    let root = Path::new(&apart::absolute(&root)?).to_owned();
    let manifest = format!(
        "{MANIFEST}\n[dependencies.customer-contact-apis]\npath = {:?}\n\
         \n[dependencies.typewright-runtime]\npath = {:?}\nfeatures = [\"reqwest\"]\n",
        apart::absolute(Path::new(crate::generate::OUTPUT))?,
        apart::absolute(Path::new("runtime"))?,
    );
    for (file, text) in [
        ("Cargo.toml", manifest.as_str()),
        ("build.rs", BUILD),
        ("src/main.rs", MAIN),
        ("src/at_once.rs", AT_ONCE),
        ("src/by_hand.rs", BY_HAND),
        ("src/compare.rs", COMPARE),
        ("src/others.rs", OTHERS),
        ("src/server.rs", SERVER),
    ] {
        write(&root.join(file), text)?;
    }
    for (file, module) in CONTRACTS {
        let contract = Path::new("specs").join(file);
        let text = fs::read_to_string(&contract)
            .map_err(|error| format!("{}: {error}", contract.display()))?;
        write(&root.join(format!("contracts/{module}.yaml")), &text)?;
    }
    apart::lock(&root)?;
    finish(apart::command(&root, "client").args(["--", "--bench"]))
}
