//! A request to an operation, from the side of whoever answers it: what a client wrote is read back by
//! the same description.

use http::HeaderMap;

use crate::DecodeErrors;
use crate::client::body;
use crate::client::media_type::{self, Codec, Fit};
use crate::client::operation::{Content, Operation};
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

    /// Which of the bodies that the contract describes is one in this media type, with its index as
    /// [`Call::alternative`](crate::client::Call::alternative) has it.
    pub fn body_in(&self, content_type: &str) -> Option<(usize, &Content)> {
        let request = self.request.as_ref()?;
        let contents = [&request.first].into_iter().chain(request.others);
        let fitting = contents.enumerate().filter_map(|(index, content)| {
            let media_types = content.media_types.iter();
            let fit = media_types.map(|stated| media_type::fit(stated, content_type));
            let fit = fit.min().filter(|fit| *fit != Fit::None)?;
            Some((fit, index, content))
        });
        let best = fitting.min_by_key(|(fit, index, _)| (*fit, *index));
        best.map(|(_, index, content)| (index, content))
    }
}

impl Content {
    /// Reads a body that came with this content type. The rules of the contract are not asked.
    ///
    /// # Errors
    ///
    /// Every place where the body is not what the type takes, or a media type that is not read here.
    pub fn decode<T: Slot + Blank>(
        &self,
        content_type: &str,
        bytes: &[u8],
    ) -> Result<T, DecodeErrors> {
        let codec = Codec::of(content_type)
            .ok_or_else(|| DecodeErrors::whole("a media type that is not read in this build"))?;
        let mut value = T::blank();
        body::read(&mut value, codec, content_type, self, bytes)?;
        Ok(value)
    }
}
