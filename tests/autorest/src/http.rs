//! `httpInfrastructure.json`: every status, redirects, and answers of several kinds.

use std::fmt;

use autorest_clients::http_infrastructure::Client;

use crate::run::{Answer, Run};

pub(crate) async fn drive(run: &mut Run) {
    let client = run.client(Client::from_config);
    successes(run, &client).await;
    client_failures(run, &client).await;
    server_failures(run, &client).await;
    redirects(run, &client).await;
    retries(run, &client).await;
    several(run, &client).await;
}

async fn successes(run: &mut Run, client: &Client) {
    run.done(client.http_success_get200().await);
    run.done(client.http_success_put200().body(&true).await);
    run.done(client.http_success_post200().body(&true).await);
    run.done(client.http_success_delete200().body(&true).await);
    // The server has no such answer, but what it says of every path.
    run.fails(client.http_success_options200().await);
    run.done(client.http_success_head200().await);
    run.done(client.http_success_patch200().body(&true).await);
    run.done(client.http_success_put201().body(&true).await);
    run.done(client.http_success_post201().body(&true).await);
    run.done(client.http_success_put202().body(&true).await);
    run.done(client.http_success_post202().body(&true).await);
    run.done(client.http_success_delete202().body(&true).await);
    run.done(client.http_success_patch202().body(&true).await);
    run.done(client.http_success_put204().body(&true).await);
    run.done(client.http_success_post204().body(&true).await);
    run.done(client.http_success_delete204().body(&true).await);
    run.done(client.http_success_head204().await);
    run.done(client.http_success_patch204().body(&true).await);
    run.refused(client.http_success_head404().await, 404);
}

async fn client_failures(run: &mut Run, client: &Client) {
    run.refused(client.http_client_failure_get400().await, 400);
    run.refused(client.http_client_failure_put400().body(&true).await, 400);
    run.refused(client.http_client_failure_post400().body(&true).await, 400);
    run.refused(
        client.http_client_failure_delete400().body(&true).await,
        400,
    );
    run.refused(client.http_client_failure_options400().await, 400);
    run.refused(client.http_client_failure_head400().await, 400);
    run.refused(client.http_client_failure_patch400().body(&true).await, 400);
    run.refused(client.http_client_failure_head401().await, 401);
    run.refused(client.http_client_failure_get402().await, 402);
    run.refused(client.http_client_failure_get403().await, 403);
    run.refused(client.http_client_failure_options403().await, 403);
    run.refused(client.http_client_failure_put404().body(&true).await, 404);
    run.refused(client.http_client_failure_patch405().body(&true).await, 405);
    run.refused(client.http_client_failure_post406().body(&true).await, 406);
    run.refused(
        client.http_client_failure_delete407().body(&true).await,
        407,
    );
    run.refused(client.http_client_failure_put409().body(&true).await, 409);
    run.refused(client.http_client_failure_head410().await, 410);
    run.refused(client.http_client_failure_get411().await, 411);
    run.refused(client.http_client_failure_get412().await, 412);
    run.refused(client.http_client_failure_options412().await, 412);
    run.refused(client.http_client_failure_put413().body(&true).await, 413);
    run.refused(client.http_client_failure_patch414().body(&true).await, 414);
    run.refused(client.http_client_failure_post415().body(&true).await, 415);
    run.refused(client.http_client_failure_get416().await, 416);
    run.refused(
        client.http_client_failure_delete417().body(&true).await,
        417,
    );
    run.refused(client.http_client_failure_head429().await, 429);
    run.refused(client.http_failure_get_empty_error().await, 400);
    run.refused(client.http_failure_get_no_model_error().await, 400);
    run.refused(client.http_failure_get_no_model_empty().await, 400);
}

async fn server_failures(run: &mut Run, client: &Client) {
    run.refused(client.http_server_failure_get501().await, 501);
    run.refused(client.http_server_failure_head501().await, 501);
    run.refused(client.http_server_failure_post505().body(&true).await, 505);
    run.refused(
        client.http_server_failure_delete505().body(&true).await,
        505,
    );
}

/// The contract describes the redirects, so they are answers and are not followed.
async fn redirects(run: &mut Run, client: &Client) {
    run.refused(client.http_redirects_get301().await, 301);
    run.refused(client.http_redirects_get302().await, 302);
    run.refused(client.http_redirects_get300().await, 300);
    run.refused(client.http_redirects_head300().await, 300);
    run.refused(client.http_redirects_put301().body(&true).await, 301);
    run.refused(client.http_redirects_head301().await, 301);
    run.refused(client.http_redirects_head302().await, 302);
    run.refused(client.http_redirects_patch302().body(&true).await, 302);
    run.refused(client.http_redirects_post303().body(&true).await, 303);
    run.refused(client.http_redirects_get307().await, 307);
    run.refused(client.http_redirects_put307().body(&true).await, 307);
    run.refused(client.http_redirects_post307().body(&true).await, 307);
    run.refused(client.http_redirects_delete307().body(&true).await, 307);
    run.refused(client.http_redirects_options307().await, 307);
    run.refused(client.http_redirects_head307().await, 307);
    run.refused(client.http_redirects_patch307().body(&true).await, 307);
}

