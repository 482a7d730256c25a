//! Prefixes: which of them stands for which namespace where something is written.

use std::borrow::Cow;

use super::XML;

/// A name as it is written.
pub(super) struct Qualified<'n> {
    /// Empty for none.
    pub(super) prefix: Cow<'n, str>,
    pub(super) local: &'n str,
}

impl<'n> Qualified<'n> {
    pub(super) fn plain(local: &'n str) -> Self {
        Self {
            prefix: Cow::Borrowed(""),
            local,
        }
    }

    pub(super) fn write(&self, out: &mut String) {
        if !self.prefix.is_empty() {
            out.push_str(&self.prefix);
            out.push(':');
        }
        out.push_str(self.local);
    }
}

/// The prefixes that are declared on the open elements.
pub(super) struct Scope {
    /// With their namespaces, the innermost last; the default one under `""`.
    declared: Vec<(String, String)>,
}

impl Scope {
    /// That around a document.
    pub(super) fn new() -> Self {
        Self {
            declared: vec![("xml".to_owned(), XML.to_owned())],
        }
    }

    /// How many there are: those from here on belong to the element that is opened now.
    pub(super) fn mark(&self) -> usize {
        self.declared.len()
    }

    /// Those that an element declares, by what [`mark`](Self::mark) said when it was opened.
    pub(super) fn since(&self, mark: usize) -> &[(String, String)] {
        &self.declared[mark..]
    }

    /// Leaves an element.
    pub(super) fn leave(&mut self, mark: usize) {
        self.declared.truncate(mark);
    }

    /// The namespace that a prefix stands for.
    fn bound(&self, prefix: &str) -> Option<&str> {
        let declared = self
            .declared
            .iter()
            .rev()
            .find(|(known, _)| known == prefix);
        declared.map(|(_, namespace)| namespace.as_str())
    }

    /// A prefix that stands for `namespace`: the wanted one wherever that is free.
    pub(super) fn bind<'n>(
        &mut self,
        wanted: Option<&'n str>,
        namespace: &str,
        outer: usize,
    ) -> Cow<'n, str> {
        if let Some(wanted) = wanted {
            if self.bound(wanted) == Some(namespace) {
                return Cow::Borrowed(wanted);
            }
            let taken = self.declared[outer..]
                .iter()
                .any(|(prefix, _)| prefix == wanted);
            if !taken && wanted != "xml" {
                self.declared
                    .push((wanted.to_owned(), namespace.to_owned()));
                return Cow::Borrowed(wanted);
            }
        }
        let known = self.declared.iter().rev().find(|(prefix, uri)| {
            !prefix.is_empty() && uri == namespace && self.bound(prefix) == Some(namespace)
        });
        if let Some((prefix, _)) = known {
            return Cow::Owned(prefix.clone());
        }
        let fresh = (1..=self.declared.len() + 1)
            .map(|number| format!("ns{number}"))
            .find(|prefix| self.bound(prefix).is_none())
            .unwrap_or_default();
        self.declared.push((fresh.clone(), namespace.to_owned()));
        Cow::Owned(fresh)
    }
}
