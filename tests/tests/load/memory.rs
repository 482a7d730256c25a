//! How much memory this process holds: `proc_pid_status(5)`.

/// The bytes that lie in memory now; `None` where the system does not say it in this way, as only
/// Linux does.
pub(crate) fn held() -> Option<u64> {
    figure("VmRSS:")
}

/// The most that ever lay in memory.
pub(crate) fn peak() -> Option<u64> {
    figure("VmHWM:")
}

fn figure(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

/// What memory may grow by once the first calls are made.
const GROWTH: u64 = 32 * 1024 * 1024;

/// What was held before something.
pub(crate) struct Before(Option<u64>);

impl Before {
    pub(crate) fn now() -> Self {
        Self(held())
    }

    /// Fails where memory has grown. Says by how much it has.
    pub(crate) fn assert_flat(&self) -> String {
        let (Some(before), Some(now), Some(peak)) = (self.0, held(), peak()) else {
            return "memory is not known on this system".to_owned();
        };
        let (grown, most) = (now.saturating_sub(before), peak.saturating_sub(before));
        assert!(grown <= GROWTH, "{before} bytes before, {now} now");
        assert!(most <= GROWTH, "{before} bytes before, {peak} at the peak");
        format!(
            "{} KiB held, {} more at the end, {} at the peak",
            before / 1024,
            grown / 1024,
            most / 1024
        )
    }
}
