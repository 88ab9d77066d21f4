//! Addresses: fetched by the system's own `curl` from a local server over TLS, and seen nowhere.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Stdio};

use serde_json::Value;

use super::super::cli::Studio;
use super::{Machine, all_bytes, event, write};

const SECRET: &str = "private-5ecre7-k3y";

/// A server that answers by path, and writes down what it was asked.
const SERVER: &str = r#"
import base64, http.server, ssl, sys, time
folder, scheme = sys.argv[1], sys.argv[2]
class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def log_message(self, *args): pass
    def answer(self, code, body=b"", **headers):
        self.send_response(code)
        for name, value in headers.items(): self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def do_GET(self):
        known, path = self.headers.get("If-None-Match", ""), self.path.split("?")[0]
        with open(folder + "/log", "a") as log: log.write(f"{scheme} {path} {known} {self.headers.get('Authorization', '')}\n")
        name = path.rsplit("/", 1)[1]
        if name == "cal.ics":
            body = open(folder + "/served.ics", "rb").read()
            tag = '"v%d"' % len(body)
            if known == tag: return self.answer(304, ETag=tag)
            return self.answer(200, body, ETag=tag)
        if name == "to-http": return self.answer(302, Location=open(folder + "/http").read())
        if name == "round": return self.answer(302, Location=self.path)
        if name == "there": return self.answer(302, Location="cal.ics")
        if name == "slow": time.sleep(20)
        if name == "half":
            self.send_response(200); self.send_header("Content-Length", "5000"); self.end_headers()
            self.wfile.write(b"BEGIN:VCALENDAR\r\n"); self.close_connection = True; return
        if name == "endless":
            self.send_response(200); self.send_header("Connection", "close"); self.end_headers()
            try:
                while True: self.wfile.write(b"X" * (1 << 20))
            except OSError: pass
            self.close_connection = True
            return
        if name == "huge":
            self.send_response(200); self.send_header("Content-Length", str(1 << 30)); self.end_headers(); return
        if name == "locked":
            if self.headers.get("Authorization") == "Basic " + base64.b64encode(b"me:word").decode():
                return self.answer(200, open(folder + "/served.ics", "rb").read())
            return self.answer(401)
        self.answer(404, b"no")
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
if scheme == "https":
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder + "/cert.pem", folder + "/key.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_port, flush=True)
server.serve_forever()
"#;

struct Server {
    child: Child,
    port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn start(studio: &Studio, scheme: &str) -> Self {
        let folder = studio.0.path().join("server");
        let mut python = crate::command("python3");
        python.args(["-c", SERVER]).arg(&folder).arg(scheme).stdout(Stdio::piped()).stderr(Stdio::null());
        // Where a manager of versions stands before it, that one looks for its own settings.
        python.envs(std::env::var_os("HOME").map(|home| ("HOME", home)));
        let mut child = python.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { port: line.trim().parse().unwrap(), child }
    }

    fn address(&self, name: &str) -> String {
        format!("https://localhost:{}/{SECRET}/{name}?key={SECRET}", self.port)
    }
}

/// A certificate for the own machine; `None`, with a sentence, where the programs for the test are missing.
fn certificate(studio: &Studio) -> Option<PathBuf> {
    for (program, version) in [("curl", "--version"), ("python3", "--version"), ("openssl", "version")] {
        let mut command = crate::command(program);
        command.envs(std::env::var_os("HOME").map(|home| ("HOME", home)));
        let there = command.arg(version).stdout(Stdio::null()).stderr(Stdio::null()).status();
        if !there.is_ok_and(|status| status.success()) {
            println!("skipped: {program} is not on this machine");
            return None;
        }
    }
    let folder = studio.0.path().join("server");
    std::fs::create_dir(&folder).unwrap();
    let words = "req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost";
    let mut openssl = crate::command("openssl");
    openssl.args(words.split(' ')).current_dir(&folder).stdout(Stdio::null()).stderr(Stdio::null());
    assert!(openssl.status().unwrap().success());
    Some(folder.join("cert.pem"))
}

fn log(studio: &Studio) -> Vec<String> {
    let text = std::fs::read_to_string(studio.0.path().join("server/log")).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

/// A machine that trusts the certificate, as one with that of a company does.
fn trusting<'a>(studio: &'a Studio, certificate: &std::path::Path) -> Machine<'a> {
    let variables = vec![("CURL_CA_BUNDLE", certificate.display().to_string())];
    Machine { variables, ..Machine::new(studio) }
}

fn add(here: &Machine<'_>, name: &str, address: &str) {
    let done = here.run(&["source", "add", name, "--what", "calendar", "--url-stdin", "--apply"], address);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(!format!("{}{}", done.out, done.err).contains(SECRET));
}

