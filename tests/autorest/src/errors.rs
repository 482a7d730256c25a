//! Documents about failures: `error-with-secrets.json`, `incorrect-error-response.json` and
//! `xms-error-responses.json`.

use autorest_clients::runtime::client::Error;
use autorest_clients::xms_error_responses::{
    NotFoundErrorBase, PetActionError, PetDoSomethingError, PetGetPetByIdError,
};
use autorest_clients::{error_with_secrets, incorrect_error_response, xms_error_responses};

use crate::run::Run;

/// What the server takes for a secret.
const KEY: &str = "1c88a67921784300a462b2cb61da2339";

pub(crate) async fn drive(run: &mut Run) {
    secrets(run).await;
    described(run).await;
    let client = run.client(incorrect_error_response::Client::from_config);
    run.refused(client.get_incorrect_error_from_server().await, 444);
}

async fn secrets(run: &mut Run) {
    let client = run.client(error_with_secrets::Client::from_config);
    run.refused(client.get_error_with_secrets().await, 403);
    // The server wants what the contract does not have: a parameter of the query, and a body.
    let client = client.shared_key(format!("SharedKey {KEY}"));
    run.refused(client.create_secret().await, 400);
}

async fn described(run: &mut Run) {
    let client = run.client(xms_error_responses::Client::from_config);
    run.done(client.pet_get_pet_by_id("tommy").await);
    run.done(client.pet_get_pet_by_id("django").await);
    let said = client.pet_get_pet_by_id("coyoteUgly").await;
    run.holds(matches!(
        said.as_ref().map_err(Error::api),
        Err(Some(PetGetPetByIdError::NotFound(
            NotFoundErrorBase::AnimalNotFound(_)
        )))
    ));
    let said = client.pet_get_pet_by_id("weirdAlYankovic").await;
    run.holds(matches!(
        said.as_ref().map_err(Error::api),
        Err(Some(PetGetPetByIdError::NotFound(
            NotFoundErrorBase::InvalidResourceLink(_)
        )))
    ));
    let said = client.pet_get_pet_by_id("ringo").await;
    run.holds(matches!(
        said.as_ref().map_err(Error::api),
        Err(Some(PetGetPetByIdError::BadRequest(_)))
    ));
    let said = client.pet_get_pet_by_id("alien123").await;
    run.holds(matches!(
        said.as_ref().map_err(Error::api),
        Err(Some(PetGetPetByIdError::NotImplemented(123)))
    ));
    run.refused(client.pet_get_pet_by_id("unknown").await, 402);

    run.answers(client.pet_do_something("stay").await, |_| true);
    let said = client.pet_do_something("jump").await;
    run.holds(matches!(
        said.as_ref().map_err(Error::api),
        Err(Some(PetDoSomethingError::InternalServerError(
            PetActionError::PetSadError(_)
        )))
    ));
    let said = client.pet_do_something("fetch").await;
    run.holds(matches!(
        said.as_ref().map_err(Error::api),
        Err(Some(PetDoSomethingError::Default(
            PetActionError::PetHungryOrThirstyError(_)
        )))
    ));
    run.refused(client.pet_has_models_param().models("value1").await, 500);
}
