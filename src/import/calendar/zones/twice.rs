//! Zones that one calendar describes more than once, each time in another way.

use std::collections::HashMap;

use super::super::problems::{CalendarProblem, Problems};
use super::ZoneLines;
use crate::domain::bounds;

/// Tells of each, at the line of the one that is followed.
pub(in crate::import::calendar) fn told_twice(zones: &[ZoneLines], problems: &mut Problems) {
    let mut last: HashMap<(usize, String), &ZoneLines> = HashMap::new();
    for zone in zones {
        let Some(name) = zone.text("TZID").map(|name| name.to_lowercase()) else { continue };
        // The same one twice is only a copy.
        if let Some(before) = last.insert((zone.calendar, name), zone)
            && before.properties != zone.properties
        {
            let said = zone.text("TZID").unwrap_or_default();
            let (said, line) = (bounds::named(&said), before.line);
            let message = format!(
                "the zone `{said}` is described here in another way than on line {line}; what stands here is followed"
            );
            problems.push(CalendarProblem::on(String::new(), zone.line, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::import::calendar::{OwnNames, read_calendar};

    fn told(offsets: &[&str]) -> Vec<String> {
        let zone = |offset: &&str| {
            format!(
                "BEGIN:VTIMEZONE\nTZID:Studio\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:{offset}\nTZOFFSETTO:{offset}\nEND:STANDARD\nEND:VTIMEZONE\n"
            )
        };
        let zones: String = offsets.iter().map(zone).collect();
        let text = format!(
            "BEGIN:VCALENDAR\n{zones}BEGIN:VEVENT\nUID:a\nSUMMARY:A\nDTSTART;TZID=Studio:20261126T100000\nEND:VEVENT\nEND:VCALENDAR\n"
        );
        let read = read_calendar(text.as_bytes(), &OwnNames::new(&[])).unwrap();
        read.problems.iter().map(|it| format!("{} {}", it.line, it.message)).collect()
    }

    #[test]
    fn a_zone_that_is_described_twice_in_two_ways_is_told_with_both_lines() {
        assert_eq!(told(&["+0100", "+0100"]), Vec::<String>::new());
        let expected = "10 the zone `Studio` is described here in another way than on line 2; what stands here is followed";
        assert_eq!(told(&["+0100", "+0500"]), [expected]);
    }
}
