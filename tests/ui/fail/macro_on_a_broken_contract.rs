pub mod api {
    typewright_macros::api!("contracts/broken.yaml");
}

fn main() {}
