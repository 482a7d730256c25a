//! The ledger `specs/facts.tsv` ties each line of each vendor document to a place in a contract.
//! These tests walk it: every row's place holds its value, every constraint has a row, every line of
//! a document has one, and the generated code enforces each constraint.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use typewright_tests::calls::{self, Attempt, Part};
use typewright_tests::contract::{self, Evidence, Kind};
use typewright_tests::enforcement;
use typewright_tests::ledger::{self, Document};
use typewright_tests::report;

#[test]
fn the_place_of_each_row_holds_its_keyword_and_value() {
    let mut wrong = Vec::new();
    for row in ledger::rows() {
        let Some(place) = &row.place else { continue };
        let Some(element) = contract::named(&place.contract).at(&place.pointer) else {
            wrong.push(format!("{row}: there is nothing at that pointer"));
            continue;
        };
        if let Some((keyword, value)) = &place.keyword {
            match element.get(keyword) {
                None => wrong.push(format!("{row}: the element there has no such keyword")),
                Some(found) if found != value => {
                    wrong.push(format!("{row}: the contract has {keyword}: {found}"));
                }
                Some(_) => {}
            }
        }
    }
    report(&wrong);
}

#[test]
fn the_evidence_of_each_row_is_that_of_the_contract() {
    let mut wrong = Vec::new();
    for row in ledger::rows() {
        let Some(place) = &row.place else { continue };
        let keyword = place.keyword.as_ref().map(|(keyword, _)| keyword.as_str());
        let found = contract::named(&place.contract).evidence(&place.pointer, keyword);
        if found != Some(place.evidence) {
            let found = found.map_or("no evidence".to_owned(), |found| found.to_string());
            wrong.push(format!(
                "{row}: the ledger says {}, the contract {found}",
                place.evidence
            ));
        }
    }
    report(&wrong);
}

#[test]
fn each_document_of_a_contract_has_rows_that_lead_to_it() {
    let documents: BTreeMap<_, _> = ledger::documents()
        .iter()
        .map(|document| (document.name.as_str(), document))
        .collect();
    let mut wrong = Vec::new();
    let mut contracts = BTreeMap::new();
    for row in ledger::rows() {
        if !documents.contains_key(row.document.as_str()) {
            wrong.push(format!("{row}: documents.tsv has no such document"));
        }
        if let Some(place) = &row.place {
            contracts
                .entry(place.contract.as_str())
                .or_insert_with(BTreeSet::new)
                .insert(&row.document);
        }
    }
    for contract in contract::all() {
        let source = contract
            .at("/x-typewright-source")
            .and_then(|source| source.as_str());
        let rows = contracts.get(contract.file).cloned().unwrap_or_default();
        if rows.len() != 1 || source != rows.first().map(|name| name.as_str()) {
            let file = contract.file;
            wrong.push(format!(
                "{file}: its source is {source:?}, its rows are from {rows:?}"
            ));
        }
    }
    report(&wrong);
}

#[test]
fn each_constraint_of_a_contract_has_a_row_unless_it_is_inferred() {
    let rows = keywords_with_rows();
    let mut wrong = Vec::new();
    for contract in contract::all() {
        for constraint in contract.constraints() {
            let contract::Constraint {
                pointer,
                keyword,
                value,
                ..
            } = &constraint;
            let evidence = contract.evidence(pointer, Some(keyword));
            if evidence != Some(Evidence::Inferred)
                && !rows.contains(&(contract.file, pointer, keyword))
            {
                let evidence = evidence.map_or("unmarked".to_owned(), |found| found.to_string());
                let file = contract.file;
                wrong.push(format!(
                    "{file}#{pointer}: {keyword}: {value} is {evidence}, without a row"
                ));
            }
        }
    }
    report(&wrong);
}

/// Methods, parameters, bodies, statuses and media types are constraints as well: on the call.
#[test]
fn each_part_of_an_operation_has_a_row_unless_it_is_inferred() {
    let pointers: BTreeSet<(&str, &str)> = ledger::rows()
        .iter()
        .filter_map(|row| row.place.as_ref())
        .map(|place| (place.contract.as_str(), place.pointer.as_str()))
        .collect();
    let mut wrong = Vec::new();
    for contract in contract::all() {
        for element in contract.elements() {
            let (pointer, _) = contract.follow(&element.pointer);
            let counts = match element.kind {
                Kind::Operation
                | Kind::Parameter
                | Kind::RequestBody
                | Kind::Response
                | Kind::MediaType
                | Kind::SecurityScheme => true,
                Kind::PathItem | Kind::Schema => false,
            };
            let inferred = contract.evidence(&pointer, None) == Some(Evidence::Inferred);
            let inside = format!("{pointer}/");
            let has_row = pointers.iter().any(|(file, row)| {
                *file == contract.file && (*row == pointer || row.starts_with(&inside))
            });
            if counts && !inferred && !has_row {
                let (file, kind) = (contract.file, element.kind);
                wrong.push(format!("{file}#{pointer}: this {kind:?} is without a row"));
            }
        }
    }
    report(&wrong);
}

