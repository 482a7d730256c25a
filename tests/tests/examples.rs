//! Every example of the contracts is decoded, validated and encoded back to an equal value, after the
//! normalisations that the contract declares and no others.

use std::collections::BTreeSet;

use serde_json::Value;
use typewright_tests::contract::{self, Contract, Example, Kind};
use typewright_tests::enforcement::fixtures;
use typewright_tests::ledger;
use typewright_tests::registry::{self, Entry};
use typewright_tests::report;
use typewright_tests::schema::{Schema, View};

const UTILITIES: &str = "oracle-utilities-customer-contact.yaml";
const B2C: &str = "oracle-b2c-service-contacts.yaml";
const EXPANDABLE: &str = "expandable-customer-contact.yaml";
const EXTERNAL: &str = "customer-external-params.yaml";
const BILLING: &str = "billing-account.yaml";

/// How many examples each contract has, so that none is lost.
const COUNTS: [(&str, usize); 5] = [
    (UTILITIES, 2),
    (B2C, 2),
    (EXPANDABLE, 7),
    (EXTERNAL, 3),
    (BILLING, 2),
];

/// Every example of the documents: its lines, what it is, the contract and the end of the pointer of
/// the example that holds it.
const OF_THE_DOCUMENTS: [(&str, &str, &str, &str); 16] = [
    (
        "17,116,221",
        "an account id",
        UTILITIES,
        "/properties/accountId/example",
    ),
    (
        "70,169,274",
        "a person id",
        UTILITIES,
        "/properties/personId/example",
    ),
    (
        "194-203",
        "a request that changes the address",
        B2C,
        "/patch/requestBody/content/application~1json/examples/moveToBoston/value",
    ),
    (
        "213-238",
        "the address as it is read afterwards",
        B2C,
        "/get/responses/200/content/application~1json/examples/boston/value",
    ),
    (
        "19-27",
        "an update of three fields",
        EXPANDABLE,
        "/requestBody/content/application~1json/examples/exampleRequest/value",
    ),
    (
        "28-71",
        "an update with every field",
        EXPANDABLE,
        "/requestBody/content/application~1json/examples/fullRequest/value",
    ),
    (
        "78-126",
        "a success with every field",
        EXPANDABLE,
        "/responses/200/content/application~1json/examples/success/value",
    ),
    (
        "143-146",
        "a failure, here of status 400",
        EXPANDABLE,
        "/responses/400/content/application~1json/examples/failure/value",
    ),
    (
        "143-146",
        "a failure, here of status 401",
        EXPANDABLE,
        "/responses/401/content/application~1json/examples/failure/value",
    ),
    (
        "143-146",
        "a failure, here of status 405",
        EXPANDABLE,
        "/responses/405/content/application~1json/examples/failure/value",
    ),
    (
        "143-146",
        "a failure, here of status 500",
        EXPANDABLE,
        "/responses/500/content/application~1json/examples/failure/value",
    ),
    (
        "173,176-178",
        "a new value",
        EXTERNAL,
        "/requestBody/content/application~1json/examples/requestBody/value",
    ),
    (
        "180,183-197",
        "a success, which acknowledges",
        EXTERNAL,
        "/responses/2XX/content/application~1json/examples/successAck/value",
    ),
    (
        "199,202-207",
        "a failure within a success",
        EXTERNAL,
        "/responses/2XX/content/application~1json/examples/failureNak/value",
    ),
    (
        "25-83",
        "two contacts to set",
        BILLING,
        "/requestBody/content/application~1json/examples/requestBody/value",
    ),
    (
        "91-148",
        "the account with both contacts",
        BILLING,
        "/responses/200/content/application~1json/examples/success/value",
    ),
];

#[test]
fn no_example_is_lost() {
    for (file, count) in COUNTS {
        assert_eq!(
            contract::named(file).examples().len(),
            count,
            "the examples of {file}"
        );
    }
}

