//! Whatever engine is chosen, it decides as ECMAScript's own does.

use proptest::prelude::*;
use typewright_runtime::Pattern;

use super::{engine, may_take_long};
use crate::ir::Engine;

/// What the chosen engine and ECMAScript's own say of a text.
fn decisions(source: &str, texts: &[&str]) -> Vec<(bool, bool)> {
    let chosen = engine(source).unwrap_or_else(|error| panic!("{source}: {error}"));
    let source: &'static str = source.to_owned().leak();
    let own = Pattern::new(source);
    let pattern = match chosen {
        Engine::Linear(expression) => Pattern::linear_as(source, expression.leak()),
        Engine::Bounded(expression) => Pattern::bounded_as(source, expression.leak()),
        Engine::Ecmascript => Pattern::new(source),
    };
    let texts = texts.iter();
    texts
        .map(|text| (pattern.is_match(text), own.is_match(text)))
        .collect()
}

/// Texts that tell dialects apart.
const TEXTS: &[&str] = &[
    "",
    "a",
    "b",
    "aa",
    "ab",
    "aab",
    "abab",
    "A",
    "1",
    "12",
    "_",
    "-",
    ".",
    " ",
    "\n",
    "a\n",
    "\na",
    "\r",
    "\u{2028}",
    "\u{b}",
    "\u{a0}",
    "\u{85}",
    "\u{feff}",
    "é",
    "a é",
    "\u{661}",
    "\u{1F600}",
    "\\",
    "/",
    "^",
    "$",
    "[",
    "]",
    "{",
    "}",
    "&&",
    "--",
    "~~",
    "#",
    "a-b",
    "a{2}",
    "\0",
    "\u{8}",
    "\t",
    "1-1",
    "abc1",
    "ABC_9",
    "a b",
    "p",
    "pp",
    "xx",
    "uu",
    "Az",
    "8",
    "\u{1}",
    "\u{0}1",
    "\u{7}",
    "p{L}",
    "\u{E000}",
];

fn agrees(source: &str) {
    for (text, (chosen, own)) in TEXTS.iter().zip(decisions(source, TEXTS)) {
        assert_eq!(chosen, own, "{source} of {text:?}: {:?}", engine(source));
    }
}

#[test]
fn what_both_dialects_have_is_linear_and_keeps_its_words() {
    for source in ["^[a-z]+$", "^a{2,3}b?$", "a|b", "^[^b]*$"] {
        assert_eq!(engine(source), Ok(Engine::Linear(source.to_owned())));
        agrees(source);
    }
}

#[test]
fn what_means_something_else_elsewhere_is_said_in_other_words() {
    for source in [
        r"^\d+$",
        r"^\D$",
        r"^\w+$",
        r"^\W$",
        r"^\s$",
        r"^\S$",
        r"^.$",
        r"a\b",
        r"\Bb",
        r"^[\d\-_]+$",
        r"^[\w.-]+$",
        r"^[^\s]$",
        r"^[[]$",
        r"^[a&&b]+$",
        r"^[+--]$",
        r"^[~~]+$",
        r"^\/$",
        r"^#$",
        r"^\cJ$",
        r"^\x41$",
        r"^\u0041$",
        r"^\u{1F600}$",
        r"^\uD83D\uDE00$",
        r"^[]$",
        r"^[^]$",
        r"^[\b]$",
        r"^\0$",
        r"^\v$",
        r"^\p{L}+$",
        r"^\P{L}+$",
        r"^[\p{Lu}\d_]+$",
        r"^(a)(?:b)(?<c>c)?\d?$",
        r"^\-$",
        r"^a{$",
        r"^a{2}$",
        r"^a{,2}$",
        r"^]$",
        r"^}$",
        r"^(?:|a)$",
        r"^a*?b+?$",
        // Halves of characters are in no text.
        r"^[a\uD800-\uDFFF]$",
        r"^\uD83D$",
        r"^[\uD7FE-\uE001]$",
        // What browsers make of escapes: octal numbers, and letters that stand for themselves.
        r"^\1$",
        r"^[\07\141]$",
        r"^\141$",
        r"^\8$",
        r"^\0001$",
        r"^\p{2}$",
        r"^[\p{L}]+$|\_",
        r"^\x{2}\_?$",
        r"^\A\z\_?$",
    ] {
        assert!(
            matches!(engine(source), Ok(Engine::Linear(_))),
            "{source}: {:?}",
            engine(source)
        );
        agrees(source);
    }
}

#[test]
fn look_around_and_sure_back_references_are_bounded() {
    for source in [
        r"^(?!-)[a-z1-]+$",
        r"^(?=.*\d)(?=.*[a-z]).+$",
        r"^[a-z]+(?<!b)$",
        r"(?<=a)b",
        r"^(.)\1$",
        r"^(?<c>a|b)+\k<c>$",
        r"^(?!.*(.)\1)\w*$",
        r"^((a)b)\2\1?$",
        r"^(?!1)(?:\w+ ?)+\b$",
        r"^(?=.)a\B",
    ] {
        assert!(
            matches!(engine(source), Ok(Engine::Bounded(_))),
            "{source}: {:?}",
            engine(source)
        );
        agrees(source);
    }
}

