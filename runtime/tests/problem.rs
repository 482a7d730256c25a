//! Violations as problem details: RFC 9457.

#![cfg(feature = "json")]

use serde_json::json;
use typewright_runtime::check::check;
use typewright_runtime::exact::{Flow, Instance, Report, Schema};
use typewright_runtime::{Number, Rule, Violation, Violations};

#[test]
fn one_violation_is_what_the_problem_is_about() {
    let violations = check(&"", &[Rule::MinLength(1)]).unwrap_err();
    assert_eq!(
        serde_json::to_value(&violations).unwrap(),
        json!({
            "detail": "the value: at least 1 character, but this has 0",
            "errors": [{
                "detail": "the value: at least 1 character, but this has 0",
                "pointer": "#",
                "keyword": "minLength",
                "limit": "1",
                "actual": "0",
            }],
        })
    );
}

#[test]
fn a_hundred_violations_are_all_there_and_what_is_not_listed_is_counted() {
    const RULES: &[Rule] = &[Rule::Items(&[Rule::Minimum(Number::Int(1))])];
    let violations = check(&vec![0; 100], RULES).unwrap_err();
    let problem = serde_json::to_value(&violations).unwrap();
    assert_eq!(problem["detail"], "100 violations");
    assert_eq!(problem["errors"].as_array().unwrap().len(), 100);
    assert_eq!(problem["errors"][99]["pointer"], "#/99");
    assert_eq!(problem.get("omitted"), None);

    let mut few = Violations::up_to(2);
    few.merge(violations);
    let problem = serde_json::to_value(&few).unwrap();
    assert_eq!(problem["detail"], "100 violations");
    assert_eq!(problem["errors"].as_array().unwrap().len(), 2);
    assert_eq!(problem["omitted"], 98);
    assert!(!few.is_empty());
}

#[test]
fn pointers_are_fragments() {
    let violation = Violation::new("/a b/\u{e4}~1%", "type", "string", "a number");
    let error = serde_json::to_value(&violation).unwrap();
    assert_eq!(error["pointer"], "#/a%20b/%C3%A4~1%25");
}

/// Of no contract, but of places as generated code has them.
struct Two;

impl Schema for Two {
    const POINTER: &'static str = "/paths/~1a#b";

    fn decide<I: Instance, R: Report>(_value: &I, report: &mut R) -> Flow {
        report.broken("/paths/~1a#b/type", &"string", &"a number")?;
        report.broken("other.yaml#/a b/type", &"string", &"a number")
    }
}

#[test]
fn places_of_keywords_are_fragments_of_their_file() {
    let violations = Two.violations(&json!(1));
    let problem = serde_json::to_value(&violations).unwrap();
    let places = problem["errors"].as_array().unwrap().iter();
    let places: Vec<_> = places.map(|error| error["schema"].clone()).collect();
    assert_eq!(places, ["#/paths/~1a%23b/type", "other.yaml#/a%20b/type"]);
    assert_eq!(Two.violations_up_to(1, &json!(1)).omitted(), 1);
}
