//! The parameters of a webhook: its headers, its query and its cookies.

use http::HeaderMap;

use super::{Incoming, Webhook};
use crate::client::{Parameter, Places, read_parameters};
use crate::decode::Decoding;
use crate::slot::{Blank, Slot};
use crate::value::Value;
use crate::{DecodeErrors, check};

impl<T, P, A> Webhook<T, P, A> {
    /// The webhook with these parameters, in the order of the properties of `P`.
    #[must_use]
    pub const fn parameters(mut self, parameters: &'static [Parameter]) -> Self {
        self.parameters = parameters;
        self
    }
}

impl<T, P: Value + Slot + Blank, A> Webhook<T, P, A> {
    /// Reads the parameters of a request that came, of which `query` is what stands behind the
    /// question mark, and holds them against every constraint of the contract. What they break is
    /// reported and refuses nothing: see [`Incoming::violations`].
    ///
    /// # Errors
    ///
    /// Every parameter that is not what its type takes, and every required one that is missing.
    pub fn decode_parameters(
        &self,
        query: &str,
        headers: &HeaderMap,
    ) -> Result<Incoming<P>, DecodeErrors> {
        let mut value = P::blank();
        let mut errors = Vec::new();
        let mut decoding = Decoding::new(&mut errors);
        match value.object() {
            Ok(object) => {
                let places = Places {
                    path: &[],
                    query,
                    headers,
                };
                read_parameters(object, self.parameters, &places, &mut decoding);
            }
            Err(mismatch) => decoding.found(mismatch, "parameters"),
        }
        let value = DecodeErrors::check(value, errors)?;
        let violations = check::check(&value, &[]).err().unwrap_or_default();
        Ok(Incoming { value, violations })
    }
}
