// What an older or a newer typewright wrote at the top of a module.
typewright_runtime::generated_for!(protocol 0);

fn main() {}
