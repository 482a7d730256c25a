//! Documents that are made to take the reader down: each ends soon, in a diagnostic or in code that
//! says no more than the document does.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod lower_support;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use lower_support::lowered_text;
use typewright::diagnostics::{Diagnostics, Style};
use typewright::emit::{self, Header};
use typewright::load::{load, load_text};
use typewright::plan::{Plan, Split};
use typewright::render::{self, Options};

/// Nothing here takes a second; a machine that is busy may need some.
const PATIENCE: Duration = Duration::from_secs(20);

const LEVELS: usize = 100_000;

/// The codes of what is found in a document, which must be read within reason.
fn codes(text: &str) -> Vec<&'static str> {
    let started = Instant::now();
    let (_, diagnostics) = lowered_text(text);
    assert!(started.elapsed() < PATIENCE, "{:?}", started.elapsed());
    diagnostics.render(Style::Compact);
    diagnostics.render(Style::Plain);
    let mut codes: Vec<_> = diagnostics.entries().iter().map(|one| one.code).collect();
    codes.dedup();
    codes
}

/// A document of nothing but schemas, in YAML.
fn schemas(schemas: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{ title: t, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}"
    )
}

#[test]
fn nesting_of_any_kind_ends_at_once() {
    let yaml = "openapi: 3.0.3\nx: ";
    let json = "{\"openapi\": \"3.0.3\", \"x\": ";
    for (head, open, close) in [
        (yaml, "[", "]"),
        (yaml, "{a: ", "}"),
        (yaml, "- ", ""),
        (yaml, "\n[", ""),
        (yaml, "[", ""),
        (json, "[", "]}"),
        (json, "{\"a\":", "}"),
        (json, "[{\"a\":", ""),
    ] {
        let text = format!("{head}{}{}", open.repeat(LEVELS), close.repeat(LEVELS));
        assert_eq!(codes(&text), ["syntax"], "{head}{open}");
    }
}

#[test]
fn schemas_that_nest_as_deeply_as_a_document_can_are_read() {
    let deep = format!(
        "    S: {}{{ type: string }}{}\n",
        "{ type: array, items: ".repeat(120),
        " }".repeat(120)
    );
    let started = Instant::now();
    lowered_text(&schemas(&deep));
    assert!(started.elapsed() < PATIENCE);
}

#[test]
fn aliases_that_multiply_are_one_finding() {
    let mut text = "openapi: 3.0.3\nx0: &x0 [a, a, a, a, a, a, a, a, a]\n".to_owned();
    for level in 1..20 {
        let aliases = vec![format!("*x{}", level - 1); 9].join(", ");
        let _ = writeln!(text, "x{level}: &x{level} [{aliases}]");
    }
    assert_eq!(codes(&text), ["syntax"]);
}

#[test]
fn an_alias_of_itself_is_no_endless_document() {
    assert_eq!(codes("openapi: 3.0.3\nx: &x [*x]\n"), ["syntax"]);
}

#[test]
fn references_that_go_round_in_a_circle_are_warnings() {
    for round in [
        "    A: { $ref: '#/components/schemas/A' }\n",
        "    A: { $ref: '#/components/schemas/B' }\n    B: { $ref: '#/components/schemas/A' }\n",
        "    A: { allOf: [{ $ref: '#/components/schemas/A' }] }\n",
        "    A: { allOf: [{ $ref: '#/components/schemas/A/allOf/0' }] }\n",
    ] {
        assert_eq!(codes(&schemas(round)), ["reference-cycle"], "{round}");
    }
    for round in [
        "    A: { properties: { a: { $ref: '#/components/schemas/A' } } }\n",
        "    A: { type: array, items: { $ref: '#/components/schemas/A' } }\n",
        "    A: { additionalProperties: { $ref: '#/components/schemas/A' } }\n",
        "    A: { properties: { a: { $ref: '#/components/schemas/A/properties/b' }, b: { properties: { c: { $ref: '#/components/schemas/A/properties/a' } } } } }\n",
    ] {
        let found = codes(&schemas(round));
        assert!(!found.contains(&"reference-cycle"), "{round}: {found:?}");
    }
}

