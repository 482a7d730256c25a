//! How are groups cut into files, and what are those called?

use crate::lower::names::{self, Scope};

use super::features::Feature;
use super::groups::Group;
use super::{LONGEST_FILE, Part};

/// The lines at which a file is full, by estimate. Where that is too low by more than what is left, the
/// file is cut in two when it is rendered.
const FULL: usize = LONGEST_FILE / 10 * 9;

/// The parts of groups, whose members have so many lines.
pub(super) fn parts(
    groups: Vec<Group>,
    features: &[Feature],
    weight: &dyn Fn(usize) -> usize,
) -> Vec<Part> {
    let mut scope = Scope::default();
    let mut out = Vec::new();
    for Group {
        features: own,
        members,
    } in groups
    {
        let name = name(&own, features);
        let files = cut(members, weight);
        let numbered = files.len() > 1;
        for (number, members) in (1..).zip(files) {
            let name = if numbered {
                format!("{name}_{number}")
            } else {
                name.clone()
            };
            out.push(Part {
                name: scope.take(name),
                features: own.clone(),
                members,
            });
        }
    }
    out
}

fn cut(members: Vec<usize>, weight: &dyn Fn(usize) -> usize) -> Vec<Vec<usize>> {
    let mut out = Vec::new();
    let (mut file, mut lines) = (Vec::new(), 0);
    for member in members {
        let weight = weight(member);
        if lines + weight > FULL && !file.is_empty() {
            out.push(std::mem::take(&mut file));
            lines = 0;
        }
        file.push(member);
        lines += weight;
    }
    if !file.is_empty() {
        out.push(file);
    }
    out
}

/// What a file is called whose members these features bring.
fn name(own: &[usize], features: &[Feature]) -> String {
    let mut names = own.iter().filter_map(|index| features.get(*index));
    let mut next = || names.next().map(|feature| names::module(&feature.name));
    match (next(), next(), own.len()) {
        (None, _, _) if features.is_empty() => "part".to_owned(),
        (None, _, _) => "always".to_owned(),
        (Some(one), Some(other), 2) => format!("{one}_and_{other}"),
        (Some(one), None, _) => one,
        (Some(one), Some(_), count) => format!("{one}_and_{}_others", count - 1),
    }
}
