//! Wakes at the next minute of the machine's clock, and at once when that clock jumps.
//!
//! A plain timeout stands still while a laptop sleeps: after a night the cockpit would show yesterday for up
//! to a minute more. This follows the clock itself, which goes on.

#[cfg(not(target_os = "linux"))]
pub use elsewhere::MinuteTimer;
#[cfg(target_os = "linux")]
pub use linux::MinuteTimer;

#[cfg(target_os = "linux")]
mod linux {
    use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    use rustix::time::{
        Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, timerfd_create,
        timerfd_settime,
    };

    /// A timer on the clock of the day.
    pub struct MinuteTimer(OwnedFd);

    impl MinuteTimer {
        /// Set for the next minute; `None` where the system has no such timer.
        pub fn new() -> Option<Self> {
            let flags = TimerfdFlags::NONBLOCK | TimerfdFlags::CLOEXEC;
            let alarm = Self(timerfd_create(TimerfdClockId::Realtime, flags).ok()?);
            alarm.set(next_minute(SystemTime::now())).then_some(alarm)
        }

        /// Has gone off: set for the next minute.
        pub fn again(&self) {
            // Says how often it went off, or that the clock was set; neither matters.
            let _ = rustix::io::read(&self.0, &mut [0_u8; 8]);
            self.set(next_minute(SystemTime::now()));
        }

        /// Sets it for an instant since 1970; true if the system took it.
        pub(super) fn set(&self, at: Duration) -> bool {
            let Ok(it_value) = Timespec::try_from(at) else { return false };
            let never = Timespec { tv_sec: 0, tv_nsec: 0 };
            // An absolute time alone is waited for also when somebody sets the clock; cancelled, the timer
            // wakes at once.
            let flags = TimerfdTimerFlags::ABSTIME | TimerfdTimerFlags::CANCEL_ON_SET;
            timerfd_settime(&self.0, flags, &Itimerspec { it_interval: never, it_value }).is_ok()
        }

        /// What becomes readable when it goes off.
        pub fn bell(&self) -> BorrowedFd<'_> {
            self.0.as_fd()
        }
    }

    /// Zones are whole minutes apart, so a minute of the clock begins with one of the instant.
    pub(super) fn next_minute(now: SystemTime) -> Duration {
        let seconds = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        Duration::from_secs((seconds / 60 + 1) * 60)
    }
}

#[cfg(not(target_os = "linux"))]
mod elsewhere {
    use std::os::fd::BorrowedFd;

    /// No such timer here: the loop waits by a timeout.
    pub enum MinuteTimer {}

    impl MinuteTimer {
        /// There is none.
        pub fn new() -> Option<Self> {
            None
        }

        /// Never called, since there is none.
        pub fn again(&self) {
            match *self {}
        }

        /// Never called, since there is none.
        pub fn bell(&self) -> BorrowedFd<'_> {
            match *self {}
        }
    }
}

#[cfg(target_os = "linux")]
#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    use super::MinuteTimer;
    use super::linux::next_minute;

    fn rings(alarm: &MinuteTimer) -> bool {
        let bell = alarm.bell();
        let now = Timespec { tv_sec: 0, tv_nsec: 0 };
        poll(&mut [PollFd::new(&bell, PollFlags::IN)], Some(&now)).is_ok_and(|ready| ready == 1)
    }

    #[test]
    fn a_moment_that_the_clock_has_passed_rings_at_once_and_is_heard_once() {
        let alarm = MinuteTimer::new().unwrap();
        assert!(alarm.set(Duration::from_secs(1)));
        assert!(rings(&alarm));
        assert!(alarm.set(Duration::from_secs(1 << 40)));
        assert!(!rings(&alarm));
    }

    #[test]
    fn the_next_minute_is_never_this_one() {
        for (now, next) in [(0, 60), (59, 60), (60, 120), (1_764_068_399, 1_764_068_400)] {
            assert_eq!(next_minute(UNIX_EPOCH + Duration::from_secs(now)), Duration::from_secs(next));
        }
    }
}
