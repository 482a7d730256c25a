//! `generated/`, of the contracts in `specs/`.

use std::path::Path;
use std::time::Instant;

use typewright::emit::Header;
use typewright::render::Runtime;
use typewright::write::{self, WriteError};
use typewright::{Failure, GeneratedPackage, Generator, Package, counted};

/// The contracts, and the module and feature that each has in the crate.
pub(crate) const CONTRACTS: &[(&str, &str)] = &[
    ("oracle-utilities-customer-contact.yaml", "oracle_utilities"),
    ("oracle-b2c-service-contacts.yaml", "oracle_b2c_service"),
    ("expandable-customer-contact.yaml", "expandable"),
    ("customer-external-params.yaml", "external_params"),
    ("billing-account.yaml", "billing_account"),
];

/// The crate's folder.
pub(crate) const OUTPUT: &str = "generated";

/// The command that makes the crate again.
const COMMAND: &str = "cargo xtask generate";

/// Writes the crate. Gives whether that went well.
pub(crate) fn write() -> bool {
    let started = Instant::now();
    let result = package().generate().and_then(|generated| {
        let written = write::write(Path::new(OUTPUT), &generated.files)?;
        Ok((generated, written))
    });
    match result {
        Ok((generated, written)) => {
            println!(
                "{} ({} changed, {} removed), in {} ms",
                summary(&generated),
                written.changed,
                written.removed,
                started.elapsed().as_millis()
            );
            true
        }
        Err(failure) => failed(&failure),
    }
}

/// Says how the crate differs from what would be written. Gives whether it does not.
pub(crate) fn check() -> bool {
    let result = package().generate().and_then(|generated| {
        let differences = write::check(Path::new(OUTPUT), &generated.files)?;
        Ok((generated, differences))
    });
    match result {
        Ok((generated, differences)) if differences.is_empty() => {
            println!("{}, all fresh", summary(&generated));
            true
        }
        Ok((_, differences)) => {
            for difference in &differences {
                eprintln!("{difference}");
            }
            eprintln!(
                "{} in generated/ not as the contracts in specs/ have it; to mend it, run: {COMMAND}",
                counted(differences.len(), "file")
            );
            false
        }
        Err(failure) => failed(&failure),
    }
}

fn failed(failure: &Failure) -> bool {
    eprintln!("{failure}");
    if matches!(failure, Failure::Write(WriteError::NotGenerated(_))) {
        return false;
    }
    eprintln!("nothing was written");
    false
}

fn summary(generated: &GeneratedPackage) -> String {
    format!(
        "{}: {}, {}",
        counted(CONTRACTS.len(), "contract"),
        generated.summary,
        counted(generated.files.len(), "file")
    )
}

/// What the crate is made of.
pub(crate) fn package() -> Package {
    let contracts = CONTRACTS.iter().map(|(file, module)| {
        let spec = format!("specs/{file}");
        Generator::new(&spec)
            .module(*module)
            .header(header(&spec))
            .exact()
            .strict(true)
    });
    Package::of_modules(contracts)
        .name("customer-contact-apis")
        .description(
            "Typed models, validators and clients for five vendors' customer-contact APIs.",
        )
        .runtime(Runtime::Workspace)
        .header(header("specs"))
}

fn header(origin: &str) -> Header {
    Header {
        origin: origin.to_owned(),
        regenerate: COMMAND.to_owned(),
    }
}
