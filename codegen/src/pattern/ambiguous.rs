//! Ambiguous: is there a loop that can take one text in several ways?
//!
//! Then n times that text can be taken in more than 2^n ways, each of which is tried before a longer text
//! is known not to match. An expression's places for characters, and which of them may follow which, are
//! its automaton (Glushkov's). There is such a loop just where two ways lead by the same characters from a
//! place back to it: Weber and Seidl, On the degree of ambiguity of finite automata, 1991.

use super::overlap::Characters;
use super::syntax::Node;

/// A larger expression is not looked at: what has to be compared grows with the fourth power.
const PLACES: usize = 128;

/// As many steps from one place to another are looked at.
const STEPS: usize = 1000;

/// Turns from which on a bounded loop counts as one that has no bound.
pub(super) const MANY: u32 = 16;

/// Whether there is such a loop. Of what is too large to say, none.
pub(super) fn has_such_a_loop(tree: &Node) -> bool {
    let mut automaton = Automaton::default();
    automaton.part(tree).is_some() && automaton.is_ambiguous()
}

/// A place, and whether there are several ways to it.
type Ways = Vec<(usize, bool)>;

/// Where a part of an expression may begin and end.
struct Part {
    /// Whether it may be passed without a character, and whether in several ways.
    passed: Option<bool>,
    first: Ways,
    last: Ways,
}

#[derive(Default)]
struct Automaton {
    /// What each place matches.
    places: Vec<Characters>,
    /// Which may come behind each.
    next: Vec<Ways>,
    steps: usize,
}

impl Automaton {
    /// Takes up a part of an expression. `None` where it gets too large.
    fn part(&mut self, node: &Node) -> Option<Part> {
        match node {
            Node::Char(_) | Node::Dot | Node::Class(_) => self.place(Characters::of(node)),
            // It stands for a text that is not known, and may be none.
            Node::BackReference(_) => Some(Part {
                passed: Some(false),
                ..self.place(Characters::all())?
            }),
            // What look-around has in it is a matter of its own.
            Node::Start | Node::End | Node::WordBoundary { .. } | Node::Look { .. } => {
                Some(Part::nothing())
            }
            Node::Group { inner, .. } => self.part(inner),
            Node::Sequence(nodes) => {
                let mut out = Part::nothing();
                for node in nodes {
                    let next = self.part(node)?;
                    out = self.behind(out, next)?;
                }
                Some(out)
            }
            Node::Alternatives(nodes) => {
                let mut out = Part {
                    passed: None,
                    first: Vec::new(),
                    last: Vec::new(),
                };
                for node in nodes {
                    out = out.or(self.part(node)?);
                }
                Some(out)
            }
            Node::Repeat { inner, least, most } => self.repeat(inner, *least, *most),
        }
    }

    fn place(&mut self, characters: Characters) -> Option<Part> {
        let place = self.places.len();
        self.places.push(characters);
        self.next.push(Vec::new());
        (place < PLACES).then(|| Part {
            passed: None,
            first: vec![(place, false)],
            last: vec![(place, false)],
        })
    }

    /// One part behind another.
    fn behind(&mut self, one: Part, two: Part) -> Option<Part> {
        self.lead(&one.last, &two.first)?;
        Some(Part {
            passed: both(one.passed, two.passed),
            first: join(one.first, through(one.passed, two.first)),
            last: join(two.last, through(two.passed, one.last)),
        })
    }

