//! Changes to a JSON value that bring it near what the contracts speak of.

#[path = "../dice.rs"]
mod dice;
#[path = "../places.rs"]
mod places;

use std::sync::LazyLock;

use dice::Dice;
use places::{leave_out, value, value_mut, ways};
use serde_json::{Value, json};

use super::contracts::{self, Contract};

/// Texts that are of a format or nearly so, and what texts seldom have.
const TEXTS: &[&str] = &[
    "",
    " ",
    "a",
    "A",
    "\u{0}",
    "\u{1F600}",
    "e\u{301}",
    "\u{663}\u{663}",
    "a\n",
    "\u{212A}",
    "1",
    "12",
    "2024-02-29",
    "2023-02-29",
    "2024-02-29T23:59:60Z",
    "2016-12-31T23:59:60Z",
    "2016-12-31t23:59:60+00:00",
    "2024-02-29T12:00:00.5+23:59",
    "23:59:60Z",
    "12:00:00-00:00",
    "P1Y",
    "P1W",
    "PT",
    "P1DT1S",
    "ff74dca6-8e7f-4b85-a42b-13860913b370",
    "192.0.2.1",
    "192.0.2.256",
    "::",
    "1::8",
    "::ffff:192.0.2.1",
    "/a~0",
    "/a~2",
    "0#",
    "1/a",
    "dGV4dA==",
    "dGV4dB==",
    "a=",
    "someone@example.com",
    "a@[127.0.0.1]",
    "\"a b\"@example.com",
    "//host/a?b#c",
    "%zz",
    "http://[::1]",
    "AT17",
    "origin",
    "n_1",
    "x-a",
    "list",
];

/// Numbers at the edges of what can be counted.
const NUMBERS: &[f64] = &[
    0.0,
    -0.0,
    0.1,
    0.3,
    1.5,
    31.5,
    127.0,
    255.0,
    256.0,
    2_147_483_647.0,
    2_147_483_648.0,
    9_007_199_254_740_992.0,
    1e19,
    1e300,
    -1e300,
    1e-300,
];

/// Texts and numbers of the contracts.
static WORDS: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let contracts = [
        Contract::keywords(),
        Contract::keywords_3_0(),
        Contract::parcels(),
        Contract::words(),
    ];
    let mut out = Vec::new();
    for contract in &contracts {
        contracts::words(&contract.document()["components"]["schemas"], &mut out);
    }
    out
});

/// Changes a value; what is no JSON becomes some.
pub(crate) fn mutated(bytes: &[u8], seed: u32) -> Option<Vec<u8>> {
    let mut tree: Value = serde_json::from_slice(bytes).unwrap_or_default();
    let mut dice = Dice(seed.into());
    for _ in 0..=dice.below(4) {
        change(&mut tree, &mut dice);
    }
    serde_json::to_vec(&tree).ok()
}

fn change(tree: &mut Value, dice: &mut Dice) {
    let ways = ways(tree);
    let way = dice.one(&ways).clone();
    let other = dice.one(&ways).clone();
    let copy = value(tree, &other).clone();
    if dice.below(6) == 0 {
        leave_out(tree, &way);
        return;
    }
    let new = if dice.below(4) == 0 { copy } else { leaf(dice) };
    let name = name(dice);
    match (value_mut(tree, &way), dice.below(3)) {
        (Value::Object(members), 0 | 1) => {
            members.insert(name, new);
        }
        (Value::Array(items), 0 | 1) => {
            let at = dice.below(items.len() + 1);
            items.insert(at, new);
        }
        (Value::String(text), 0) => *text = changed(text, dice),
        (place @ Value::Number(_), 0) => *place = neighbour(place, dice),
        (place, _) => *place = new,
    }
}

/// A number that is near another one, or the same as a number with a fraction.
fn neighbour(number: &Value, dice: &mut Dice) -> Value {
    let whole = number.as_i64().and_then(|whole| whole.checked_add(1));
    let number = number.as_f64().unwrap_or_default();
    match (dice.below(5), whole) {
        (0, Some(whole)) => json!(whole),
        (1, _) => json!(number - 1.0),
        (2, _) => json!(number + 0.5),
        (3, _) => json!(number + 0.1),
        _ => json!(number),
    }
}

fn name(dice: &mut Dice) -> String {
    match dice.one(&WORDS) {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A value without others inside.
fn leaf(dice: &mut Dice) -> Value {
    match dice.below(8) {
        0 => Value::Null,
        1 => json!(dice.below(2) == 0),
        2 => json!({}),
        3 => json!([]),
        4 => json!(*dice.one(TEXTS)),
        5 => json!(*dice.one(NUMBERS)),
        _ => dice.one(&WORDS).clone(),
    }
}

/// A text with a character more, fewer, or of the other case.
fn changed(text: &str, dice: &mut Dice) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let at = dice.below(characters.len() + 1);
    match (dice.below(3), characters.get(at).copied()) {
        (0, Some(_)) => drop(characters.remove(at)),
        (1, Some(c)) if c.is_uppercase() => characters[at] = c.to_ascii_lowercase(),
        (1, Some(c)) => characters[at] = c.to_ascii_uppercase(),
        _ => {
            let more = dice.one(TEXTS).chars();
            characters.splice(at..at, more);
        }
    }
    characters.into_iter().collect()
}