#[test]
fn a_calendar_is_fetched_and_asked_for_by_its_name_the_next_time() {
    let studio = Studio::new();
    let Some(certificate) = certificate(&studio) else { return };
    write(&studio, "server/served.ics", &event("a", "Standup"));
    let server = Server::start(&studio, "https");
    let here = trusting(&studio, &certificate);
    add(&here, "Work", &server.address("cal.ics").replace("https://", "webcal://"));
    assert!(log(&studio).is_empty(), "adding fetches nothing");
    assert_eq!(here.json(&["source", "refresh", "Work"])[0]["report"]["created"], 1);
    assert_eq!(here.json(&["source", "refresh", "Work"])[0]["report"]["unchanged"], 1);
    assert_eq!(here.json(&["source", "refresh", "Work"])[0]["report"]["unchanged"], 1, "its name was kept");
    write(&studio, "server/served.ics", &event("a", "Standup, moved"));
    assert_eq!(here.json(&["source", "refresh", "Work"])[0]["report"]["updated"], 1);
    here.ok(&["source", "refresh", "Work"]);
    let tags: Vec<String> =
        log(&studio).iter().map(|line| line.split(' ').nth(2).unwrap().to_owned()).collect();
    let (old, new) = (tags[1].clone(), tags[4].clone());
    assert!(old.starts_with("\"v") && new.starts_with("\"v") && old != new);
    assert_eq!(tags, [String::new(), old.clone(), old.clone(), old, new]);
    // Without the file that was kept its name says nothing.
    std::fs::remove_dir_all(studio.0.path().join("s-sources")).unwrap();
    here.ok(&["source", "refresh", "Work"]);
    assert!(log(&studio).last().unwrap().ends_with("/cal.ics  "));
}

#[test]
fn whatever_a_server_does_there_is_a_sentence_and_what_was_there_stands() {
    let studio = Studio::new();
    let Some(certificate) = certificate(&studio) else { return };
    write(&studio, "server/served.ics", &event("a", "Standup"));
    let (server, plain) = (Server::start(&studio, "https"), Server::start(&studio, "http"));
    write(&studio, "server/http", &format!("http://localhost:{}/{SECRET}/cal.ics", plain.port));
    let here = trusting(&studio, &certificate);
    add(&here, "Work", &server.address("cal.ics"));
    here.ok(&["source", "refresh", "Work"]);
    for (name, limit, part) in [
        ("to-http", "10", "leads on to an address that is not encrypted"),
        ("round", "10", "more than 5 times"),
        ("endless", "30", "sent more than 32 MiB"),
        ("huge", "10", "sent more than 32 MiB"),
        ("missing", "10", "nothing at that address any more (404)"),
        ("half", "10", "halfway"),
        ("slow", "1", "took longer than 1 second"),
        ("locked", "10", "does not let this machine in (401)"),
    ] {
        let done =
            here.run(&["source", "edit", "Work", "--url-stdin", "--limit", limit], &server.address(name));
        assert_eq!(done.code, 0, "{}", done.err);
        let said = here.refused(&["source", "refresh", "Work"], 1, part);
        assert!(!said.contains(SECRET) && said.contains("https://localhost/…"), "{name}: {said}");
        assert!(here.source("Work")["error"].as_str().unwrap().contains(part));
    }
    assert!(!log(&studio).iter().any(|line| line.starts_with("http ")), "nothing was asked in the clear");
    let shown = here.json(&["meeting", "list", "--from", "2026-12-24", "--to", "2026-12-24"]);
    assert_eq!((&shown[0]["title"], &shown[0]["status"]), (&"Standup".into(), &"confirmed".into()));
    // A name and a password lie where every program finds them; a place beside it leads on to the calendar.
    write(&studio, ".netrc", "machine localhost login me password word\n");
    for name in ["locked", "there"] {
        here.run(&["source", "edit", "Work", "--url-stdin"], &server.address(name));
        here.ok(&["source", "refresh", "Work"]);
    }
    // The certificate of a stranger.
    let untrusting = Machine::new(&studio);
    untrusting.refused(&["source", "refresh", "Work"], 1, "could not prove who it is");
    // Plain only to the own machine.
    let done = here
        .run(&["source", "edit", "Work", "--url-stdin"], &format!("http://127.0.0.1:{}/cal.ics", plain.port));
    assert_eq!(done.code, 0, "{}", done.err);
    here.ok(&["source", "refresh", "Work"]);
    let done = here.run(&["source", "edit", "Work", "--url-stdin"], "http://h.example/cal.ics");
    assert!(done.code == 5 && done.err.contains("not encrypted"), "{}", done.err);
}

