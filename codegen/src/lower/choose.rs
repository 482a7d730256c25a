//! Choose: which of the unions that hold for one value does its type show, and what becomes of the
//! others?

use super::compose::says_type;
use super::parts::{self, Part, UNIONS};
use super::schema::Lowering;
use super::site::Site;
use crate::ir::Constraint;
use crate::tree::Node;

/// How many unions within unions are combined with what stands beside them: each level multiplies.
pub(super) const DEEPEST_COMBINATION: usize = 2;

/// The most combinations of the branches of two unions that are types of their own.
const MOST_COMBINATIONS: usize = 64;

/// The union that a type shows.
pub(super) struct Chosen<'d> {
    /// Where it stands.
    pub(super) part: Part<'d>,
    /// `oneOf` or `anyOf`.
    pub(super) keyword: &'static str,
    /// What there is to choose from, without null.
    pub(super) branches: Vec<Site<'d>>,
    /// All that holds for the value whatever is chosen. A union in it is a choice that each branch
    /// leaves open.
    pub(super) base: Vec<Part<'d>>,
}

/// A union among the parts.
struct Candidate<'d> {
    /// The index of its part.
    part: usize,
    keyword: &'static str,
    branches: Vec<Site<'d>>,
}

impl<'d> Lowering<'d> {
    /// The union that the type of a value shows: the first whose branches say of which type it is, or
    /// the first of all. What the others say without types goes to `stated`.
    pub(super) fn choose(
        &mut self,
        parts: &[Part<'d>],
        stated: &mut Vec<Constraint>,
    ) -> Option<Chosen<'d>> {
        let mut candidates = self.candidates(parts);
        let is_first = |one: &Candidate<'d>| self.all_branches(one).any(|flat| says_type(&flat));
        let first = match candidates.len() {
            0 => return None,
            1 => 0,
            _ => candidates.iter().position(is_first).unwrap_or_default(),
        };
        let chosen = candidates.remove(first);
        let mut base = parts.to_vec();
        let skip = |base: &mut Vec<Part<'d>>, one: &Candidate<'d>| {
            base[one.part] = base[one.part].clone().without(one.keyword);
        };
        skip(&mut base, &chosen);
        let mut level = self.combining + 1;
        for other in candidates {
            let part = &parts[other.part];
            if !self.all_branches(&other).any(|flat| says_type(&flat)) {
                skip(&mut base, &other);
                stated.extend(self.union_assertion(part, other.keyword));
            } else if level < DEEPEST_COMBINATION && self.combine(&chosen, &other) {
                level += 1;
            } else {
                skip(&mut base, &other);
                self.warn_unchecked_union(part, other.keyword);
            }
        }
        Some(Chosen {
            part: parts[chosen.part].clone(),
            keyword: chosen.keyword,
            branches: chosen.branches,
            base,
        })
    }

    fn candidates(&self, parts: &[Part<'d>]) -> Vec<Candidate<'d>> {
        let mut found = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            for keyword in UNIONS {
                let branches = part.branches(keyword);
                if !branches.is_empty() {
                    let real = branches.into_iter();
                    found.push(Candidate {
                        part: index,
                        keyword,
                        branches: real
                            .filter(|branch| !parts::is_only_null(&self.sites, branch))
                            .collect(),
                    });
                }
            }
        }
        found
    }

    /// The schemas that each branch comes to.
    fn all_branches(&self, of: &Candidate<'d>) -> impl Iterator<Item = Vec<Part<'d>>> {
        let branches = of.branches.iter();
        branches.map(|branch| parts::flatten(&self.sites, std::slice::from_ref(branch)))
    }

    /// Whether each branch of one union goes with each of another: all of them are objects, and there
    /// are not too many.
    fn combine(&self, one: &Candidate<'d>, other: &Candidate<'d>) -> bool {
        one.branches.len() * other.branches.len() <= MOST_COMBINATIONS
            && [one, other]
                .iter()
                .all(|union| self.all_branches(union).all(|flat| is_object(&flat)))
    }
}

/// Whether only an object holds for these schemas.
fn is_object(parts: &[Part<'_>]) -> bool {
    let stated = parts.iter().filter_map(|part| part.get("type"));
    let mut types = stated.filter_map(Node::as_str).peekable();
    if types.peek().is_some() {
        return types.all(|ty| ty == "object");
    }
    parts.iter().any(|part| part.map.contains_key("properties"))
}
