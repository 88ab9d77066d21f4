//! What an event says about how it repeats: its rules, added starts with a length, and how far a change reaches.

use chrono::TimeDelta;

use super::super::times;
use super::super::times::minutes_between;
use super::super::values::{duration, moments};
use super::EventReader;
use crate::domain::bounds::{self, A_DAY, MOMENTS, Steps};
use crate::domain::meeting::Moment;
use crate::domain::rule::{self, EXCEPT, Frequency, Rule};

/// Steps that looking at the first days of a rule may take; a day of seconds has more, and is full long before.
const A_LOOK: usize = 2_000;
/// So many rules are kept of one event.
const RULES: usize = 8;

impl EventReader<'_> {
    /// Added starts that have a length of their own: `start/end` or `start/length`.
    pub(super) fn periods(&mut self, usual: i64) -> Vec<(Moment, i64)> {
        let mut found = Vec::new();
        for (line, property) in self.all("RDATE") {
            for text in moments(property).filter(|text| text.contains('/')) {
                let Some((from, end)) = text.split_once('/') else { continue };
                let Some(start) = times::moment(from, property, self.zones) else { continue };
                let minutes = match times::moment(end, property, self.zones) {
                    Some(end) => Some(minutes_between(&start, &end)),
                    None => duration(end),
                };
                match minutes.filter(|minutes| *minutes >= 0) {
                    // An added start of the usual length is no change of the series.
                    Some(minutes) if minutes != usual && found.len() < MOMENTS => {
                        found.push((start, minutes));
                    }
                    Some(_) => {}
                    None => {
                        let text = bounds::named(text);
                        self.problem(
                            *line,
                            &format!("`{text}` has no length that can be read; the usual is taken"),
                        );
                    }
                }
            }
        }
        found
    }

    /// Its rules, one a line.
    pub(super) fn rules(&mut self, start: &Moment) -> String {
        let mut rules: Vec<&str> = Vec::new();
        for (line, property) in self.all("RRULE") {
            let value = property.value.trim();
            if rules.len() == RULES {
                self.problem(
                    *line,
                    &format!("more than {RULES} rules for one event; those from here on were left out"),
                );
                break;
            }
            if value.is_empty() || rules.contains(&value) {
                continue;
            }
            // A rule is kept as it stands, so that a later version that understands it needs no new import.
            rules.push(value);
            match Rule::read(value) {
                Ok((rule, odd)) => {
                    for remark in odd {
                        self.problem(*line, &remark);
                    }
                    if is_more_than_is_shown(&rule, start) {
                        self.problem(
                            *line,
                            &format!("more than {A_DAY} meetings a day; {A_DAY} of each are shown"),
                        );
                    }
                }
                Err(error) => self.problem(*line, &format!("{error}; only its first meeting is shown")),
            }
        }
        let except = self.except_rules();
        let rules = rules.into_iter().map(str::to_owned);
        rules.chain(except).collect::<Vec<_>>().join("\n")
    }

    /// Rules of days that are left out. RFC 2445 had them, and RFC 5545 has given them up without another word for them.
    fn except_rules(&mut self) -> Vec<String> {
        let mut rules: Vec<String> = Vec::new();
        for (line, property) in self.all("EXRULE") {
            let value = property.value.trim();
            // Only what is understood whole: with a part passed over it would leave out days that take place.
            let is_whole = Rule::read(value).is_ok_and(|(_, odd)| odd.is_empty());
            if is_whole && rules.len() < RULES {
                rules.push(format!("{EXCEPT}{value}"));
            } else if !value.is_empty() {
                self.problem(
                    *line,
                    "the days that a rule leaves out are shown all the same; cancel them by hand",
                );
            }
        }
        rules
    }

    pub(super) fn is_following(&mut self) -> bool {
        let Some((line, property)) = self.all("RECURRENCE-ID").next() else { return false };
        match property.param("RANGE").map(str::to_uppercase).as_deref() {
            Some("THISANDFUTURE") => true,
            // RFC 2445 had THISANDPRIOR, which RFC 5545 has given up.
            Some(_) => {
                self.problem(*line, "a change of this and all before; taken for this one only");
                false
            }
            None => false,
        }
    }
}

/// A rule gives more on its first days than are shown of one.
fn is_more_than_is_shown(rule: &Rule, start: &Moment) -> bool {
    let first = times::wall(start);
    // Nearly all rules are by days, and need no look.
    let is_often = rule.frequency >= Frequency::Hourly || rule.is_by_time();
    let Some(to) = first.checked_add_signed(TimeDelta::days(2)).filter(|_| is_often) else { return false };
    rule::starts(rule, first, first, to, &mut Steps::new(A_LOOK)).is_thinned
}
