//! The five contracts of this repository are read without a finding.

#![allow(clippy::expect_used)]

use std::path::Path;

use typewright::diagnostics::Diagnostics;
use typewright::load::load;
use typewright::resolve::{ResolvedDocument, resolve};

const CONTRACTS: [&str; 5] = [
    "billing-account",
    "customer-external-params",
    "expandable-customer-contact",
    "oracle-b2c-service-contacts",
    "oracle-utilities-customer-contact",
];

fn contract(name: &str) -> (ResolvedDocument, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../specs")
        .join(format!("{name}.yaml"));
    let document = load(&path, &mut diagnostics).expect("the contract can be parsed");
    let resolved = resolve(document, &mut diagnostics).expect("the contract can be resolved");
    (resolved, diagnostics)
}

#[test]
fn the_contracts_have_neither_errors_nor_warnings() {
    for name in CONTRACTS {
        let (_, diagnostics) = contract(name);
        assert!(
            diagnostics.entries().is_empty(),
            "{name}: {:#?}",
            diagnostics.entries()
        );
    }
}

#[test]
fn each_operation_of_a_contract_has_its_id_and_responses() {
    for name in CONTRACTS {
        let (resolved, _) = contract(name);
        assert!(!resolved.operations.is_empty(), "{name}");
        for operation in &resolved.operations {
            assert!(operation.operation_id.is_some(), "{name}");
            assert!(!operation.responses.is_empty(), "{name}");
        }
    }
}

#[test]
fn the_schema_of_each_body_is_found() {
    for name in CONTRACTS {
        let (resolved, _) = contract(name);
        for body in resolved
            .operations
            .iter()
            .filter_map(|operation| operation.request_body.as_ref())
        {
            for media_type in &body.value.content {
                let schema = media_type.schema.as_ref().expect("each body has a schema");
                let schema = resolved.follow(schema).expect("the schema is there");
                assert!(resolved.node(&schema).is_some(), "{name}");
            }
        }
    }
}
