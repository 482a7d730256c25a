//! The structs of `issues.yaml`, and one of the checked-in models, as one would write them by hand
//! for serde: the same fields, with derives. Their enums are closed, which is less work than what
//! the generated ones do.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Issue {
    pub(crate) url: String,
    pub(crate) repository_url: String,
    pub(crate) labels_url: String,
    pub(crate) comments_url: String,
    pub(crate) events_url: String,
    pub(crate) html_url: String,
    pub(crate) id: i64,
    pub(crate) node_id: String,
    pub(crate) number: i64,
    pub(crate) title: String,
    pub(crate) user: User,
    pub(crate) labels: Vec<Label>,
    pub(crate) state: State,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) state_reason: Option<StateReason>,
    pub(crate) locked: bool,
    pub(crate) assignee: Option<User>,
    pub(crate) assignees: Vec<User>,
    pub(crate) milestone: Option<Milestone>,
    pub(crate) comments: i64,
    pub(crate) created_at: String,
    pub(crate) updated_at: String,
    pub(crate) closed_at: Option<String>,
    pub(crate) author_association: AuthorAssociation,
    pub(crate) body: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) draft: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) score: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reactions: Option<Reactions>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    Open,
    Closed,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StateReason {
    Completed,
    NotPlanned,
    Reopened,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum AuthorAssociation {
    Collaborator,
    Contributor,
    Member,
    None,
    Owner,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct User {
    pub(crate) login: String,
    pub(crate) id: i64,
    pub(crate) node_id: String,
    pub(crate) avatar_url: String,
    pub(crate) gravatar_id: Option<String>,
    pub(crate) url: String,
    pub(crate) html_url: String,
    pub(crate) followers_url: String,
    pub(crate) gists_url: String,
    pub(crate) organizations_url: String,
    pub(crate) repos_url: String,
    pub(crate) events_url: String,
    #[serde(rename = "type")]
    pub(crate) kind: UserType,
    pub(crate) site_admin: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) starred_at: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum UserType {
    User,
    Bot,
    Organization,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Label {
    pub(crate) id: i64,
    pub(crate) node_id: String,
    pub(crate) url: String,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) color: String,
    pub(crate) default: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Milestone {
    pub(crate) url: String,
    pub(crate) html_url: String,
    pub(crate) id: i64,
    pub(crate) node_id: String,
    pub(crate) number: i64,
    pub(crate) state: State,
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    pub(crate) creator: User,
    pub(crate) open_issues: i64,
    pub(crate) closed_issues: i64,
    pub(crate) created_at: String,
    pub(crate) updated_at: String,
    pub(crate) closed_at: Option<String>,
    pub(crate) due_on: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Reactions {
    pub(crate) url: String,
    pub(crate) total_count: i64,
    #[serde(rename = "+1")]
    pub(crate) plus_one: i64,
    #[serde(rename = "-1")]
    pub(crate) minus_one: i64,
    pub(crate) laugh: i64,
    pub(crate) confused: i64,
    pub(crate) heart: i64,
    pub(crate) hooray: i64,
    pub(crate) eyes: i64,
    pub(crate) rocket: i64,
}

/// A struct of optional texts: a flat and wide one, where looking a property up weighs the most.
macro_rules! texts {
    ($name:ident { $($field:ident),* $(,)? }) => {
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
        pub(crate) struct $name {
            $(
                #[serde(skip_serializing_if = "Option::is_none")]
                pub(crate) $field: Option<String>,
            )*
        }

        impl $name {
            /// A contact in which every property has a text.
            pub(crate) fn full(text: impl Fn(&str) -> String) -> Self {
                Self { $($field: Some(text(stringify!($field))),)* }
            }
        }
    };
}

texts! {
    CustomerContact {
        customer_id, cust_contact, contact_status, first_name, last_name, initial, title, mail_stop,
        address_1, address_2, address_3, city, state, zip_code, country, phone_no, fax_no,
        cell_phone_no, pager_no, e_mail, e_mail_2, web_address, sofct_user_1, sofct_user_2,
        sofct_user_3, sofct_user_4, sofct_user_5, sofct_user_6, sofct_user_7, sofct_user_8,
        sofct_user_9, sofct_user_10, sofct_user_11, sofct_user_12, sofct_user_13, sofct_user_14,
        sofct_user_15, sofct_user_16, created_by, date_created, modified_by, date_modified,
        operator_id, date_last_updt, time_last_updt, notes, attachments,
    }
}