#[test]
fn an_address_comes_from_a_variable_or_a_command_too() {
    let studio = Studio::new();
    let Some(certificate) = certificate(&studio) else { return };
    write(&studio, "server/served.ics", &event("a", "Standup"));
    let server = Server::start(&studio, "https");
    let mut here = trusting(&studio, &certificate);
    here.ok(&["source", "add", "Env", "--what", "calendar", "--url-env", "WORK_CAL"]);
    here.refused(&["source", "refresh", "Env"], 1, "variable WORK_CAL: it is not set");
    here.variables.push(("WORK_CAL", server.address("cal.ics")));
    assert_eq!(here.json(&["source", "refresh", "Env"])[0]["offered"]["new"], 1);
    write(&studio, "address", &server.address("cal.ics"));
    here.ok(&["source", "add", "Cmd", "--what", "calendar", "--url-command", "cat address"]);
    assert_eq!(here.json(&["source", "refresh", "Cmd"])[0]["offered"]["new"], 1);
    write(&studio, "address", &format!("no address {SECRET}"));
    let said = here.refused(&["source", "refresh", "Cmd"], 1, "printed no address");
    assert!(!said.contains(SECRET));
    // On another machine neither runs.
    let there = Machine { config: "other/c.toml", ..trusting(&studio, &certificate) };
    there.refused(&["source", "refresh", "Env"], 4, "fetches the address in WORK_CAL");
    there.refused(&["source", "refresh", "Cmd"], 4, "runs `cat address`");
}

#[test]
fn an_address_is_taken_from_no_argument_and_repeated_by_none() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    let address = format!("https://h.example/{SECRET}/cal.ics");
    let with = format!("--url-stdin={address}");
    for words in [
        vec!["Work", "--url", &address],
        vec!["Work", &with],
        vec!["Work", "--file", &address],
        vec!["Work", "--newest", &address],
        vec!["Work", "--folder", &address],
        vec!["Work", "--command", &address],
        vec!["Work", "--url-env", &address],
        vec!["Work", "--url-command", &address],
        vec!["Work", "--file", "x", &address],
        vec![&address, "--file", "x"],
        vec!["Work", "--file", "x", "--every", &address],
        vec!["Work", "--fil", &address],
    ] {
        for json in [&[][..], &["--json"]] {
            let done =
                here.run(&[&["source", "add", "--what", "calendar"], words.as_slice(), json].concat(), "");
            assert_eq!((done.code, done.out.as_str()), (2, ""), "{words:?}: {}", done.err);
            assert!(!done.err.contains(SECRET), "{words:?}: {}", done.err);
        }
    }
    for command in ["refresh", "remove", "confirm", "edit"] {
        let done = here.run(&["source", command, &address], "");
        assert!(done.code != 0 && !done.err.contains(SECRET), "{command}: {}", done.err);
    }
    let done = here.run(&["import", "calendar", &address], "");
    assert!(done.code == 5 && !done.err.contains(SECRET), "{}", done.err);
}

#[test]
fn an_address_stands_in_no_output_and_no_store() {
    use std::os::unix::fs::PermissionsExt;
    let studio = Studio::new();
    let here = Machine::new(&studio);
    add(&here, "Work", &format!("https://me:{SECRET}@localhost:1/{SECRET}/cal.ics?key={SECRET}"));
    assert_eq!(here.run(&["source", "refresh", "Work"], "").code, 1);
    for words in [
        &["source", "list"][..],
        &["source", "list", "--json"],
        &["source", "list", "--plain"],
        &["source", "refresh"],
        &["source", "refresh", "--json"],
        &["history", "--all", "--limit", "0"],
        &["doctor"],
        &["doctor", "--json"],
        &["export", "all"],
        &["config", "show"],
        &["source", "confirm", "Work"],
        &["backup"],
        &["source", "edit", "Work", "--every", "5", "--json"],
        &["undo"],
    ] {
        let done = here.run(words, "");
        assert!(!format!("{}{}", done.out, done.err).contains(SECRET), "{words:?}: {}{}", done.out, done.err);
    }
    let mut found = Vec::new();
    all_bytes(studio.0.path(), &mut found);
    let holds = |bytes: &[u8]| bytes.windows(SECRET.len()).any(|part| part == SECRET.as_bytes());
    let holding: Vec<&String> =
        found.iter().filter(|(_, bytes)| holds(bytes)).map(|(name, _)| name).collect();
    assert_eq!(holding.len(), 1, "only beside the configuration: {holding:?}");
    let sources = studio.0.path().join("sources");
    let kept = std::fs::read_dir(&sources).unwrap().next().unwrap().unwrap();
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&sources), mode(&kept.path())), (0o700, 0o600));
    // It goes with its source, and an undo brings that back without it.
    here.ok(&["source", "remove", "Work"]);
    assert!(!kept.path().exists());
    here.ok(&["undo"]);
    here.refused(&["source", "refresh", "Work"], 4, "its address is not kept on this machine");
    here.refused(&["source", "confirm", "Work"], 4, "--url-stdin");
    let there = Machine { config: "other/c.toml", ..Machine::new(&studio) };
    assert_ne!(there.source("Work")["asleep"], Value::Null);
}

#[test]
fn without_curl_there_is_a_sentence() {
    let studio = Studio::new();
    let mut here = Machine::new(&studio);
    add(&here, "Work", "https://localhost:1/cal.ics");
    here.variables.push(("PATH", studio.0.path().display().to_string()));
    let said = here.refused(&["source", "refresh", "Work"], 1, "curl is not on this machine");
    assert!(said.contains("--command"), "{said}");
}
