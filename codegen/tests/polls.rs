//! What is said of polling is checked, and reported with its place.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use typewright::diagnostics::Diagnostics;

/// What is reported of an operation that says this of how it is asked for.
fn about(stated: &str) -> String {
    let text = format!(
        r##"
openapi: 3.0.3
info: {{ title: a, version: "1" }}
paths:
  /things/{{id}}:
    post:
      operationId: start
      x-typewright-poll: {stated}
      parameters:
        - {{ name: id, in: path, required: true, schema: {{ type: string }} }}
      responses:
        "202":
          description: Begun.
          content: {{ application/json: {{ schema: {{ type: object, properties: {{ job: {{ type: integer }} }} }} }} }}
  /jobs/{{job}}:
    get:
      operationId: ask
      parameters:
        - {{ name: job, in: path, required: true, schema: {{ type: integer }} }}
      responses:
        "200":
          description: How far it is.
          content: {{ application/json: {{ schema: {{ $ref: "#/components/schemas/Told" }} }} }}
  /changes:
    post:
      operationId: change
      x-typewright-poll: {{ operation: ask, url: $response.header.Location }}
      responses: {{ "202": {{ description: Begun. }} }}
  /moves:
    post:
      operationId: move
      requestBody: {{ required: true, content: {{ application/json: {{ schema: {{ type: object }} }} }} }}
      responses: {{ "202": {{ description: Begun. }} }}
components:
  schemas:
    Told: {{ type: object, properties: {{ state: {{ type: string, enum: [ready, broken] }}, more: {{}}, list: {{ type: array, items: {{ type: boolean }} }} }} }}
"##
    );
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("polls.yaml");
    std::fs::write(&spec, text).unwrap();
    let found = match typewright::Generator::new(&spec).generate() {
        Ok(generated) => vec![generated.diagnostics().clone()],
        Err(failure) => failure.diagnostics().to_vec(),
    };
    let entries = found.iter().flat_map(Diagnostics::entries);
    let root = "/paths/~1things~1{id}/post/x-typewright-poll";
    let lines = entries.map(|entry| {
        let at = entry
            .place
            .pointer
            .strip_prefix(root)
            .unwrap_or("elsewhere");
        format!("{} {at}: {}", entry.code, entry.message)
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_right_is_taken() {
    for stated in [
        "{ operation: ask, parameters: { job: $response.body#/job } }",
        "{ operation: ask, parameters: { path.job: '{$request.path.id}' }, interval: 0.2 }",
        "{ operation: ask, parameters: { job: 7 }, status: /state, done: [ready], failed: [broken] }",
        "{ operation: ask, parameters: { job: 7 }, status: /more/of/it, done: [1, true, x] }",
        "{ operation: ask, parameters: { job: 7 }, status: /list/0, done: [true] }",
        "{ operation: ask, url: $url }",
        "{ operation: start, interval: 9 }",
    ] {
        assert_eq!(about(stated), "", "{stated}");
    }
}

#[test]
fn a_wrong_form_is_reported() {
    let extension = "`x-typewright-poll`";
    for (stated, at, message) in [
        (
            "true",
            "",
            "must be a mapping with `operation`, and this is a boolean",
        ),
        (
            "{ url: $url }",
            "",
            "must say `operation`, the `operationId` of the one that asks",
        ),
        (
            "{ operation: 1 }",
            "/operation",
            "must have an `operationId` under `operation`",
        ),
        (
            "{ operation: ask, every: 1 }",
            "/every",
            "has no `every`, only `operation`, `parameters`, `url`, `status`, `done`, `failed`, `interval`",
        ),
        (
            "{ operation: ask, url: /jobs }",
            "/url",
            "must have a runtime expression such as `$response.header.Location` under `url`",
        ),
        (
            "{ operation: ask, url: $url, interval: 0 }",
            "/interval",
            "must have a number of seconds greater than 0 under `interval`",
        ),
        (
            "{ operation: ask, url: $url, status: state, done: [a] }",
            "/status",
            "must have a JSON Pointer such as `/state` under `status`",
        ),
        (
            "{ operation: ask, url: $url, status: /state }",
            "/status",
            "must say with which values it is `done`, beside `status`",
        ),
        (
            "{ operation: ask, url: $url, done: [a] }",
            "/done",
            "has `done`, and no `status` that it is in",
        ),
        (
            "{ operation: ask, url: $url, status: /state, done: ready }",
            "/done",
            "must have a sequence of strings or other scalars under `done`",
        ),
        (
            "{ operation: ask, url: $url, status: /state, done: [ready], failed: [ready] }",
            "/failed",
            "has `ready` under `done` and `failed`",
        ),
    ] {
        let reported = format!("bad-extension {at}: {extension} {message}");
        assert_eq!(about(stated), reported, "{stated}");
    }
}

#[test]
fn what_it_names_has_to_be_there() {
    for (stated, at, message) in [
        (
            "{ operation: asks }",
            "/operation",
            "no operation has the id `asks`",
        ),
        ("{ operation: move }", "/operation", "`move` needs a body"),
        (
            "{ operation: change }",
            "/operation",
            "`change` has a `x-typewright-poll` of its own",
        ),
        (
            "{ operation: ask }",
            "/parameters",
            "must say what `job` of `ask` is",
        ),
        (
            "{ operation: ask, parameters: { jobs: 1 } }",
            "/parameters/jobs",
            "`ask` has no parameter `jobs`",
        ),
        (
            "{ operation: ask, parameters: { job: 1 }, url: $url }",
            "/parameters/job",
            "`job` is in the `url` already",
        ),
        (
            "{ operation: ask, parameters: { job: $response.id } }",
            "/parameters/job",
            "`$response.id` is no runtime expression",
        ),
        (
            "{ operation: ask, parameters: { job: $response.body#/jobs } }",
            "/parameters/job",
            "there is nothing at `/jobs` in an answer to `start`",
        ),
        (
            "{ operation: ask, parameters: { job: $request.body#/job } }",
            "/parameters/job",
            "there is nothing at `/job` in what is sent to `start`",
        ),
        (
            "{ operation: ask, parameters: { job: $request.query.id } }",
            "/parameters/job",
            "`start` has no such parameter `id`",
        ),
        (
            "{ operation: ask, parameters: { job: $response.query.id } }",
            "/parameters/job",
            "`$response.query.id`: an answer has no parameters",
        ),
        (
            "{ operation: ask, url: $url, status: /states, done: [ready] }",
            "/status",
            "there is nothing at `/states` in an answer to `ask`",
        ),
        (
            "{ operation: ask, url: $url, status: /state, done: [redy] }",
            "/done",
            "`/state` of `ask` is never `redy`",
        ),
        (
            "{ operation: start, url: $url }",
            "/url",
            "`start` asks again as it has asked before: there is no `url`",
        ),
    ] {
        assert_eq!(
            about(stated),
            format!("bad-poll {at}: {message}"),
            "{stated}"
        );
    }
}
