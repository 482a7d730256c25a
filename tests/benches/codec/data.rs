//! What is read and written: made up, always the same, and of the proportions of the real thing.

use crate::derived::{
    AuthorAssociation, CustomerContact, Issue, Label, Milestone, Reactions, State, StateReason,
    User, UserType,
};

/// Some megabytes of issues.
pub(crate) fn issues() -> Vec<Issue> {
    (1..=1_500).map(issue).collect()
}

/// Some megabytes of contacts.
pub(crate) fn contacts() -> Vec<CustomerContact> {
    (1..=2_000)
        .map(|number| CustomerContact::full(|field| format!("{field} of {number}")))
        .collect()
}

fn issue(number: i64) -> Issue {
    let repository = "https://api.github.example/repos/octo-org/octo-repo";
    let closed = number % 3 == 0;
    Issue {
        url: format!("{repository}/issues/{number}"),
        repository_url: repository.to_owned(),
        labels_url: format!("{repository}/issues/{number}/labels{{/name}}"),
        comments_url: format!("{repository}/issues/{number}/comments"),
        events_url: format!("{repository}/issues/{number}/events"),
        html_url: format!("https://github.example/octo-org/octo-repo/issues/{number}"),
        id: 1_900_000_000 + number * 37,
        node_id: format!("I_kwDOABCD{number}"),
        number,
        title: format!("Reading a list stops after {number} items"),
        user: user(number % 97),
        labels: (0..number % 4).map(label).collect(),
        state: if closed { State::Closed } else { State::Open },
        state_reason: match number % 9 {
            0 => Some(StateReason::Completed),
            3 => Some(StateReason::NotPlanned),
            6 => Some(StateReason::Reopened),
            _ => None,
        },
        locked: number % 50 == 0,
        assignee: (number % 5 == 0).then(|| user(number % 7)),
        assignees: (0..i64::from(number % 5 == 0))
            .map(|_| user(number % 7))
            .collect(),
        milestone: (number % 8 == 0).then(|| milestone(number / 100)),
        comments: number % 13,
        created_at: time(number),
        updated_at: time(number + 5),
        closed_at: closed.then(|| time(number + 3)),
        author_association: match number % 5 {
            0 => AuthorAssociation::Collaborator,
            1 => AuthorAssociation::Contributor,
            2 => AuthorAssociation::Member,
            3 => AuthorAssociation::None,
            _ => AuthorAssociation::Owner,
        },
        body: (number % 11 != 0).then(|| body(number)),
        draft: (number % 6 == 0).then_some(false),
        score: Some(if number % 2 == 0 { 0.5 } else { 12.25 }),
        reactions: (number % 2 == 0).then(|| reactions(number)),
    }
}

/// Text with a few escapes: line ends, quotation marks, letters beyond ASCII.
fn body(number: i64) -> String {
    let line = "Since the last release, \"list\" returns too few items.\r\n\r\n- expected: all of them\r\n- found: the first page – naïvely cut off\r\n";
    let lines = usize::try_from(number % 7).unwrap_or_default() + 1;
    line.repeat(lines)
}

fn user(number: i64) -> User {
    let url = format!("https://api.github.example/users/octocat-{number}");
    User {
        login: format!("octocat-{number}"),
        id: 580_000 + number,
        node_id: format!("MDQ6VXNlcj{number}"),
        avatar_url: format!("https://avatars.example/u/{number}?v=4"),
        gravatar_id: (number % 2 == 0).then(String::new),
        html_url: format!("https://github.example/octocat-{number}"),
        followers_url: format!("{url}/followers"),
        gists_url: format!("{url}/gists{{/gist_id}}"),
        organizations_url: format!("{url}/orgs"),
        repos_url: format!("{url}/repos"),
        events_url: format!("{url}/events{{/privacy}}"),
        url,
        kind: match number % 10 {
            0 => UserType::Bot,
            1 => UserType::Organization,
            _ => UserType::User,
        },
        site_admin: number % 40 == 0,
        starred_at: None,
    }
}

fn label(number: i64) -> Label {
    Label {
        id: 208_045_900 + number,
        node_id: format!("MDU6TGFiZWwy{number}"),
        url: format!("https://api.github.example/repos/octo-org/octo-repo/labels/{number}"),
        name: format!("kind: {number}"),
        description: (number % 2 == 0).then(|| "Something is not as it should be".to_owned()),
        color: "f29513".to_owned(),
        default: number == 0,
    }
}

fn milestone(number: i64) -> Milestone {
    let url = format!("https://api.github.example/repos/octo-org/octo-repo/milestones/{number}");
    Milestone {
        html_url: format!("{url}/html"),
        url,
        id: 1_002_600 + number,
        node_id: format!("MDk6TWlsZXN0b25l{number}"),
        number,
        state: State::Open,
        title: format!("v{number}.0"),
        description: Some("What has to be done before the next release".to_owned()),
        creator: user(number),
        open_issues: 4 + number,
        closed_issues: 8 + number,
        created_at: time(number),
        updated_at: time(number + 1),
        closed_at: None,
        due_on: Some(time(number + 30)),
    }
}

fn reactions(number: i64) -> Reactions {
    Reactions {
        url: format!(
            "https://api.github.example/repos/octo-org/octo-repo/issues/{number}/reactions"
        ),
        total_count: number % 9,
        plus_one: number % 5,
        minus_one: 0,
        laugh: 0,
        confused: number % 2,
        heart: number % 3,
        hooray: 0,
        eyes: 0,
        rocket: 0,
    }
}

fn time(number: i64) -> String {
    format!(
        "2024-{:02}-{:02}T13:33:{:02}Z",
        number % 12 + 1,
        number % 28 + 1,
        number % 60
    )
}