#[test]
fn maps_that_have_themselves_in_them_come_to_an_end() {
    for round in [
        "    A: { properties: { $ref: '#/components/schemas/A' } }\n",
        "    A: { properties: { $ref: '#/components/schemas/B' } }\n    B: { properties: { $ref: '#/components/schemas/A' }, $defs: { $ref: '#/components/schemas/A' } }\n",
    ] {
        let found = codes(&schemas(round));
        assert!(found.contains(&"map-reference"), "{round}: {found:?}");
        assert!(found.contains(&"reference-cycle"), "{round}: {found:?}");
    }
    let schema = schemas("    A: { properties: { $ref: '#/components/schemas' } }\n");
    assert_eq!(codes(&schema), ["map-reference"]);
}

#[test]
fn maps_that_are_meant_over_and_over_are_followed_so_far() {
    let all = (0..1_000)
        .map(|at| format!("    A{at}: {{ properties: {{ $ref: '#/components/schemas' }} }}\n"));
    let all = all.collect::<Vec<_>>().concat();
    let (_, diagnostics) = lowered_text(&schemas(&all));
    let refused = diagnostics.entries().iter();
    let refused = refused.filter(|one| one.message.contains("too many entries"));
    assert_eq!(refused.count(), 950);
}

#[test]
fn a_pattern_of_any_length_is_read_or_passed_over() {
    for (pattern, good) in [
        ("a|".repeat(4_000), true),
        ("a|".repeat(60_000), false),
        ("a".repeat(100_000), false),
    ] {
        let schema = schemas(&format!(
            "    A: {{ type: string, pattern: '{pattern}' }}\n"
        ));
        assert_eq!(codes(&schema).contains(&"bad-pattern"), !good);
        let schema = schemas(&format!(
            "    A: {{ patternProperties: {{ ? '{pattern}' : true }} }}\n"
        ));
        assert_eq!(codes(&schema).contains(&"bad-pattern"), !good);
    }
}

#[test]
fn parameters_responses_and_paths_that_refer_to_themselves_are_left_out() {
    let text = "openapi: 3.0.3\ninfo: { title: t, version: '1' }\npaths:\n  /a: { $ref: '#/paths/~1b' }\n  /b: { $ref: '#/paths/~1a' }\n  /c:\n    get:\n      operationId: c\n      parameters: [{ $ref: '#/components/parameters/P' }]\n      requestBody: { $ref: '#/components/requestBodies/B' }\n      responses: { '200': { $ref: '#/components/responses/R' } }\ncomponents:\n  parameters: { P: { $ref: '#/components/parameters/P' } }\n  requestBodies: { B: { $ref: '#/components/requestBodies/B' } }\n  responses: { R: { $ref: '#/components/responses/R' } }\n";
    assert_eq!(codes(text), ["reference-cycle"]);
}

#[test]
fn numbers_beyond_all_bounds_limit_nothing() {
    let huge = "9".repeat(400);
    let found = codes(&schemas(&format!(
        "    A: {{ type: integer, minimum: -{huge}, maximum: 1e999 }}\n    B: {{ type: string, maxLength: {huge}, minLength: 1e30 }}\n    C: {{ type: number, multipleOf: 1e-400 }}\n"
    )));
    assert!(
        found
            .iter()
            .all(|code| ["bad-keyword", "empty-range"].contains(code)),
        "{found:?}"
    );
    let json = format!(
        "{{\"openapi\": \"3.0.3\", \"info\": {{\"title\": \"t\", \"version\": \"1\"}}, \"paths\": {{}}, \"components\": {{\"schemas\": {{\"A\": {{\"maximum\": 1e999, \"minimum\": -{huge}}}}}}}}}"
    );
    let found = codes(&json);
    assert!(found.iter().all(|code| *code == "bad-keyword"), "{found:?}");
}

