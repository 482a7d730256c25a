//! Ways: of which schemas do values go one way alone, to a server or from one?

use crate::ir::{Applicator, Keyword, SchemaForm, SchemaId, Schemas};

/// What each schema says, with those that hold with it; all of them are found out in one go.
pub(super) struct Ways(Vec<bool>);

impl Ways {
    pub(super) fn of(schemas: &Schemas) -> Self {
        let said = schemas.all.iter().map(|one| says_so(&one.form));
        let mut ways: Vec<_> = said.collect();
        let mut users = vec![Vec::new(); ways.len()];
        for (user, schema) in schemas.all.iter().enumerate() {
            for SchemaId(held) in beside(&schema.form) {
                if let Some(users) = users.get_mut(held) {
                    users.push(user);
                }
            }
        }
        let mut open: Vec<_> = (0..ways.len()).filter(|one| ways[*one]).collect();
        while let Some(held) = open.pop() {
            for user in &users[held] {
                if !std::mem::replace(&mut ways[*user], true) {
                    open.push(*user);
                }
            }
        }
        Self(ways)
    }

    /// Whether what a schema is of is not required everywhere.
    pub(super) fn goes_one_way(&self, id: SchemaId) -> bool {
        self.0.get(id.0).copied().unwrap_or_default()
    }
}

fn says_so(form: &SchemaForm) -> bool {
    let keywords = keywords(form);
    keywords.contains(&Keyword::ReadOnly) || keywords.contains(&Keyword::WriteOnly)
}

fn keywords(form: &SchemaForm) -> &[Keyword] {
    match form {
        SchemaForm::Keywords(keywords) | SchemaForm::LeftOver(keywords) => keywords,
        SchemaForm::Anything | SchemaForm::Nothing => &[],
    }
}

/// The schemas that hold wherever a schema does.
pub(super) fn beside(form: &SchemaForm) -> impl Iterator<Item = SchemaId> {
    keywords(form).iter().flat_map(beside_keyword).copied()
}

fn beside_keyword(keyword: &Keyword) -> &[SchemaId] {
    if let Keyword::Applicator(Applicator::Ref(id)) = keyword {
        std::slice::from_ref(id)
    } else if let Keyword::Applicator(Applicator::AllOf(ids)) = keyword {
        ids
    } else {
        &[]
    }
}
