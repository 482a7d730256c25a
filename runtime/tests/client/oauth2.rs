//! How access tokens are got, kept and renewed.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use typewright_runtime::Secret;
use typewright_runtime::client::{
    BoxError, BoxFuture, Call, Config, Core, Credential, CredentialProvider, CredentialRequest,
    Error, OAuth2, Operation, ResponseCase, SecurityScheme, Status,
};

use crate::support::{BASE, Server, Told, Watch, answer};

static LOGIN: SecurityScheme =
    SecurityScheme::oauth2("login").token_url("https://login.example.com/token");
static IDENTITY: SecurityScheme =
    SecurityScheme::open_id_connect("identity").discovery_url("/.well-known/openid-configuration");
static KEY: SecurityScheme = SecurityScheme::http_bearer("key");
static RESPONSES: &[ResponseCase] = &[ResponseCase::success(Status::Default, &[])];
static READ: Operation = Operation::new("read", "GET", "/read")
    .responses(RESPONSES)
    .security(&[&[&LOGIN]])
    .scopes(&["read", "list"]);
static WHO: Operation = Operation::new("who", "GET", "/who")
    .responses(RESPONSES)
    .security(&[&[&IDENTITY]]);
static EITHER: Operation = Operation::new("either", "GET", "/either")
    .responses(RESPONSES)
    .security(&[&[&LOGIN], &[&KEY]]);

