//! The macros by which generated code describes its types: what each expands to is the runtime's
//! own business, so that generated text stays small and a runtime can improve under it.

/// Refuses a runtime that the generated code was not made for.
///
/// The number is the protocol between generated code and runtime. It goes up whenever older
/// generated code would not compile or would behave differently.
#[macro_export]
macro_rules! generated_for {
    (protocol 10) => {};
    (protocol $other:literal) => {
        ::core::compile_error!(::core::concat!(
            "this code was generated for protocol ",
            $other,
            " of typewright-runtime, and the runtime in this build speaks protocol 10: ",
            "generate the code again with the typewright of the same version as the runtime"
        ));
    };
}

/// Describes a struct: see [`Object`](crate::Object) and [`ObjectSlot`](crate::ObjectSlot). By that
/// description it has serde's traits, `Debug` and `PartialEq` as well.
///
/// `Debug` shows the properties that are there, with their names and what stands in the contract: text
/// for a date, `null` for a null, `[redacted]` for a secret; those that the contract does not know are
/// under `additionalProperties`. Two values are equal when their fields are: absent is not null.
///
/// The number before each field is the index of its property in the shape; a property without a
/// field is a constant. `extra` names the field, a map, that keeps the properties the contract does
/// not know.
///
/// ```
/// use typewright_runtime::{Property, Rule, Shape, model};
///
/// #[derive(Clone)]
/// pub struct Note {
///     pub title: String,
///     pub text: Option<String>,
/// }
///
/// model! {
///     Note,
///     Shape::new("Note", &[
///         Property::Required("title"),
///         Property::Optional("text"),
///     ])
///     .property_rules(&[("title", &[Rule::MaxLength(40)])]);
///     fields { 0 => title, 1 => text }
/// }
///
/// let note = Note { title: "Milk".into(), text: None };
/// assert!(note.validate().is_ok());
/// assert_eq!(format!("{note:?}"), r#"Note { title: "Milk" }"#);
/// ```
#[macro_export]
macro_rules! model {
    (
        $type:ident, $shape:expr;
        fields { $($index:literal => $field:ident),* $(,)? }
        $(extra $extra:ident)?
    ) => {
        impl $type {
            /// Holds the value against every constraint of the contract.
            ///
            /// # Errors
            ///
            /// All that it breaks.
            #[inline]
            pub fn validate(&self) -> $crate::private::std::result::Result<(), $crate::Violations> {
                $crate::check::check(self, &[])
            }
        }
        impl $crate::Value for $type {
            #[inline]
            fn view(&self) -> $crate::View<'_> {
                $crate::View::Object(self)
            }
        }
        impl $crate::Object for $type {
            #[inline]
            fn shape(&self) -> &'static $crate::Shape {
                static SHAPE: $crate::Shape = $shape;
                &SHAPE
            }
            // One `Some` around the match instead of one in each arm takes the compiler half the time.
            #[inline]
            #[allow(unreachable_code, reason = "a model may have no fields")]
            fn field(&self, index: usize) -> $crate::private::std::option::Option<&dyn $crate::Value> {
                $crate::private::std::option::Option::Some(match index {
                    $($index => &self.$field,)*
                    _ => return $crate::private::std::option::Option::None,
                })
            }
            $(
                #[inline]
                fn extras(&self) -> $crate::value::Extras<'_> {
                    $crate::Object::extras(&self.$extra)
                }
            )?
        }
        impl $crate::Slot for $type {
            #[inline]
            fn object(
                &mut self,
            ) -> $crate::private::std::result::Result<&mut dyn $crate::ObjectSlot, $crate::slot::Mismatch>
            {
                $crate::private::std::result::Result::Ok(self)
            }
        }
        impl $crate::ObjectSlot for $type {
            #[inline]
            fn shape(&self) -> &'static $crate::Shape {
                $crate::Object::shape(self)
            }
            #[inline]
            #[allow(unreachable_code, reason = "a model may have no fields")]
            fn slot(
                &mut self,
                index: usize,
            ) -> $crate::private::std::option::Option<&mut dyn $crate::Slot> {
                $crate::private::std::option::Option::Some(match index {
                    $($index => &mut self.$field,)*
                    _ => return $crate::private::std::option::Option::None,
                })
            }
            $(
                #[inline]
                fn extra(
                    &mut self,
                    key: &str,
                ) -> $crate::private::std::option::Option<&mut dyn $crate::Slot> {
                    $crate::ObjectSlot::extra(&mut self.$extra, key)
                }
                #[inline]
                fn has_extra(&self, key: &str) -> bool {
                    $crate::ObjectSlot::has_extra(&self.$extra, key)
                }
            )?
        }
        impl $crate::Blank for $type {
            #[inline]
            fn blank() -> Self {
                Self {
                    $($field: $crate::Blank::blank(),)*
                    $($extra: $crate::Blank::blank(),)?
                }
            }
        }
        #[automatically_derived]
        impl $crate::private::std::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::private::identical(self, other)
            }
        }
        #[automatically_derived]
        impl $crate::private::std::fmt::Debug for $type {
            #[inline]
            fn fmt(
                &self,
                f: &mut $crate::private::std::fmt::Formatter<'_>,
            ) -> $crate::private::std::fmt::Result {
                $crate::private::show(self, f)
            }
        }
        $crate::bridge_serde!($type);
    };
}

