//! Obtain: the credentials of a call that somebody provides, before the call is written.

use std::convert::Infallible;

use crate::client::call::Plan;
use crate::client::credential::{CredentialProvider, CredentialRequest, Known, Source};
use crate::client::credentials::{Available, SecurityScheme};
use crate::client::error::{Error, NoCredential};
use crate::client::timer::Clock;

/// Credentials that were provided for a call.
#[derive(Default)]
pub(crate) struct Obtained<'p> {
    found: Vec<Found<'p>>,
}

struct Found<'p> {
    scheme: &'static SecurityScheme,
    known: Known,
    provider: &'p dyn CredentialProvider,
}

impl Obtained<'_> {
    pub(crate) fn find(&self, scheme: &SecurityScheme) -> Option<&Known> {
        let mut found = self.found.iter();
        let found = found.find(|found| found.scheme.name() == scheme.name());
        found.map(|found| &found.known)
    }

    /// Tells who provided them that the server refuses them, and whether there was anything to tell.
    pub(crate) fn refuse(&self) -> bool {
        for found in &self.found {
            found.provider.refused(found.known.secret());
        }
        !self.found.is_empty()
    }
}

/// Whether anybody provides credentials.
pub(crate) fn may_be_obtained(plan: &Plan<'_>) -> bool {
    let core = plan.core;
    let is_provided = |(_, source): &(_, Source)| matches!(source, Source::Provided(_));
    core.shared().config.credentials.is_some() || core.credentials().iter().any(is_provided)
}

/// What is provided for the first alternative of an operation's security that gets complete by it.
pub(crate) async fn obtain<'p>(
    plan: &'p Plan<'_>,
    clock: &mut Clock,
) -> Result<Obtained<'p>, Error<Infallible>> {
    let mut obtained = Obtained::default();
    'alternatives: for alternative in plan.operation.security {
        for scheme in *alternative {
            let available = Available::of(plan, &obtained);
            if available.has(scheme) {
                continue;
            }
            let Some(provider) = provider(plan, scheme) else {
                continue 'alternatives;
            };
            let Some(known) = ask(plan, scheme, provider, clock).await? else {
                continue 'alternatives;
            };
            obtained.found.push(Found {
                scheme,
                known,
                provider,
            });
        }
        if !alternative.is_empty() {
            break;
        }
    }
    Ok(obtained)
}

fn provider<'p>(plan: &'p Plan<'_>, scheme: &SecurityScheme) -> Option<&'p dyn CredentialProvider> {
    let mut own = plan.core.credentials().iter();
    match own.find(|(set, _)| set.name() == scheme.name()) {
        Some((_, Source::Provided(provider))) => Some(&**provider),
        Some((_, Source::Known(_))) => None,
        None => plan.core.shared().config.credentials.as_deref(),
    }
}

async fn ask(
    plan: &Plan<'_>,
    scheme: &'static SecurityScheme,
    provider: &dyn CredentialProvider,
    clock: &mut Clock,
) -> Result<Option<Known>, Error<Infallible>> {
    let request = CredentialRequest {
        scheme,
        scopes: plan.operation.scopes,
        shared: plan.core.shared(),
    };
    let refused = |source| {
        Error::Credential(Box::new(NoCredential {
            operation: plan.operation.id,
            scheme: scheme.name(),
            source,
        }))
    };
    let work = async { Ok(provider.credential(request).await) };
    let answer = clock.hold(work).await;
    match answer.unwrap_or_else(|late| Err(late.into())) {
        Ok(None) => Ok(None),
        Ok(Some(credential)) => match credential.0 {
            Source::Known(known) => Ok(Some(known)),
            Source::Provided(_) => Err(refused("what was provided is a provider again".into())),
        },
        Err(error) => Err(refused(error)),
    }
}