/// The server refuses a first try, and knows a second one by a cookie.
async fn retries(run: &mut Run, client: &Client) {
    let cookie = set_cookie(client.http_retry_head408().await);
    run.done(client.http_retry_head408().header("Cookie", cookie).await);
    let cookie = set_cookie(client.http_retry_put500().body(&true).await);
    run.done(
        client
            .http_retry_put500()
            .body(&true)
            .customize()
            .header("Cookie", cookie)
            .await,
    );
    let cookie = set_cookie(client.http_retry_patch500().body(&true).await);
    run.done(
        client
            .http_retry_patch500()
            .body(&true)
            .customize()
            .header("Cookie", cookie)
            .await,
    );
    let cookie = set_cookie(client.http_retry_get502().await);
    run.done(client.http_retry_get502().header("Cookie", cookie).await);
    let cookie = set_cookie(client.http_retry_options502().await);
    // Then there is no body where the contract has one.
    run.refused(
        client
            .http_retry_options502()
            .header("Cookie", cookie)
            .await,
        200,
    );
    let cookie = set_cookie(client.http_retry_post503().body(&true).await);
    run.done(
        client
            .http_retry_post503()
            .body(&true)
            .customize()
            .header("Cookie", cookie)
            .await,
    );
    let cookie = set_cookie(client.http_retry_delete503().body(&true).await);
    run.done(
        client
            .http_retry_delete503()
            .body(&true)
            .customize()
            .header("Cookie", cookie)
            .await,
    );
    let cookie = set_cookie(client.http_retry_put504().body(&true).await);
    run.done(
        client
            .http_retry_put504()
            .body(&true)
            .customize()
            .header("Cookie", cookie)
            .await,
    );
    let cookie = set_cookie(client.http_retry_patch504().body(&true).await);
    run.done(
        client
            .http_retry_patch504()
            .body(&true)
            .customize()
            .header("Cookie", cookie)
            .await,
    );
}

/// A success that the contract does not describe, or without the body that it describes, is a failure.
async fn several(run: &mut Run, client: &Client) {
    run.done(
        client
            .multiple_responses_get200_model204_no_model_default_error200_valid()
            .await,
    );
    run.done(
        client
            .multiple_responses_get200_model204_no_model_default_error204_valid()
            .await,
    );
    run.fails(
        client
            .multiple_responses_get200_model204_no_model_default_error201_invalid()
            .await,
    );
    run.fails(
        client
            .multiple_responses_get200_model204_no_model_default_error202_none()
            .await,
    );
    run.refused(
        client
            .multiple_responses_get200_model204_no_model_default_error400_valid()
            .await,
        400,
    );
    run.done(
        client
            .multiple_responses_get200_model201_model_default_error200_valid()
            .await,
    );
    run.done(
        client
            .multiple_responses_get200_model201_model_default_error201_valid()
            .await,
    );
    run.refused(
        client
            .multiple_responses_get200_model201_model_default_error400_valid()
            .await,
        400,
    );
    run.done(
        client
            .multiple_responses_get200_model_a201_model_c404_model_d_default_error200_valid()
            .await,
    );
    run.done(
        client
            .multiple_responses_get200_model_a201_model_c404_model_d_default_error201_valid()
            .await,
    );
    run.refused(
        client
            .multiple_responses_get200_model_a201_model_c404_model_d_default_error404_valid()
            .await,
        404,
    );
    run.refused(
        client
            .multiple_responses_get200_model_a201_model_c404_model_d_default_error400_valid()
            .await,
        400,
    );
    run.done(
        client
            .multiple_responses_get202_none204_none_default_error202_none()
            .await,
    );
    run.done(
        client
            .multiple_responses_get202_none204_none_default_error204_none()
            .await,
    );
    run.refused(
        client
            .multiple_responses_get202_none204_none_default_error400_valid()
            .await,
        400,
    );
    run.done(
        client
            .multiple_responses_get202_none204_none_default_none202_invalid()
            .await,
    );
    run.done(
        client
            .multiple_responses_get202_none204_none_default_none204_none()
            .await,
    );
    run.refused(
        client
            .multiple_responses_get202_none204_none_default_none400_none()
            .await,
        400,
    );
    run.refused(
        client
            .multiple_responses_get202_none204_none_default_none400_invalid()
            .await,
        400,
    );
    run.done(
        client
            .multiple_responses_get_default_model_a200_valid()
            .await,
    );
    run.fails(
        client
            .multiple_responses_get_default_model_a200_none()
            .await,
    );
    run.refused(
        client
            .multiple_responses_get_default_model_a400_valid()
            .await,
        400,
    );
    run.refused(
        client
            .multiple_responses_get_default_model_a400_none()
            .await,
        400,
    );
    run.done(
        client
            .multiple_responses_get_default_none200_invalid()
            .await,
    );
    run.done(client.multiple_responses_get_default_none200_none().await);
    run.refused(
        client
            .multiple_responses_get_default_none400_invalid()
            .await,
        400,
    );
    run.refused(
        client.multiple_responses_get_default_none400_none().await,
        400,
    );
    run.fails(client.multiple_responses_get200_model_a200_none().await);
    run.done(client.multiple_responses_get200_model_a200_valid().await);
    run.done(client.multiple_responses_get200_model_a200_invalid().await);
    run.refused(
        client.multiple_responses_get200_model_a400_none().await,
        400,
    );
    run.refused(
        client.multiple_responses_get200_model_a400_valid().await,
        400,
    );
    run.refused(
        client.multiple_responses_get200_model_a400_invalid().await,
        400,
    );
    run.fails(client.multiple_responses_get200_model_a202_valid().await);
}

/// The cookie that came with a refusal.
fn set_cookie<T, E: fmt::Debug>(refused: Answer<T, E>) -> String {
    let error = refused.err().expect("a refusal");
    let exchange = error.exchange().expect("an answer");
    let cookie = exchange.headers["set-cookie"].to_str().expect("a text");
    cookie.split(';').next().unwrap_or_default().to_owned()
}
