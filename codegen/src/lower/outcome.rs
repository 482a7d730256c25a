//! Outcome: what a call gives, over all its responses.

use super::media;
use super::names::{self, Kind, Scope};
use crate::ir::{
    Docs, Operation, Outcome, OutcomeEnum, OutcomeVariant, Response, Status, Type, Webhook,
};

/// The status that a key of the Responses Object stands for.
pub(super) fn status(key: &str) -> Option<Status> {
    if key == "default" {
        return Some(Status::Default);
    }
    if let Ok(code) = key.parse() {
        return Some(Status::Code(code));
    }
    let (first, rest) = key.split_at_checked(1)?;
    let class = first.parse().ok().filter(|class| (1..=5).contains(class))?;
    rest.eq_ignore_ascii_case("xx")
        .then_some(Status::Range(class))
}

/// Whether a status is a success among all that an operation describes: a lone `default` stands for
/// every answer there is.
pub(super) fn is_success(status: Status, all: &[Status]) -> bool {
    match status {
        Status::Code(code) => (200..300).contains(&code),
        Status::Range(class) => class == 2,
        Status::Default => all.len() == 1,
    }
}

/// Decides what the calls of an operation give. Names are taken from `scope`, the one of all types.
pub(super) fn decide(operation: &mut Operation, scope: &mut Scope) {
    let statuses: Vec<_> = operation
        .responses
        .iter()
        .map(|response| response.status)
        .collect();
    let succeeds = |response: &&(usize, &Response)| is_success(response.1.status, &statuses);
    let all: Vec<_> = operation.responses.iter().enumerate().collect();
    let successes: Vec<_> = all.iter().filter(succeeds).copied().collect();
    let failures: Vec<_> = all
        .iter()
        .filter(|response| !succeeds(response))
        .copied()
        .collect();

    let bodies: Vec<&Option<Type>> = successes.iter().map(|(_, response)| &response.ty).collect();
    operation.success = match bodies.as_slice() {
        [] => Outcome::Undescribed,
        [first, rest @ ..] if rest.iter().all(|other| other == first) => match first {
            Some(ty) => Outcome::Body(ty.clone()),
            None => Outcome::Empty,
        },
        _ => Outcome::OneOf(one_of(
            format!("{}Response", operation.call_name),
            &successes,
            &[],
            scope,
        )),
    };
    let in_band: Vec<_> = successes
        .iter()
        .filter(|(_, response)| response.in_band.is_some())
        .copied()
        .collect();
    operation.failure = if failures.is_empty() && in_band.is_empty() {
        Outcome::Undescribed
    } else {
        Outcome::OneOf(one_of(
            format!("{}Error", operation.call_name),
            &failures,
            &in_band,
            scope,
        ))
    };
}

/// Decides what a webhook can be answered with, where there is more to an answer than its status.
pub(super) fn decide_answer(webhook: &mut Webhook, scope: &mut Scope) {
    if webhook.answers.iter().any(|answer| answer.ty.is_some()) {
        let name = names::camel(webhook.name.trim_start_matches("r#"));
        let all: Vec<_> = webhook.answers.iter().enumerate().collect();
        webhook.answer = Some(one_of(format!("{name}EventAnswer"), &all, &[], scope));
    }
}

fn one_of(
    name: String,
    responses: &[(usize, &Response)],
    in_band: &[(usize, &Response)],
    scope: &mut Scope,
) -> OutcomeEnum {
    let wanted: Vec<_> = responses
        .iter()
        .map(|(_, response)| variant(response, responses))
        .chain(in_band.iter().map(|_| "InBand".to_owned()))
        .collect();
    let wanted: Vec<_> = wanted.iter().map(String::as_str).collect();
    let names = Scope::default().take_all(Kind::Variant, &wanted);
    let variants = responses
        .iter()
        .map(|found| (found, false))
        .chain(in_band.iter().map(|found| (found, true)))
        .zip(names)
        .map(|(((index, response), in_band), name)| OutcomeVariant {
            name,
            response: *index,
            in_band,
            ty: response.ty.clone(),
            docs: Docs {
                description: Some(response.description.clone()),
                ..Docs::default()
            },
        })
        .collect();
    OutcomeEnum {
        name: scope.take(name),
        variants,
    }
}

