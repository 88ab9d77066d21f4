//! The system's own `curl`: proxies, company certificates and netrc are then as everywhere else on the machine, and
//! this program holds no network code. All that it is told goes through standard input, where no list of processes
//! shows it.

use std::path::Path;

use crate::domain::count::counted;
use crate::domain::source::address::SecretAddress;

/// The file that `curl` is asked not to go beyond; what has no length before is counted by whoever reads it.
pub const MOST_BYTES: usize = crate::domain::bounds::FILE;
/// How often an address may lead on to another.
const REDIRECTS: u32 = 5;
/// How long a connection may take, of all the time there is.
const CONNECT_SECONDS: u32 = 20;

/// How it is called: without the user's own settings, which could send an address elsewhere, and with ours alone.
pub const WORDS: [&str; 4] = ["curl", "-q", "-K", "-"];

/// True if there is one to be found.
pub fn is_there() -> bool {
    use std::os::unix::fs::PermissionsExt;
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| {
        let about = std::fs::metadata(folder.join("curl"));
        about.is_ok_and(|about| about.is_file() && about.permissions().mode() & 0o111 != 0)
    })
}

/// What `curl` is told of one fetch: the address, and what the server said of the file that is here already.
pub struct CurlRequest<'a> {
    pub address: &'a SecretAddress,
    /// What the server called the file that is here already.
    pub etag: Option<&'a Path>,
    /// Where what it calls this one is put.
    pub new_etag: &'a Path,
    pub seconds: u32,
}

impl CurlRequest<'_> {
    /// What `curl` reads.
    ///
    /// # Errors
    /// A sentence if a path cannot be written there.
    pub fn config(&self) -> Result<String, &'static str> {
        let is_here = self.address.is_plain_http();
        let mut lines = vec![
            format!("url = {}", quoted(self.address.whole())?),
            // Brackets of an address would otherwise be many addresses.
            "globoff".to_owned(),
            "silent".to_owned(),
            // Without it the page that says that there is no file would be read as the file.
            "fail".to_owned(),
            "location".to_owned(),
            format!("max-redirs = {REDIRECTS}"),
            format!("proto = \"={}\"", if is_here { "http" } else { "https" }),
            // An encrypted address that leads on to a plain one would be fetched in the clear.
            "proto-redir = \"=https\"".to_owned(),
            // A name and password may stand in ~/.netrc; without that file the address is fetched all the same.
            "netrc-optional".to_owned(),
            format!("connect-timeout = {}", self.seconds.min(CONNECT_SECONDS)),
            format!("max-time = {}", self.seconds),
            format!("max-filesize = {MOST_BYTES}"),
            format!("etag-save = {}", quoted_path(self.new_etag)?),
            // On standard error, since standard output is the file, and on a line of its own behind whatever was
            // said there.
            "write-out = \"%{stderr}\\n%{response_code}\"".to_owned(),
        ];
        if is_here {
            // A proxy would take what is meant for this machine over the network, in the clear.
            lines.push("noproxy = \"*\"".to_owned());
        }
        if let Some(etag) = self.etag {
            lines.push(format!("etag-compare = {}", quoted_path(etag)?));
        }
        Ok(lines.join("\n") + "\n")
    }
}

fn quoted_path(path: &Path) -> Result<String, &'static str> {
    quoted(path.to_str().ok_or("the folder of the store has a name that is no text")?)
}

/// A text as `curl` reads it between quotes. A line break would begin another setting.
fn quoted(text: &str) -> Result<String, &'static str> {
    if text.chars().any(char::is_control) {
        return Err("there is a control character in it");
    }
    Ok(format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
}

/// What came of it, by how `curl` ended and what the server answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CurlEnd {
    Fetched,
    /// What is here is still what the server has.
    Unchanged,
    Failed(String, &'static str),
}

const LATER: &str = "What came from it before stands. Try again later.";
const OTHER: &str =
    "What came from it before stands. `tablesetter source edit NAME --url-stdin` gives another address.";

/// The answer of the server: the last line that `curl` wrote beside the file.
pub fn response_code(said: &str) -> u32 {
    said.lines().last().and_then(|line| line.trim().parse().ok()).unwrap_or(0)
}

