//! The account of a contract, to a person or to a machine.

use std::fmt::Write as _;
use std::io::{Write as _, stdout};

use serde_json::{Value, json};
use typewright::account::{Account, Honoured, Keyword};
use typewright::counted;
use typewright::diagnostics::Place;

use crate::arguments::Format;

/// As many places as show where to look.
const PLACES: usize = 3;

/// Prints an account. An output that nobody reads any more is no failure.
pub(crate) fn print(account: &Account, format: Format) {
    let text = match format {
        Format::Json => format!("{:#}\n", to_json(account)),
        Format::Text => to_text(account),
    };
    let _ = write!(stdout(), "{text}");
}

fn to_json(account: &Account) -> Value {
    let keywords = account.keywords.iter().map(|keyword| {
        json!({
            "object": keyword.object,
            "keyword": keyword.name,
            "count": keyword.count,
            "honoured": keyword.honoured.iter().map(|one| one.name()).collect::<Vec<_>>(),
            "passed_over": keyword.passed_over.iter().map(place).collect::<Vec<_>>(),
        })
    });
    let untyped = account.untyped.iter().map(|untyped| {
        json!({ "item": untyped.item, "place": place(&untyped.place), "why": untyped.why })
    });
    let repairs = account.repairs.iter().map(|repair| {
        json!({
            "code": repair.code,
            "place": place(&repair.place),
            "message": repair.message,
            "help": repair.help,
        })
    });
    json!({
        "operations": account.summary.operations,
        "types": account.summary.types,
        "constraints": account.summary.constraints,
        "keywords": keywords.collect::<Vec<_>>(),
        "untyped": untyped.collect::<Vec<_>>(),
        "left_out": account.left_out.iter().map(place).collect::<Vec<_>>(),
        "repairs": repairs.collect::<Vec<_>>(),
    })
}

fn place(place: &Place) -> Value {
    json!({ "file": place.file.display().to_string(), "pointer": place.pointer })
}

fn to_text(account: &Account) -> String {
    let mut out = format!("{}\n", account.summary);
    let (honoured, not): (Vec<_>, Vec<_>) = account
        .keywords
        .iter()
        .partition(|keyword| !keyword.honoured.is_empty());
    out.push_str("\nkeywords that are honoured, and where:\n");
    for keyword in &honoured {
        let by: Vec<_> = keyword
            .honoured
            .iter()
            .map(|one: &Honoured| one.name())
            .collect();
        keyword_line(&mut out, keyword, &by.join(", "));
    }
    out.push_str("\nkeywords that nothing honours:\n");
    for keyword in &not {
        keyword_line(&mut out, keyword, "");
    }
    section(&mut out, account.untyped.len(), "value", "without a type");
    for untyped in &account.untyped {
        let _ = writeln!(
            out,
            "  {}: {} ({})",
            untyped.item,
            untyped.why,
            shown(&untyped.place)
        );
    }
    section(&mut out, account.left_out.len(), "operation", "left out");
    for place in &account.left_out {
        let _ = writeln!(out, "  {}", shown(place));
    }
    section(
        &mut out,
        account.repairs.len(),
        "warning",
        "of what was repaired or passed over",
    );
    for repair in &account.repairs {
        let _ = writeln!(
            out,
            "  {}: {} ({})",
            repair.code,
            repair.message,
            shown(&repair.place)
        );
    }
    out
}

fn section(out: &mut String, number: usize, unit: &str, what: &str) {
    let _ = writeln!(out, "\n{} {what}", counted(number, unit));
}

fn keyword_line(out: &mut String, keyword: &Keyword, by: &str) {
    let _ = write!(
        out,
        "  {:<24} {:<24} {:>6}  {by}",
        keyword.object, keyword.name, keyword.count
    );
    let passed_over = keyword.passed_over.len();
    if passed_over > 0 {
        let places: Vec<_> = keyword.passed_over.iter().take(PLACES).map(shown).collect();
        let more = if passed_over > PLACES { ", ..." } else { "" };
        let _ = write!(
            out,
            "; passed over in {}: {}{more}",
            counted(passed_over, "place"),
            places.join(", ")
        );
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
}

fn shown(place: &Place) -> String {
    let file = place.file.file_name().unwrap_or_default();
    format!("{}#{}", file.display(), place.pointer)
}
