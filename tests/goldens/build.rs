//! Makes a function of each piece of code in `docs/client.md`, for the test `client_guide` to compile.

use std::fmt::Write;
use std::path::Path;
use std::{env, error, fs};

const GUIDE: &str = "../../docs/client.md";

fn main() -> Result<(), Box<dyn error::Error>> {
    println!("cargo::rerun-if-changed={GUIDE}");
    let guide = fs::read_to_string(GUIDE)?;
    let mut functions = String::new();
    let blocks = guide.split("```rust\n").skip(1).enumerate();
    for (index, block) in blocks {
        let code = block.split("```").next().unwrap_or_default();
        writeln!(
            functions,
            "async fn piece_{index}(scene: Scene) -> Result<(), BoxError> {{\n\
             let Scene {{ erp, update, billing, changes, params, parameter, value, http, drive }} = scene;\n\
             {code}\nOk(())\n}}\n"
        )?;
    }
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("client_guide.rs"), functions)?;
    Ok(())
}
