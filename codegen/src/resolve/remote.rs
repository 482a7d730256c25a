//! Remote: where is the copy of a document that a contract refers to by its address?
//!
//! Nothing is fetched without the user's leave. What was fetched stays beside the contract: a copy in
//! the folder `typewright.remote`, and in `typewright.lock` the hash that the copy has to have. From
//! then on the copy is read, everywhere and without a network, until its entry is taken out.

use std::fmt::Write as _;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use iri_string::types::UriStr;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Reach;
use super::links::Unread;

/// The file that has the hashes.
const LOCK: &str = "typewright.lock";

/// The folder that has the copies.
const COPIES: &str = "typewright.remote";

/// What stands at the top of the lock file.
const HEAD: &str = "# What contracts here refer to by its address, as it was when it was fetched.\n\
    # Take an entry out, and generate with `--allow-remote`, to fetch it again.\n\n";

/// One of several contracts that are compiled at once changes the lock file at a time.
static CHANGING: Mutex<()> = Mutex::new(());

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Lock {
    #[serde(default)]
    remote: Vec<Pin>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Pin {
    url: String,
    /// SHA-256 of the bytes, in hexadecimal digits.
    sha256: String,
}

/// The copies beside a contract.
pub(super) struct Copies<'f> {
    /// The contract's folder.
    folder: &'f Path,
    /// Whether what is not there may be fetched.
    may_fetch: bool,
    /// The files that stand for addresses.
    files: &'f [(String, PathBuf)],
}

impl<'f> Copies<'f> {
    pub(super) fn beside(contract: &'f Path, reach: &'f Reach) -> Self {
        Self {
            folder: contract.parent().unwrap_or(Path::new("")),
            may_fetch: reach.remote,
            files: &reach.files,
        }
    }

    /// The file that stands for what is at an address.
    pub(super) fn given(&self, address: &str) -> Option<PathBuf> {
        self.files.iter().find_map(|(known, path)| {
            let rest = address.strip_prefix(known.as_str())?;
            if rest.is_empty() {
                return Some(path.clone());
            }
            let plain = |part| matches!(part, Component::Normal(_));
            let below = known.ends_with('/') && Path::new(rest).components().all(plain);
            below.then(|| path.join(rest))
        })
    }

    /// The path of the copy of what is at an address.
    pub(super) fn copy(&self, address: &str) -> Result<PathBuf, Unread> {
        if let Some(given) = self.given(address) {
            return Ok(given);
        }
        let copy = self.folder.join(COPIES).join(file_name(address));
        let pinned = self.read_lock()?.remote;
        let pin = pinned.into_iter().find(|pin| pin.url == address);
        match (pin, std::fs::read(&copy)) {
            (Some(pin), Ok(bytes)) if pin.sha256 == sha256(&bytes) => Ok(copy),
            (Some(_), Ok(_)) => Err(Unread::Changed),
            (_, _) if !self.may_fetch => Err(Unread::Remote),
            (pin, _) => {
                let bytes = fetch(address)?;
                let hash = sha256(&bytes);
                if pin.is_some_and(|pin| pin.sha256 != hash) {
                    return Err(Unread::Changed);
                }
                self.keep(address, &copy, &bytes, hash)?;
                Ok(copy)
            }
        }
    }

    fn read_lock(&self) -> Result<Lock, Unread> {
        let path = self.folder.join(LOCK);
        match std::fs::read_to_string(&path) {
            Ok(text) => toml::from_str(&text).map_err(|error| Unread::BadLock(error.to_string())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Lock::default()),
            Err(error) => Err(Unread::BadLock(error.to_string())),
        }
    }

    fn keep(&self, address: &str, copy: &Path, bytes: &[u8], hash: String) -> Result<(), Unread> {
        let _changing = CHANGING.lock().unwrap_or_else(PoisonError::into_inner);
        let mut lock = self.read_lock()?;
        lock.remote.retain(|pin| pin.url != address);
        lock.remote.push(Pin {
            url: address.to_owned(),
            sha256: hash,
        });
        lock.remote.sort_by(|a, b| a.url.cmp(&b.url));
        let text = toml::to_string(&lock).map_err(|error| Unread::BadLock(error.to_string()))?;
        let written = std::fs::create_dir_all(self.folder.join(COPIES))
            .and_then(|()| std::fs::write(copy, bytes))
            .and_then(|()| std::fs::write(self.folder.join(LOCK), format!("{HEAD}{text}")));
        written.map_err(|error| Unread::BadLock(error.to_string()))
    }
}

/// The address that the file part of a reference is: RFC 3986, section 5. `None` where it is no address
/// in the web.
pub(super) fn address(file: &str) -> Option<String> {
    let address = UriStr::new(file).ok()?.as_str().to_owned();
    let is_web = |scheme: &str| {
        address
            .get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    (is_web("https://") || is_web("http://")).then_some(address)
}

/// The name of a copy: one of its own for each address, with what a person knows it by at its end.
fn file_name(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    let safe = |c: char| {
        if c.is_ascii_alphanumeric() || c == '.' {
            c
        } else {
            '-'
        }
    };
    // A file name cannot be of any length.
    let last: String = last.chars().rev().take(40).map(safe).collect();
    let last: String = last.chars().rev().collect();
    let hash = sha256(address.as_bytes());
    format!("{}-{last}", hash.get(..16).unwrap_or_default())
}

fn sha256(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(feature = "remote")]
fn fetch(address: &str) -> Result<Vec<u8>, Unread> {
    const SECONDS: u64 = 60;
    const LARGEST: u64 = 64 * 1024 * 1024;
    let config = ureq::Agent::config_builder()
        .timeout_global(Some(std::time::Duration::from_secs(SECONDS)))
        // No redirect leads from an encrypted connection to one that is not.
        .https_only(
            address
                .get(..5)
                .is_some_and(|start| start.eq_ignore_ascii_case("https")),
        )
        .build();
    let answer = ureq::Agent::new_with_config(config).get(address).call();
    answer
        .and_then(|mut answer| {
            let body = answer.body_mut().with_config().limit(LARGEST);
            body.read_to_vec()
        })
        .map_err(|error| Unread::Unreadable(error.to_string()))
}

#[cfg(not(feature = "remote"))]
fn fetch(_address: &str) -> Result<Vec<u8>, Unread> {
    Err(Unread::Unreadable(
        "this build of typewright cannot fetch: its feature `remote` is off".to_owned(),
    ))
}
