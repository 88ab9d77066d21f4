//! A mail that is written as a page, as text with its lines. The reader of mails has such a converter too, but it knows
//! no other line than a paragraph and a break, so that a mail made of boxes became one line.

use mail_parser::decoders::html::add_html_token;

/// Elements whose content is not read.
const HIDDEN: [&str; 5] = ["style", "script", "title", "template", "svg"];
/// Elements that begin and end on a line of their own.
const LINES: [&str; 14] = [
    "div", "tr", "li", "dt", "dd", "section", "article", "header", "footer", "pre", "hr", "address",
    "center", "form",
];
/// Elements with an empty line around them.
const PARAGRAPHS: [&str; 12] =
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote"];
/// Quotations deeper than this are told as this deep.
const DEPTH: usize = 8;
/// An entity has no more letters.
const ENTITY: usize = 32;

/// The text as it grows.
#[derive(Default)]
struct PageText {
    text: String,
    /// Line ends that come before the next word.
    breaks: usize,
    /// A space comes before the next word.
    is_apart: bool,
    depth: usize,
    /// How deep the word before was quoted.
    last: usize,
    /// Where a link leads, and where its text begins.
    link: Option<(String, usize)>,
}

/// Reads a page as text. Whatever is wrong in it, this only looks at each letter once.
pub(super) fn to_text(html: &str) -> String {
    // Only plain letters are changed, so that both texts have their letters at the same places.
    let lower = html.to_ascii_lowercase();
    let mut page = PageText::default();
    let (mut at, mut is_open) = (0, false);
    while let Some(found) = html[at..].find('<') {
        page.write(&html[at..at + found]);
        at += found;
        let after = &lower[at + 1..];
        let is_tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        if !is_tag {
            page.write("<");
            at += 1;
            continue;
        }
        let is_comment = after.starts_with("!--") && !is_open;
        let close = if is_comment { "-->" } else { ">" };
        let Some(end) = lower[at..].find(close) else {
            if is_comment {
                // Looked for once: without an end it is a mark like another, and what follows is text.
                is_open = true;
                continue;
            }
            // No mark ends behind here, so what stands there are words: `under <b 5` is no less said than the rest.
            break;
        };
        let tag = at + 1..at + end;
        at += end + close.len();
        let name = name(&lower[tag.clone()]);
        let is_whole = lower[tag.clone()].ends_with('/');
        if HIDDEN.contains(&name) && !after.starts_with('/') && !is_whole {
            match lower[at..].find(&format!("</{name}")) {
                Some(end) => at += end,
                // As browsers have it, what follows belongs to it to the end of the page.
                None if matches!(name, "style" | "script") => return page.text,
                // A picture or a title without an end is a mistake, and what follows is what somebody wrote.
                None => {}
            }
        }
        page.tag(name, lower[tag.clone()].starts_with('/'), &html[tag]);
    }
    page.write(&html[at..]);
    page.text
}

fn name(tag: &str) -> &str {
    let tag = tag.trim_start_matches('/');
    &tag[..tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len())]
}

impl PageText {
    fn tag(&mut self, name: &str, is_end: bool, tag: &str) {
        match name {
            "br" => self.breaks += 1,
            // Cells of a row stand on one line, but their words are not one.
            "td" | "th" => self.is_apart = true,
            "a" if is_end => self.end_link(),
            "a" => self.link = href(tag).map(|to| (to, self.text.len())),
            _ if PARAGRAPHS.contains(&name) => self.breaks = self.breaks.max(2),
            _ if LINES.contains(&name) => self.breaks = self.breaks.max(1),
            _ => {}
        }
        match (name, is_end) {
            ("blockquote", false) => self.depth += 1,
            ("blockquote", true) => self.depth = self.depth.saturating_sub(1),
            ("li", false) => self.write("- "),
            _ => {}
        }
    }

    /// A link is told behind its words, unless they are the link.
    fn end_link(&mut self) {
        if let Some((to, from)) = self.link.take()
            && let Some(words) = self.text.get(from..)
            && !words.contains(to.trim_end_matches('/'))
        {
            self.write(&format!(" <{to}>"));
        }
    }

