//! Addresses of calendars and tables. Most hold a key in their path, so whoever sees one whole can read what it shows:
//! a [`SecretAddress`] prints as its host alone, also where a fault is told.

use std::fmt;

/// An address in bytes; those of calendars have about a hundred.
const MOST: usize = 4 << 10;

/// A checked address, `https` unless it is on the own machine.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretAddress(String);

/// Never the address itself: what is printed for a developer ends in logs as well.
impl fmt::Debug for SecretAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretAddress({})", self.masked())
    }
}

impl SecretAddress {
    /// Checks what was given.
    ///
    /// # Errors
    /// A sentence that holds nothing of it.
    pub fn parse(given: &str) -> Result<Self, &'static str> {
        let text = given.trim();
        if text.is_empty() {
            return Err("no address was given");
        }
        if text.len() > MOST {
            return Err("that is too long for an address");
        }
        if text.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Err("an address has no spaces, line breaks or control characters in it");
        }
        let Some((scheme, rest)) = text.split_once("://") else {
            return Err("that is no address; it begins with https://");
        };
        let host = host(rest);
        if host.is_empty() {
            return Err("that address names no host");
        }
        match scheme.to_ascii_lowercase().as_str() {
            // Calendars name themselves so; it is the same way under another name.
            "https" | "webcal" | "webcals" => Ok(Self(format!("https://{rest}"))),
            "http" if is_own_machine(host) => Ok(Self(format!("http://{rest}"))),
            "http" => Err(
                "that address is not encrypted (http), so anybody on the way could read it; only https:// is fetched",
            ),
            _ => Err("only https:// addresses are fetched"),
        }
    }

    /// The whole of it, for the one who fetches it.
    pub fn whole(&self) -> &str {
        &self.0
    }

    /// True if it is not encrypted, which only the own machine may be.
    pub fn is_plain_http(&self) -> bool {
        self.0.starts_with("http://")
    }

    /// `https://calendar.example/…`
    pub fn masked(&self) -> String {
        masked(&self.0)
    }
}

/// The host of what follows `://`, with brackets where it has some, without user and port.
fn host(rest: &str) -> &str {
    // Some programs take a backslash for a slash, so what stands behind one must not pass for the host.
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    // From the right: a password may hold that sign, a host never.
    let place = authority.rsplit_once('@').map_or(authority, |(_, place)| place);
    match place.strip_prefix('[') {
        Some(bracketed) => {
            let end = bracketed.find(']').map_or(place.len(), |end| end + 2);
            place.get(..end).unwrap_or(place)
        }
        None => place.split(':').next().unwrap_or_default(),
    }
}

fn is_own_machine(host: &str) -> bool {
    let numbers: Option<std::net::Ipv4Addr> = host.parse().ok();
    host.eq_ignore_ascii_case("localhost")
        || host == "[::1]"
        || numbers.is_some_and(|address| address.is_loopback())
}

/// True if a text begins like an address.
pub fn is_one(text: &str) -> bool {
    start_of_scheme(text.trim_start()).is_some_and(|(start, _)| start == 0)
}

/// Where the first address of a text begins, and where what follows its `://` does.
fn start_of_scheme(text: &str) -> Option<(usize, usize)> {
    text.match_indices("://").find_map(|(at, mark)| {
        let letters = text[..at].chars().rev().take_while(char::is_ascii_alphanumeric).count();
        (letters > 0).then_some((at - letters, at + mark.len()))
    })
}

fn masked(address: &str) -> String {
    // What cannot be taken apart is not shown at all, since any part of it may be the key.
    let Some((scheme, rest)) = address.split_once("://") else { return "…".to_owned() };
    let host = host(rest);
    // A slash and nothing behind it is all there is.
    let has_more = rest.trim_end_matches('/').len() > host.len();
    format!("{scheme}://{host}{}", if has_more { "/…" } else { "" })
}

/// A text in which no address stands whole: what a program said, or the words of a command.
pub fn masked_in(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((start, behind)) = start_of_scheme(rest) {
        let ends = |c: char| c.is_whitespace() || c.is_control() || "\"'<>`|".contains(c);
        let end = rest[behind..].find(ends).map_or(rest.len(), |length| behind + length);
        out.push_str(&rest[..start]);
        out.push_str(&masked(&rest[start..end]));
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_what_is_encrypted_or_here_is_an_address() {
        let whole = |text: &str| SecretAddress::parse(text).map(|address| address.whole().to_owned());
        assert_eq!(whole(" https://a.example/k \n").as_deref(), Ok("https://a.example/k"));
        assert_eq!(whole("webcal://a.example/k").as_deref(), Ok("https://a.example/k"));
        assert_eq!(whole("WEBCAL://a.example/k").as_deref(), Ok("https://a.example/k"));
        for here in
            ["http://localhost:8000/x", "http://127.0.0.1/x", "http://127.9.9.9/", "http://[::1]:80/x"]
        {
            assert_eq!(whole(here).as_deref(), Ok(here));
        }
        for wrong in [
            "",
            "http://a.example/k",
            "http://localhost.evil.example/",
            "http://localhost@evil.example/",
            "http://evil.example\\@localhost/",
            "http://127.0.0.1.evil.example/",
            "file:///etc/passwd",
            "ftp://a.example/",
            "a.example/k",
            "https:///k",
            "https://a.example/a b",
            "https://a.example/a\u{7}b",
            "https://a.example/a\nurl = \"file:///etc/passwd\"",
        ] {
            let said = whole(wrong).unwrap_err();
            assert!(!said.contains("evil") && !said.contains("example"), "{said}");
        }
        assert!(SecretAddress::parse(&format!("https://a.example/{}", "x".repeat(5_000))).is_err());
    }

    #[test]
    fn an_address_is_never_shown_whole() {
        let secret = SecretAddress::parse("https://me:word@cal.example:8443/private-abc/b.ics?k=1").unwrap();
        assert_eq!(secret.masked(), "https://cal.example/…");
        assert_eq!(format!("{secret:?}"), "SecretAddress(https://cal.example/…)");
        assert_eq!(
            masked_in(
                "curl 'https://cal.example/k/a.ics' failed: <http://[::1]:8/x> (webcal://b.example?x=1)"
            ),
            "curl 'https://cal.example/…' failed: <http://[::1]/…> (webcal://b.example/…"
        );
        assert_eq!(masked_in("jira-export --project A"), "jira-export --project A");
        assert_eq!(masked_in(":// and a://b/"), ":// and a://b");
        assert!(is_one(" https://x") && is_one("webcal://x") && !is_one("~/x://y") && !is_one("file.csv"));
    }

    proptest! {
        #[test]
        fn nothing_behind_the_host_is_left_in_any_text(before in "[ -~é]{0,12}", key in "[A-Z]{12,20}", user in "[B-Y]{12}") {
            let said = masked_in(&format!("{before} https://{user}@h.example/{key}?{key}"));
            prop_assert!(!said.contains(&key) && !said.contains(&user), "{}", said);
        }
    }
}
