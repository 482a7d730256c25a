//! What it costs to hold JSON against a contract: before there is a model, against the crate
//! `jsonschema`, at run time and compiled; and as a model that is read and checked, against serde's
//! derives and the types of `typify`.

mod bodies;
mod contract;
mod derived;
mod program;
mod translated;

use std::path::Path;

use super::{Outcome, apart, finish};
use bodies::BODIES;

/// Measures the bodies of the five contracts, and those of documents in `corpus` where it is given.
pub(super) fn run(corpus: Option<&Path>) -> Outcome {
    let root = super::workplace().join("validate");
    // The program is outside of the folder that cargo runs in.
    let root = Path::new(&apart::absolute(&root)?).to_owned();
    let mut made = Vec::new();
    for body in BODIES {
        let Some(document) = body.document.path(corpus) else {
            println!("left out, for want of its document: {}", body.title);
            continue;
        };
        let contract = contract::of(&document, body.schema, body.is_list)?;
        program::add(&root, body, &contract)?;
        made.push(body);
    }
    program::write_rest(&root, &made)?;
    for name in ["validate", "allocations"] {
        finish(&mut apart::command(&root, name))?;
        println!();
    }
    Ok(())
}
