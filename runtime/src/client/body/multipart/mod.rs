//! `multipart/*`: RFC 2046, section 5.1; `multipart/form-data`: RFC 7578.
//!
//! Each property is a part, and each item of a list one of its own. A part is named by the name of its
//! `Content-Disposition`, or by its `Content-ID` outside of `multipart/form-data`.

mod parts;
mod read;
mod write;

pub(super) use self::read::read;
pub(super) use self::write::write;