    fn write(&mut self, text: &str) {
        let text = decoded(text);
        self.is_apart |= text.starts_with(char::is_whitespace);
        for word in text.split_whitespace() {
            if self.text.is_empty() {
                // A page begins with its first word, however many empty boxes stand above it.
                self.breaks = 0;
            }
            if self.breaks > 0 || self.text.is_empty() {
                let depth = self.depth.min(DEPTH);
                let (mark, between) = ("> ".repeat(depth), "> ".repeat(depth.min(self.last)));
                self.last = depth;
                // Pages made of boxes end lines many times over; two empty lines are the most that says
                // something.
                for left in (0..self.breaks.min(3)).rev() {
                    self.text.push('\n');
                    self.text.push_str(if left > 0 { between.trim_end() } else { "" });
                }
                self.text.push_str(&mark);
            } else if self.is_apart {
                self.text.push(' ');
            }
            self.breaks = 0;
            self.text.push_str(word);
            self.is_apart = true;
        }
        if !text.is_empty() {
            self.is_apart = text.ends_with(char::is_whitespace);
        }
    }
}

fn href(tag: &str) -> Option<String> {
    let at = tag.to_ascii_lowercase().find("href=")? + 5;
    let rest = &tag[at..];
    let to = match rest.chars().next()? {
        quote @ ('"' | '\'') => rest[1..].split(quote).next()?,
        _ => rest.split(char::is_whitespace).next()?,
    };
    (to.starts_with("http://") || to.starts_with("https://")).then(|| decoded(to))
}

/// Text with its entities told as letters.
fn decoded(text: &str) -> String {
    let mut told = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        told.push_str(&rest[..at]);
        rest = &rest[at..];
        let head = &rest[..rest.floor_char_boundary(ENTITY)];
        let end =
            head.find(';').filter(|end| head[1..*end].chars().all(|c| c.is_ascii_alphanumeric() || c == '#'));
        // A lone `&` is no entity and stays what it is.
        let length = end.map_or(1, |end| end + 1);
        add_html_token(&mut told, &rest.as_bytes()[..length], false);
        rest = &rest[length..];
    }
    told.push_str(rest);
    told.replace('\u{a0}', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_keeps_its_lines_quotations_and_links() {
        for (html, text) in [
            ("<p>Hi both,</p><p>three   posters\n please</p>", "Hi both,\n\nthree posters please"),
            ("<div>one</div><div><br></div><div>two<br>three</div>", "one\n\ntwo\nthree"),
            (
                "<html><head><title>x</title><style>p{}</style></head><body>a &amp; b &lt;c&gt; &#233;&nbsp;d",
                "a & b <c> é d",
            ),
            ("<p>one</p><svg width=\"1\"/><p>two</p><title/><p>three</p>", "one\n\ntwo\n\nthree"),
            ("<p>one</p><svg width=\"1\"><p>two</p>", "one\n\ntwo"),
            ("<ul><li>one</li><li>two</li></ul>after", "- one\n- two\n\nafter"),
            (
                "new<blockquote>old<br>older<blockquote>oldest</blockquote></blockquote>",
                "new\n\n> old\n> older\n>\n> > oldest",
            ),
            (
                "see <a href=\"https://x.example/brief\">the brief</a>.",
                "see the brief <https://x.example/brief>.",
            ),
            ("<a href='https://x.example/'>https://x.example</a>", "https://x.example"),
            ("<b>bo</b>ld and a<!-- x > y --> < b & c", "bold and a < b & c"),
            ("<td>1</td><td>2</td>", "1 2"),
            ("<script>x", ""),
            ("<p>one</p>wanted <by Friday &amp; not later", "one\n\nwanted <by Friday & not later"),
            ("<p", "<p"),
            ("a<!-- b > c <b>d</b>", "a c d"),
            ("a<!-- b <!-- c", "a<!-- b <!-- c"),
            ("é&é;&#xZZ;&#99999999999;", "é&é;&#xZZ;&#99999999999;"),
        ] {
            assert_eq!(to_text(html), text, "{html}");
        }
    }
}
