//! Everything in which a secret could be shown: errors, settings, and what goes to `tracing`.

use std::error::Error;
use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// An error in all its forms: `Display`, both forms of `Debug`, and those of its sources.
pub(crate) fn error(error: &dyn Error) -> String {
    let mut shown = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        writeln!(shown, "{error}\n{error:?}\n{error:#?}").unwrap();
        next = error.source();
    }
    shown
}

/// Both forms of `Debug`.
pub(crate) fn debug(value: &dyn Debug) -> String {
    format!("{value:?}\n{value:#?}")
}

/// Keeps all spans and events of this thread, as text, as long as the guard lives.
#[derive(Clone, Default)]
pub(crate) struct Traces(Arc<Mutex<String>>);

impl Traces {
    pub(crate) fn collect() -> (Self, tracing::subscriber::DefaultGuard) {
        let traces = Self::default();
        let guard = tracing::subscriber::set_default(traces.clone());
        (traces, guard)
    }

    pub(crate) fn text(&self) -> String {
        self.0.lock().unwrap().clone()
    }

    fn line(&self, name: &str, record: impl FnOnce(&mut dyn Visit)) {
        let mut fields = Fields(String::new());
        record(&mut fields);
        writeln!(self.0.lock().unwrap(), "{name}{}", fields.0).unwrap();
    }
}

impl Subscriber for Traces {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.line(span.metadata().name(), |fields| span.record(fields));
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, values: &Record<'_>) {
        self.line("recorded", |fields| values.record(fields));
    }
    fn event(&self, event: &Event<'_>) {
        self.line(event.metadata().target(), |fields| event.record(fields));
    }
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// ` name=value` for each field.
struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {field}={value:?}").unwrap();
    }
}
