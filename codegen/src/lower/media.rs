//! Media types: which encodings a body can have, and which schema describes it.

use crate::ir::{Constraint, Encoding, MediaType, Type};
use crate::resolve::{Pointer, ResolvedMediaType};

use super::schema::Lowering;

/// What a body is and how it can be written.
pub(super) struct Body {
    pub(super) media_types: Vec<MediaType>,
    pub(super) ty: Type,
    pub(super) constraints: Vec<Constraint>,
    pub(super) nullable: bool,
}

/// The encoding of a media type: RFC 6838, and its structured syntax suffixes.
pub(super) fn encoding(name: &str) -> Encoding {
    let essence = name
        .split(';')
        .next()
        .unwrap_or(name)
        .trim()
        .to_ascii_lowercase();
    let (class, subtype) = essence.split_once('/').unwrap_or((&essence, ""));
    match (class, subtype) {
        (_, "json") => Encoding::Json,
        (_, subtype) if subtype.ends_with("+json") => Encoding::Json,
        ("application" | "text", "xml") => Encoding::Xml,
        (_, subtype) if subtype.ends_with("+xml") => Encoding::Xml,
        ("application", "x-www-form-urlencoded") => Encoding::Form,
        ("multipart", _) => Encoding::Multipart,
        ("text", _) => Encoding::Text,
        // A range that includes JSON is answered with it.
        ("*" | "application", "*") => Encoding::Json,
        (_, _) => Encoding::Bytes,
    }
}

impl Lowering<'_, '_> {
    /// Lowers a body that is described by `content`; `None` where that is empty.
    pub(super) fn lower_body(
        &mut self,
        at: &Pointer,
        content: &[ResolvedMediaType],
        name: &str,
    ) -> Option<Body> {
        let encodings: Vec<_> = content.iter().map(|media| encoding(&media.name)).collect();
        let json = encodings
            .iter()
            .position(|encoding| *encoding == Encoding::Json);
        let chosen = json.unwrap_or(0);
        let first = content.get(chosen)?;
        let schema = |media: &ResolvedMediaType| {
            media
                .schema
                .as_ref()
                .map(|at| self.document.follow(at).unwrap_or_else(|| at.clone()))
        };
        let described = schema(first);
        let mut media_types = Vec::with_capacity(content.len());
        let mut differing = Vec::new();
        for (media, encoding) in content.iter().zip(&encodings) {
            let same = match (&described, schema(media)) {
                (Some(one), Some(other)) => {
                    *one == other || self.document.node(one) == self.document.node(&other)
                }
                (None, None) => *encoding == encodings[chosen],
                (Some(_), None) | (None, Some(_)) => false,
            };
            if same {
                media_types.push(MediaType {
                    name: media.name.clone(),
                    encoding: *encoding,
                });
            } else {
                differing.push(media);
            }
        }
        for media in differing {
            let message = format!(
                "the body is another one as {} than as {}, which is the one that is used",
                media.name, first.name
            );
            self.warn_once("differing-media-types", &media.at, message);
        }
        let supported = encodings
            .iter()
            .any(|encoding| matches!(encoding, Encoding::Json | Encoding::Xml));
        if !supported {
            let message = format!("bodies in {} are not supported yet", first.name);
            self.warn_once("unsupported-media-type", at, message);
        }
        let Some(schema) = &first.schema else {
            let ty = match encodings[chosen] {
                Encoding::Json | Encoding::Xml | Encoding::Form | Encoding::Multipart => Type::Json,
                Encoding::Text | Encoding::Bytes => Type::String,
            };
            return Some(Body {
                media_types,
                ty,
                constraints: Vec::new(),
                nullable: false,
            });
        };
        let used = self.lower_use(std::slice::from_ref(schema), name);
        Some(Body {
            media_types,
            ty: used.ty,
            constraints: used.constraints,
            nullable: used.nullable,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_media_type_is_known_by_its_name_and_suffix() {
        assert_eq!(encoding("application/json"), Encoding::Json);
        assert_eq!(
            encoding("application/problem+json; charset=utf-8"),
            Encoding::Json
        );
        assert_eq!(encoding("Text/XML"), Encoding::Xml);
        assert_eq!(encoding("application/atom+xml"), Encoding::Xml);
        assert_eq!(
            encoding("application/x-www-form-urlencoded"),
            Encoding::Form
        );
        assert_eq!(encoding("multipart/form-data"), Encoding::Multipart);
        assert_eq!(encoding("text/plain"), Encoding::Text);
        assert_eq!(encoding("image/png"), Encoding::Bytes);
        assert_eq!(encoding("*/*"), Encoding::Json);
    }
}