#[test]
fn what_only_ecmascript_says_stays_with_its_engine() {
    for source in [
        // A reference to a group that may have matched nothing matches nothing.
        r"^(a)?\1b$",
        r"^(?:(a)|b)\1$",
        r"^\1(a)$",
        r"^(a\1)$",
        r"^(?:(a)|b)*\1$",
        r"^(?!(a))b\1$",
        // A turn that matches nothing changes what was captured last.
        r"^(a*)+b\1$",
        r"^(a*){1,2}b\1$",
        // Backwards, the reference comes first.
        r"(?<=\1(a))b",
        // Browsers repeat look-ahead.
        r"^(?!b)+[ab1]$|\_",
        // Flags for a part of an expression.
        r"^(?i:a)$",
    ] {
        assert_eq!(engine(source), Ok(Engine::Ecmascript), "{source}");
        agrees(source);
    }
}

#[test]
fn every_character_is_outside_of_what_has_only_halves_of_some() {
    let everything = r"^[\x{0}-\x{10FFFF}]$".to_owned();
    assert_eq!(
        engine(r"^[^\uD800-\uDFFF]$"),
        Ok(Engine::Linear(everything))
    );
}

#[test]
fn an_automaton_that_would_be_large_is_not_made() {
    assert_eq!(
        engine(r"^(?:\w{1,900}.{1,900}){1,200}$"),
        Ok(Engine::Ecmascript)
    );
}

#[test]
fn a_loop_in_a_loop_may_take_long() {
    for source in [
        r"^(?!b)(a+)+$",
        r"^(?:a*)*(?=c)",
        r"^(?!x)(?:\w{1,99}\s?)*$",
    ] {
        assert!(may_take_long(source), "{source}");
    }
    for source in [
        r"^(?!aws:).+$",
        r"^(?=.*\d)(?=.*[a-z]).{8,64}$",
        r"^(?!-)(?:a{1,3}){4}$",
    ] {
        assert!(!may_take_long(source), "{source}");
    }
}

#[test]
fn a_loop_that_takes_a_text_in_several_ways_may_take_long() {
    for source in [
        r"^(?!b)(a|a)*$",
        r"^(?!x)(?:a|b|ab)*$",
        r"^(?!x)(?:\w|[a-f])+$",
        r"^(?!x)(?:a?a)*$",
        r"^(?!x)(?:a{1,3})*$",
        r"^(?!x)(?:.|\d)*y$",
        r"^(?!x)(?:ab|a(?:b|c)|c)*$",
        r"^(?!x)(?:(?:|b?)a)*$",
        r"^(?=(?:\d|1)*$)\w+$",
        r"^(?!x)(?:[^,]|\p{L})*$",
    ] {
        assert!(may_take_long(source), "{source}");
    }
    for source in [
        r"^(?!x)(a|ab)*b?$",
        r"^(?!x)(?:a|b)*$",
        r"^(?!x)(?:\d|[a-f])+$",
        r"^(?!x)(?:aa?b)*$",
        r"^(?!x)(?:\w|\W)*$",
        r"^(?!x)(?:.|\n)*$",
        r"^(?!x)(?:a|b)(?:a|ab)$",
        r"^(?!\.)(?:[a-z]|\.(?!\.))*$",
        r"^(?!x)(?:[^,]|,\p{L})*$",
        r"^(?!x)(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$",
    ] {
        assert!(!may_take_long(source), "{source}");
    }
}

#[test]
fn steps_are_bounded() {
    let text = format!("{}!", "a".repeat(40));
    assert_eq!(decisions(r"^(?!b)a+$", &[&text]), [(false, false)]);
    let chosen = engine(r"^(?=(a+)+$)a").unwrap();
    let Engine::Bounded(expression) = chosen else {
        panic!("{chosen:?}");
    };
    // ECMAScript's engine would need years.
    let pattern = Pattern::bounded_as(r"^(?!b)(a+)+\b$", expression.leak());
    assert!(!pattern.is_match(&text));
}

/// Expressions of parts in which dialects differ, and texts of their characters.
fn expression() -> impl Strategy<Value = String> {
    let atom = prop_oneof![
        4 => "[ab1_]",
        1 => prop::sample::select(vec![
            r"\d", r"\w", r"\s", r"\S", r"\W", ".", r"\b", r"\B", "^", "$", "[ab]", "[^a]", r"[\w-]",
            r"[^\s]", r"\n", "(?=a)", "(?!b)", "(?<=a)", "(?<!1)", "(?=.*1)",
        ]).prop_map(str::to_owned),
    ];
    atom.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            3 => prop::collection::vec(inner.clone(), 1..4).prop_map(|all| all.concat()),
            1 => prop::collection::vec(inner.clone(), 1..4).prop_map(|all| format!("(?:{})", all.join("|"))),
            1 => inner.clone().prop_map(|one| format!("({one})")),
            1 => inner.clone().prop_map(|one| format!(r"(?:({one})\1?)")),
            1 => inner.clone().prop_map(|one| format!(r"(?:({one})+\1)")),
            2 => (inner, "[*+?]|\\{0,2\\}|\\{2\\}").prop_map(|(one, times)| format!("(?:{one}){times}")),
        ]
    })
}

proptest! {
    #[test]
    fn any_expression_is_decided_as_ecmascript_does(
        source in expression(),
        texts in prop::collection::vec("[ab1_ \n\u{e9}]{0,6}", 12),
    ) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        for (text, (chosen, own)) in texts.iter().zip(decisions(&source, &texts)) {
            prop_assert_eq!(chosen, own, "{} of {:?}: {:?}", source, text, engine(&source));
        }
    }
}