#[test]
fn each_example_of_a_document_stands_in_a_contract() {
    let listed: BTreeSet<(String, String)> = OF_THE_DOCUMENTS
        .iter()
        .map(|(lines, what, file, end)| {
            let examples = contract::named(file).examples();
            let mut ending = examples
                .iter()
                .filter(|example| example.pointer.ends_with(end));
            match (ending.next(), ending.next()) {
                (Some(example), None) => {
                    ((*lines).to_owned(), format!("{file}#{}", example.pointer))
                }
                _ => panic!("{what}: there is not one example in {file} that ends in {end}"),
            }
        })
        .collect();
    let in_the_ledger: BTreeSet<(String, String)> = ledger::rows()
        .iter()
        .filter_map(|row| {
            let place = row.place.as_ref()?;
            let (keyword, _) = place.keyword.as_ref()?;
            let pointer = format!("{}/{keyword}", place.pointer);
            let known = contract::named(&place.contract).examples();
            known
                .iter()
                .any(|example| example.pointer == pointer)
                .then(|| {
                    (
                        row.lines.text.clone(),
                        format!("{}#{pointer}", place.contract),
                    )
                })
        })
        .collect();
    assert_eq!(listed, in_the_ledger);
    let held: BTreeSet<&str> = listed.iter().map(|(_, example)| example.as_str()).collect();
    for contract in contract::all() {
        for example in contract.examples() {
            let place = format!("{}#{}", contract.file, example.pointer);
            assert!(held.contains(place.as_str()), "{place} is in no document");
        }
    }
}

#[test]
fn each_example_survives_the_generated_code() {
    let mut wrong = Vec::new();
    for contract in contract::all() {
        for example in contract.examples() {
            let place = format!("{}#{}", contract.file, example.pointer);
            let instances = in_models(contract, &example);
            if instances.is_empty() {
                wrong.push(format!("{place}: no generated type has a place for it"));
            }
            for (entry, view, value) in instances {
                if let Err(problem) = survives(entry, view, &value) {
                    wrong.push(format!("{place}: as {}: {problem}", entry.path));
                }
            }
        }
    }
    report(&wrong);
}

/// The document gives `CCB` as an example of `origin`, which its own list does not have.
#[test]
fn the_example_that_its_own_document_does_not_allow_is_kept_and_reported() {
    let entry =
        registry::find(UTILITIES, "CustomerContact", View::Received).expect("it is generated");
    let value = serde_json::json!({ "origin": "CCB" });
    let model = entry.decode(&value).expect("it is kept");
    assert_eq!(model.json_value(), value);
    let violations = model.violations();
    assert_eq!(violations.len(), 1);
    assert_eq!(
        violations[0].to_string(),
        "/origin: must be one of \"C1CB\", \"NMS \", but this is \"CCB\""
    );
}

/// The example itself, if it is a body; otherwise in each type that has a place for it.
fn in_models(
    contract: &'static Contract,
    example: &Example<'_>,
) -> Vec<(&'static Entry, View, Value)> {
    if example.kind == Kind::MediaType {
        let view = if example.of.contains("/requestBody/") {
            View::Sent
        } else {
            View::Received
        };
        let schema = Schema::at(contract, &format!("{}/schema", example.of));
        let entries = registry::all().iter().filter(|entry| {
            entry.contract == contract.file
                && entry.views.contains(&view)
                && entry.schema().pointer() == schema.pointer()
        });
        return entries
            .map(|entry| (entry, view, example.value.clone()))
            .collect();
    }
    let mut found = Vec::new();
    for fixture in fixtures()
        .iter()
        .filter(|fixture| fixture.entry.contract == contract.file)
    {
        for place in fixture
            .places
            .iter()
            .filter(|place| place.schema.has_part(&example.of))
        {
            let mut instance = fixture.instance.clone();
            if let Some(here) = instance.pointer_mut(&place.pointer) {
                *here = example.value.clone();
                found.push((fixture.entry, fixture.view, instance));
            }
        }
    }
    found
}

fn survives(entry: &Entry, view: View, value: &Value) -> Result<(), String> {
    let model = entry.decode(value).map_err(|errors| errors.to_string())?;
    if let Some(violation) = model.violations().first() {
        return Err(violation.to_string());
    }
    let (expected, written) = (entry.schema().normalised(view, value), model.json_value());
    if written != expected {
        return Err(format!("it is written as {written}, not {expected}"));
    }
    Ok(())
}
