//! Formats: texts that are in one, and texts that nearly are.

#![cfg(all(feature = "format", feature = "pattern"))]

use typewright_runtime::rule::Format;

#[track_caller]
fn assert_format(format: Format, good: &[&str], bad: &[&str]) {
    for text in good {
        assert!(format.holds(text), "{text:?} is a {}", format.name());
    }
    for text in bad {
        assert!(!format.holds(text), "{text:?} is no {}", format.name());
    }
}

#[test]
fn times_have_offsets_and_durations_no_gaps() {
    assert_format(
        Format::TIME,
        &["10:00:00Z", "23:59:60+00:00", "10:00:00.5-07:30"],
        &["10:00:00", "24:00:00Z", "10:00Z"],
    );
    assert_format(
        Format::DURATION,
        &["P1Y2M3DT4H5M6S", "PT1M", "P4W", "P1D"],
        &["P", "PT", "1D", "P1Y3D", "P1W2D", "PT1S2M", "P1.5D"],
    );
}

#[test]
fn mailboxes_are_in_ascii_unless_they_are_international() {
    let both = [
        "a@example.com",
        "first.last+tag@sub.example",
        "\"a \\\" b\"@x.y",
        "a@[127.0.0.1]",
        "a@[IPv6:::1]",
        "a@[tag:content]",
        "a@[tag:x@y]",
        "a@[127.000.000.001]",
    ];
    let neither = [
        "a",
        "@b",
        "a@",
        "a@b..c",
        "a b@c",
        ".a@b",
        "a@-b",
        "\"a@b",
        "\"a\"b\"@c",
        "a@[1.2.3]",
        "a@[IPv6:1]",
        "a@[-:a]",
        "a@[tag:]",
    ];
    let international = ["jürgen@müller.de", "a@例え.jp"];
    assert_format(Format::EMAIL, &both, &neither);
    assert_format(Format::EMAIL, &[], &international);
    assert_format(Format::IDN_EMAIL, &both, &neither);
    assert_format(Format::IDN_EMAIL, &international, &["\"\\\u{e9}\"@b"]);
    let long = |length: usize| format!("{}@b", "a".repeat(length));
    assert_format(Format::EMAIL, &[&long(64)], &[&long(65)]);
}

#[test]
fn labels_of_hosts_mean_something_when_they_are_decoded() {
    assert_format(
        Format::HOSTNAME,
        &[
            "example.com",
            "localhost",
            "a-b.c1",
            "a--b",
            "xn--bcher-kva.example",
        ],
        &[
            "",
            "-a.b",
            "a_b",
            "a..b",
            "example.com.",
            "xn--X",
            "bücher.example",
            "xn--l-fda",
            "xn----b-plaa",
        ],
    );
    assert_format(
        Format::IDN_HOSTNAME,
        &[
            "bücher.example",
            "xn--bcher-kva.example",
            "l·l",
            "・ア",
            "例え。jp",
        ],
        &[
            "",
            "l·a",
            "・",
            "☃.example",
            "ää--b",
            "a\u{20D0}",
            "例\u{1D167}例",
            "\u{1100}",
            "a.-b",
            "א1א\u{660}",
        ],
    );
}

#[test]
fn addresses_are_whole() {
    assert_format(
        Format::IPV4,
        &["127.0.0.1"],
        &["127.0.0", "256.0.0.1", "1.2.3.4/8", "01.2.3.4"],
    );
    assert_format(
        Format::IPV6,
        &["::1", "fe80::1:2", "::ffff:1.2.3.4"],
        &["1.2.3.4", ":::", "::1%eth0"],
    );
}

