//! Score: how many cases of each file are decided rightly, and how many were?

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::cases::Group;
use super::program::{Decision, Made};

/// The file of scores.
const FILE: &str = "tests/json-schema-score.json";

/// Of a file of the suite.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) struct Score {
    /// How many cases there are.
    cases: usize,
    /// How many are decided as the suite says.
    right: usize,
    /// Those that are not, and why where there is no validator.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    wrong: Vec<String>,
    /// How many cases are of values that the type cannot hold, or not all of it: where a schema has no
    /// `type` and describes objects alone, its type is a struct, which passes over what it does not know.
    #[serde(default, skip_serializing_if = "is_zero")]
    elsewhere: usize,
    /// The other ones that models decide otherwise than the validators of raw JSON.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    disagreed: Vec<String>,
}

impl Score {
    /// The cases that are not decided as the suite says.
    pub(crate) fn wrong(&self) -> &[String] {
        &self.wrong
    }

    /// How many cases models decide as the validators of raw JSON do.
    fn agreed(&self) -> usize {
        self.cases - self.elsewhere - self.disagreed.len()
    }

    /// The same, of how many.
    pub(crate) fn by_models(&self) -> String {
        format!("{} of {}", self.agreed(), self.cases - self.elsewhere)
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.right, self.cases)
    }
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks with a reference"
)]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// What the files come to together: the mandatory ones, or those that are optional.
pub(crate) fn total(scores: &BTreeMap<String, Score>, optional: bool) -> Score {
    let these = scores
        .iter()
        .filter(|(file, _)| file.contains("/optional/") == optional);
    these.fold(Score::default(), |sum, (_, score)| Score {
        cases: sum.cases + score.cases,
        right: sum.right + score.right,
        elsewhere: sum.elsewhere + score.elsewhere,
        disagreed: [sum.disagreed, score.disagreed.clone()].concat(),
        ..Score::default()
    })
}

/// The scores that were reached, by file.
pub(crate) fn known() -> Result<BTreeMap<String, Score>, String> {
    let failed = |error: &dyn fmt::Display| format!("{FILE}: {error}");
    let text = fs::read_to_string(FILE).map_err(|error| failed(&error))?;
    serde_json::from_str(&text).map_err(|error| failed(&error))
}

/// The scores, by file.
pub(super) fn of(groups: &[Group], made: &Made, decisions: &[Decision]) -> BTreeMap<String, Score> {
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    let mut decisions = decisions.iter().peekable();
    for (group, why) in groups.iter().zip(made) {
        let score = scores.entry(group.file.clone()).or_default();
        let slug = group.slug();
        for test in &group.described.tests {
            score.cases += 1;
            let decision = decisions.next_if(|decision| decision.group == slug);
            let case = format!("{}: {}", group.described.description, test.description);
            match decision.map(|decision| (decision.raw, decision.typed)) {
                // Of what a type cannot hold it does not say anything.
                Some((_, None)) | None => score.elsewhere += 1,
                Some((raw, Some(typed))) if raw == typed => {}
                Some(_) => score.disagreed.push(case.clone()),
            }
            match (decision, why) {
                (Some(decision), _) if decision.raw == test.valid => score.right += 1,
                (Some(_), _) => score.wrong.push(case),
                (None, why) => {
                    let why = why.as_deref().unwrap_or("no decision");
                    let why = why.lines().next().unwrap_or_default();
                    score.wrong.push(format!("{case} ({why})"));
                }
            }
        }
    }
    scores
}

/// Says them.
pub(super) fn print(scores: &BTreeMap<String, Score>) {
    for (file, score) in scores {
        println!("{:>4} of {:>4}  {file}", score.right, score.cases);
        for case in &score.wrong {
            println!("        {case}");
        }
        for case in &score.disagreed {
            println!("        decided otherwise by the model: {case}");
        }
    }
    for optional in [false, true] {
        let what = if optional { "optional" } else { "mandatory" };
        let total = total(scores, optional);
        println!("{total} {what} cases");
        println!(
            "{} of those whose values a type holds, by models",
            total.by_models()
        );
    }
}

/// Holds the scores against those that were reached, or writes them.
pub(super) fn settle(
    scores: &BTreeMap<String, Score>,
    partial: bool,
    update: bool,
) -> Result<bool, String> {
    let mut known = known()?;
    let worse: Vec<_> = known
        .iter()
        .filter(|(file, before)| match scores.get(*file) {
            Some(now) => now.right < before.right || now.agreed() < before.agreed(),
            None => !partial,
        })
        .map(|(file, _)| file.clone())
        .collect();
    for file in &worse {
        println!("{file} does worse than it did");
    }
    if update {
        // A file of which nothing applies any more goes.
        if !partial {
            known.clear();
        }
        known.extend(scores.clone());
        let text = serde_json::to_string_pretty(&known);
        let text = text.map_err(|error| format!("{FILE}: {error}"))?;
        super::write(Path::new(FILE), &(text + "\n"))?;
    }
    Ok(update || worse.is_empty())
}