/// Describes an enum of strings whose last variant, `Unknown(String)`, keeps any other text. Two
/// values are equal when their texts are.
///
/// ```
/// use typewright_runtime::string_enum;
///
/// #[derive(Clone, Debug)]
/// pub enum Channel {
///     Email,
///     Fax,
///     Unknown(String),
/// }
///
/// string_enum! { Channel { "EMAI" => Email, "FAX " => Fax } }
///
/// assert_eq!(Channel::from("FAX "), Channel::Fax);
/// assert!(!Channel::from("FAX").is_known());
/// ```
#[macro_export]
macro_rules! string_enum {
    ($type:ident { $($text:literal => $variant:ident),+ $(,)? }) => {
        impl $type {
            /// Every value the contract lists, in its order.
            pub const VALUES: &'static [&'static str] = &[$($text),+];

            /// The text that is sent and received.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Unknown(text) => text,
                }
            }

            /// Whether the contract lists the value.
            #[inline]
            pub fn is_known(&self) -> bool {
                Self::VALUES.contains(&self.as_str())
            }
        }
        impl $crate::private::std::convert::From<&str> for $type {
            #[inline]
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)+
                    _ => Self::Unknown($crate::private::std::borrow::ToOwned::to_owned(text)),
                }
            }
        }
        impl $crate::private::std::convert::From<$crate::private::std::string::String> for $type {
            #[inline]
            fn from(text: $crate::private::std::string::String) -> Self {
                <Self as $crate::private::std::convert::From<&str>>::from(&text)
            }
        }
        impl $crate::private::std::str::FromStr for $type {
            type Err = $crate::private::std::convert::Infallible;
            #[inline]
            // A variant may be called `Err`, so the error is not written `Self::Err`.
            fn from_str(
                text: &str,
            ) -> $crate::private::std::result::Result<Self, $crate::private::std::convert::Infallible>
            {
                $crate::private::std::result::Result::Ok(
                    <Self as $crate::private::std::convert::From<&str>>::from(text),
                )
            }
        }
        impl $crate::private::std::convert::AsRef<str> for $type {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }
        impl $crate::private::std::fmt::Display for $type {
            #[inline]
            fn fmt(
                &self,
                f: &mut $crate::private::std::fmt::Formatter<'_>,
            ) -> $crate::private::std::fmt::Result {
                $crate::private::std::fmt::Formatter::pad(f, self.as_str())
            }
        }
        #[automatically_derived]
        impl $crate::private::std::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }
        #[automatically_derived]
        impl $crate::private::std::cmp::Eq for $type {}
        #[automatically_derived]
        impl $crate::private::std::hash::Hash for $type {
            #[inline]
            fn hash<H: $crate::private::std::hash::Hasher>(&self, state: &mut H) {
                $crate::private::std::hash::Hash::hash(self.as_str(), state);
            }
        }
        impl $crate::Value for $type {
            #[inline]
            fn view(&self) -> $crate::View<'_> {
                $crate::View::Text(self.as_str())
            }
        }
        impl $crate::Slot for $type {
            #[inline]
            fn expects(&self) -> &'static str {
                "a string"
            }
            #[inline]
            fn text(
                &mut self,
                value: &str,
            ) -> $crate::private::std::result::Result<(), $crate::slot::Mismatch> {
                *self = <Self as $crate::private::std::convert::From<&str>>::from(value);
                $crate::private::std::result::Result::Ok(())
            }
        }
        impl $crate::Blank for $type {
            #[inline]
            fn blank() -> Self {
                Self::Unknown($crate::private::std::string::String::new())
            }
        }
        $crate::bridge_serde!($type);
    };
}

