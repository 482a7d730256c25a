//! The sources of this package as constants, for generators that ship them beside their output.

/// Each file by its path in the package, with its text: a manifest that stands alone, and all of
/// `src/`.
pub const FILES: &[(&str, &str)] = &[
    ("Cargo.toml", MANIFEST),
    ("src/assert.rs", include_str!("assert.rs")),
    ("src/binary.rs", include_str!("binary.rs")),
    ("src/check.rs", include_str!("check.rs")),
    ("src/client/answered.rs", include_str!("client/answered.rs")),
    ("src/client/argument.rs", include_str!("client/argument.rs")),
    ("src/client/blocking.rs", include_str!("client/blocking.rs")),
    (
        "src/client/body/event.rs",
        include_str!("client/body/event.rs"),
    ),
    (
        "src/client/body/form.rs",
        include_str!("client/body/form.rs"),
    ),
    (
        "src/client/body/frames.rs",
        include_str!("client/body/frames.rs"),
    ),
    ("src/client/body/mod.rs", include_str!("client/body/mod.rs")),
    (
        "src/client/body/multipart/mod.rs",
        include_str!("client/body/multipart/mod.rs"),
    ),
    (
        "src/client/body/multipart/parts.rs",
        include_str!("client/body/multipart/parts.rs"),
    ),
    (
        "src/client/body/multipart/read.rs",
        include_str!("client/body/multipart/read.rs"),
    ),
    (
        "src/client/body/multipart/write.rs",
        include_str!("client/body/multipart/write.rs"),
    ),
    (
        "src/client/body/outgoing.rs",
        include_str!("client/body/outgoing.rs"),
    ),
    (
        "src/client/body/plain.rs",
        include_str!("client/body/plain.rs"),
    ),
    (
        "src/client/body/sequence.rs",
        include_str!("client/body/sequence.rs"),
    ),
    ("src/client/call.rs", include_str!("client/call.rs")),
    ("src/client/config.rs", include_str!("client/config.rs")),
    ("src/client/core.rs", include_str!("client/core.rs")),
    (
        "src/client/credential.rs",
        include_str!("client/credential.rs"),
    ),
    (
        "src/client/credentials.rs",
        include_str!("client/credentials.rs"),
    ),
    (
        "src/client/default_transport.rs",
        include_str!("client/default_transport.rs"),
    ),
    ("src/client/error.rs", include_str!("client/error.rs")),
    ("src/client/exchange.rs", include_str!("client/exchange.rs")),
    ("src/client/execute.rs", include_str!("client/execute.rs")),
    (
        "src/client/header_values.rs",
        include_str!("client/header_values.rs"),
    ),
    ("src/client/hook.rs", include_str!("client/hook.rs")),
    ("src/client/http2.rs", include_str!("client/http2.rs")),
    ("src/client/hyper.rs", include_str!("client/hyper.rs")),
    ("src/client/in_band.rs", include_str!("client/in_band.rs")),
    ("src/client/incoming.rs", include_str!("client/incoming.rs")),
    ("src/client/items.rs", include_str!("client/items.rs")),
    ("src/client/job.rs", include_str!("client/job.rs")),
    ("src/client/macros.rs", include_str!("client/macros.rs")),
    ("src/client/mask.rs", include_str!("client/mask.rs")),
    (
        "src/client/media_type.rs",
        include_str!("client/media_type.rs"),
    ),
    ("src/client/message.rs", include_str!("client/message.rs")),
    ("src/client/mod.rs", include_str!("client/mod.rs")),
    ("src/client/oauth2.rs", include_str!("client/oauth2.rs")),
    ("src/client/obtain.rs", include_str!("client/obtain.rs")),
    (
        "src/client/operation.rs",
        include_str!("client/operation.rs"),
    ),
    (
        "src/client/operation/content.rs",
        include_str!("client/operation/content.rs"),
    ),
    (
        "src/client/operation/parameter.rs",
        include_str!("client/operation/parameter.rs"),
    ),
    (
        "src/client/operation/response.rs",
        include_str!("client/operation/response.rs"),
    ),
    ("src/client/pages.rs", include_str!("client/pages.rs")),
    (
        "src/client/parameter.rs",
        include_str!("client/parameter.rs"),
    ),
    (
        "src/client/parameter/deep.rs",
        include_str!("client/parameter/deep.rs"),
    ),
    (
        "src/client/parameter/path.rs",
        include_str!("client/parameter/path.rs"),
    ),
    (
        "src/client/parameter/read.rs",
        include_str!("client/parameter/read.rs"),
    ),
    ("src/client/place.rs", include_str!("client/place.rs")),
    ("src/client/poll.rs", include_str!("client/poll.rs")),
    (
        "src/client/problem_details.rs",
        include_str!("client/problem_details.rs"),
    ),
    ("src/client/redirect.rs", include_str!("client/redirect.rs")),
    ("src/client/repeat.rs", include_str!("client/repeat.rs")),
    ("src/client/replay.rs", include_str!("client/replay.rs")),
    ("src/client/request.rs", include_str!("client/request.rs")),
    (
        "src/client/request/content.rs",
        include_str!("client/request/content.rs"),
    ),
    (
        "src/client/request/headers.rs",
        include_str!("client/request/headers.rs"),
    ),
    (
        "src/client/request/path.rs",
        include_str!("client/request/path.rs"),
    ),
    ("src/client/reqwest.rs", include_str!("client/reqwest.rs")),
    ("src/client/response.rs", include_str!("client/response.rs")),
    (
        "src/client/response_link.rs",
        include_str!("client/response_link.rs"),
    ),
    ("src/client/retry.rs", include_str!("client/retry.rs")),
    ("src/client/send.rs", include_str!("client/send.rs")),
    ("src/client/sent.rs", include_str!("client/sent.rs")),
    ("src/client/server.rs", include_str!("client/server.rs")),
    (
        "src/client/status_question.rs",
        include_str!("client/status_question.rs"),
    ),
    ("src/client/stream.rs", include_str!("client/stream.rs")),
    ("src/client/timer.rs", include_str!("client/timer.rs")),
    ("src/client/tls.rs", include_str!("client/tls.rs")),
    ("src/client/tower.rs", include_str!("client/tower.rs")),
    (
        "src/client/transport.rs",
        include_str!("client/transport.rs"),
    ),
    ("src/client/upload.rs", include_str!("client/upload.rs")),
    (
        "src/client/upload/file.rs",
        include_str!("client/upload/file.rs"),
    ),
    ("src/decimal.rs", include_str!("decimal.rs")),
    ("src/decode.rs", include_str!("decode.rs")),
    ("src/encode.rs", include_str!("encode.rs")),
    ("src/equal.rs", include_str!("equal.rs")),
    ("src/exact/decide.rs", include_str!("exact/decide.rs")),
    ("src/exact/equal.rs", include_str!("exact/equal.rs")),
    ("src/exact/instance.rs", include_str!("exact/instance.rs")),
    ("src/exact/keyword.rs", include_str!("exact/keyword.rs")),
    ("src/exact/literal.rs", include_str!("exact/literal.rs")),
    ("src/exact/mod.rs", include_str!("exact/mod.rs")),
    ("src/exact/part.rs", include_str!("exact/part.rs")),
    ("src/exact/report.rs", include_str!("exact/report.rs")),
    ("src/exact/strict.rs", include_str!("exact/strict.rs")),
    ("src/exact/way.rs", include_str!("exact/way.rs")),
    ("src/field.rs", include_str!("field.rs")),
    ("src/format/host.rs", include_str!("format/host.rs")),
    ("src/format/mod.rs", include_str!("format/mod.rs")),
    ("src/format/plain.rs", include_str!("format/plain.rs")),
    ("src/format/template.rs", include_str!("format/template.rs")),
    ("src/format/time.rs", include_str!("format/time.rs")),
    ("src/format/uri.rs", include_str!("format/uri.rs")),
    ("src/identical.rs", include_str!("identical.rs")),
    ("src/json.rs", include_str!("json.rs")),
    ("src/json/any.rs", include_str!("json/any.rs")),
    ("src/json/parse.rs", include_str!("json/parse.rs")),
    ("src/json/read.rs", include_str!("json/read.rs")),
    ("src/json/write.rs", include_str!("json/write.rs")),
    ("src/lib.rs", include_str!("lib.rs")),
    ("src/link.rs", include_str!("link.rs")),
    ("src/macros.rs", include_str!("macros.rs")),
    ("src/misfit.rs", include_str!("misfit.rs")),
    ("src/pattern.rs", include_str!("pattern.rs")),
    ("src/problem.rs", include_str!("problem.rs")),
    ("src/rule.rs", include_str!("rule.rs")),
    ("src/secret.rs", include_str!("secret.rs")),
    ("src/shape.rs", include_str!("shape.rs")),
    ("src/shown.rs", include_str!("shown.rs")),
    ("src/slot.rs", include_str!("slot.rs")),
    ("src/source.rs", include_str!("source.rs")),
    ("src/tape.rs", include_str!("tape.rs")),
    ("src/text.rs", include_str!("text.rs")),
    ("src/value.rs", include_str!("value.rs")),
    ("src/violation.rs", include_str!("violation.rs")),
    ("src/webhook.rs", include_str!("webhook.rs")),
    ("src/webhook/answer.rs", include_str!("webhook/answer.rs")),
    (
        "src/webhook/parameters.rs",
        include_str!("webhook/parameters.rs"),
    ),
    ("src/xml.rs", include_str!("xml.rs")),
    ("src/xml/element.rs", include_str!("xml/element.rs")),
    ("src/xml/group.rs", include_str!("xml/group.rs")),
    ("src/xml/parse.rs", include_str!("xml/parse.rs")),
    ("src/xml/read.rs", include_str!("xml/read.rs")),
    ("src/xml/scope.rs", include_str!("xml/scope.rs")),
    ("src/xml/text.rs", include_str!("xml/text.rs")),
    ("src/xml/write.rs", include_str!("xml/write.rs")),
];

