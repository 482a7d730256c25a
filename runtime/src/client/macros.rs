//! The macros by which generated code describes calls and the answers that differ by status.

/// Gives a call that has setters of its own `send`, being awaited, and `customize`, which hands out
/// the [`Call`](crate::client::Call) with the settings that every call has.
///
/// `call! { Name => Success, Failure }`, where `Name` is `struct Name<'a>(Call<'a, Success, Failure>)`.
#[macro_export]
macro_rules! call {
    ($name:ident => $success:ty, $failure:ty) => {
        impl<'a> $name<'a> {
            /// Goes on to what can be set for any call: headers, credentials, time limit, media
            /// types, path, policies.
            #[inline]
            pub fn customize(self) -> $crate::client::Call<'a, $success, $failure> {
                self.0
            }

            $crate::send_blocking! { $success, $failure }

            /// Sends the call: the same as awaiting it.
            #[inline]
            pub fn send(
                self,
            ) -> $crate::client::BoxFuture<
                'a,
                $crate::private::std::result::Result<
                    $crate::client::Response<$success>,
                    $crate::client::Error<$failure>,
                >,
            > {
                self.0.send()
            }
        }

        impl<'a> $crate::private::std::future::IntoFuture for $name<'a> {
            type Output = $crate::private::std::result::Result<
                $crate::client::Response<$success>,
                $crate::client::Error<$failure>,
            >;
            type IntoFuture = $crate::client::BoxFuture<'a, Self::Output>;

            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                self.0.send()
            }
        }
    };
}

/// The method of a call with setters of its own by which a thread waits for the answer.
#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! send_blocking {
    ($success:ty, $failure:ty) => {
        /// Sends the call and waits for its answer, in a thread that may be stopped for so long: not in
        /// asynchronous code, where it is an error.
        ///
        /// # Errors
        ///
        /// Those of [`send`](Self::send).
        #[inline]
        pub fn send_blocking(
            self,
        ) -> $crate::private::std::result::Result<
            $crate::client::Response<$success>,
            $crate::client::Error<$failure>,
        > {
            self.0.send_blocking()
        }
    };
}

/// None in a build without the feature `blocking`.
#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! send_blocking {
    ($success:ty, $failure:ty) => {};
}

/// Reads each response of an operation as the variant that stands for it.
///
/// `responses! { Name { 1 => BadRequest(Problem), 2 => NotAllowed } }`: the index of the response in
/// the operation's table, and its variant, with the type of its body where it has one. An in-band
/// failure comes with the index of its success.
#[macro_export]
macro_rules! responses {
    ($name:ident { $($case:literal => $variant:ident $(($body:ty))?),* $(,)? }) => {
        impl $crate::client::FromBody for $name {
            fn from_body(
                case: usize,
                body: &$crate::client::Received<'_>,
            ) -> $crate::private::std::result::Result<Self, $crate::DecodeErrors> {
                match case {
                    $($case => $crate::responses!(@read body, $variant $(($body))?),)*
                    _ => $crate::private::std::result::Result::Err(body.undescribed()),
                }
            }

            fn as_value(&self) -> $crate::private::std::option::Option<&dyn $crate::Value> {
                $($crate::responses!(@value self, $variant $(($body))?);)*
                $crate::private::std::option::Option::None
            }
        }
    };
    (@read $from:ident, $variant:ident ($body:ty)) => {
        $from.decode::<$body>().map(Self::$variant)
    };
    (@read $from:ident, $variant:ident) => {
        $crate::private::std::result::Result::Ok(Self::$variant)
    };
    (@value $this:ident, $variant:ident ($body:ty)) => {
        if let Self::$variant(value) = $this {
            return $crate::private::std::option::Option::Some(value);
        }
    };
    (@value $this:ident, $variant:ident) => {};
}

/// Makes an enum the choice between the bodies that an operation takes.
///
/// `request_choice! { Name { 0 => Json(Upload), 1 => Multipart(UploadParts) } }`: the index of the
/// content in the operation's table, and its variant.
#[macro_export]
macro_rules! request_choice {
    ($name:ident { $($index:literal => $variant:ident($body:ty)),* $(,)? }) => {
        impl $crate::client::RequestChoice for $name {
            #[inline]
            fn alternative(&self) -> usize {
                match self {
                    $(Self::$variant(_) => $index,)*
                }
            }

            #[inline]
            fn value(&self) -> &dyn $crate::Value {
                match self {
                    $(Self::$variant(value) => value,)*
                }
            }
        }
    };
}
