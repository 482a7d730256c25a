//! Redirect: does an answer send the client elsewhere, and does it go there?

use http::{HeaderMap, Method, StatusCode, Uri, header};
use url::Url;

use crate::client::error::Refusal;

/// The statuses that send the client elsewhere: RFC 9110, section 15.4.
pub(crate) fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// One step of a chain of redirects.
pub(crate) struct Hop<'a> {
    pub(crate) status: StatusCode,
    pub(crate) method: &'a Method,
    pub(crate) from: &'a Uri,
    /// Where the call was sent to: no redirect leads to another origin.
    pub(crate) home: &'a Uri,
}

/// Where a redirect leads.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) uri: Uri,
    /// Whether what is there is to be fetched with GET and without the call's body.
    pub(crate) only_fetched: bool,
}

/// Why a redirect is not followed, and the origin that it leads to.
pub(crate) type Refused = (Refusal, Option<String>);

impl Hop<'_> {
    /// Where the redirect leads to, if it is to be followed.
    ///
    /// It keeps the method and the body, unless it says that the answer is to be fetched elsewhere: what
    /// is safe to repeat under a status that may change them is followed, and nothing else. And it stays
    /// with the origin that the caller gave credentials, headers and bodies for.
    pub(crate) fn target(&self, headers: &HeaderMap) -> Result<Target, Refused> {
        let location = headers
            .get(header::LOCATION)
            .and_then(|value| value.to_str().ok());
        let from = Url::parse(&self.from.to_string()).ok();
        let target = location
            .zip(from.as_ref())
            .and_then(|(location, from)| from.join(location).ok());
        let Some(mut target) = target else {
            return Err((Refusal::NoLocation, None));
        };
        let origin = target.origin();
        let home = Url::parse(&self.home.to_string()).ok();
        let shown = || Some(origin.ascii_serialization());
        if home.is_none_or(|home| home.origin() != origin) {
            return Err((Refusal::OtherOrigin, shown()));
        }
        let is_safe = matches!(*self.method, Method::GET | Method::HEAD);
        let only_fetched = self.status == StatusCode::SEE_OTHER && !is_safe;
        let keeps_method = matches!(self.status.as_u16(), 307 | 308) || is_safe;
        if !keeps_method && !only_fetched {
            return Err((Refusal::MethodChange, shown()));
        }
        // Both fail only for URLs without a host, which have no tuple origin.
        let _ = target.set_username("");
        let _ = target.set_password(None);
        target.set_fragment(None);
        match target.as_str().parse() {
            Ok(uri) => Ok(Target { uri, only_fetched }),
            Err(_) => Err((Refusal::NoLocation, shown())),
        }
    }
}