fn token(token: &str, seconds: u32) -> Told {
    let body = format!(r#"{{"access_token":"{token}","expires_in":{seconds}}}"#);
    answer(200, &[("content-type", "application/json")], &body)
}

fn ok() -> Told {
    answer(204, &[], "")
}

fn oauth2() -> OAuth2 {
    OAuth2::client_credentials("me:1", "p@ss")
}

struct Set {
    server: Arc<Server>,
    watch: Arc<Watch>,
    core: Core,
}

/// A client with this credential, and a server that answers like this.
fn set(credential: impl Into<Credential>, answers: impl IntoIterator<Item = Told>) -> Set {
    let (server, watch) = (Server::telling(answers), Watch::new());
    // On this watch, no time is enough to wait for anything.
    let mut core = server.core_by(Config::new(BASE).timeout(None), &watch);
    core.set_credential(&LOGIN, credential.into());
    Set {
        server,
        watch,
        core,
    }
}

impl Set {
    async fn call(&self, operation: &'static Operation) -> Result<(), Error<Infallible>> {
        Call::<(), Infallible>::new(&self.core, operation)
            .await
            .map(|_| ())
    }

    /// Each request as its URI and what it is authorized by.
    fn came(&self) -> Vec<(String, String)> {
        let requests = self.server.requests();
        let came = requests.iter().map(|request| {
            let authorization = request.headers().get("authorization");
            let authorization = authorization.map_or("", |value| value.to_str().unwrap());
            (request.uri().to_string(), authorization.to_owned())
        });
        came.collect()
    }

    fn authorizations(&self) -> Vec<String> {
        let calls = self.came().into_iter();
        let calls = calls.filter(|(uri, _)| uri.starts_with(BASE));
        calls.map(|(_, authorization)| authorization).collect()
    }
}

#[tokio::test]
async fn a_token_is_got_where_the_contract_says_and_kept() {
    let set = set(oauth2(), [token("t-1", 3600), ok(), ok()]);
    set.call(&READ).await.unwrap();
    set.call(&READ).await.unwrap();
    let read = (
        "https://api.example.com/v1/read".to_owned(),
        "Bearer t-1".to_owned(),
    );
    let basic = "Basic bWUlM0ExOnAlNDBzcw==".to_owned();
    let asked = ("https://login.example.com/token".to_owned(), basic);
    assert_eq!(set.came(), [asked, read.clone(), read]);
    let asked = &set.server.requests()[0];
    assert_eq!(asked.method(), "POST");
    assert_eq!(
        asked.headers()["content-type"],
        "application/x-www-form-urlencoded"
    );
    assert_eq!(
        asked.body(),
        "grant_type=client_credentials&scope=read%20list"
    );
}

#[tokio::test]
async fn a_caller_says_how_it_is_got() {
    let own = oauth2()
        .token_url("https://other.example.com/t")
        .scopes(["all"])
        .parameter("audience", "api")
        .secret_in_body();
    let set = set(own, [token("t-1", 3600), ok()]);
    set.call(&READ).await.unwrap();
    let asked = &set.server.requests()[0];
    assert_eq!(asked.uri(), "https://other.example.com/t");
    assert!(!asked.headers().contains_key("authorization"));
    assert_eq!(
        asked.body(),
        "grant_type=client_credentials&scope=all&audience=api&client_id=me%3A1&client_secret=p%40ss"
    );
}

#[tokio::test]
async fn an_issuer_says_where_it_is_got() {
    let discovered = || answer(200, &[], r#"{"token_endpoint":"https://id.example.com/t"}"#);
    let mut set = set(
        oauth2(),
        [discovered(), token("t-1", 0), ok(), token("t-2", 60), ok()],
    );
    set.core.set_credential(&IDENTITY, oauth2().into());
    set.call(&WHO).await.unwrap();
    set.call(&WHO).await.unwrap();
    let uris: Vec<_> = set.came().into_iter().map(|(uri, _)| uri).collect();
    let (token, who) = ("https://id.example.com/t", "https://api.example.com/v1/who");
    let discovery = "https://api.example.com/.well-known/openid-configuration";
    assert_eq!(uris, [discovery, token, who, token, who]);

    let issuer = oauth2().issuer("https://issuer.example.com/tenant/");
    let set = self::set(issuer, [discovered(), self::token("t-1", 60), ok()]);
    set.call(&READ).await.unwrap();
    assert_eq!(
        set.came()[0].0,
        "https://issuer.example.com/tenant/.well-known/openid-configuration"
    );
}

#[tokio::test]
async fn a_refresh_token_is_used_and_replaced() {
    let body = r#"{"access_token":"t-1","refresh_token":"r-2","expires_in":"0"}"#;
    let kept = Arc::new(Mutex::new(Vec::new()));
    let own = {
        let kept = Arc::clone(&kept);
        OAuth2::refresh_token("me", None, "r-1")
            .on_rotation(move |token| kept.lock().unwrap().push(token.expose().to_owned()))
    };
    let set = set(own, [answer(200, &[], body), ok(), token("t-2", 60), ok()]);
    set.call(&READ).await.unwrap();
    set.call(&READ).await.unwrap();
    let requests = set.server.requests();
    let asked = |token| format!("grant_type=refresh_token&refresh_token={token}&client_id=me");
    assert_eq!(*requests[0].body(), asked("r-1"));
    assert_eq!(*requests[2].body(), asked("r-2"));
    assert_eq!(*kept.lock().unwrap(), ["r-2"]);
    assert_eq!(set.authorizations(), ["Bearer t-1", "Bearer t-2"]);
}

#[tokio::test]
async fn a_token_is_renewed_before_it_expires() {
    let own = oauth2().renew_early(Duration::from_secs(10));
    let set = set(
        own,
        [
            token("t-1", 15),
            ok(),
            ok(),
            answer(500, &[], ""),
            ok(),
            token("t-2", 15),
            ok(),
        ],
    );
    set.call(&READ).await.unwrap();
    set.call(&READ).await.unwrap();
    set.watch.pass(Duration::from_secs(6));
    // The old one is good as long as there is no other.
    set.call(&READ).await.unwrap();
    set.call(&READ).await.unwrap();
    assert_eq!(
        set.authorizations(),
        ["Bearer t-1", "Bearer t-1", "Bearer t-1", "Bearer t-2"]
    );
}

#[tokio::test]
async fn many_calls_get_one_token() {
    let answers = [token("t-1", 60)].into_iter().chain((0..20).map(|_| ok()));
    let set = Arc::new(set(oauth2(), answers));
    set.server.take_turns();
    let calls = (0..20).map(|_| {
        let set = Arc::clone(&set);
        tokio::spawn(async move { set.call(&READ).await.unwrap() })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap();
    }
    assert_eq!(set.server.count(), 21);
    assert_eq!(set.authorizations(), vec!["Bearer t-1"; 20]);
}

#[tokio::test]
async fn many_calls_hear_of_one_failure() {
    let failure = r#"{"error":"invalid_client","error_description":"who are you?"}"#;
    let set = Arc::new(set(oauth2(), [answer(401, &[], failure)]));
    set.server.take_turns();
    let calls = (0..20).map(|_| {
        let set = Arc::clone(&set);
        tokio::spawn(async move { set.call(&READ).await.unwrap_err().to_string() })
    });
    for call in calls.collect::<Vec<_>>() {
        assert_eq!(
            call.await.unwrap(),
            "read: nothing was sent, because there is no credential login: there is no access token: \
             the server answered 401 Unauthorized: invalid_client: who are you?"
        );
    }
    assert_eq!(set.server.count(), 1);
}

#[tokio::test]
async fn a_call_that_is_given_up_leaves_the_token_to_the_others() {
    let set = set(oauth2(), [token("t-1", 60), token("t-2", 60), ok()]);
    set.server.take_turns();
    {
        let call = set.call(&READ);
        tokio::pin!(call);
        assert!(futures_util::poll!(call.as_mut()).is_pending());
    }
    set.call(&READ).await.unwrap();
    assert_eq!(set.authorizations(), ["Bearer t-2"]);
}

#[tokio::test]
async fn a_token_that_is_refused_is_renewed_once() {
    let refused = || answer(401, &[], "");
    let set = set(
        oauth2(),
        [
            token("t-1", 3600),
            refused(),
            token("t-2", 3600),
            ok(),
            refused(),
            token("t-3", 3600),
            refused(),
        ],
    );
    set.call(&READ).await.unwrap();
    let error = set.call(&READ).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(
        set.authorizations(),
        ["Bearer t-1", "Bearer t-2", "Bearer t-2", "Bearer t-3"]
    );
    // One that somebody gave is not got again.
    let set = self::set("fixed", [refused()]);
    set.call(&READ).await.unwrap_err();
    assert_eq!(set.server.count(), 1);
}

/// Knows keys by the names of schemes.
struct Vault;

impl CredentialProvider for Vault {
    fn credential<'a>(
        &'a self,
        request: CredentialRequest<'a>,
    ) -> BoxFuture<'a, Result<Option<Credential>, BoxError>> {
        Box::pin(async move {
            match request.scheme().name() {
                "key" => Ok(Some(Credential::token("from the vault"))),
                "identity" => Err("the vault is closed".into()),
                _ => Ok(None),
            }
        })
    }
}

#[tokio::test]
async fn a_vault_provides_for_all_schemes() {
    let server = Server::telling([]);
    let core = server.core_with(Config::new(BASE).credentials(Arc::new(Vault)));
    let call = |operation| Call::<(), Infallible>::new(&core, operation);
    call(&EITHER).await.unwrap();
    assert_eq!(
        server.header("authorization").unwrap(),
        "Bearer from the vault"
    );
    let error = call(&WHO).await.unwrap_err();
    assert!(
        error.to_string().ends_with("identity: the vault is closed"),
        "{error}"
    );
    let error = call(&READ).await.unwrap_err();
    assert!(matches!(error, Error::Invalid(_)), "{error}");

    let mut core = core.clone();
    core.set_credential(&LOGIN, Secret::from("own").into());
    Call::<(), Infallible>::new(&core, &EITHER).await.unwrap();
    let last = server.requests().pop().unwrap();
    assert_eq!(last.headers()["authorization"], "Bearer own");
}

#[test]
fn nothing_shows_a_secret() {
    let shown = format!(
        "{:?} {:?}",
        oauth2().parameter("k", "hush"),
        Credential::basic("u", "p@ss")
    );
    assert!(
        !shown.contains("hush") && !shown.contains("p@ss"),
        "{shown}"
    );
}
