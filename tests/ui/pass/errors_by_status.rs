//! What a caller does with each kind of failure.

use customer_contact_apis::external_params::{
    Client, ErrorCode, ExternalParamValue, ModifyExternalParamError,
};
use typewright_runtime::Uuid;
use typewright_runtime::client::Error;

async fn modify(client: &Client, id: Uuid) -> Result<bool, Error<ModifyExternalParamError>> {
    let value = ExternalParamValue::new("blue");
    match client.modify_external_param("17", id, &value).await {
        Ok(accepted) => Ok(accepted.content.is_some()),
        Err(Error::Invalid(invalid)) => {
            for violation in invalid.violations.iter() {
                eprintln!("{}: {violation}", violation.pointer);
            }
            Ok(false)
        }
        Err(Error::InBand(failure)) => match &failure.error {
            ModifyExternalParamError::InBand(body) => {
                Ok(body.error_code == Some(ErrorCode::CustomerDoesNotExist))
            }
            _ => Ok(false),
        },
        Err(other) => Err(other),
    }
}

fn main() {
    let _ = modify;
}
