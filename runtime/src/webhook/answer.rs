//! What a webhook is answered with: OpenAPI 3.0.3, Responses Object, from the other side.

use bytes::Bytes;
use http::{Response, StatusCode, header};

use super::Webhook;
use crate::client::{ResponseCase, Status, body, media_type};
use crate::value::Value;
use crate::{Violation, Violations, check};

/// One of the answers that the contract describes: implemented by [`answers!`](crate::answers) for
/// the enum of them.
pub trait Answer {
    /// Which it is, by its index in the webhook's table.
    fn case(&self) -> usize;

    /// Its body; `None` where it has none.
    fn value(&self) -> Option<&dyn Value>;
}

impl<T, P, A> Webhook<T, P, A> {
    /// The webhook with these answers, in the order of the indices of [`Answer::case`].
    #[must_use]
    pub const fn answers(mut self, answers: &'static [ResponseCase]) -> Self {
        self.answers = answers;
        self
    }
}

impl<T, P, A: Answer> Webhook<T, P, A> {
    /// The response that an answer is sent as, once its body is held against every constraint of the
    /// contract. The first status of a range stands for it, and for a default 200 or, where another
    /// answer is the success, 500: whoever means another one sets it on the response.
    ///
    /// # Errors
    ///
    /// All that the body breaks, or why it cannot be written.
    pub fn answer(&self, answer: &A) -> Result<Response<Bytes>, Violations> {
        let case = self.answers.get(answer.case());
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = case.map_or(StatusCode::OK, status);
        let (Some(case), Some(value)) = (case, answer.value()) else {
            return Ok(response);
        };
        check::check(value, case.content.rules)?;
        let refused = |violation: Violation| [violation].into_iter().collect::<Violations>();
        let Some((name, codec)) = media_type::of_body(case.content.media_types, None, value) else {
            let violation = media_type::refused("header Content-Type", case.content.media_types);
            return Err(refused(violation));
        };
        let unwritable =
            |pointer, message: &str| refused(Violation::new(pointer, "form", "as text", message));
        let written = body::write(value, codec, &name, &case.content)
            .map_err(|error| unwritable(error.pointer, &error.message))?;
        let bytes = written.content.into_whole();
        let bytes = bytes.ok_or_else(|| unwritable(String::new(), "streamed bytes"))?;
        let content_type = match written.parameter {
            Some(parameter) => format!("{name}; {parameter}"),
            None => name.into_owned(),
        };
        if let Ok(content_type) = content_type.parse() {
            response
                .headers_mut()
                .insert(header::CONTENT_TYPE, content_type);
        }
        *response.body_mut() = Bytes::from(bytes);
        Ok(response)
    }
}

fn status(case: &ResponseCase) -> StatusCode {
    let code = match case.status {
        Status::Code(code) => code,
        Status::Range(hundreds) => u16::from(hundreds) * 100,
        Status::Default if case.success => 200,
        Status::Default => 500,
    };
    StatusCode::from_u16(code).unwrap_or(StatusCode::OK)
}

/// Makes an enum the choice between the answers that a webhook can be given.
///
/// `answers! { Name { 0 => Accepted(_), 1 => Gone } }`: the index of the answer in the webhook's
/// table, and its variant, with or without a body.
#[macro_export]
macro_rules! answers {
    ($name:ident { $($case:literal => $variant:ident $(($body:tt))?),* $(,)? }) => {
        impl $crate::webhook::Answer for $name {
            fn case(&self) -> usize {
                match self {
                    $($crate::answers!(@pattern $variant $($body)?) => $case,)*
                }
            }

            fn value(&self) -> $crate::private::std::option::Option<&dyn $crate::Value> {
                match self {
                    $($crate::answers!(@bound value $variant $($body)?)
                        => $crate::answers!(@value value $($body)?),)*
                }
            }
        }
    };
    (@pattern $variant:ident _) => { Self::$variant(_) };
    (@pattern $variant:ident) => { Self::$variant };
    (@bound $value:ident $variant:ident _) => { Self::$variant($value) };
    (@bound $value:ident $variant:ident) => { Self::$variant };
    (@value $value:ident _) => { $crate::private::std::option::Option::Some($value) };
    (@value $value:ident) => { $crate::private::std::option::Option::None };
}
