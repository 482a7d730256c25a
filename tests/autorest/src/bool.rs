//! `body-boolean.json`.

use autorest_clients::body_boolean::Client;

use crate::run::Run;

pub(crate) async fn drive(run: &mut Run) {
    let client = run.client(Client::from_config);
    run.gives(client.bool_get_true().await, true);
    run.done(client.bool_put_true(&true).await);
    run.gives(client.bool_get_false().await, false);
    run.done(client.bool_put_false(&false).await);
    run.fails(client.bool_get_null().await);
    run.fails(client.bool_get_invalid().await);
}