#[test]
fn identifiers_of_resources_are_absolute_unless_they_are_references() {
    let absolute = ["https://example.com/a?b=%20#c", "urn:isbn:1", "mailto:a@b"];
    let relative = ["/a", "example.com", "#b", ""];
    let international = ["https://例え.jp/ü"];
    let neither = ["http://a b", "http://a/%2", "http://[::1", "1a:b"];
    assert_format(Format::URI, &absolute, &relative);
    assert_format(Format::URI, &[], &neither);
    assert_format(Format::URI, &[], &international);
    assert_format(Format::URI_REFERENCE, &absolute, &neither);
    assert_format(Format::URI_REFERENCE, &relative, &international);
    assert_format(Format::IRI, &absolute, &relative);
    assert_format(Format::IRI, &international, &neither);
    assert_format(Format::IRI_REFERENCE, &relative, &neither);
    assert_format(Format::IRI_REFERENCE, &international, &[]);
}

#[test]
fn templates_have_variables_with_names_and_modifiers() {
    assert_format(
        Format::URI_TEMPLATE,
        &[
            "",
            "/a/{b}{?c,d*}",
            "{+a:12}",
            "{a.b}",
            "{%41}",
            "it's",
            "ü",
        ],
        &[
            "{",
            "}",
            "{}",
            "{a",
            "{a,}",
            "{a:0}",
            "{a:10000}",
            "{a..b}",
            "{a*:1}",
            "a b",
            "%4",
        ],
    );
}

#[test]
fn pointers_escape_what_they_must() {
    assert_format(
        Format::JSON_POINTER,
        &["", "/", "/a~0b~1c/0"],
        &["a", "/~", "/~2", "#/a"],
    );
    assert_format(
        Format::RELATIVE_JSON_POINTER,
        &["0", "12/a", "0#", "1/"],
        &["", "01", "-1", "0a", "#", "1##", "/a"],
    );
}

#[test]
fn bytes_are_padded() {
    assert_format(
        Format::BYTE,
        &["", "YQ==", "YWI=", "YWJj", "+/+/"],
        &["YQ", "YQ=", "Y===", "====", "-_-_", "Y=Q="],
    );
}

#[test]
fn times_and_durations_that_no_json_schema_defines_may_be_of_any_kind() {
    assert_format(
        Format::ANY_TIME,
        &[
            "08:07:56",
            "08:07:56.5",
            "08:07:56Z",
            "08:07:56+01:00",
            "23:59:60",
        ],
        &["", "08:07", "24:00:00", "8:07:56", "08:07:56+1", "08:07:60"],
    );
    assert_format(
        Format::ANY_DURATION,
        &[
            "P123DT22H14M12.011S",
            "P1Y1D",
            "PT1H1S",
            "P1.5D",
            "P1Y2W",
            "-P1D",
            "PT0,5S",
            "P1M",
        ],
        &[
            "", "P", "PT", "P1DT", "P1.5DT1H", "PT1.5H1S", "P1M1Y", "P1.D", "P.5D", "1D", "P1S",
            "--P1D",
        ],
    );
}

#[test]
fn expressions_are_those_of_ecma_262() {
    assert_format(
        Format::REGEX,
        &["", "^a+$", r"\p{L}", "(?<=a)b", r"(?<n>a)\k<n>"],
        &["(", r"\a", "(?P<n>a)", "[b-a]", "*"],
    );
}

#[test]
fn no_expression_is_too_much_to_be_read() {
    let nested = format!("{}{}", "(".repeat(100_000), ")".repeat(100_000));
    assert!(!Format::REGEX.holds(&nested));
    assert!(!Format::REGEX.holds(&"a|".repeat(200_000)));
    assert!(!Format::REGEX.holds(&r"\p{L}".repeat(200_000)));
    assert!(Format::REGEX.holds(&"a|".repeat(1_000)));
}

#[test]
fn a_format_of_ones_own_has_a_name_and_decides() {
    const EVEN: Format = Format::new("even", |text| text.len().is_multiple_of(2));
    assert_format(EVEN, &["", "ab"], &["a"]);
    assert_eq!(EVEN, Format::new("even", |_| true));
    assert_eq!(format!("{EVEN:?}"), "Format(\"even\")");
}
