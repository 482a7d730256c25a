//! Pages: lists that come in several answers.

use super::{Presence, Type};

/// How a list goes on from one page to the next: `x-typewright-pagination`.
///
/// A place is the names of properties from outside in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pagination {
    /// What leads to the next page.
    pub next: NextPage,
    /// The place of the list in a page.
    pub list: Vec<String>,
    /// The place of a boolean that says whether there are more pages.
    pub more: Option<Vec<String>>,
    /// How the items are taken out of a page, where its types let them be.
    pub items: Option<PageItems>,
    /// Whether the contract says so, and it was not inferred.
    pub is_stated: bool,
}

/// What leads to the next page. A parameter is its index in the operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextPage {
    /// A parameter takes what the page has here.
    Cursor {
        /// The parameter.
        parameter: usize,
        /// The place in the page.
        place: Vec<String>,
    },
    /// A parameter takes what the last item has here.
    LastItem {
        /// The parameter.
        parameter: usize,
        /// The place in the item.
        place: Vec<String>,
    },
    /// A parameter counts items.
    Offset {
        /// The parameter.
        parameter: usize,
    },
    /// A parameter counts pages.
    Page {
        /// The parameter.
        parameter: usize,
        /// The number of the first page.
        first: i64,
    },
    /// The page has a URL here.
    Url {
        /// The place in the page.
        place: Vec<String>,
    },
    /// The header `Link` has a URL.
    Link,
}

impl NextPage {
    /// The parameter that turns the page.
    pub fn parameter(&self) -> Option<usize> {
        match self {
            Self::Cursor { parameter, .. }
            | Self::LastItem { parameter, .. }
            | Self::Offset { parameter }
            | Self::Page { parameter, .. } => Some(*parameter),
            Self::Url { .. } | Self::Link => None,
        }
    }
}

/// How the items are taken out of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageItems {
    /// The fields on the way to the list, by their Rust names.
    pub fields: Vec<(String, Presence)>,
    /// The type of an item.
    pub ty: Type,
}