/// The package's manifest where there is no workspace to take versions from.
const MANIFEST: &str = concat!(
    r#"[package]
name = "typewright-runtime"
version = ""#,
    env!("CARGO_PKG_VERSION"),
    r#""
description = ""#,
    env!("CARGO_PKG_DESCRIPTION"),
    r#""
edition = "2024"
rust-version = ""#,
    env!("CARGO_PKG_RUST_VERSION"),
    r#""
license = ""#,
    env!("CARGO_PKG_LICENSE"),
    r#""
publish = false

[features]
default = ["ecmascript", "format", "json", "pattern"]
# JSON through serde_json, and the serde bridge of every model.
json = ["dep:percent-encoding", "dep:serde", "dep:serde_json"]
# XML through quick-xml.
xml = ["dep:quick-xml"]
# Patterns that an automaton decides.
pattern = ["dep:regex"]
# Patterns with look-around or back references, and the format `regex`: ECMA-262.
ecmascript = ["pattern", "dep:fancy-regex", "dep:regress"]
# Formats that take tables of Unicode or grammars of their own: hosts, mailboxes, URIs and IRIs.
format = ["dep:icu_properties", "dep:idna", "dep:iri-string"]
# The client core: operations, calls, results, the transport trait.
client = [
    "json",
    "dep:async-lock",
    "dep:base64",
    "dep:bytes",
    "dep:futures-core",
    "dep:http",
    "dep:http-body",
    "dep:httpdate",
    "dep:pin-project-lite",
    "dep:tracing",
    "dep:url",
]
# Time limits and pauses by the timer of Tokio, and files that are streamed.
tokio = ["client", "dep:tokio"]
# The transport over hyper's own client with rustls, which is taken where none is given.
hyper = ["tokio", "dep:hyper-rustls", "dep:hyper-util", "dep:rustls", "dep:rustls-platform-verifier", "dep:tower-service"]
# The transport over reqwest with rustls, which is taken where the environment names a proxy.
reqwest = ["hyper", "dep:reqwest"]
# HTTP/2, where the server offers it.
http2 = ["dep:h2", "hyper-rustls?/http2", "hyper-util?/http2", "reqwest?/http2"]
# Answers that are compressed with gzip, and are bounded by what they unpack to.
gzip = ["reqwest", "reqwest/gzip"]
# Calls for which a thread waits, without a runtime around them.
blocking = ["tokio", "tokio/rt-multi-thread"]
# Services of tower as transports, and transports as services.
tower = ["client", "dep:tower-service"]
# The sources of this package as constants, for generators that ship them.
source = []

[dependencies]
async-lock = { version = "3", default-features = false, optional = true, features = ["std"] }
base64 = { version = "0.23", default-features = false, optional = true, features = ["alloc"] }
bytes = { version = "1", optional = true }
futures-core = { version = "0.3", default-features = false, optional = true }
h2 = { version = "0.4", optional = true }
http = { version = "1", optional = true }
http-body = { version = "1", optional = true }
httpdate = { version = "1", optional = true }
hyper-rustls = { version = "0.27", default-features = false, optional = true, features = ["http1"] }
hyper-util = { version = "0.1", default-features = false, optional = true, features = ["client-legacy", "http1", "tokio"] }
icu_properties = { version = "2", default-features = false, optional = true, features = ["compiled_data"] }
idna = { version = "1", optional = true }
fancy-regex = { version = "0.19", default-features = false, optional = true, features = ["perf", "std", "unicode", "variable-lookbehinds"] }
iri-string = { version = "0.7", default-features = false, optional = true, features = ["std"] }
percent-encoding = { version = "2", optional = true }
pin-project-lite = { version = "0.2", optional = true }
quick-xml = { version = "0.42", optional = true }
regex = { version = "1", default-features = false, optional = true, features = ["perf", "std", "unicode"] }
regress = { version = "0.12", default-features = false, optional = true, features = ["std"] }
reqwest = { version = "0.13", default-features = false, optional = true, features = ["rustls-no-provider"] }
rustls = { version = "0.23", default-features = false, optional = true, features = ["ring", "std", "tls12"] }
rustls-platform-verifier = { version = "0.7", optional = true }
serde = { version = "1", default-features = false, optional = true, features = ["std"] }
serde_json = { version = "1", optional = true, features = ["float_roundtrip"] }
tokio = { version = "1", default-features = false, optional = true, features = ["fs", "rt", "time"] }
tower-service = { version = "0.3", optional = true }
tracing = { version = "0.1", default-features = false, optional = true, features = ["std"] }
url = { version = "2", optional = true }
zeroize = "1"
"#
);
