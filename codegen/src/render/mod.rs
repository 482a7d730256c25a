//! Render: from the [`Api`](crate::ir::Api) to tokens.
