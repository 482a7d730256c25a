//! The macros by which generated code describes calls and the answers that differ by status.

/// Defines a call that has setters of its own, or pages: a struct around its
/// [`Call`](crate::client::Call), with `send`, being awaited, and `customize`, which hands out the call
/// with the settings that every call has.
///
/// `call! { Name => Success, Failure }`, or `call! { Name => Success }` where no failure is described.
/// A list that comes in pages has them too, `call! { Name => Page; pages }`, and what is in them:
/// `call! { Name => Page; pages of Item = |page| page.items }`. What it starts is asked for by another
/// call, of which this is the answer: `call! { Name => Success; poll of Status, StatusFailure }`.
#[macro_export]
macro_rules! call {
    ($(#[$attribute:meta])* $name:ident => $success:ty $(; $($more:tt)+)?) => {
        $crate::call! {
            $(#[$attribute])*
            $name => $success, $crate::private::std::convert::Infallible $(; $($more)+)?
        }
    };
    ($(#[$attribute:meta])* $name:ident => $success:ty, $failure:ty; poll of $status:ty) => {
        $crate::call! {
            $(#[$attribute])*
            $name => $success, $failure; poll of $status, $crate::private::std::convert::Infallible
        }
    };
    (
        $(#[$attribute:meta])*
        $name:ident => $success:ty, $failure:ty; poll of $status:ty, $refusal:ty
    ) => {
        $crate::call! { $(#[$attribute])* $name => $success, $failure }

        impl<'a> $name<'a> {
            /// What the call starts, until it is over: it is started, and asked for, when this is
            /// awaited.
            #[inline]
            pub fn poll(self) -> $crate::client::Job<'a, $success, $failure, $status, $refusal> {
                self.0.poll()
            }
        }
    };
    (
        $(#[$attribute:meta])*
        $name:ident => $success:ty, $failure:ty; pages $(of $item:ty = $items:expr)?
    ) => {
        $crate::call! { $(#[$attribute])* $name => $success, $failure }

        impl<'a> $name<'a> {
            /// The pages of the list, as a stream: each is fetched when it is asked for.
            #[inline]
            pub fn pages(self) -> $crate::client::Pages<'a, $success, $failure> {
                self.0.pages()
            }

            $(
                /// What is in the pages of the list, one after the other, as a stream.
                #[inline]
                pub fn items(self) -> $crate::client::PageItems<'a, $item, $failure> {
                    self.0.page_items($items)
                }
            )?
        }
    };
    ($(#[$attribute:meta])* $name:ident => $success:ty, $failure:ty) => {
        $(#[$attribute])*
        #[must_use = "a call is sent when it is awaited"]
        #[derive(Debug)]
        pub struct $name<'a>($crate::client::Call<'a, $success, $failure>);

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
/// `responses! { Name { 1 => BadRequest(_), 2 => NotAllowed } }`: the index of the response in the
/// operation's table, and its variant, with or without a body. An in-band failure comes with the
/// index of its success.
#[macro_export]
macro_rules! responses {
    ($name:ident { $($case:literal => $variant:ident $(($body:tt))?),* $(,)? }) => {
        impl $crate::client::FromBody for $name {
            fn from_body(
                case: usize,
                body: &$crate::client::Received<'_>,
            ) -> $crate::private::std::result::Result<
                $crate::private::std::boxed::Box<Self>,
                $crate::DecodeErrors,
            > {
                let value = match case {
                    $($case => $crate::responses!(@read body, $variant $($body)?),)*
                    _ => $crate::private::std::result::Result::Err(body.undescribed()),
                };
                value.map($crate::private::std::boxed::Box::new)
            }

            fn as_value(&self) -> $crate::private::std::option::Option<&dyn $crate::Value> {
                $($crate::responses!(@value self, $variant $($body)?);)*
                $crate::private::std::option::Option::None
            }
        }
    };
    (@read $from:ident, $variant:ident _) => {
        $from.decode().map(Self::$variant)
    };
    (@read $from:ident, $variant:ident) => {
        $crate::private::std::result::Result::Ok(Self::$variant)
    };
    (@value $this:ident, $variant:ident _) => {
        if let Self::$variant(value) = $this {
            return $crate::private::std::option::Option::Some(value);
        }
    };
    (@value $this:ident, $variant:ident) => {};
}

/// Makes an enum the choice between the bodies that an operation takes.
///
/// `request_choice! { Name { 0 => Json, 1 => Multipart } }`: the index of the
/// content in the operation's table, and its variant.
#[macro_export]
macro_rules! request_choice {
    ($name:ident { $($index:literal => $variant:ident),* $(,)? }) => {
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
