//! What the command says at the end: to a person, or to a machine.

use std::io::{IsTerminal as _, Write as _, stderr, stdout};
use std::time::Duration;

use serde_json::{Value, json};
use typewright::diagnostics::{Diagnostics, Style};
use typewright::write::{Difference, DifferenceKind, Written};
use typewright::{Failure, Summary, counted};

use crate::arguments::Common;

/// What came of a command.
pub(crate) struct Outcome {
    result: Result,
    summary: Summary,
    files: usize,
    findings: Findings,
}

/// What was found, as it is shown.
#[derive(Default)]
pub(crate) struct Findings {
    /// To a person.
    text: String,
    /// To a machine.
    json: Vec<Value>,
}

impl Findings {
    /// Finds the lines of all places and lays the findings out.
    pub(crate) fn of(all: &[Diagnostics], common: &Common) -> Self {
        let mut findings = Self::default();
        let style = if stderr().is_terminal() {
            Style::Colored
        } else {
            Style::Plain
        };
        for one in all {
            if !common.json {
                findings.text.push_str(&one.render(style));
            } else if let Value::Array(list) = one.to_json() {
                findings.json.extend(list);
            }
        }
        findings
    }
}

enum Result {
    Read,
    Written(Written),
    Checked(Vec<Difference>),
    Failed(Failure),
}

impl Outcome {
    /// The contract was read, and nothing else was asked for.
    pub(crate) fn read() -> Self {
        Self::new(Result::Read)
    }

    /// The crate was written.
    pub(crate) fn written(written: Written) -> Self {
        Self::new(Result::Written(written))
    }

    /// The crate was held against what is on disk.
    pub(crate) fn checked(differences: Vec<Difference>) -> Self {
        Self::new(Result::Checked(differences))
    }

    /// Nothing came of it.
    pub(crate) fn failed(failure: Failure, common: &Common) -> Self {
        let findings = Findings::of(failure.diagnostics(), common);
        Self {
            findings,
            ..Self::new(Result::Failed(failure))
        }
    }

    fn new(result: Result) -> Self {
        Self {
            result,
            summary: Summary::default(),
            files: 0,
            findings: Findings::default(),
        }
    }

    /// With what was made, and what was found on the way.
    pub(crate) fn with(mut self, summary: Summary, files: usize, findings: Findings) -> Self {
        (self.summary, self.files, self.findings) = (summary, files, findings);
        self
    }

    /// Whether all is well.
    pub(crate) fn is_good(&self) -> bool {
        match &self.result {
            Result::Read | Result::Written(_) => true,
            Result::Checked(differences) => differences.is_empty(),
            Result::Failed(_) => false,
        }
    }
}

/// Everything that is said.
pub(crate) struct Report {
    pub(crate) outcome: Outcome,
    pub(crate) time: Duration,
    /// The command that makes a stale output fresh.
    pub(crate) command: String,
}

impl Report {
    /// Says it. An output that nobody reads any more is no failure.
    pub(crate) fn print(&self, common: &Common) {
        if common.json {
            let _ = writeln!(stdout(), "{}", self.to_json());
            return;
        }
        let mut out = String::new();
        match &self.outcome.result {
            Result::Failed(failure) if failure.diagnostics().is_empty() => {
                out.extend(["error: ", &failure.to_string(), "\n"]);
            }
            Result::Checked(differences) if !differences.is_empty() => {
                for difference in differences {
                    out.extend([&difference.to_string(), "\n"]);
                }
                out.extend(["to mend it, run: ", &self.command, "\n"]);
            }
            Result::Read | Result::Written(_) | Result::Checked(_) | Result::Failed(_) => {}
        }
        if !common.quiet || !self.outcome.is_good() {
            out.push_str(&self.last_line(&common.spec.display().to_string()));
            out.push('\n');
        }
        let _ = write!(stderr(), "{}{out}", self.outcome.findings.text);
    }

    fn last_line(&self, spec: &str) -> String {
        let Outcome {
            result,
            summary,
            files,
            findings: _,
        } = &self.outcome;
        let time = milliseconds(self.time);
        let files = counted(*files, "file");
        match result {
            Result::Read => format!("{spec}: {summary}, in {time}"),
            Result::Written(Written {
                changed, removed, ..
            }) => {
                format!(
                    "{spec}: {summary}, {files} ({changed} changed, {removed} removed), in {time}"
                )
            }
            Result::Checked(differences) if differences.is_empty() => {
                format!("{spec}: {summary}, {files}, all fresh, in {time}")
            }
            Result::Checked(differences) => {
                format!(
                    "{spec}: {} of {files} not as generated, in {time}",
                    differences.len()
                )
            }
            Result::Failed(_) => format!("{spec}: nothing was written, in {time}"),
        }
    }

    fn to_json(&self) -> Value {
        let Outcome {
            result,
            summary,
            files,
            findings,
        } = &self.outcome;
        let (status, more) = match result {
            Result::Read => ("read", json!({})),
            Result::Written(Written {
                changed,
                unchanged,
                removed,
                ..
            }) => (
                "written",
                json!({ "changed": changed, "unchanged": unchanged, "removed": removed }),
            ),
            Result::Checked(differences) => {
                let status = if differences.is_empty() {
                    "fresh"
                } else {
                    "stale"
                };
                let list: Vec<_> = differences.iter().map(difference).collect();
                (
                    status,
                    json!({ "differences": list, "command": self.command }),
                )
            }
            Result::Failed(failure) => {
                let error = failure
                    .diagnostics()
                    .is_empty()
                    .then(|| failure.to_string());
                ("failed", json!({ "error": error }))
            }
        };
        let mut out = json!({
            "status": status,
            "operations": summary.operations,
            "types": summary.types,
            "constraints": summary.constraints,
            "untyped": summary.untyped,
            "files": files,
            "milliseconds": u64::try_from(self.time.as_millis()).unwrap_or(u64::MAX),
            "diagnostics": findings.json,
        });
        if let (Some(out), Value::Object(more)) = (out.as_object_mut(), more) {
            out.extend(more);
        }
        out
    }
}

fn difference(difference: &Difference) -> Value {
    let diff = match &difference.kind {
        DifferenceKind::Stale { diff } => Some(diff),
        _ => None,
    };
    json!({
        "path": difference.path.display().to_string(),
        "kind": difference.kind.name(),
        "diff": diff,
    })
}

fn milliseconds(time: Duration) -> String {
    if time < Duration::from_secs(10) {
        format!("{} ms", time.as_millis())
    } else {
        format!("{:.1} s", time.as_secs_f64())
    }
}
