//! Texts that differ little from one that a schema allows: mostly, each breaks one keyword.

use serde_json::Value;

use super::super::round_trip::parts::Parts;
use super::mutations::counts;

/// A text as its schema does not have it: of other lengths, nearly of its format, nearly one of those
/// that its pattern matches.
pub(super) fn changed(text: &str, parts: &Parts<'_>) -> Vec<Value> {
    let says = |keyword: &str| parts.iter().any(|part| part.contains_key(keyword));
    let mut out: Vec<String> = Vec::new();
    for count in counts(parts, ["minLength", "maxLength"]) {
        // A character that is not of the basic plane is one character: JSON Schema Validation
        // 2020-12, section 6.3.1.
        for more in ['x', '\u{1F600}'] {
            let characters = text.chars().chain(std::iter::repeat(more));
            out.push(characters.take(count).collect());
        }
    }
    let formats = parts.iter().filter_map(|part| part.get("format")?.as_str());
    out.extend(formats.flat_map(near).map(|text| (*text).to_owned()));
    if says("pattern") {
        let rest: String = text.chars().skip(1).collect();
        out.extend([
            format!("{text}\n"),
            format!("x{text}"),
            rest,
            text.to_uppercase(),
            format!("{text}x"),
            // Digits, letters and spaces that are not those of ASCII.
            text.replace(|c: char| c.is_ascii_digit(), "\u{0663}"),
            text.replace(['k', 'K'], "\u{212A}"),
            format!("{text}\u{A0}"),
            format!("{text}\u{85}"),
            format!("{text}-"),
            format!("{text}_"),
        ]);
    }
    if says("enum") || says("const") {
        out.extend([text.to_uppercase(), format!("{text} ")]);
    }
    out.push(String::new());
    out.push(format!("{text}\u{1F600}"));
    out.into_iter().map(Value::String).collect()
}

