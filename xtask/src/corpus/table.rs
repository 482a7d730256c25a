//! The records of a run, for people: a line for each, a table, and what is in the way.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::differential::Differential;
use super::record::Record;
use super::round_trip::RoundTrips;

/// One document in one line.
pub(super) fn line(record: &Record) -> String {
    let mut out = format!(
        "{}: {:.2} s{}",
        record.document,
        record.seconds,
        memory(record.megabytes)
    );
    if let Some(error) = &record.error {
        let _ = write!(out, ", DOES NOT GENERATE: {error}");
        return out;
    }
    let _ = write!(
        out,
        ", {} operations, {} types, {} lines, {} untyped, {} warnings",
        record.operations,
        record.types,
        record.lines,
        record.untyped,
        record.warnings.values().sum::<u64>()
    );
    if let Some(documented) = missing(record) {
        let _ = write!(out, ", OPERATIONS MISSING: {documented} are documented");
    }
    if let Some(compile) = &record.compile {
        let _ = write!(
            out,
            "; check {:.1} s{}",
            compile.seconds,
            memory(compile.megabytes)
        );
        if let Some(error) = &compile.error {
            let _ = write!(
                out,
                ", DOES NOT COMPILE, {} errors: {error}",
                compile.errors
            );
        }
    }
    if let Some(trips) = &record.round_trips {
        let _ = write!(
            out,
            "; build {:.1} s{}, {} values through {} types",
            trips.seconds,
            memory(trips.megabytes),
            trips.values,
            trips.types
        );
        if trips.unproven > 0 {
            let _ = write!(out, ", {} without a value", trips.unproven);
        }
        if trips.impossible > 0 {
            let _ = write!(out, ", {} that cannot have one", trips.impossible);
        }
        if trips.failed > 0 {
            let _ = write!(out, ", {} DO NOT COME BACK", trips.failed);
        }
        if let Some(error) = &trips.error {
            let _ = write!(out, ", DOES NOT BUILD: {error}");
        }
    }
    if let Some(found) = &record.differential {
        let _ = write!(
            out,
            "; build {:.1} s{}, {} values of {} schemas are decided, {} of them valid",
            found.seconds,
            memory(found.megabytes),
            found.values,
            found.schemas,
            found.valid
        );
        if found.unread > 0 {
            let _ = write!(out, ", {} schemas are not read", found.unread);
        }
        if found.disagreements > 0 {
            let _ = write!(out, ", {} DISAGREEMENTS", found.disagreements);
        }
        if let Some(error) = &found.error {
            let _ = write!(out, ", DOES NOT BUILD: {error}");
        }
    }
    out
}

fn memory(megabytes: Option<f64>) -> String {
    megabytes.map_or_else(String::new, |megabytes| format!(" {megabytes:.0} MB"))
}

/// The number of documented operations, where fewer were generated.
fn missing(record: &Record) -> Option<u64> {
    record
        .documented
        .filter(|documented| record.generates && record.operations < *documented)
}

