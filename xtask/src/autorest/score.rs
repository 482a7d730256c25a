//! Score: which scenarios are ticked off, and why the others are not.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

/// The file of scores.
const FILE: &str = "tests/autorest-score.json";

/// The table of reasons: report, scenario, reason.
const REASONS: &str = "tests/autorest/missing.tsv";

/// How often each scenario was right, by the report's name.
pub(super) type Reports = BTreeMap<String, BTreeMap<String, i64>>;

/// Of one report.
#[derive(Debug, PartialEq, Eq, Deserialize, Serialize)]
struct Score {
    ticked: usize,
    total: usize,
    /// The scenarios that are not ticked off, and why.
    missing: BTreeMap<String, String>,
}

/// The scores, by the report's name.
type Scores = BTreeMap<String, Score>;

/// Why scenarios are not ticked off, by report and scenario.
type Reasons = BTreeMap<(String, String), String>;

/// What the driver wrote.
pub(super) fn read(path: &Path) -> Result<Reports, String> {
    let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let text = fs::read(path).map_err(|error| failed(&error))?;
    serde_json::from_slice(&text).map_err(|error| failed(&error))
}

/// Says how many scenarios of each report are ticked off, and which are not.
pub(super) fn print(reports: &Reports) {
    for (report, scenarios) in reports {
        for (scenario, _) in scenarios.iter().filter(|(_, count)| **count == 0) {
            println!("not ticked off: {report} {scenario}");
        }
        let ticked = scenarios.values().filter(|count| **count > 0).count();
        println!("{report}: {ticked} of {}", scenarios.len());
    }
}

/// Holds the reports against the scores that were reached, or writes them. `false` where a scenario is not
/// ticked off any more, or nothing says why it is not.
pub(super) fn settle(reports: &Reports, update: bool) -> Result<bool, String> {
    print(reports);
    let reasons = reasons()?;
    let mut problems = stale(reports, &reasons);
    let (scores, unexplained) = scores(reports, &reasons);
    problems.extend(unexplained);
    if update {
        let text = serde_json::to_string_pretty(&scores);
        let text = text.map_err(|error| format!("{FILE}: {error}"))?;
        fs::write(FILE, text + "\n").map_err(|error| format!("{FILE}: {error}"))?;
    } else {
        problems.extend(worse(&known()?, reports));
    }
    for problem in &problems {
        println!("{problem}");
    }
    Ok(problems.is_empty())
}

/// The scores, and the scenarios that are missing without a reason.
fn scores(reports: &Reports, reasons: &Reasons) -> (Scores, Vec<String>) {
    let mut unexplained = Vec::new();
    let mut scores = Scores::new();
    for (report, scenarios) in reports {
        let mut missing = BTreeMap::new();
        for (scenario, _) in scenarios.iter().filter(|(_, count)| **count == 0) {
            match reasons.get(&(report.clone(), scenario.clone())) {
                Some(reason) => {
                    missing.insert(scenario.clone(), reason.clone());
                }
                None => {
                    unexplained.push(format!("{REASONS} does not say why: {report} {scenario}"));
                }
            }
        }
        let total = scenarios.len();
        let ticked = scenarios.values().filter(|count| **count > 0).count();
        let score = Score {
            ticked,
            total,
            missing,
        };
        scores.insert(report.clone(), score);
    }
    (scores, unexplained)
}

/// Scenarios that were ticked off and are not.
fn worse(known: &Scores, reports: &Reports) -> Vec<String> {
    let mut worse = Vec::new();
    for (report, scenarios) in reports {
        for (scenario, _) in scenarios.iter().filter(|(_, count)| **count == 0) {
            let before = known.get(report).map(|score| &score.missing);
            if before.is_some_and(|missing| !missing.contains_key(scenario)) {
                worse.push(format!(
                    "ticked off before, and not now: {report} {scenario}"
                ));
            }
        }
    }
    worse
}

/// Reasons for scenarios that are ticked off, or are none.
fn stale(reports: &Reports, reasons: &Reasons) -> Vec<String> {
    let mut stale = Vec::new();
    for (report, scenario) in reasons.keys() {
        let count = reports.get(report).and_then(|found| found.get(scenario));
        match count {
            Some(0) => {}
            Some(_) => stale.push(format!(
                "{REASONS}: ticked off after all: {report} {scenario}"
            )),
            None => stale.push(format!(
                "{REASONS}: there is no scenario {report} {scenario}"
            )),
        }
    }
    stale
}

fn known() -> Result<Scores, String> {
    let text = fs::read(FILE).map_err(|error| format!("{FILE}: {error}"))?;
    serde_json::from_slice(&text).map_err(|error| format!("{FILE}: {error}"))
}

fn reasons() -> Result<Reasons, String> {
    let text = fs::read_to_string(REASONS).map_err(|error| format!("{REASONS}: {error}"))?;
    let mut reasons = BTreeMap::new();
    for (line, row) in text.lines().enumerate().skip(1) {
        let [report, scenario, reason] = row.split('\t').collect::<Vec<_>>()[..] else {
            return Err(format!("{REASONS}:{}: a row has three cells", line + 1));
        };
        if reason.trim().is_empty() {
            return Err(format!("{REASONS}:{}: there is no reason", line + 1));
        }
        reasons.insert((report.to_owned(), scenario.to_owned()), reason.to_owned());
    }
    Ok(reasons)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reports(counts: &[(&str, i64)]) -> Reports {
        let scenarios = counts
            .iter()
            .map(|(name, count)| ((*name).to_owned(), *count));
        Reports::from([("mandatory".to_owned(), scenarios.collect())])
    }

    fn reasons(names: &[&str]) -> Reasons {
        let reason = |name: &&str| {
            let key = ("mandatory".to_owned(), (*name).to_owned());
            (key, "so it is".to_owned())
        };
        names.iter().map(reason).collect()
    }

    #[test]
    fn what_is_missing_has_a_reason_and_what_has_one_is_missing() {
        let reports = reports(&[("a", 1), ("b", 0), ("c", 0)]);
        let (scores, unexplained) = scores(&reports, &reasons(&["b"]));
        let score = &scores["mandatory"];
        assert_eq!((score.ticked, score.total), (1, 3));
        assert_eq!(score.missing["b"], "so it is");
        assert_eq!(unexplained.len(), 1, "{unexplained:?}");
        assert_eq!(stale(&reports, &reasons(&["b", "c"])).len(), 0);
        assert_eq!(stale(&reports, &reasons(&["a", "d"])).len(), 2);
    }

    #[test]
    fn what_was_ticked_off_stays_so() {
        let (known, _) = scores(&reports(&[("a", 1), ("b", 0)]), &reasons(&["b"]));
        assert_eq!(worse(&known, &reports(&[("a", 2), ("b", 0)])).len(), 0);
        assert_eq!(worse(&known, &reports(&[("a", 0), ("b", 1)])).len(), 1);
    }
}
