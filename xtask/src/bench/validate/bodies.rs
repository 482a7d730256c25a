//! Which bodies are measured? Their texts are in `tests/benches/validate/`, a file for each.

use std::path::{Path, PathBuf};

/// A body of a request or a response.
pub(super) struct Body {
    /// What it is, for a person.
    pub(super) title: &'static str,
    /// The name of its file, without its extension.
    pub(super) file: &'static str,
    /// Where its contract is.
    pub(super) document: Document,
    /// The name of its schema among the components.
    pub(super) schema: &'static str,
    /// Whether it is a list of values of that schema.
    pub(super) is_list: bool,
    /// What breaks it: the JSON Pointer of a value in it, and another value, as JSON.
    pub(super) broken: (&'static str, &'static str),
}

/// Where a contract is.
pub(super) enum Document {
    /// In `specs/`.
    Own(&'static str),
    /// In the folder of other documents.
    Corpus(&'static str),
}

impl Document {
    /// The path of the document. `None` where it is not there.
    pub(super) fn path(&self, corpus: Option<&Path>) -> Option<PathBuf> {
        match self {
            Self::Own(file) => Some(Path::new("specs").join(file)),
            Self::Corpus(file) => corpus.map(|folder| folder.join(file)),
        }
        .filter(|path| path.exists())
    }
}

/// What is measured.
pub(super) const BODIES: &[Body] = &[
    // The contract's own example.
    Body {
        title: "Billing account: request",
        file: "billing-account",
        document: Document::Own("billing-account.yaml"),
        schema: "BillingAccount",
        is_list: false,
        broken: ("/contact/0/contactName", "7"),
    },
    // The contract's own example, without what does not apply.
    Body {
        title: "External params: response",
        file: "external-params",
        document: Document::Own("customer-external-params.yaml"),
        schema: "ExternalParamAcknowledgement",
        is_list: false,
        broken: ("/pageable/page", "\"0\""),
    },
    // The others are made up, with most of the properties that there are.
    Body {
        title: "Expandable ERP: request",
        file: "expandable-update",
        document: Document::Own("expandable-customer-contact.yaml"),
        schema: "CustomerContactUpdate",
        is_list: false,
        broken: ("/CITY", "7"),
    },
    Body {
        title: "Expandable ERP: response",
        file: "expandable-contact",
        document: Document::Own("expandable-customer-contact.yaml"),
        schema: "CustomerContact",
        is_list: false,
        broken: ("/CITY", "7"),
    },
    Body {
        title: "Oracle B2C Service: response",
        file: "oracle-b2c-contact",
        document: Document::Own("oracle-b2c-service-contacts.yaml"),
        schema: "Contact",
        is_list: false,
        broken: ("/emails/0/address", "5"),
    },
    Body {
        title: "Oracle Utilities: request",
        file: "oracle-utilities",
        document: Document::Own("oracle-utilities-customer-contact.yaml"),
        schema: "CustomerContact",
        is_list: false,
        broken: ("/status", "\"C1XX\""),
    },
    Body {
        title: "GitHub: ten issues",
        file: "github-issues",
        document: Document::Corpus("github-api.json"),
        schema: "issue",
        is_list: true,
        broken: ("/9/created_at", "\"yesterday\""),
    },
    Body {
        title: "Kubernetes: ten pods",
        file: "kubernetes-pods",
        document: Document::Corpus("kubernetes-1.13.json"),
        schema: "io.k8s.api.core.v1.PodList",
        is_list: false,
        broken: ("/items/9/status/startTime", "\"yesterday\""),
    },
];
