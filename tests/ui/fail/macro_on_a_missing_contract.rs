pub mod api {
    typewright_macros::api!("contracts/petshp.yaml");
}

fn main() {}
