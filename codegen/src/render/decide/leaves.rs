//! Leaves: which schemas are said where they are asked for, without a function?
//!
//! Most schemas of a contract are a `type`, or refer to another one: a function for each is most of the
//! text, and most of what there is to compile.

use super::{Functions, Task, at, values};
use crate::ir::{
    Applicator, JsonLiteral, JsonType, Keyword, NumberKeyword, Schema, SchemaForm, SchemaId,
    TextKeyword,
};
use crate::render::{literal, shape};

/// So many keywords are said in place of a function.
const FEW: usize = 2;

/// What is longer than this stands in a function, once.
const LONG: usize = 80;

/// A function with what it gets between the value and the report.
pub(super) struct Statement {
    function: String,
    arguments: String,
}

impl Statement {
    /// The function of a schema.
    pub(super) fn function(schema: &Schema) -> Self {
        Self {
            function: schema.name.clone(),
            arguments: String::new(),
        }
    }

    fn keyword(function: &str, pointer: &str, limit: &str) -> Self {
        let limit = if limit.is_empty() {
            String::new()
        } else {
            format!(", {limit}")
        };
        Self {
            function: format!("exact::{function}"),
            arguments: format!(", {}{limit}", literal::text(pointer)),
        }
    }

    /// The call, of a value and a report.
    pub(super) fn call(&self, value: &str, report: &str) -> String {
        format!("{}({value}{}, {report})", self.function, self.arguments)
    }
}

impl Functions<'_> {
    /// The schema that another one comes to: what says nothing but where to look is passed over.
    pub(super) fn follow(&self, mut id: SchemaId) -> SchemaId {
        // References that lead in a circle have been taken out.
        while let Some(schema) = self.schemas.all.get(id.0)
            && let Some(next) = only(schema)
            && self.schemas.all.get(next.0).map(|next| next.secret) == Some(schema.secret)
        {
            id = next;
        }
        id
    }

    /// What holds a value against a schema: nothing where it asks nothing, the statements that say all
    /// of it where these are few, or else the call of its function.
    pub(super) fn statements(&self, id: SchemaId) -> Vec<Statement> {
        let Some(schema) = self.asks(id) else {
            return Vec::new();
        };
        leaf(schema).unwrap_or_else(|| {
            let called = self.called(id, Task::Decide);
            called.map(Statement::function).into_iter().collect()
        })
    }

    /// The function of a schema as a value: what has none is written as one where it stands.
    pub(super) fn pointed(&self, id: SchemaId) -> String {
        let Some(schema) = self.asks(id) else {
            return "exact::anything::<I, exact::All<R::Way>>".to_owned();
        };
        if leaf(schema).is_none() {
            self.called(id, Task::Decide);
            return format!("{}::<I, exact::All<R::Way>>", schema.name);
        }
        let statements = self.statements(id);
        let calls: Vec<_> = statements
            .iter()
            .map(|one| one.call("value", "report"))
            .collect();
        match calls.as_slice() {
            [call] => format!("|value, report| {call}"),
            calls => format!("|value, report| {{ {} }}", calls.join("?; ")),
        }
    }
}

/// The one schema that another one refers to, and says nothing else.
fn only(schema: &Schema) -> Option<SchemaId> {
    let SchemaForm::Keywords(keywords) = &schema.form else {
        return None;
    };
    let [Keyword::Applicator(applicator)] = keywords.as_slice() else {
        return None;
    };
    match applicator {
        Applicator::Ref(id) | Applicator::DynamicRef(id) => Some(*id),
        Applicator::AllOf(ids) => {
            if let [id] = ids.as_slice() {
                Some(*id)
            } else {
                None
            }
        }
        Applicator::AnyOf(_)
        | Applicator::OneOf(_)
        | Applicator::Not(_)
        | Applicator::If { .. }
        | Applicator::DependentSchemas(_) => None,
    }
}

/// The statements that are all of a schema.
fn leaf(schema: &Schema) -> Option<Vec<Statement>> {
    let SchemaForm::Keywords(keywords) = &schema.form else {
        return None;
    };
    if schema.secret || keywords.len() > FEW {
        return None;
    }
    let statements = keywords.iter().map(|keyword| statement(schema, keyword));
    statements.collect()
}

/// A keyword as a statement.
fn statement(schema: &Schema, keyword: &Keyword) -> Option<Statement> {
    let pointer = at(schema, keyword);
    let (function, limit) = match keyword {
        Keyword::Type(types) => ("is_of", type_list(types)),
        Keyword::Enum(listed) => ("is_listed", list(listed)),
        Keyword::Const(value) => ("is_listed", list(std::slice::from_ref(value))),
        Keyword::Number(NumberKeyword::Format(integer)) => {
            let (least, most) = integer.bounds();
            let (least, most) = (literal::integer(least), literal::integer(most));
            let name = literal::text(integer.format());
            ("fits", format!("({name}, {least}, {most})"))
        }
        Keyword::Text(TextKeyword::MaxLength(most)) => ("at_most", most.to_string()),
        Keyword::Text(TextKeyword::MinLength(least)) => ("at_least", least.to_string()),
        Keyword::Text(TextKeyword::Format(format)) => {
            let name = shape::format_name(*format);
            ("has_format", format!("exact::Format::{name}"))
        }
        Keyword::ReadOnly => ("read_only", String::new()),
        Keyword::WriteOnly => ("write_only", String::new()),
        Keyword::Number(
            NumberKeyword::MultipleOf(_)
            | NumberKeyword::Maximum(_)
            | NumberKeyword::ExclusiveMaximum(_)
            | NumberKeyword::Minimum(_)
            | NumberKeyword::ExclusiveMinimum(_),
        )
        | Keyword::Text(TextKeyword::Pattern(_) | TextKeyword::OwnFormat(_))
        | Keyword::Array(_)
        | Keyword::Object(_)
        | Keyword::Applicator(_)
        | Keyword::UnevaluatedItems(_)
        | Keyword::UnevaluatedProperties(_) => return None,
    };
    let is_short = limit.len() <= LONG;
    is_short.then(|| Statement::keyword(function, &pointer, &limit))
}

fn list(listed: &[JsonLiteral]) -> String {
    format!("&[{}]", values::literals(listed))
}

/// The types as the runtime's `Type`, in a list.
pub(super) fn type_list(types: &[JsonType]) -> String {
    let types = types.iter().map(|ty| match ty {
        JsonType::Null => "exact::Type::Null",
        JsonType::Boolean => "exact::Type::Boolean",
        JsonType::Integer => "exact::Type::Integer",
        JsonType::Number => "exact::Type::Number",
        JsonType::String => "exact::Type::String",
        JsonType::Array => "exact::Type::Array",
        JsonType::Object => "exact::Type::Object",
    });
    format!("&[{}]", types.collect::<Vec<_>>().join(", "))
}
