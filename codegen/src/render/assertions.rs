//! Where an [`Assertion`] is rendered as a `Rule`.

use super::expr::Expr;
use super::literal;
use super::scope::Scope;
use super::shape::{text, texts};
use crate::ir::{Assertion, Constraint};

/// The name of the rule behind `Rule::` and its arguments; `rules` renders the constraints within.
pub(crate) fn rule<'a>(
    scope: &Scope<'a>,
    owner: &str,
    assertion: &'a Assertion,
    rules: &dyn Fn(&'a [Constraint]) -> Vec<Expr<'a>>,
) -> (&'static str, Vec<Expr<'a>>) {
    let list = |constraints: &'a [Constraint]| Expr::Slice(rules(constraints));
    let lists =
        |many: &'a [Vec<Constraint>]| Expr::Slice(many.iter().map(|one| list(one)).collect());
    let of_texts = |values: &[String]| Expr::Slice(texts(values));
    let pattern = |source: &'a str| Expr::text(format!("&{}", scope.pattern(owner, source)));
    let count = |count: u64| Expr::text(literal::integer(count));
    match assertion {
        Assertion::Never => ("Never", Vec::new()),
        Assertion::Type(types) => {
            let types = types.iter().map(|ty| text(ty.name()));
            ("Type", vec![Expr::Slice(types.collect())])
        }
        Assertion::Enum(values) => ("EnumJson", vec![of_texts(values)]),
        Assertion::Required(needed) => ("Required", vec![of_texts(needed)]),
        Assertion::Properties(named) => {
            let named = named.iter();
            let named = named.map(|(name, rules)| pair(text(name), list(rules)));
            ("Properties", vec![Expr::Slice(named.collect())])
        }
        Assertion::PatternProperties(named) => {
            let named = named.iter();
            let named = named.map(|(source, rules)| pair(pattern(source), list(rules)));
            ("PatternProperties", vec![Expr::Slice(named.collect())])
        }
        Assertion::OtherProperties {
            names: known,
            patterns,
            constraints,
        } => {
            let patterns = patterns.iter().map(|source| pattern(source)).collect();
            let arguments = vec![of_texts(known), Expr::Slice(patterns), list(constraints)];
            ("OtherProperties", arguments)
        }
        Assertion::PropertyNames(constraints) => ("PropertyNames", vec![list(constraints)]),
        Assertion::PrefixItems(many) => ("PrefixItems", vec![lists(many)]),
        Assertion::ItemsFrom(first, rules) => ("ItemsFrom", vec![count(*first), list(rules)]),
        Assertion::Contains {
            constraints,
            least,
            most,
        } => {
            let most = match most {
                None => Expr::text("None"),
                Some(most) => Expr::call("Some", vec![count(*most)]),
            };
            ("Contains", vec![list(constraints), count(*least), most])
        }
        Assertion::Not(constraints) => ("Not", vec![list(constraints)]),
        Assertion::AnyOf(many) => ("AnyOf", vec![lists(many)]),
        Assertion::OneOf(many) => ("OneOf", vec![lists(many)]),
        Assertion::If {
            condition,
            then,
            otherwise,
        } => ("If", vec![list(condition), list(then), list(otherwise)]),
    }
}

fn pair<'a>(one: Expr<'a>, other: Expr<'a>) -> Expr<'a> {
    Expr::call("", vec![one, other])
}
