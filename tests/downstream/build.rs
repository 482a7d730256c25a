//! Compiles the contracts.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    typewright::Generator::new("specs/petshop.yaml").emit_to_out_dir()?;
    typewright::Generator::new("specs/parcels.yaml")
        .exact()
        .emit_to_out_dir()?;
    typewright::Generator::new("specs/words.yaml")
        .exact()
        .emit_to_out_dir()?;
    Ok(())
}
