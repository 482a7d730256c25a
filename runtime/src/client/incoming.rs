//! A request to an operation, from the side of whoever answers it: what a client wrote is read back by
//! the same description.

use http::HeaderMap;

use crate::DecodeErrors;
use crate::client::operation::Operation;
use crate::client::parameter::{self, Places};
use crate::decode::Decoding;
use crate::slot::{Blank, Slot};

impl Operation {
    /// Whether a path, without that of the server in front, is one of the operation's template.
    pub fn matches(&self, path: &str) -> bool {
        parameter::matched(self.path, path).is_some()
    }

    /// Reads the parameters of a request into a model whose properties are in their order. `path` is
    /// what stands behind that of the server, still encoded, and `query` what stands behind the question
    /// mark. The rules of the parameters are not asked.
    ///
    /// # Errors
    ///
    /// Another path than the operation's, every parameter that is not what its type takes, and every
    /// required one that is missing.
    pub fn decode_parameters<P: Slot + Blank>(
        &self,
        path: &str,
        query: &str,
        headers: &HeaderMap,
    ) -> Result<P, DecodeErrors> {
        let Some(in_path) = parameter::matched(self.path, path) else {
            let message = format!("the path is none of `{}`", self.path);
            return Err(DecodeErrors::whole(message));
        };
        let places = Places {
            path: &in_path,
            query,
            headers,
        };
        let mut value = P::blank();
        let mut errors = Vec::new();
        let mut decoding = Decoding::new(&mut errors);
        match value.object() {
            Ok(object) => parameter::read(object, self.parameters, &places, &mut decoding),
            Err(mismatch) => decoding.found(mismatch, "parameters"),
        }
        DecodeErrors::check(value, errors)
    }
}