#[test]
fn a_reader_who_takes_any_line_of_a_document_finds_its_row() {
    let mut wrong = Vec::new();
    for Document {
        name, lines, blank, ..
    } in ledger::documents()
    {
        let covered: BTreeSet<usize> = ledger::rows()
            .iter()
            .filter(|row| row.document == *name)
            .flat_map(|row| row.lines.numbers.iter().copied())
            .collect();
        for line in 1..=*lines {
            if !covered.contains(&line) && !blank.numbers.contains(&line) {
                wrong.push(format!("{name}: line {line} has no row"));
            }
        }
        for line in covered.union(&blank.numbers).filter(|line| **line > *lines) {
            wrong.push(format!(
                "{name}: there is no line {line}, the last one is {lines}"
            ));
        }
    }
    report(&wrong);
}

/// The documents belong to their vendors and are not part of the project. Whoever has them sets
/// `TYPEWRIGHT_DOCUMENTS` to their folder.
#[test]
fn the_documents_are_the_ones_that_the_ledger_was_read_from() {
    let Some(folder) = std::env::var_os("TYPEWRIGHT_DOCUMENTS") else {
        println!("not held against the documents: TYPEWRIGHT_DOCUMENTS does not name their folder");
        return;
    };
    let mut wrong = Vec::new();
    for Document {
        name,
        bytes,
        lines,
        blank,
        title,
    } in ledger::documents()
    {
        let path = Path::new(&folder).join(name);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) => {
                wrong.push(format!("{}: {error}", path.display()));
                continue;
            }
        };
        let found: BTreeSet<usize> = (1..)
            .zip(text.lines())
            .filter(|(_, line)| line.is_empty())
            .map(|(number, _)| number)
            .collect();
        if text.len() as u64 != *bytes {
            wrong.push(format!("{name}: {} bytes, not {bytes}", text.len()));
        }
        if text.lines().count() != *lines {
            wrong.push(format!(
                "{name}: {} lines, not {lines}",
                text.lines().count()
            ));
        }
        if found != blank.numbers {
            wrong.push(format!("{name}: the blank lines are {found:?}"));
        }
        if !text.lines().take(3).any(|line| line == title) {
            wrong.push(format!("{name}: it does not call itself {title:?}"));
        }
    }
    report(&wrong);
}

#[test]
fn each_constraint_row_is_enforced_by_the_generated_code() {
    let mut wrong = Vec::new();
    let mut walked = 0;
    let constraints: BTreeMap<&str, Vec<_>> = contract::all()
        .iter()
        .map(|contract| (contract.file, contract.constraints()))
        .collect();
    for row in ledger::rows() {
        let Some(place) = &row.place else { continue };
        let Some((keyword, _)) = &place.keyword else {
            continue;
        };
        let contract = contract::named(&place.contract);
        let constraint = constraints[contract.file].iter().find(|constraint| {
            constraint.pointer == place.pointer && constraint.keyword == keyword
        });
        if let Some(constraint) = constraint {
            walked += 1;
            let verdict = enforcement::hold(contract, constraint);
            wrong.extend(
                verdict
                    .wrong
                    .into_iter()
                    .map(|wrong| format!("{row}: {wrong}")),
            );
        }
    }
    report(&wrong);
    assert!(
        walked > 200,
        "only {walked} rows are constraints: has the ledger lost its keywords?"
    );
}

#[test]
fn each_constraint_without_a_row_is_enforced_as_well() {
    let rows = keywords_with_rows();
    let mut wrong = Vec::new();
    for contract in contract::all() {
        for constraint in contract.constraints() {
            let contract::Constraint {
                pointer,
                keyword,
                value,
                ..
            } = &constraint;
            if !rows.contains(&(contract.file, pointer, keyword)) {
                let place = format!("{}#{pointer}: {keyword}: {value}", contract.file);
                let verdict = enforcement::hold(contract, &constraint);
                wrong.extend(
                    verdict
                        .wrong
                        .into_iter()
                        .map(|wrong| format!("{place}: {wrong}")),
                );
            }
        }
    }
    report(&wrong);
}

#[test]
fn each_credential_that_a_row_requires_has_to_be_set() {
    let mut tried = 0;
    for row in ledger::rows() {
        let Some(place) = row
            .place
            .as_ref()
            .filter(|place| place.pointer.starts_with("/security/"))
        else {
            continue;
        };
        let Some((scheme, _)) = &place.keyword else {
            continue;
        };
        for part in Part::all(contract::named(&place.contract)) {
            if part.location == "credential" && part.name == *scheme {
                let refused = vec![(part.violation_pointer(), "required".to_owned())];
                assert_eq!(
                    calls::attempt_without(part),
                    Attempt::Refused(refused),
                    "{row}"
                );
                tried += 1;
            }
        }
    }
    assert_eq!(tried, 2);
}

fn keywords_with_rows() -> BTreeSet<(&'static str, &'static str, &'static str)> {
    ledger::rows()
        .iter()
        .filter_map(|row| {
            let place = row.place.as_ref()?;
            let (keyword, _) = place.keyword.as_ref()?;
            Some((
                place.contract.as_str(),
                place.pointer.as_str(),
                keyword.as_str(),
            ))
        })
        .collect()
}
