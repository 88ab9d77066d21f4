//! A small process that outlives this one: when the program dies without having given the terminal back
//! (an abort, a stack overflow, `kill -9`), it does so in its place. It sleeps until then.

use std::io::Write;
use std::process::{ChildStdin, Command, Stdio};
use std::sync::Mutex;

/// Remembers the last word; when the pipe ends with the terminal still taken, gives it back.
const SCRIPT: &str = "trap '' HUP INT TERM QUIT TSTP TTOU
state=given
while read -r line; do state=$line; done
if [ \"$state\" = taken ]; then
  stty sane </dev/tty
  printf '\\033[?1000l\\033[?1006l\\033[?2004l\\033[?1049l\\033[?25h' >/dev/tty
fi";

static PIPE: Mutex<Option<ChildStdin>> = Mutex::new(None);

/// Starts it. Where that is not possible, the program does without.
pub fn start() {
    let child = Command::new("sh")
        .args(["-c", SCRIPT])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if let (Ok(mut child), Ok(mut pipe)) = (child, PIPE.lock()) {
        *pipe = child.stdin.take();
    }
    tell("taken");
}

/// Says whether the terminal is taken or given.
pub fn tell(state: &str) {
    // In a panic somebody else may hold it; then the panic gives the terminal back by itself.
    if let Ok(mut pipe) = PIPE.try_lock()
        && let Some(pipe) = pipe.as_mut()
    {
        let _ = writeln!(pipe, "{state}");
    }
}
