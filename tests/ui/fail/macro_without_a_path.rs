pub mod api {
    typewright_macros::api!(contracts / petshop);
}

fn main() {}
