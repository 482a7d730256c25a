//! What small contracts are compiled to: `contracts/<name>.yaml` is compiled to the module `<name>`.
//!
//! The modules are checked in so that a change of the compiler shows in its output, and compiled
//! under lints that deny every warning. `UPDATE_GOLDENS=1 cargo test -p typewright-tests --test
//! goldens` accepts what the compiler makes now.
#![deny(
    warnings,
    missing_docs,
    unreachable_pub,
    rust_2018_idioms,
    unused_qualifications,
    clippy::all,
    clippy::pedantic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[rustfmt::skip]
pub mod all_of_merge;
#[rustfmt::skip]
pub mod assertions;
#[rustfmt::skip]
pub mod base_schemas;
#[rustfmt::skip]
pub mod bodies_of_every_kind;
#[rustfmt::skip]
pub mod empty_as_absent;
#[rustfmt::skip]
pub mod enums_with_blanks;
#[rustfmt::skip]
pub mod events_by_schema;
#[rustfmt::skip]
pub mod formats;
#[rustfmt::skip]
pub mod hostile_names;
#[rustfmt::skip]
pub mod hostile_texts;
#[rustfmt::skip]
pub mod in_band_error;
#[rustfmt::skip]
pub mod links;
#[rustfmt::skip]
pub mod listed_values;
#[rustfmt::skip]
pub mod long_running;
#[rustfmt::skip]
pub mod one_or_many;
#[rustfmt::skip]
pub mod pagination;
#[rustfmt::skip]
pub mod parameters_in_every_location;
#[rustfmt::skip]
pub mod per_status_errors;
#[rustfmt::skip]
pub mod query_strings;
#[rustfmt::skip]
pub mod read_only_split;
#[rustfmt::skip]
pub mod recursive_types;
#[rustfmt::skip]
pub mod security_schemes;
#[rustfmt::skip]
pub mod sequences;
#[rustfmt::skip]
pub mod servers_and_optional_security;
#[rustfmt::skip]
pub mod tags;
#[rustfmt::skip]
pub mod three_state_patch;
#[rustfmt::skip]
pub mod union_by_discriminator;
#[rustfmt::skip]
pub mod union_with_shared_tags;
#[rustfmt::skip]
pub mod webhooks_and_callbacks;
#[rustfmt::skip]
pub mod xml_examples_of_3_1;
#[rustfmt::skip]
pub mod xml_examples_of_3_2;
#[rustfmt::skip]
pub mod xml_object;