/// Describes a union whose last variant, `Unknown(Json)`, keeps whatever fits no other.
///
/// With a discriminator, its value names the variant; without one, the variant is taken that the
/// value fits best: it breaks least of it and passes over the fewest properties, and of several the
/// first in the contract's order. `shared` lists the values of the discriminator that name several
/// variants, of which the one that the value fits best is taken; `absent` does so for a value
/// without the discriminator. `otherwise` names the variant of all other values, which are `Unknown`
/// without it. `from` lists the variants that a value of their type can
/// be converted into: those whose type no other variant has. A variant may hold its type in a `Box`.
#[macro_export]
macro_rules! union {
    (
        $type:ident, by $property:literal { $($($value:literal)|+ => $variant:ident),+ $(,)? },
        $(otherwise $otherwise:ident,)?
        $(from { $($source:ident($inner:ty)),+ $(,)? },)?
        rules $rules:expr
    ) => {
        $crate::union!(@common $type { $($variant),+ }, { $($($source($inner))+)? }, $rules,
            |tape, decoding| match $crate::Tape::tag_of(&tape, $property, &[$($($value),+),+]) {
                $(
                    $crate::private::std::option::Option::Some($($value)|+) => {
                        $type::$variant($crate::decode::take(tape, decoding))
                    }
                )+
                _ => $crate::union!(@otherwise $type, tape, decoding $(, $otherwise)?),
            }
        );
    };
    (
        $type:ident, by $property:literal { $($($value:literal)|+ => $variant:ident),+ $(,)? },
        $(shared { $($($common:literal)|+ => $($sharing:ident)|+),+ $(,)? },)?
        $(absent { $($untold:ident),+ $(,)? },)?
        $(otherwise $otherwise:ident,)?
        $(from { $($source:ident($inner:ty)),+ $(,)? },)?
        rules $rules:expr
    ) => {
        $crate::union!(@common $type { $($variant),+ }, { $($($source($inner))+)? }, $rules,
            |tape, decoding| {
                // What several variants share is listed for each of them too.
                #[allow(unreachable_patterns)]
                let chosen = match $crate::Tape::tag_of(&tape, $property, &[$($($value),+),+]) {
                    $($(
                        $crate::private::std::option::Option::Some($($common)|+) => {
                            $crate::union!(@best $type, tape, decoding, $($sharing)+)
                        }
                    )+)?
                    $(
                        $crate::private::std::option::Option::None => {
                            $crate::union!(@best $type, tape, decoding, $($untold)+)
                        }
                    )?
                    $(
                        $crate::private::std::option::Option::Some($($value)|+) => {
                            $type::$variant($crate::decode::take(tape, decoding))
                        }
                    )+
                    _ => $crate::union!(@otherwise $type, tape, decoding $(, $otherwise)?),
                };
                chosen
            }
        );
    };
    (
        $type:ident, untagged { $($variant:ident),+ $(,)? },
        $(from { $($source:ident($inner:ty)),+ $(,)? },)?
        rules $rules:expr
    ) => {
        $crate::union!(@common $type { $($variant),+ }, { $($($source($inner))+)? }, $rules,
            |tape, decoding| $crate::union!(@best $type, tape, decoding, $($variant)+)
        );
    };
    (@otherwise $type:ident, $tape:ident, $decoding:ident, $variant:ident) => {
        $type::$variant($crate::decode::take($tape, $decoding))
    };
    (@otherwise $type:ident, $tape:ident, $decoding:ident) => {
        $type::Unknown($crate::private::std::convert::From::from($tape))
    };
    (@best $type:ident, $tape:ident, $decoding:ident, $($variant:ident)+) => {{
        let mut best = $crate::decode::Best::new(&$tape, $decoding);
        $(best.offer($type::$variant);)+
        match best.found() {
            $crate::private::std::option::Option::Some(found) => found,
            $crate::private::std::option::Option::None => {
                $type::Unknown($crate::private::std::convert::From::from($tape))
            }
        }
    }};
    (
        @common $type:ident { $($variant:ident),+ }, { $($source:ident($inner:ty))* }, $rules:expr,
        |$tape:ident, $decoding:ident| $choose:expr
    ) => {
        $(
            impl $crate::private::std::convert::From<$inner> for $type {
                #[inline]
                fn from(value: $inner) -> Self {
                    Self::$source($crate::private::std::convert::From::from(value))
                }
            }
        )*
        impl $type {
            /// The rules for a value of this type.
            pub fn rules() -> &'static [$crate::Rule] {
                static RULES: &[$crate::Rule] = $rules;
                RULES
            }

            /// Holds the value against every constraint of the contract.
            ///
            /// # Errors
            ///
            /// All that it breaks.
            #[inline]
            pub fn validate(&self) -> $crate::private::std::result::Result<(), $crate::Violations> {
                $crate::check::check(self, Self::rules())
            }
        }
        impl $crate::Value for $type {
            #[inline]
            fn view(&self) -> $crate::View<'_> {
                match self {
                    $(Self::$variant(value) => $crate::Value::view(value),)+
                    Self::Unknown(value) => $crate::View::Unmatched(value),
                }
            }
            #[inline]
            fn variant(
                &self,
            ) -> $crate::private::std::option::Option<(&'static str, &dyn $crate::Value)> {
                $crate::private::std::option::Option::Some(match self {
                    $(Self::$variant(value) => {
                        ($crate::private::std::stringify!($variant), value)
                    })+
                    Self::Unknown(_) => return $crate::private::std::option::Option::None,
                })
            }
        }
        #[automatically_derived]
        impl $crate::private::std::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::private::identical(self, other)
            }
        }
        impl $crate::Slot for $type {
            #[inline]
            fn expects(&self) -> &'static str {
                "one of several types"
            }
            #[inline]
            fn wants_tape(&self) -> bool {
                true
            }
            #[inline]
            fn tape(&mut self, $tape: $crate::Tape, $decoding: &mut $crate::decode::Decoding<'_>) {
                *self = $choose;
            }
        }
        impl $crate::Blank for $type {
            const WANTS_TAPE: bool = true;

            #[inline]
            fn blank() -> Self {
                Self::Unknown($crate::Json::Null)
            }
        }
        $crate::bridge_serde!($type);
    };
}

/// Gives a type serde's `Serialize` and `Deserialize` by handing over to the runtime.
#[cfg(feature = "json")]
#[macro_export]
macro_rules! bridge_serde {
    ($type:ident) => {
        impl $crate::private::serde::Serialize for $type {
            #[inline]
            fn serialize<S: $crate::private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> $crate::private::std::result::Result<S::Ok, S::Error> {
                $crate::json::serialize(self, serializer)
            }
        }
        impl<'de> $crate::private::serde::Deserialize<'de> for $type {
            #[inline]
            fn deserialize<D: $crate::private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> $crate::private::std::result::Result<Self, D::Error> {
                $crate::json::deserialize(deserializer)
            }
        }
    };
}

/// Without JSON there is no serde bridge.
#[cfg(not(feature = "json"))]
#[macro_export]
macro_rules! bridge_serde {
    ($type:ident) => {};
}
