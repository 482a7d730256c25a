//! Clients of other generators. There are none here, for the workspace needs none: the program of
//! `cargo xtask bench client` has another file in this one's place.

use crate::compare::Contender;

/// Says of which contracts another generator makes nothing.
pub(crate) fn say_which_are_missing() {}

/// Those that read the address of contact 12 at this server.
pub(crate) fn get_contact_address(_base: &str) -> Vec<Contender<'static>> {
    Vec::new()
}

/// Those that give an external parameter of customer 1001 a value at this server.
pub(crate) fn modify_external_param(_base: &str) -> Vec<Contender<'static>> {
    Vec::new()
}
