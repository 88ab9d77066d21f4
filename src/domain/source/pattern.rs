//! Patterns of file names, as `~/Downloads/jira-*.csv`, and names of files that are not whole yet.

/// The folder that a pattern looks in, and what it wants of a name.
pub fn parts(pattern: &str) -> (&str, &str) {
    match pattern.rsplit_once('/') {
        Some(("", name)) => ("/", name),
        Some((folder, name)) => (folder, name),
        None => (".", pattern),
    }
}

/// Why it is no pattern.
pub fn fault(pattern: &str) -> Option<&'static str> {
    let (folder, name) = parts(pattern);
    if folder.contains(['*', '?']) {
        return Some("a pattern is for the name of a file, not for that of a folder");
    }
    name.is_empty().then_some("a pattern ends with the name of a file")
}

/// True if a name fits: `*` is any letters, `?` is one. As in a shell, what is hidden has to be named with its dot.
pub fn fits(pattern: &str, name: &str) -> bool {
    if name.starts_with('.') && !pattern.starts_with('.') {
        return false;
    }
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    let (mut p, mut n) = (0, 0);
    // The last star, and from where in the name it is tried again: each letter is looked at once for each star, so
    // no pattern takes longer than the product of both lengths.
    let mut star: Option<(usize, usize)> = None;
    while n < name.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, n));
                p += 1;
            }
            Some(c) if *c == '?' || *c == name[n] => {
                p += 1;
                n += 1;
            }
            _ => match &mut star {
                Some((at, from)) => {
                    *from += 1;
                    (p, n) = (*at + 1, *from);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

/// What browsers and other programs put behind a name while the file is on its way.
const UNDER_WAY: [&str; 7] =
    [".crdownload", ".part", ".partial", ".download", ".opdownload", ".tmp", ".temp"];

/// The name that a file will have once it is whole; `None` for one that is.
pub fn name_when_whole(name: &str) -> Option<&str> {
    let lower = name.to_ascii_lowercase();
    if let Some(ending) = UNDER_WAY.iter().find(|ending| lower.ends_with(**ending)) {
        return Some(&name[..name.len() - ending.len()]);
    }
    // Office programs and editors lay these beside a file while they have it open.
    [".~lock.", "~$", ".#"].iter().find_map(|start| name.strip_prefix(start))
}

/// The names that a file has beside it while it is on its way.
pub fn names_under_way(name: &str) -> impl Iterator<Item = String> {
    UNDER_WAY.iter().map(move |ending| format!("{name}{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_for_names() {
        for (pattern, name) in
            [("jira-*.csv", "jira-2026.csv"), ("*", "a"), ("a?c", "aéc"), ("*a*b*", "xaxxbx"), ("**", "")]
        {
            assert!(fits(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in
            [("jira-*.csv", "jira-2026.csv.part"), ("*", ".hidden"), ("a?c", "ac"), ("*b", "abc"), ("", "a")]
        {
            assert!(!fits(pattern, name), "{pattern} {name}");
        }
        assert!(!fits(&"*a".repeat(40), &"a".repeat(39)), "and it ends soon");
        assert_eq!(parts("~/D/x-*.csv"), ("~/D", "x-*.csv"));
        assert_eq!((parts("x*"), parts("/x*")), ((".", "x*"), ("/", "x*")));
        assert!(fault("~/*/x").is_some() && fault("~/D/").is_some() && fault("x").is_none());
    }

    #[test]
    fn what_is_still_on_its_way_is_known_by_its_name() {
        assert_eq!(name_when_whole("jira.csv.crdownload"), Some("jira.csv"));
        assert_eq!(name_when_whole("jira.csv.PART"), Some("jira.csv"));
        assert_eq!(name_when_whole("~$plan.xlsx"), Some("plan.xlsx"));
        assert_eq!(name_when_whole("jira.csv"), None);
        assert!(names_under_way("a.csv").any(|name| name == "a.csv.part"));
    }
}
