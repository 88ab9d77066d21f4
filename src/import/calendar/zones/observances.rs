//! The observances of a VTIMEZONE, and what of them makes no sense.

use chrono::NaiveDateTime;

use super::super::lines::Property;
use super::super::values;
use crate::domain::rule::Rule;
use crate::domain::zone::{DescribedZone, Observance};

/// One STANDARD or DAYLIGHT as it is read line by line.
#[derive(Default)]
struct ObservanceLines {
    is_daylight: bool,
    start: Option<NaiveDateTime>,
    from: Option<i32>,
    to: Option<i32>,
    rules: Vec<String>,
    also: Vec<NaiveDateTime>,
    fault: Option<&'static str>,
}

/// The zone by its sound observances, and the first fault.
pub(super) fn read(lines: &[Property]) -> (Option<DescribedZone>, Option<&'static str>) {
    let mut parts: Vec<ObservanceLines> = Vec::new();
    for property in lines {
        let value = property.value.trim();
        if property.name == "BEGIN" {
            parts.push(ObservanceLines {
                is_daylight: value.eq_ignore_ascii_case("DAYLIGHT"),
                ..ObservanceLines::default()
            });
        } else if let Some(part) = parts.last_mut() {
            part.read(property);
        }
    }
    // Without the offset before it, an observance follows the other kind.
    let of_kind = |is_daylight| {
        parts
            .iter()
            .filter(move |part: &&ObservanceLines| part.is_daylight == is_daylight)
            .find_map(|part| part.to)
    };
    let (standard, daylight) = (of_kind(false), of_kind(true));
    let mut fault = if parts.is_empty() { Some("no times") } else { None };
    let mut sound = Vec::new();
    for part in parts {
        let before = if part.is_daylight { standard } else { daylight };
        match part.observance(before) {
            Ok(observance) => sound.push(observance),
            Err(why) => fault = fault.or(Some(why)),
        }
    }
    (DescribedZone::new(sound), fault)
}

impl ObservanceLines {
    fn read(&mut self, property: &Property) {
        let value = property.value.trim();
        match property.name.as_str() {
            "DTSTART" => self.start = onset(value),
            "TZOFFSETFROM" => self.set_offset(value, true),
            "TZOFFSETTO" => self.set_offset(value, false),
            // Half a rule gives other days than were meant, and a zone has no day to spare.
            "RRULE" if Rule::read(value).is_ok_and(|(_, odd)| odd.is_empty()) => {
                self.rules.push(value.to_owned());
            }
            "RRULE" => self.fault = self.fault.or(Some("a rule that cannot be read")),
            "RDATE" => {
                let listed: Vec<Option<NaiveDateTime>> = values::moments(property).map(onset).collect();
                if listed.contains(&None) {
                    self.fault = self.fault.or(Some("a day that cannot be read"));
                }
                self.also.extend(listed.into_iter().flatten());
            }
            _ => {}
        }
    }

    fn set_offset(&mut self, value: &str, is_before: bool) {
        let read = offset(value);
        if read.is_none() {
            self.fault = self.fault.or(Some("an offset that cannot be read"));
        }
        if is_before { self.from = read } else { self.to = read }
    }

    fn observance(self, before: Option<i32>) -> Result<Observance, &'static str> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let to = self.to.ok_or("no offset")?;
        let start = self.start.ok_or("a beginning that cannot be read")?;
        // An only observance changes nothing, so what held before it is what holds after.
        let from = self.from.or(before).unwrap_or(to);
        let observance = Observance { start, from, to, rules: self.rules, also: self.also };
        observance.fault().map_or(Ok(observance), Err)
    }
}

/// A local time; of a period its start, of a day its midnight. The standard allows no `Z` here.
fn onset(value: &str) -> Option<NaiveDateTime> {
    let value = value.split('/').next()?.trim().trim_end_matches(['Z', 'z']);
    values::local(value).or_else(|| values::local(&format!("{value}T000000")))
}

/// `+0200`, `+02:00` or `-034152` in seconds.
pub(super) fn offset(value: &str) -> Option<i32> {
    // By letters and not by bytes: a true minus has three of them.
    let (sign, digits) = match value.strip_prefix(['-', '−']) {
        Some(digits) => (-1, digits),
        None => (1, value.strip_prefix('+').unwrap_or(value)),
    };
    // RFC 5545 writes no colons here, but some exporters do.
    let digits = digits.replace(':', "");
    if !matches!(digits.len(), 2 | 4 | 6) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part = |from: usize| digits.get(from..from + 2).map_or(Some(0), |text| text.parse::<i32>().ok());
    let (minutes, seconds) = (part(2)?, part(4)?);
    (minutes < 60 && seconds < 60).then_some(sign * (part(0)? * 3600 + minutes * 60 + seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(text: &str) -> (Option<DescribedZone>, Option<&'static str>) {
        read(&text.lines().map(|line| Property::read(line).unwrap()).collect::<Vec<_>>())
    }

    #[test]
    fn offsets_are_read_in_the_forms_that_are_written() {
        for (text, seconds) in [
            ("+0100", Some(3600)),
            ("-0330", Some(-12_600)),
            ("−0330", Some(-12_600)),
            ("+01:00", Some(3600)),
            ("-034152", Some(-13_312)),
            ("0200", Some(7200)),
            ("+02", Some(7200)),
            ("+9900", Some(356_400)),
            ("+0160", None),
            ("+1", None),
            ("", None),
            ("east", None),
        ] {
            assert_eq!(offset(text), seconds, "{text}");
        }
    }

    #[test]
    fn nonsense_is_named_and_the_rest_is_a_zone() {
        let sound = "BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0100\n";
        let cases = [
            ("", "no times"),
            ("BEGIN:STANDARD\nDTSTART:19700101T000000\n", "no offset"),
            ("BEGIN:STANDARD\nDTSTART:soon\nTZOFFSETTO:+0100\n", "a beginning that cannot be read"),
            (
                "BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETTO:+9900\n",
                "an offset of more than 16 hours",
            ),
            ("BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETTO:+1\n", "an offset that cannot be read"),
            (
                "BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETTO:+0100\nRRULE:FREQ=NEVER\n",
                "a rule that cannot be read",
            ),
        ];
        for (text, fault) in cases {
            assert_eq!(zone(text), (None, Some(fault)), "{text}");
            if !text.is_empty() {
                let (zone, told) = zone(&format!("{sound}{text}"));
                assert!(zone.is_some() && told == Some(fault), "{text}");
            }
        }
        assert!(matches!(zone(sound), (Some(_), None)));
    }

    #[test]
    fn an_offset_before_that_is_not_said_is_that_of_the_other_kind() {
        let text = "BEGIN:STANDARD\nDTSTART:20251026T030000\nTZOFFSETTO:+0100\n\
                    BEGIN:DAYLIGHT\nDTSTART:20250330T020000\nTZOFFSETTO:+0200\n";
        let zone = zone(text).0.unwrap();
        assert_eq!(zone.offset_at(values::local("20250330T005959").unwrap()), 3600);
        assert_eq!(zone.offset_at(values::local("20250330T010000").unwrap()), 7200);
        assert_eq!(zone.offset_at(values::local("20251026T010000").unwrap()), 3600);
    }
}
