//! URIs and IRIs: RFC 3986 and RFC 3987.

use iri_string::types::{IriReferenceStr, IriStr, UriReferenceStr, UriStr};

/// An absolute URI.
pub(super) fn is_uri(text: &str) -> bool {
    is_plain(text) || UriStr::new(text).is_ok()
}

/// A URI, or a reference that is relative to one.
pub(super) fn is_uri_reference(text: &str) -> bool {
    is_plain(text) || UriReferenceStr::new(text).is_ok()
}

/// An absolute IRI.
pub(super) fn is_iri(text: &str) -> bool {
    is_plain(text) || IriStr::new(text).is_ok()
}

/// An IRI, or a reference that is relative to one.
pub(super) fn is_iri_reference(text: &str) -> bool {
    is_plain(text) || IriReferenceStr::new(text).is_ok()
}

/// Whether a text is one of the URIs that nearly all are, which shows at a glance: of `http` or `https`,
/// with no port, no user, no fragment and nothing escaped. It then has nothing but what a name of a
/// host, a path and a query may have alike.
fn is_plain(text: &str) -> bool {
    let rest = text.strip_prefix("http").map(str::as_bytes);
    let rest = rest.and_then(|rest| match rest {
        [b's', b':', b'/', b'/', rest @ ..] | [b':', b'/', b'/', rest @ ..] => Some(rest),
        _ => None,
    });
    // Without a branch for each byte.
    let are_plain = |bytes: &[u8]| {
        let each = bytes.iter();
        each.fold(true, |all, byte| all & PLAIN[usize::from(*byte)])
    };
    rest.is_some_and(|rest| rest.chunks(32).all(are_plain))
}

/// RFC 3986, sections 2.2 and 2.3: `unreserved` and `sub-delims`, and what is between parts.
const PLAIN: [bool; 256] = {
    let mut table = [false; 256];
    let all = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=/?";
    let mut at = 0;
    while at < all.len() {
        table[all[at] as usize] = true;
        at += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_plain_is_a_uri() {
        for rest in [
            "",
            "/",
            "?",
            "a",
            "a?b/c?d",
            "/a//b",
            "-._~!$&'()*+,;=",
            "a.b/;c=d,e/?f&g",
        ] {
            for scheme in ["http://", "https://"] {
                let text = [scheme, rest].concat();
                assert!(is_plain(&text), "{text}");
                assert!(UriStr::new(&text).is_ok(), "{text}");
            }
        }
        for text in [
            "http:/a",
            "httpx://a",
            "http://a:80",
            "http://a b",
            "http://ä",
            "ftp://a",
        ] {
            assert!(!is_plain(text), "{text}");
        }
    }
}