#[test]
fn bytes_that_are_no_text_are_one_finding() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bytes.yaml");
    for bytes in [
        &b"openapi: \xff\xfe\xfd"[..],
        b"\xff\xfea\0b",
        b"\xc0\x80",
        b"\0\0\0\0",
    ] {
        std::fs::write(&path, bytes).unwrap();
        let mut diagnostics = Diagnostics::new();
        assert!(load(&path, &mut diagnostics).is_none());
        assert_eq!(diagnostics.entries().len(), 1, "{bytes:?}");
        let shown = diagnostics.render(Style::Plain);
        assert!(shown.contains("bytes.yaml:1"), "{shown}");
    }
}

#[test]
fn a_document_in_utf_16_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("utf-16.yaml");
    let text = "\u{feff}openapi: 3.0.3\ninfo: { title: é, version: '1' }\npaths: {}\n";
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    std::fs::write(&path, bytes).unwrap();
    let mut diagnostics = Diagnostics::new();
    assert!(load(&path, &mut diagnostics).is_some());
    assert_eq!(diagnostics.entries(), []);
}

#[test]
fn names_with_invisible_characters_become_inert_code() {
    let text = r##"{"openapi": "3.0.3", "info": {"title": "t\u202e", "version": "1"}, "paths": {
        "/\u0000\u202e": {"get": {"operationId": "\u0000\u202e", "description": "\u202e*/ \"# ``` fn main() {}",
            "responses": {"200": {"description": "\u2066"}}}}},
        "components": {"schemas": {"\u0000": {"type": "object", "description": "a\u202eb\u0000",
            "properties": {"\u0000": {"type": "string"}, "\u202e": {"type": "string", "enum": ["\u0000", "\u202e", "a\u2066"]}}}}}}"##;
    let (api, diagnostics) = lowered_text(text);
    let api = api.unwrap_or_else(|| panic!("{:#?}", diagnostics.entries()));
    for output in render::render(&api, &Plan::of(&api, Split::None), &Options::default()) {
        let header = Header {
            origin: "specs/sample.yaml".to_owned(),
            regenerate: "make".to_owned(),
        };
        let code = emit::emit(&output, &header);
        let hidden = code.chars().find(|c| {
            *c == '\0' || matches!(*c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        });
        assert_eq!(hidden, None, "{}", output.path);
    }
}

#[test]
fn the_first_of_several_documents_is_read() {
    let text = "---\nopenapi: 3.0.3\ninfo: { title: t, version: '1' }\npaths: {}\n";
    assert_eq!(codes(&format!("{text}...\n---\n")), [""; 0]);
    assert_eq!(
        codes(&format!("{text}---\nother: 1\n")),
        ["several-documents"]
    );
}

#[test]
fn files_outside_the_folder_of_the_contract_are_not_read_by_any_name() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("inside");
    std::fs::create_dir(&inside).unwrap();
    std::fs::write(folder.path().join("secret.yaml"), "type: string\n").unwrap();
    let mut names = vec![
        "../secret.yaml".to_owned(),
        "../inside/../secret.yaml".to_owned(),
        "%2e%2e/secret.yaml".to_owned(),
        folder.path().join("secret.yaml").display().to_string(),
    ];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(folder.path(), inside.join("link")).unwrap();
        names.push("link/secret.yaml".to_owned());
    }
    for name in names {
        let text = schemas(&format!("    A: {{ $ref: '{name}' }}\n"));
        let mut diagnostics = Diagnostics::new();
        let document = load_text(&inside.join("api.yaml"), &text, &mut diagnostics).unwrap();
        let resolved = typewright::resolve::resolve(document, &mut diagnostics).unwrap();
        assert_eq!(resolved.documents.len(), 1, "{name}");
        assert_eq!(diagnostics.entries()[0].code, "reference-outside", "{name}");
    }
}
