//! Compiles the contracts.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    typewright::Generator::new("specs/petshop.yaml").emit_to_out_dir()?;
    typewright::Generator::new("specs/parcels.yaml")
        .exact()
        .check_format("barcode", "crate::is_barcode")
        .emit_to_out_dir()?;
    for spec in ["words", "keywords", "keywords-3.0"] {
        typewright::Generator::new(format!("specs/{spec}.yaml"))
            .exact()
            .emit_to_out_dir()?;
    }
    Ok(())
}
