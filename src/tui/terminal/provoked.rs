//! A panic that a test asks for. Only programs that are built for tests have it: one that is shipped knows neither the
//! variable nor the signal.

/// The signal, where the variable says that it is meant.
#[cfg(debug_assertions)]
pub fn signal() -> Option<i32> {
    std::env::var_os("TABLESETTER_PANIC_ON_USR2").is_some().then_some(signal_hook::consts::SIGUSR2)
}

/// None: whoever sends it ends the program as with any other program.
#[cfg(not(debug_assertions))]
pub const fn signal() -> Option<i32> {
    None
}

/// Panics if the signal came that asks for it.
///
/// # Panics
/// Only then.
pub fn panic_if_asked(came: i32) {
    assert!(signal() != Some(came), "asked for by a test");
}