/// All records as a table, with tabs between cells.
pub(super) fn tsv(records: &[&Record]) -> String {
    let mut out = String::from(
        "document\tgenerates\tcompiles\toperations\tdocumented\ttypes\tlines\tuntyped\twarnings\tgenerate s\tgenerate MB\tcheck s\tcheck MB\tcame back\tfailed\twithout value\tcannot have one\tnot reported\tvalues decided\tdisagreements\terror\n",
    );
    for record in records {
        let compile = record.compile.as_ref();
        let warnings: Vec<_> = record
            .warnings
            .iter()
            .map(|(code, number)| format!("{code}:{number}"))
            .collect();
        let error = record
            .error
            .as_ref()
            .or_else(|| compile.and_then(|compile| compile.error.as_ref()));
        let trips = |of: fn(&RoundTrips) -> u64| {
            let number = record.round_trips.as_ref().map(of);
            number.map_or("-".to_owned(), |number| number.to_string())
        };
        let differential = |of: fn(&Differential) -> u64| {
            let number = record.differential.as_ref().map(of);
            number.map_or("-".to_owned(), |number| number.to_string())
        };
        let cells = [
            record.document.clone(),
            yes_or_no(record.generates).to_owned(),
            compile
                .map_or("-", |compile| yes_or_no(compile.ok))
                .to_owned(),
            record.operations.to_string(),
            record
                .documented
                .map_or("-".to_owned(), |number| number.to_string()),
            record.types.to_string(),
            record.lines.to_string(),
            record.untyped.to_string(),
            warnings.join(" "),
            format!("{:.2}", record.seconds),
            number(record.megabytes),
            compile.map_or("-".to_owned(), |compile| format!("{:.1}", compile.seconds)),
            number(compile.and_then(|compile| compile.megabytes)),
            trips(|one| one.types),
            trips(|one| one.failed),
            trips(|one| one.unproven),
            trips(|one| one.impossible),
            trips(|one| one.unreported),
            differential(|one| one.values),
            differential(|one| one.disagreements),
            error
                .map(|error| error.replace(['\t', '\n'], " "))
                .unwrap_or_default(),
        ];
        out.push_str(&cells.join("\t"));
        out.push('\n');
    }
    out
}

fn yes_or_no(value: bool) -> &'static str {
    if value { "yes" } else { "no" }
}

fn number(number: Option<f64>) -> String {
    number.map_or("-".to_owned(), |number| format!("{number:.0}"))
}

/// The sums, the warnings by code, and the documents that are in the way by what they have in
/// common.
pub(super) fn summary(records: &[&Record]) -> String {
    let mut out = String::new();
    let compiled: Vec<_> = records
        .iter()
        .filter_map(|record| record.compile.as_ref())
        .collect();
    let sum = |of: fn(&Record) -> u64| records.iter().map(|record| of(record)).sum::<u64>();
    let _ = writeln!(
        out,
        "{} of {} documents generate: {} operations, {} types, {} lines, {} untyped, in {:.1} s",
        records.iter().filter(|record| record.generates).count(),
        records.len(),
        sum(|record| record.operations),
        sum(|record| record.types),
        sum(|record| record.lines),
        sum(|record| record.untyped),
        records.iter().map(|record| record.seconds).sum::<f64>()
    );
    if !compiled.is_empty() {
        let _ = writeln!(
            out,
            "{} of {} crates compile, in {:.1} s",
            compiled.iter().filter(|compile| compile.ok).count(),
            compiled.len(),
            compiled.iter().map(|compile| compile.seconds).sum::<f64>()
        );
    }
    out.push_str(&trips(records));
    out.push_str(&differences(records));
    let mut warnings = BTreeMap::<_, (u64, u64)>::new();
    for (code, number) in records.iter().flat_map(|record| &record.warnings) {
        let entry = warnings.entry(code).or_default();
        *entry = (entry.0 + number, entry.1 + 1);
    }
    for (code, (number, documents)) in warnings {
        let _ = writeln!(out, "  warning {code}: {number} in {documents} documents");
    }
    let mut causes = BTreeMap::<String, Vec<String>>::new();
    let mut add = |cause: String, record: &Record, what: &str| {
        let example = format!("{}: {what}", record.document);
        causes.entry(cause).or_default().push(example);
    };
    for record in records {
        if let Some(error) = &record.error {
            add(
                format!("does not generate: {}", cause(error)),
                record,
                error,
            );
        }
        if let Some(error) = record.compile.as_ref().and_then(|one| one.error.as_ref()) {
            add(format!("does not compile: {}", cause(error)), record, error);
        }
        if let Some(documented) = missing(record) {
            let what = format!("{} of {documented}", record.operations);
            add("operations are missing".to_owned(), record, &what);
        }
    }
    let mut causes: Vec<_> = causes.into_iter().collect();
    causes.sort_by_key(|(_, examples)| std::cmp::Reverse(examples.len()));
    for (cause, examples) in causes {
        let _ = writeln!(out, "{cause}: {} documents", examples.len());
        for example in examples {
            let _ = writeln!(out, "  {example}");
        }
    }
    out
}

