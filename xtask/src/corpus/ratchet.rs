//! The ratchet: what has been reached once is not to be lost. It keeps facts that are the same on
//! every machine, for each document by its folder's name and its path.

use std::collections::BTreeMap;
use std::fs;

use serde::{Deserialize, Serialize};

use super::differential::Differential;
use super::record::{ClientText, Record};
use super::round_trip::RoundTrips;

/// Where it is kept.
const FILE: &str = "tests/corpus-ratchet.json";

/// What has been reached for a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Facts {
    generates: bool,
    /// `None` where no one has tried yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    compiles: Option<bool>,
    operations: u64,
    untyped: u64,
    /// Files that are too long.
    #[serde(default, rename = "long-files", skip_serializing_if = "is_none")]
    long_files: u64,
    /// `None` where there are few operations.
    #[serde(
        default,
        rename = "client-text",
        skip_serializing_if = "Option::is_none"
    )]
    client_text: Option<ClientText>,
    /// `None` where no one has tried yet.
    #[serde(
        default,
        rename = "round-trips",
        skip_serializing_if = "Option::is_none"
    )]
    round_trips: Option<Trips>,
    /// `None` where no one has tried yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    differential: Option<Decided>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    warnings: BTreeMap<String, u64>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands out references"
)]
fn is_none(number: &u64) -> bool {
    *number == 0
}

/// The types whose values travel as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Trips {
    /// Those whose values all came back.
    types: u64,
    /// Those with a value that did not.
    failed: u64,
    /// Those that no valid value was found for.
    unproven: u64,
    /// Those that no value can be valid for, and that values come back from all the same.
    #[serde(default, skip_serializing_if = "is_none")]
    impossible: u64,
    /// Those of them whose validator does not say so.
    #[serde(default, skip_serializing_if = "is_none")]
    unreported: u64,
}

impl Trips {
    /// A crate that does not build holds nothing.
    fn of(trips: &RoundTrips) -> Option<Self> {
        trips.error.is_none().then_some(Self {
            types: trips.types,
            failed: trips.failed,
            unproven: trips.unproven,
            impossible: trips.impossible,
            unreported: trips.unreported,
        })
    }
}

/// The values that validators of raw JSON have decided about, and another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Decided {
    /// The component schemas that they are of.
    schemas: u64,
    /// The component schemas that the other one cannot read.
    #[serde(default, skip_serializing_if = "is_none")]
    unread: u64,
    /// How many there are.
    values: u64,
    /// How many are decided otherwise.
    disagreements: u64,
}

impl Decided {
    /// Validators that do not build decide nothing.
    fn of(found: &Differential) -> Option<Self> {
        found.error.is_none().then_some(Self {
            schemas: found.schemas,
            unread: found.unread,
            values: found.values,
            disagreements: found.disagreements,
        })
    }

    /// The steps back from `self` to `now`, in words.
    fn steps_back(self, now: Self) -> Vec<String> {
        let mut out = Vec::new();
        let more = [
            (
                "values are decided otherwise",
                now.disagreements,
                self.disagreements,
            ),
            ("schemas are not read", now.unread, self.unread),
        ];
        for (what, now, before) in more.into_iter().filter(|(_, now, before)| now > before) {
            out.push(format!("{now} {what}, where there were {before}"));
        }
        let fewer = [
            ("schemas are decided about", now.schemas, self.schemas),
            ("values are decided about", now.values, self.values),
        ];
        for (what, now, before) in fewer.into_iter().filter(|(_, now, before)| now < before) {
            out.push(format!("{now} {what}, where there were {before}"));
        }
        out
    }
}

impl Facts {
    fn of(record: &Record) -> Self {
        Self {
            generates: record.generates,
            compiles: record.compile.as_ref().map(|compile| compile.ok),
            operations: record.operations,
            untyped: record.untyped,
            long_files: record.long_files,
            client_text: record.client_text,
            round_trips: record.round_trips.as_ref().and_then(Trips::of),
            differential: record.differential.as_ref().and_then(Decided::of),
            warnings: record.warnings.clone(),
        }
    }

    /// The steps back from `self` to `now`, in words.
    fn steps_back(&self, now: &Self) -> Vec<String> {
        let mut out = Vec::new();
        if self.generates && !now.generates {
            // Nothing else can be said of it.
            return vec!["it does not generate any more".to_owned()];
        }
        if self.compiles == Some(true) && now.compiles == Some(false) {
            out.push("it does not compile any more".to_owned());
        }
        if !now.generates {
            return out;
        }
        if now.operations < self.operations {
            out.push(format!(
                "{} operations, where there were {}",
                now.operations, self.operations
            ));
        }
        let mut more = |what: &str, now: u64, before: u64| {
            if now > before {
                out.push(format!("{now} {what}, where there were {before}"));
            }
        };
        // What did not generate had nothing to be counted.
        if self.generates {
            more("untyped values", now.untyped, self.untyped);
            more("files that are too long", now.long_files, self.long_files);
            for (code, number) in &now.warnings {
                let before = self.warnings.get(code).copied().unwrap_or_default();
                more(&format!("warnings `{code}`"), *number, before);
            }
        }
        if let (Some(before), Some(now)) = (self.client_text, now.client_text) {
            more("lines of client an operation", now.lines, before.lines);
            more("bytes of client an operation", now.bytes, before.bytes);
        }
        if let (Some(before), Some(now)) = (self.round_trips, now.round_trips) {
            more("types do not come back", now.failed, before.failed);
            more("types have no value", now.unproven, before.unproven);
            // A proof may take the place of a search that found nothing.
            more(
                "types have no value, proved or not",
                now.unproven + now.impossible,
                before.unproven + before.impossible,
            );
            let unsaid = before.unreported + before.unproven;
            more(
                "types cannot have one, which their validators do not say",
                now.unreported,
                unsaid,
            );
            if now.types < before.types {
                out.push(format!(
                    "{} types come back, where there were {}",
                    now.types, before.types
                ));
            }
        }
        if let (Some(before), Some(now)) = (self.differential, now.differential) {
            out.extend(before.steps_back(now));
        }
        out
    }
}