/// The variant's name for a response: its status, and its media type where that is not enough.
fn variant(response: &Response, all: &[(usize, &Response)]) -> String {
    let alike = all
        .iter()
        .filter(|(_, other)| other.status == response.status);
    let bodies: Vec<_> = alike
        .map(|(_, other)| other.media_types.as_slice())
        .collect();
    let name = reason(response.status);
    if bodies.len() < 2 {
        return name;
    }
    let words = media::variants(&bodies);
    let index = bodies.iter().position(|one| *one == response.media_types);
    let word = index.and_then(|index| words.get(index));
    name + word.map_or("", String::as_str)
}

/// The variant's name for a status: the reason phrase of RFC 9110, section 15, and of the registry.
pub(super) fn reason(status: Status) -> String {
    let code = match status {
        Status::Default => return "Default".to_owned(),
        Status::Range(class) => {
            let name = match class {
                1 => "Informational",
                2 => "Success",
                3 => "Redirection",
                4 => "ClientError",
                _ => "ServerError",
            };
            return name.to_owned();
        }
        Status::Code(code) => code,
    };
    let name = match code {
        100 => "Continue",
        101 => "SwitchingProtocols",
        102 => "Processing",
        103 => "EarlyHints",
        200 => "Ok",
        201 => "Created",
        202 => "Accepted",
        203 => "NonAuthoritativeInformation",
        204 => "NoContent",
        205 => "ResetContent",
        206 => "PartialContent",
        207 => "MultiStatus",
        208 => "AlreadyReported",
        226 => "ImUsed",
        300 => "MultipleChoices",
        301 => "MovedPermanently",
        302 => "Found",
        303 => "SeeOther",
        304 => "NotModified",
        305 => "UseProxy",
        307 => "TemporaryRedirect",
        308 => "PermanentRedirect",
        400 => "BadRequest",
        401 => "Unauthorized",
        402 => "PaymentRequired",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        406 => "NotAcceptable",
        407 => "ProxyAuthenticationRequired",
        408 => "RequestTimeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "LengthRequired",
        412 => "PreconditionFailed",
        413 => "ContentTooLarge",
        414 => "UriTooLong",
        415 => "UnsupportedMediaType",
        416 => "RangeNotSatisfiable",
        417 => "ExpectationFailed",
        418 => "ImATeapot",
        421 => "MisdirectedRequest",
        422 => "UnprocessableContent",
        423 => "Locked",
        424 => "FailedDependency",
        425 => "TooEarly",
        426 => "UpgradeRequired",
        428 => "PreconditionRequired",
        429 => "TooManyRequests",
        431 => "RequestHeaderFieldsTooLarge",
        451 => "UnavailableForLegalReasons",
        500 => "InternalServerError",
        501 => "NotImplemented",
        502 => "BadGateway",
        503 => "ServiceUnavailable",
        504 => "GatewayTimeout",
        505 => "HttpVersionNotSupported",
        506 => "VariantAlsoNegotiates",
        507 => "InsufficientStorage",
        508 => "LoopDetected",
        511 => "NetworkAuthenticationRequired",
        other => return format!("Status{other}"),
    };
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_codes_ranges_or_default() {
        assert_eq!(status("404"), Some(Status::Code(404)));
        assert_eq!(status("4XX"), Some(Status::Range(4)));
        assert_eq!(status("5xx"), Some(Status::Range(5)));
        assert_eq!(status("default"), Some(Status::Default));
        assert_eq!(status("9XX"), None);
        assert_eq!(status("ok"), None);
        assert_eq!(status("é"), None);
    }

    #[test]
    fn a_default_is_a_success_only_when_it_is_alone() {
        assert!(is_success(Status::Default, &[Status::Default]));
        assert!(!is_success(
            Status::Default,
            &[Status::Code(404), Status::Default]
        ));
    }

    #[test]
    fn unregistered_codes_are_named_by_their_number() {
        assert_eq!(reason(Status::Code(599)), "Status599");
        assert_eq!(reason(Status::Code(404)), "NotFound");
    }
}
