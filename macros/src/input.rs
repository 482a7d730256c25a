//! What the macro is given: the path of a contract, and options.

use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr, Token};

/// The macro's input.
pub(crate) struct Input {
    /// The path, relative to the crate's folder.
    pub(crate) path: LitStr,
    /// No client.
    pub(crate) types_only: bool,
    /// Warnings are errors.
    pub(crate) strict: bool,
}

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let path = input.parse()?;
        let mut out = Self {
            path,
            types_only: false,
            strict: false,
        };
        while input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
            let option: Ident = input.parse()?;
            let flag = match option.to_string().as_str() {
                "types_only" => &mut out.types_only,
                "strict" => &mut out.strict,
                other => {
                    let message =
                        format!("there is no option `{other}`: `types_only` and `strict` are all");
                    return Err(syn::Error::new(option.span(), message));
                }
            };
            *flag = true;
        }
        Ok(out)
    }
}
