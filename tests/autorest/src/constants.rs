//! Documents about values that are always the same: `constants.json`, `client-enum.json` and
//! `validation.json`.

use autorest_clients::client_enum;
use autorest_clients::constants::{self, PathClientConstant};
use autorest_clients::validation::{self, ChildProduct, ConstantProduct, Product};

use crate::run::Run;

pub(crate) async fn drive(run: &mut Run) {
    let client = run.client(constants::Client::from_config);
    run.done(
        client
            .contants_put_client_constants(true, 100, PathClientConstant::Path)
            .await,
    );

    let client = run.client(client_enum::Client::from_config);
    run.done(client.head("single".into()).await);

    let client = run.client(validation::Client::from_config);
    run.done(client.get_with_constant_in_path("constant".into()).await);
    let product = Product::new(ChildProduct::new(), ConstantProduct::new(), 0);
    let call = client.post_with_constant_in_body("constant".into());
    run.done(call.body(&product).await);
    refusals(run, &client).await;
}

/// What breaks the contract is not sent.
async fn refusals(run: &mut Run, client: &validation::Client) {
    let (group, version) = ("group", "1.0");
    run.invalid(
        client
            .validation_of_method_parameters("1", "a", 100, version)
            .await,
    );
    run.invalid(
        client
            .validation_of_method_parameters("1", "a group that is too long", 100, version)
            .await,
    );
    run.invalid(
        client
            .validation_of_method_parameters("1", "g?oup", 100, version)
            .await,
    );
    run.invalid(
        client
            .validation_of_method_parameters("1", group, 105, version)
            .await,
    );
    run.invalid(
        client
            .validation_of_method_parameters("1", group, 0, version)
            .await,
    );
    run.invalid(
        client
            .validation_of_method_parameters("1", group, 2000, version)
            .await,
    );
    let product = || Product::new(ChildProduct::new(), ConstantProduct::new(), 0);
    for broken in [
        product().capacity(0),
        product().capacity(100),
        product().image("no address"),
        product().display_names(
            ["a", "b", "c", "d", "e", "f", "g"]
                .map(str::to_owned)
                .to_vec(),
        ),
        product().display_names(["a", "a"].map(str::to_owned).to_vec()),
    ] {
        let call = client.validation_of_body("1", group, 100, version);
        run.invalid(call.body(&broken).await);
    }
}