/// What became of values that were sent through types.
fn trips(records: &[&Record]) -> String {
    let mut out = String::new();
    let tripped: Vec<_> = records
        .iter()
        .filter_map(|record| Some((&record.document, record.round_trips.as_ref()?)))
        .collect();
    if tripped.is_empty() {
        return out;
    }
    let sum = |of: fn(&RoundTrips) -> u64| tripped.iter().map(|(_, one)| of(one)).sum::<u64>();
    let _ = writeln!(
        out,
        "{} values came back through {} types, {} types failed, {} had no value, {} cannot have one, \
         which {} validators do not say, in {:.1} s of building; \
         {} were examples, and {} examples are not valid",
        sum(|one| one.values),
        sum(|one| one.types),
        sum(|one| one.failed),
        sum(|one| one.unproven),
        sum(|one| one.impossible),
        sum(|one| one.unreported),
        tripped.iter().map(|(_, one)| one.seconds).sum::<f64>(),
        sum(|one| one.examples),
        sum(|one| one.refused_examples)
    );
    for (document, trips) in tripped {
        for failure in &trips.failures {
            let _ = writeln!(out, "  does not come back: {document}: {failure}");
        }
        for without in &trips.without {
            let _ = writeln!(out, "  has no value: {document}: {without}");
        }
        for proof in &trips.proofs {
            let _ = writeln!(out, "  cannot have a value: {document}: {proof}");
        }
        if let Some(error) = &trips.error {
            let _ = writeln!(out, "  does not build: {document}: {error}");
        }
    }
    out
}

/// What validators of raw JSON and another one do not agree about.
fn differences(records: &[&Record]) -> String {
    let mut out = String::new();
    let held: Vec<_> = records
        .iter()
        .filter_map(|record| Some((&record.document, record.differential.as_ref()?)))
        .collect();
    if held.is_empty() {
        return out;
    }
    let sum = |of: fn(&Differential) -> u64| held.iter().map(|(_, one)| of(one)).sum::<u64>();
    let _ = writeln!(
        out,
        "{} values of {} schemas in {} documents are decided, {} of them valid, with {} disagreements; \
         {} schemas are not read, in {:.1} s of building",
        sum(|one| one.values),
        sum(|one| one.schemas),
        held.len(),
        sum(|one| one.valid),
        sum(|one| one.disagreements),
        sum(|one| one.unread),
        held.iter().map(|(_, one)| one.seconds).sum::<f64>()
    );
    for (document, found) in held {
        for failure in &found.failures {
            let _ = writeln!(out, "  is decided otherwise: {document}: {failure}");
        }
        for refused in &found.refused {
            let _ = writeln!(out, "  is not read: {document}: {refused}");
        }
        if let Some(error) = &found.error {
            let _ = writeln!(out, "  does not build: {document}: {error}");
        }
    }
    out
}

/// What errors of one kind have in common: the code of a diagnostic, rustc's code, or the place of a
/// panic.
fn cause(error: &str) -> String {
    if let Some((_, code)) = error.split_once("error[")
        && let Some((code, _)) = code.split_once(']')
    {
        return code.to_owned();
    }
    if let Some((_, place)) = error.split_once("panicked at ") {
        return format!("panic at {}", place.split(' ').next().unwrap_or_default());
    }
    if let Some((_, message)) = error.split_once(": error: ") {
        return message.to_owned();
    }
    error.split(':').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::cause;

    #[test]
    fn errors_of_one_kind_have_one_cause() {
        for (error, expected) in [
            (
                "dangling-reference: there is no x (a.json#/paths)",
                "dangling-reference",
            ),
            ("src/lib.rs:1:2: error[E0425]: cannot find `x`", "E0425"),
            ("src/lib.rs:1:2: error: unused import", "unused import"),
            (
                "crash, exit status: 101: thread 'main' panicked at a/b.rs:1:2: oh",
                "panic at a/b.rs:1:2:",
            ),
        ] {
            assert_eq!(cause(error), expected);
        }
    }
}
