use typewright_runtime::Secret;

fn main() {
    let _ = serde_json::to_string(&Secret::new("token"));
}