/// Texts that are of a format, or nearly so.
#[expect(clippy::too_many_lines, reason = "it is a table")]
fn near(format: &str) -> &'static [&'static str] {
    match format {
        "date" => &[
            "2024-02-30",
            "2023-02-29",
            "1900-02-29",
            "2000-02-29",
            "2024-2-9",
            "0000-01-01",
            "2024-02-29 ",
            "2024-00-01",
            "2024-01-00",
            "+2024-01-01",
            "\u{FF12}024-02-29",
            "20240229",
            "2024-W09-4",
            "2024-060",
        ],
        "date-time" => &[
            "2016-12-31T23:59:60Z",
            "1990-12-31T15:59:60-08:00",
            "2024-02-29T12:00:60Z",
            "2024-02-29 23:59:59Z",
            "2024-02-29t23:59:59z",
            "2024-02-29T24:00:00Z",
            "2024-02-29T23:59:59",
            "2024-02-29T23:59:59+24:00",
            "2024-02-29T23:59:59+23:59",
            "2024-02-29T23:59:59-00:00",
            "2024-02-29T23:59:59.Z",
            "2024-02-29T23:59:59.123456789123Z",
            "2024-02-29T23:59:59+0100",
            "2024-02-30T23:59:59Z",
            "2024-02-29T23:59Z",
            "2024-02-29T23:60:00Z",
            "2024-02-29",
        ],
        "time" => &[
            "23:59:60Z",
            "23:59:59",
            "24:00:00Z",
            "23:59:59+01:00",
            "15:59:60-08:00",
            "12:00:60Z",
            "23:59:59z",
            "23:59:59.Z",
            "1:02:03Z",
            "01:02:03.4",
            "23:59:60",
            "01:02:60",
        ],
        "duration" => &[
            "P",
            "PT",
            "P1W",
            "P1Y2W",
            "P1DT",
            "P1.5D",
            "p1d",
            "P1Y1D",
            "PT1H1S",
            "PT1.5S",
            "P1M1Y",
            "-P1D",
            "P1Y2M3W4DT5H6M7.5S",
            "PT1.5H1S",
            "P1.D",
            "PT0,5S",
        ],
        "uuid" => &[
            "FF74DCA6-8E7F-4B85-A42B-13860913B370",
            "ff74dca68e7f4b85a42b13860913b370",
            "{ff74dca6-8e7f-4b85-a42b-13860913b370}",
            "urn:uuid:ff74dca6-8e7f-4b85-a42b-13860913b370",
            "00000000-0000-0000-0000-000000000000",
            "ff74dca6-8e7f-4b85-a42b-13860913b37",
            "gf74dca6-8e7f-4b85-a42b-13860913b370",
        ],
        "email" | "idn-email" => &[
            "a@b",
            "@b.example",
            "a@",
            "a",
            "a b@example.com",
            "\"a b\"@example.com",
            "\"a\\\"b\"@example.com",
            "\"a\"b\"@example.com",
            "a@[127.0.0.1]",
            "a@[IPv6:::1]",
            "a@[300.0.0.1]",
            "a@-b.com",
            ".a@example.com",
            "a.@example.com",
            "a..b@example.com",
            "\u{E4}@example.com",
            "a@ex\u{E4}mple.com",
            "a@example.com.",
            "a@example..com",
            "a@b@example.com",
            "a+b/c=?^`{|}~@example.com",
            "a@ex_ample.com",
            "Someone <a@example.com>",
            "a,b@example.com",
        ],
        "hostname" | "idn-hostname" => &[
            "localhost",
            "EXAMPLE.com",
            "-a.example",
            "a-.example",
            "a_b.example",
            "example.com.",
            ".example.com",
            ".",
            "a..b",
            "192.0.2.1",
            "a b",
            "xn--X",
            "xn--ihqwcrb4cv8a8dqg056pqjye",
            "ab--cd.example",
            "ex\u{E4}mple.com",
            "a123456789012345678901234567890123456789012345678901234567890123.example",
            "*.example.com",
            "example.com:80",
        ],
        "ipv4" => &[
            "1.2.3",
            "01.2.3.4",
            "256.1.1.1",
            "1.2.3.4 ",
            "0x7f.1.1.1",
            "1.2.3.4/24",
            "2130706433",
        ],
        "ipv6" => &[
            "::",
            "::1",
            "1::2::3",
            "::ffff:192.0.2.1",
            "::ffff:192.0.2.256",
            "12345::",
            "fe80::1%eth0",
            "1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7:8:9",
            ":1:2:3:4:5:6:7:8",
            "1:2:3:4:5:6:7::",
            "2001:DB8::1",
            "::1/64",
            "[::1]",
        ],
        "uri" | "uri-reference" | "iri" | "iri-reference" | "url" => &[
            "example.com",
            "//example.com/a",
            "/a?b#c",
            "http://a b",
            "http://[::1]/",
            "http://[::1",
            "http://[v1.a]/",
            "mailto:a@example.com",
            "urn:isbn:0451450523",
            "http://\u{E4}.example/\u{FC}",
            "http://example.com/%zz",
            "http://example.com/%41",
            "a:",
            "1a:b",
            "http://example.com:port/",
            "http://example.com:/",
            "http://example.com/{id}",
            "http://example.com/<b>",
            "http://user:p@example.com",
            "http://",
            "http:///a",
            "\\\\server\\share",
            "http://example.com/a|b",
            "http://example.com/^",
            "http://example.com/#a#b",
            "a b",
            "::",
            "1:b",
        ],
        "uri-template" => &[
            "/a/{b}", "/a/{b", "/a/b}", "{+b}", "{#b*}", "{b:3}", "{b:0}", "{=b}", "{}", "{a,b}",
            "{a b}", "/%zz", "a b",
        ],
        "byte" => &[
            "dGV4dA", "dGV4dA=", "dGV4dB==", "dGV4", "====", "dGV4\n", "dG-_", "d===", "a",
        ],
        "json-pointer" | "relative-json-pointer" => &[
            "a", "/", "/~", "/~2", "/~0~1", "0", "01/a", "0#", "1#/a", "-1/a", "#/a",
        ],
        "regex" => &[
            "(",
            "[",
            "a{2,1}",
            "\\p{L}",
            "\\Z",
            "(?<n>a)\\k<n>",
            "(?i)a",
            "\\d+",
        ],
        _ => &[],
    }
}