type Ratchet = BTreeMap<String, Facts>;

/// Holds records against the ratchet, or writes them to it. Gives whether there is no step back.
pub(super) fn hold(set: &str, records: &[&Record], update: bool) -> Result<bool, String> {
    let failed = |error: &dyn std::fmt::Display| format!("{FILE}: {error}");
    let mut ratchet: Ratchet = match fs::read_to_string(FILE) {
        Ok(text) => serde_json::from_str(&text).map_err(|error| failed(&error))?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ratchet::new(),
        Err(error) => return Err(failed(&error)),
    };
    let (mut back, mut changed, mut unknown) = (0, 0, 0);
    for record in records {
        let key = format!("{set}/{}", record.document);
        let mut now = Facts::of(record);
        match ratchet.get(&key) {
            Some(before) => {
                if now.compiles.is_none() && now.generates {
                    now.compiles = before.compiles;
                }
                if now.round_trips.is_none() && now.generates {
                    if record.round_trips.is_some() && before.round_trips.is_some() {
                        back += 1;
                        println!("step back: {key}: values cannot be sent through it any more");
                    }
                    now.round_trips = before.round_trips;
                }
                if now.differential.is_none() && now.generates {
                    if record.differential.is_some() && before.differential.is_some() {
                        back += 1;
                        println!("step back: {key}: its validators cannot be built any more");
                    }
                    now.differential = before.differential;
                }
                for step in before.steps_back(&now) {
                    back += 1;
                    println!("step back: {key}: {step}");
                }
                changed += usize::from(*before != now);
            }
            None => unknown += 1,
        }
        if update {
            ratchet.insert(key, now);
        }
    }
    if update {
        let text = serde_json::to_string_pretty(&ratchet).map_err(|error| failed(&error))?;
        fs::write(FILE, text + "\n").map_err(|error| failed(&error))?;
        println!("{FILE}: {changed} documents changed, {unknown} are new");
        return Ok(true);
    }
    println!(
        "against {FILE}: {back} steps back, {changed} documents differ, {unknown} are not in it; \
         `--update` writes what is reached"
    );
    Ok(back == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reached() -> Facts {
        Facts {
            generates: true,
            compiles: Some(true),
            operations: 10,
            untyped: 5,
            long_files: 0,
            client_text: Some(ClientText {
                lines: 35,
                bytes: 1198,
            }),
            round_trips: Some(Trips {
                types: 7,
                failed: 0,
                unproven: 1,
                impossible: 2,
                unreported: 1,
            }),
            differential: Some(Decided {
                schemas: 3,
                unread: 0,
                values: 100,
                disagreements: 0,
            }),
            warnings: BTreeMap::from([("odd".to_owned(), 2)]),
        }
    }

    #[test]
    fn what_is_as_good_or_better_is_no_step_back() {
        let better = Facts {
            operations: 11,
            untyped: 0,
            warnings: BTreeMap::new(),
            ..reached()
        };
        let not_compiled = Facts {
            compiles: None,
            round_trips: None,
            differential: None,
            ..reached()
        };
        let proved = Facts {
            round_trips: Some(Trips {
                types: 7,
                failed: 0,
                unproven: 0,
                impossible: 3,
                unreported: 2,
            }),
            ..reached()
        };
        for now in [reached(), better, not_compiled, proved] {
            assert!(reached().steps_back(&now).is_empty(), "{now:?}");
        }
    }

    #[test]
    fn each_step_back_is_named() {
        let now = Facts {
            generates: true,
            compiles: Some(false),
            operations: 9,
            untyped: 6,
            long_files: 1,
            client_text: Some(ClientText {
                lines: 36,
                bytes: 1199,
            }),
            round_trips: Some(Trips {
                types: 6,
                failed: 1,
                unproven: 2,
                impossible: 3,
                unreported: 3,
            }),
            differential: Some(Decided {
                schemas: 2,
                unread: 1,
                values: 99,
                disagreements: 4,
            }),
            warnings: BTreeMap::from([("odd".to_owned(), 3), ("new".to_owned(), 1)]),
        };
        assert_eq!(
            reached().steps_back(&now),
            [
                "it does not compile any more",
                "9 operations, where there were 10",
                "6 untyped values, where there were 5",
                "1 files that are too long, where there were 0",
                "1 warnings `new`, where there were 0",
                "3 warnings `odd`, where there were 2",
                "36 lines of client an operation, where there were 35",
                "1199 bytes of client an operation, where there were 1198",
                "1 types do not come back, where there were 0",
                "2 types have no value, where there were 1",
                "5 types have no value, proved or not, where there were 3",
                "3 types cannot have one, which their validators do not say, where there were 2",
                "6 types come back, where there were 7",
                "4 values are decided otherwise, where there were 0",
                "1 schemas are not read, where there were 0",
                "2 schemas are decided about, where there were 3",
                "99 values are decided about, where there were 100",
            ]
        );
    }
}