    fn repeat(&mut self, inner: &Node, least: u32, most: Option<u32>) -> Option<Part> {
        let bounded = most.filter(|most| *most < MANY);
        let mut out = Part::nothing();
        // What has to come, and then what may come.
        for _ in 0..least.min(MANY) {
            let turn = self.part(inner)?;
            out = self.behind(out, turn)?;
        }
        let Some(most) = bounded else {
            let mut turns = self.part(inner)?;
            let (ends, starts) = (turns.last.clone(), turns.first.clone());
            self.lead(&ends, &starts)?;
            // A further turn is not taken for nothing.
            turns.passed = Some(false);
            return self.behind(out, turns);
        };
        let mut rest: Option<Part> = None;
        for _ in least..most {
            let mut turn = self.part(inner)?;
            if let Some(rest) = rest {
                turn = self.behind(turn, rest)?;
            }
            turn.passed = Some(false);
            rest = Some(turn);
        }
        match rest {
            Some(rest) => self.behind(out, rest),
            None => Some(out),
        }
    }

    /// Leads from each of some places to each of others.
    fn lead(&mut self, from: &Ways, to: &Ways) -> Option<()> {
        for (place, several) in from {
            let more = to.iter().map(|(next, more)| (*next, *several || *more));
            let next = std::mem::take(&mut self.next[*place]);
            let before = next.len();
            let next = join(next, more.collect());
            self.steps += next.len() - before;
            self.next[*place] = next;
        }
        (self.steps <= STEPS).then_some(())
    }

    fn is_ambiguous(&self) -> bool {
        let count = self.places.len();
        let pair = |one: usize, two: usize| one * count + two;
        let mut next = vec![Vec::new(); count * count];
        let mut before = vec![Vec::new(); count * count];
        for one in 0..count {
            for two in 0..count {
                for (to_one, several) in &self.next[one] {
                    for (to_two, _) in &self.next[two] {
                        let (a, b) = (&self.places[*to_one], &self.places[*to_two]);
                        // Two ways by one step are as good as two steps.
                        let apart = *several && one == two && to_one == to_two;
                        if a.overlap(b) {
                            let (from, to) = (pair(one, two), pair(*to_one, *to_two));
                            next[from].push((to, apart));
                            before[to].push((from, apart));
                        }
                    }
                }
            }
        }
        (0..count).any(|place| {
            let start = pair(place, place);
            let forth = reached(&next, start);
            let back = reached(&before, start);
            let both = |at: usize| forth[at] && back[at];
            let pairs = (0..count).flat_map(|one| (0..count).map(move |two| (one, two)));
            pairs.into_iter().any(|(one, two)| {
                let at = pair(one, two);
                both(at) && (one != two || next[at].iter().any(|(to, apart)| *apart && both(*to)))
            })
        })
    }
}

impl Part {
    fn nothing() -> Self {
        Self {
            passed: Some(false),
            first: Vec::new(),
            last: Vec::new(),
        }
    }

    fn or(self, other: Self) -> Self {
        Self {
            passed: match (self.passed, other.passed) {
                (Some(_), Some(_)) => Some(true),
                (passed, None) | (None, passed) => passed,
            },
            first: join(self.first, other.first),
            last: join(self.last, other.last),
        }
    }
}

/// Both are passed.
fn both(one: Option<bool>, two: Option<bool>) -> Option<bool> {
    Some(one? || two?)
}

/// The ways that lead through a part which may be passed.
fn through(passed: Option<bool>, ways: Ways) -> Ways {
    let Some(several) = passed else {
        return Vec::new();
    };
    let ways = ways
        .into_iter()
        .map(|(place, more)| (place, several || more));
    ways.collect()
}

/// The ways of both: what is in both is come to in several.
fn join(mut one: Ways, two: Ways) -> Ways {
    for (place, several) in two {
        match one.iter_mut().find(|(known, _)| *known == place) {
            Some((_, known)) => *known = true,
            None => one.push((place, several)),
        }
    }
    one
}

/// What can be reached from a start in a step or more.
fn reached(next: &[Vec<(usize, bool)>], start: usize) -> Vec<bool> {
    let mut out = vec![false; next.len()];
    let mut open = vec![start];
    while let Some(at) = open.pop() {
        for (to, _) in &next[at] {
            if !std::mem::replace(&mut out[*to], true) {
                open.push(*to);
            }
        }
    }
    out
}
