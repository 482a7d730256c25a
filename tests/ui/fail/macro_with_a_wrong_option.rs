pub mod api {
    typewright_macros::api!("contracts/petshop.yaml", type_only);
}

fn main() {}