/// Tells how a fetch ended. What `curl` said itself is never repeated: some of it names the address.
pub fn end(code: Option<i32>, answer: u32, seconds: u32, masked: &str) -> CurlEnd {
    let failed = |message: String, hint| CurlEnd::Failed(message, hint);
    match (code, answer) {
        (Some(0), 304) => CurlEnd::Unchanged,
        (Some(0), 200..=299) => CurlEnd::Fetched,
        // For curl a redirect that names no place to go to ends well.
        (Some(0), answer) => failed(format!("{masked} answered with {answer} instead of a file"), OTHER),
        (Some(1), _) => failed(
            format!(
                "{masked} leads on to an address that is not encrypted, or that curl does not know; nothing was fetched from there"
            ),
            OTHER,
        ),
        (Some(2 | 26), _) => failed(
            "the curl of this machine does not know what it was asked for; it needs version 7.70 or newer"
                .to_owned(),
            "Update curl, or let a command print the file: `--command`.",
        ),
        (Some(5), _) => failed("the proxy of this machine was not found".to_owned(), LATER),
        (Some(6), _) => failed(format!("{masked} was not found; this machine may be offline"), LATER),
        (Some(7), _) => failed(format!("{masked} took no connection"), LATER),
        (Some(18 | 56 | 92 | 95), _) => {
            failed(format!("{masked} stopped halfway through the file; nothing was taken from it"), LATER)
        }
        (Some(22), 401 | 403 | 407) => failed(
            format!("{masked} does not let this machine in ({answer})"),
            "A name and password can stand in ~/.netrc, or the address has expired: `tablesetter source edit NAME --url-stdin` gives a new one.",
        ),
        (Some(22), 404 | 410) => {
            failed(format!("{masked} has nothing at that address any more ({answer})"), OTHER)
        }
        (Some(22), 429 | 503) => failed(format!("{masked} has too much to do ({answer})"), LATER),
        (Some(22), _) => failed(format!("{masked} answered with the error {answer}"), LATER),
        (Some(28), _) => failed(
            format!("{masked} took longer than {}", counted(seconds, "second", "seconds")),
            "What came from it before stands. `tablesetter source edit NAME --limit SECONDS` gives it more time.",
        ),
        (Some(35 | 60 | 77 | 83 | 91), _) => failed(
            format!("{masked} could not prove who it is; nothing was fetched"),
            "If a company certificate stands between, curl has to know it: see CURL_CA_BUNDLE.",
        ),
        (Some(47), _) => {
            failed(format!("{masked} leads on to other addresses more than {REDIRECTS} times"), OTHER)
        }
        (Some(52 | 55), _) => failed(format!("{masked} broke off before it had sent anything"), LATER),
        (Some(63), _) => failed(too_large(masked), OTHER),
        (Some(126 | 127), _) => failed(
            "curl is not on this machine, and addresses are fetched by it alone".to_owned(),
            "Install curl, or let a command print the file: `--command`.",
        ),
        (code, _) => {
            let told = code.map_or_else(String::new, |code| format!(" ({code})"));
            failed(format!("{masked} could not be fetched: curl broke off{told}"), LATER)
        }
    }
}

pub fn too_large(masked: &str) -> String {
    format!("{masked} sent more than {} MiB; nothing was taken from it", MOST_BYTES >> 20)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(address: &str, etag: Option<&str>) -> String {
        let address = SecretAddress::parse(address).unwrap();
        let (etag, new_etag) = (etag.map(Path::new), Path::new("/s/new etag"));
        CurlRequest { address: &address, etag, new_etag, seconds: 60 }.config().unwrap()
    }

    #[test]
    fn curl_is_told_everything_on_standard_input() {
        assert_eq!(
            config("webcal://h.example/a{b}[c]\"d\\e?f#g", Some("/s/etag")),
            "url = \"https://h.example/a{b}[c]\\\"d\\\\e?f#g\"\ngloboff\nsilent\nfail\nlocation\nmax-redirs = 5\n\
             proto = \"=https\"\nproto-redir = \"=https\"\nnetrc-optional\nconnect-timeout = 20\nmax-time = 60\n\
             max-filesize = 33554432\netag-save = \"/s/new etag\"\nwrite-out = \"%{stderr}\\n%{response_code}\"\n\
             etag-compare = \"/s/etag\"\n"
        );
        assert_eq!(WORDS, ["curl", "-q", "-K", "-"]);
    }

    #[test]
    fn what_is_plain_goes_to_the_own_machine_and_past_every_proxy() {
        let here = config("http://localhost:8/x", None);
        assert!(here.contains("proto = \"=http\"\nproto-redir = \"=https\"\n"), "{here}");
        assert!(here.contains("noproxy = \"*\"\n") && !here.contains("etag-compare"), "{here}");
        assert!(quoted("a\nurl = b").is_err() && quoted("a\u{7f}").is_err());
    }

    #[test]
    fn every_end_is_a_sentence_with_a_way_out() {
        let told = |code, answer| end(Some(code), answer, 60, "https://h.example/…");
        assert_eq!((told(0, 200), told(0, 304)), (CurlEnd::Fetched, CurlEnd::Unchanged));
        for (code, answer, part) in [
            (0, 302, "answered with 302"),
            (1, 302, "not encrypted"),
            (2, 0, "7.70"),
            (6, 0, "offline"),
            (18, 200, "halfway"),
            (22, 404, "(404)"),
            (22, 401, "let this machine in"),
            (22, 500, "error 500"),
            (28, 0, "longer than 60 seconds"),
            (60, 0, "who it is"),
            (63, 200, "more than 32 MiB"),
            (127, 0, "curl is not on this machine"),
            (99, 0, "(99)"),
        ] {
            let CurlEnd::Failed(message, hint) = told(code, answer) else { panic!("{code}") };
            assert!(message.contains(part) && !hint.is_empty(), "{code}: {message}");
        }
        assert!(matches!(end(None, 0, 60, "x"), CurlEnd::Failed(..)), "ended by a signal");
        assert_eq!(response_code("curl: (22) x https://h/k\n404"), 404);
        assert_eq!((response_code(""), response_code("\n200\n")), (0, 200));
    }
}
