//! The same three requests, written in a hundred ways: by language, delimiter, encoding, end of line, way of days, and
//! with or without lines above the header. Whatever the way, they come out the same.

use super::*;

struct WrittenWay {
    headers: [&'static str; 4],
    hours: [&'static str; 3],
    delimiter: char,
    encoding: FileEncoding,
    line_end: &'static str,
    days: [&'static str; 3],
    is_titled: bool,
}

#[derive(Debug, Clone, Copy)]
enum FileEncoding {
    Utf8,
    Marked,
    Utf16Little,
    Utf16Big,
    Windows1252,
}

const LANGUAGES: [([&str; 4], [&str; 3]); 5] = [
    (["Title", "Due date", "Requester", "Estimate (h)"], ["1.5", "16", "0.25"]),
    (["Titel", "Fälligkeitsdatum", "Anforderer", "Aufwand (h)"], ["1,5", "16", "0,25"]),
    (["Titre", "Échéance", "Demandeur", "Estimation (h)"], ["1,5", "16", "0,25"]),
    (["Título", "Fecha límite", "Solicitante", "Estimación (h)"], ["1,5", "16", "0,25"]),
    (["Titel", "Deadline", "Aanvrager", "Schatting (h)"], ["1,5", "16", "0,25"]),
];
const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];
const ENCODINGS: [FileEncoding; 5] = [
    FileEncoding::Utf8,
    FileEncoding::Marked,
    FileEncoding::Utf16Little,
    FileEncoding::Utf16Big,
    FileEncoding::Windows1252,
];
const LINE_ENDS: [&str; 3] = ["\n", "\r\n", "\r"];
/// The third day is past the twelfth, so that the order of day and month is told by the file itself.
const DAYS: [[&str; 3]; 6] = [
    ["2026-12-04", "2027-01-08", "2026-12-24"],
    ["04.12.2026", "08.01.2027", "24.12.2026"],
    ["12/04/2026", "01/08/2027", "12/24/2026"],
    ["4 Dec 2026", "8 Jan 2027", "24 Dec 2026"],
    ["Fri, Dec 4, 2026", "Fri, Jan 8, 2027", "Thu, Dec 24, 2026"],
    ["2026-12-04T00:00:00Z", "2027-01-08T00:00:00Z", "2026-12-24T00:00:00Z"],
];
const TITLES: [&str; 3] =
    ["Größe für Jürgen, A2; 2 cm | zwei", "Plakat „Café“\nzweite Zeile", "Say \"yes\" to boots"];
const REQUESTERS: [&str; 3] = ["Priya Nair", "José Peña", "Zoë O’Shea"];

impl WrittenWay {
    fn all() -> impl Iterator<Item = Self> {
        (0..100).map(|number| {
            let (headers, hours) = LANGUAGES[number % 5];
            Self {
                headers,
                hours,
                delimiter: DELIMITERS[number / 5 % 4],
                encoding: ENCODINGS[number / 20],
                line_end: LINE_ENDS[number % 3],
                days: DAYS[number % 6],
                is_titled: number % 2 == 1,
            }
        })
    }

    fn bytes(&self) -> Vec<u8> {
        let cell = |text: &str| {
            let text = text.replace('\n', self.line_end);
            let is_plain = !text.contains([self.delimiter, '"', '\n', '\r']);
            if is_plain { text } else { format!("\"{}\"", text.replace('"', "\"\"")) }
        };
        let line = |cells: [&str; 4]| cells.map(cell).join(&self.delimiter.to_string()) + self.line_end;
        let mut text = String::new();
        if self.is_titled {
            text = format!("Requests of the studio{end}{end}", end = self.line_end);
        }
        text += &line(self.headers);
        for row in 0..3 {
            text += &line([TITLES[row], self.days[row], REQUESTERS[row], self.hours[row]]);
        }
        let words = || text.encode_utf16();
        match self.encoding {
            FileEncoding::Utf8 => text.into_bytes(),
            FileEncoding::Marked => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            FileEncoding::Utf16Little => {
                [0xFEFF].into_iter().chain(words()).flat_map(u16::to_le_bytes).collect()
            }
            FileEncoding::Utf16Big => {
                [0xFEFF].into_iter().chain(words()).flat_map(u16::to_be_bytes).collect()
            }
            FileEncoding::Windows1252 => encoding_rs::WINDOWS_1252.encode(&text).0.into_owned(),
        }
    }

    fn told(&self) -> String {
        format!(
            "{:?} {:?} {:?} {:?} {:?}",
            self.headers, self.delimiter, self.encoding, self.line_end, self.days
        )
    }
}

#[test]
fn a_hundred_ways_of_writing_three_requests_come_out_the_same() {
    let zone = FixedOffset::east_opt(0).unwrap();
    for way in WrittenWay::all() {
        let found = read_requests(&way.bytes(), &Presets::new(&[]).unwrap(), &options(), &zone);
        let found = found.unwrap_or_else(|error| panic!("{}: {error}", way.told()));
        let rows: Vec<_> = found
            .drafts
            .iter()
            .map(|draft| {
                let request = &draft.request;
                let due = request.due.map(|day| day.to_string()).unwrap_or_default();
                (request.title.clone(), due, request.requester.clone(), request.estimate.map_or(0, |it| it.0))
            })
            .collect();
        let wanted = [
            (TITLES[0].to_owned(), "2026-12-04".to_owned(), REQUESTERS[0].to_owned(), 90),
            ("Plakat „Café“".to_owned(), "2027-01-08".to_owned(), REQUESTERS[1].to_owned(), 960),
            (TITLES[2].to_owned(), "2026-12-24".to_owned(), REQUESTERS[2].to_owned(), 15),
        ];
        assert_eq!(rows, wanted, "{}: {:?}", way.told(), found.notes);
        // A title is one line; what stands below it is kept where the whole text is.
        let request = &found.drafts[1].request;
        assert!(format!("{} {}", request.ask, request.notes).contains("zweite Zeile"), "{}", way.told());
        assert!(found.drafts.iter().all(|draft| draft.problems.is_empty()), "{}", way.told());
    }
}
