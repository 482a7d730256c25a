//! Retry: is a call that failed sent again, and when?

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use http::{HeaderMap, header};

/// How often and when a call is sent again that failed in a way that may pass.
///
/// That is done for what is safe to send twice: with an idempotent method (RFC 9110, section 9.2.2), with
/// an [idempotency key](crate::client::Call::idempotency_key), where the caller
/// [says so](crate::client::Call::idempotent), or where there was no connection and so nothing was sent.
/// A body with a stream in it that can be sent only once ([`Binary::from_stream`](crate::Binary::from_stream))
/// is not sent twice.
///
/// Between two tries there is a pause of a random length up to a bound that doubles each time, or what
/// the server asks for with `Retry-After`. No pause goes beyond the time that the call may take.
///
/// All calls of a client, and of its clones, draw on one budget, so that a server in trouble is not
/// buried under retries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retries {
    pub(crate) most: u32,
    first: Duration,
    longest: Duration,
    percent: u32,
    reserve: u32,
}

impl Default for Retries {
    /// Two retries, the first after at most 100 ms, none after more than 5 s; one for five calls, and ten
    /// beside that.
    fn default() -> Self {
        Self {
            most: 2,
            first: Duration::from_millis(100),
            longest: Duration::from_secs(5),
            percent: 20,
            reserve: 10,
        }
    }
}

impl Retries {
    /// No retries.
    pub fn none() -> Self {
        Self::up_to(0)
    }

    /// So many retries of one call.
    pub fn up_to(most: u32) -> Self {
        Self {
            most,
            ..Self::default()
        }
    }

    /// The longest pause before the first retry, and the longest of all.
    #[must_use]
    pub fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        (self.first, self.longest) = (first, longest);
        self
    }

    /// How many retries all calls of a client may have together: so many for each hundred calls, and so
    /// many beside that.
    #[must_use]
    pub fn budget(mut self, percent: u32, reserve: u32) -> Self {
        (self.percent, self.reserve) = (percent, reserve);
        self
    }

    /// How long to wait after so many tries: "full jitter".
    pub(crate) fn pause(&self, tried: u32) -> Duration {
        let factor = 1_u32.checked_shl(tried.saturating_sub(1));
        let bound = self.first.saturating_mul(factor.unwrap_or(u32::MAX));
        random_up_to(bound.min(self.longest))
    }
}

/// A random part of a time, whose quality is that of the standard library's hash keys.
fn random_up_to(bound: Duration) -> Duration {
    let nanoseconds = u64::try_from(bound.as_nanos()).unwrap_or(u64::MAX);
    let random = RandomState::new().hash_one(nanoseconds);
    Duration::from_nanos(random.checked_rem(nanoseconds).unwrap_or(0))
}

/// How many retries there may still be, in hundredths of one.
pub(crate) struct Budget {
    left: AtomicU32,
    most: u32,
    for_each_call: u32,
}

impl Budget {
    pub(crate) fn of(retries: &Retries) -> Self {
        let most = retries.reserve.saturating_mul(100);
        Self {
            left: AtomicU32::new(most),
            most,
            for_each_call: retries.percent,
        }
    }

    /// Counts a call.
    pub(crate) fn earn(&self) {
        let earned = |left: u32| {
            (left < self.most).then(|| left.saturating_add(self.for_each_call).min(self.most))
        };
        // The error says that there was nothing to change.
        let _ = self
            .left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, earned);
    }

    /// Whether there may be one more retry, which is then counted.
    pub(crate) fn spend(&self) -> bool {
        self.left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                left.checked_sub(100)
            })
            .is_ok()
    }
}

impl fmt::Debug for Budget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Budget")
            .field("left", &self.left)
            .finish_non_exhaustive()
    }
}

/// How long the server asks to wait, in seconds or until a date: RFC 9110, section 10.2.3.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    // A date that has passed asks for no pause.
    Some(
        date.duration_since(SystemTime::now())
            .unwrap_or(Duration::ZERO),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_the_longest() {
        let retries = Retries::up_to(9).backoff(Duration::from_secs(1), Duration::from_secs(8));
        for (tried, bound) in [(1, 1), (2, 2), (3, 4), (4, 8), (5, 8), (40, 8), (4000, 8)] {
            let pauses: Vec<_> = (0..200).map(|_| retries.pause(tried)).collect();
            let bound = Duration::from_secs(bound);
            assert!(pauses.iter().all(|pause| *pause < bound), "{tried}");
            assert!(pauses.iter().any(|pause| *pause > bound / 2), "{tried}");
            assert!(pauses.iter().any(|pause| *pause < bound / 2), "{tried}");
        }
        let none = Retries::up_to(1).backoff(Duration::ZERO, Duration::ZERO);
        assert_eq!(none.pause(1), Duration::ZERO);
    }

    #[test]
    fn a_budget_is_earned_by_calls_and_never_more_than_its_reserve() {
        let budget = Budget::of(&Retries::default().budget(50, 2));
        let spend = |times| (0..times).filter(|_| budget.spend()).count();
        assert_eq!(spend(5), 2);
        (0..3).for_each(|_| budget.earn());
        assert_eq!(spend(5), 1);
        (0..100).for_each(|_| budget.earn());
        assert_eq!(spend(5), 2);
        let none = Budget::of(&Retries::default().budget(0, 0));
        none.earn();
        assert!(!none.spend());
    }

    #[test]
    fn a_server_asks_for_a_pause_in_seconds_or_by_a_date() {
        let asked = |value: &'static str| {
            let headers = [(header::RETRY_AFTER, http::HeaderValue::from_static(value))];
            retry_after(&headers.into_iter().collect())
        };
        assert_eq!(asked("120"), Some(Duration::from_secs(120)));
        assert_eq!(asked(" 0"), Some(Duration::ZERO));
        assert_eq!(asked("Fri, 31 Dec 1999 23:59:59 GMT"), Some(Duration::ZERO));
        assert_eq!(
            asked("Friday, 31-Dec-99 23:59:59 GMT"),
            Some(Duration::ZERO)
        );
        let far = asked("Wed, 31 Dec 2098 23:59:59 GMT").unwrap_or_default();
        assert!(far > Duration::from_secs(365 * 24 * 3600), "{far:?}");
        assert_eq!(asked("soon"), None);
        assert_eq!(asked("-1"), None);
        assert_eq!(retry_after(&HeaderMap::new()), None);
    }
}
