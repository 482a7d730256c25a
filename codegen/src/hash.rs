//! How the many small maps of a contract hash their keys.
//!
//! The standard library's hash withstands whoever chooses keys to collide and is slow for short
//! texts; this one is seeded anew for each process as well, and is several times as fast.

/// Makes the hashers of a map.
pub(crate) type Hasher = foldhash::fast::RandomState;

/// A map for keys that contracts bring.
pub(crate) type HashMap<K, V> = std::collections::HashMap<K, V, Hasher>;

/// A set of what contracts bring.
pub(crate) type HashSet<T> = std::collections::HashSet<T, Hasher>;
