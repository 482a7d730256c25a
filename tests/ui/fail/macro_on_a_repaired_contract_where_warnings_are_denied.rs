#![deny(warnings)]

pub mod api {
    typewright_macros::api!("contracts/repaired.yaml");
}

#[allow(deprecated)]
pub mod known {
    typewright_macros::api!("contracts/repaired.yaml");
}

fn main() {}
