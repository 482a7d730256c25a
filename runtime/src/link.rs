//! A box that ends what the compiler has to look through.

use std::fmt;
use std::ops::{Deref, DerefMut};

use crate::decode::Decoding;
use crate::slot::{Blank, ListSlot, Mismatch, ObjectSlot, Slot, delegate_slot};
use crate::tape::Tape;
use crate::value::{Value, View};

/// A value somewhere else, as in a `Box`.
///
/// Whether a model may be sent to another thread, and how it is dropped, the compiler finds out by
/// going through its fields, and it gives up on long chains and large circles of types. Here it need
/// not go on: generated models have a link where the way would become too long.
pub struct Link<T>(Box<dyn Held<T> + Send + Sync>);

trait Held<T> {
    fn get(&self) -> &T;
    fn get_mut(&mut self) -> &mut T;
    fn take(self: Box<Self>) -> T;
}

impl<T> Held<T> for T {
    fn get(&self) -> &T {
        self
    }
    fn get_mut(&mut self) -> &mut T {
        self
    }
    fn take(self: Box<Self>) -> T {
        *self
    }
}

impl<T: Send + Sync + 'static> Link<T> {
    /// A link to `value`.
    pub fn new(value: T) -> Self {
        Self(Box::new(value))
    }
}

impl<T> Link<T> {
    /// The value itself.
    pub fn into_inner(self) -> T {
        self.0.take()
    }
}

impl<T> Deref for Link<T> {
    type Target = T;

    fn deref(&self) -> &T {
        (*self.0).get()
    }
}

impl<T> DerefMut for Link<T> {
    fn deref_mut(&mut self) -> &mut T {
        (*self.0).get_mut()
    }
}

impl<T: Send + Sync + 'static> From<T> for Link<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

impl<T: Clone + Send + Sync + 'static> Clone for Link<T> {
    fn clone(&self) -> Self {
        Self::new(T::clone(self))
    }
}

impl<T: fmt::Debug> fmt::Debug for Link<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        T::fmt(self, f)
    }
}

impl<T: PartialEq> PartialEq for Link<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Value> Value for Link<T> {
    fn view(&self) -> View<'_> {
        (**self).view()
    }
    fn variant(&self) -> Option<(&'static str, &dyn Value)> {
        (**self).variant()
    }
}

impl<T: Slot> Slot for Link<T> {
    fn expects(&self) -> &'static str {
        (**self).expects()
    }
    fn null(&mut self) -> Result<(), Mismatch> {
        (**self).null()
    }
    fn wants_tape(&self) -> bool {
        (**self).wants_tape()
    }
    delegate_slot!(this => (**this), existing: (**this));
}

impl<T: Blank + Send + Sync + 'static> Blank for Link<T> {
    const WANTS_TAPE: bool = T::WANTS_TAPE;

    fn blank() -> Self {
        Self::new(T::blank())
    }
}
