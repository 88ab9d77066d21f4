//! What comes out of small files in the shapes of real tools.

use chrono::FixedOffset;

use super::*;
use crate::domain::minutes::Minutes;
use crate::domain::stage::Stage;

fn options() -> RequestOptions {
    let now = DateTime::parse_from_rfc3339("2026-11-23T09:00:00+00:00").unwrap().to_utc();
    RequestOptions { preset: None, maps: Vec::new(), order: None, now }
}

fn read_with(text: &str, options: &RequestOptions) -> Result<RequestImport, ImportError> {
    let zone = FixedOffset::east_opt(3600).unwrap();
    read_requests(text.as_bytes(), &Presets::new(&[]).unwrap(), options, &zone)
}

fn read(text: &str) -> RequestImport {
    read_with(text, &options()).unwrap()
}

const JIRA: &str = "\u{feff}Summary,Issue key,Issue id,Status,Priority,Resolution,Assignee,Reporter,Created,Updated,Resolved,\
Due date,Labels,Labels,Description,Original estimate,Comment,Comment,Parent id,Custom field (Brand)\r\n\
Child,CRE-2,102,Blocked,Highest,,Bo Ek,Sofia,21/Sep/26 06:17 PM,23/Sep/26 09:43 AM,,21/Jan/27 12:53 AM,retail,q1,\
\"one\r\ntwo, \"\"three\"\"\",57600,a,b,101,Lumen\r\n\
Parent,CRE-1,101,Done,Low,Done,,Lena,30/Sep/26 10:27 AM,02/Oct/26 08:02 AM,09/Oct/26 10:22 AM,,,,,,,,,\r\n\
Not that,CRE-3,103,Done,Low,Won't Do,,Lena,30/Sep/26 10:27 AM,,,,,,,,,,999,\r\n\
Odd,CRE-4,104,Marinating,Medium,,,Lena,30/Sep/26 10:27 AM,,,,,,,lots,,,104,\r\n\
Again,CRE-1,101,Done,Low,,,,,,,,,,,,,,,\r\n";

#[test]
fn jira_rows() {
    let found = read(JIRA);
    assert_eq!((found.preset.as_str(), found.header_row, found.delimiter), ("jira-cloud", 1, ','));
    let child = &found.drafts[0];
    assert_eq!((child.row, found.drafts[1].row), (2, 4));
    assert_eq!(child.request.ask, "one\ntwo, \"three\"");
    assert_eq!(child.request.estimate, Some(Minutes::hours(16)));
    assert_eq!(child.request.due, chrono::NaiveDate::from_ymd_opt(2027, 1, 21));
    assert_eq!(child.request.tags, ["retail", "q1", "priority-highest"]);
    assert_eq!(child.request.created.to_rfc3339(), "2026-09-21T17:17:00+00:00");
    assert_eq!(child.request.brand, "Lumen");
    assert_eq!((child.request.stage, child.request.blocked.is_some()), (Stage::InProgress, true));
    assert_eq!(child.parent, ParentRef::External("CRE-1".to_owned()));
    assert_eq!(child.assignee.as_deref(), Some("Bo Ek"));
    assert_eq!(child.problems, []);
    assert_eq!(found.columns_ignored, ["Comment"]);
    assert_eq!(found.skipped[0].row, 7);
}

#[test]
fn jira_endings_and_oddities() {
    let found = read(JIRA);
    let parent = &found.drafts[1].request;
    assert_eq!(parent.stage, Stage::Delivered);
    assert_eq!(parent.delivered.unwrap().to_rfc3339(), "2026-10-09T09:22:00+00:00");
    assert_eq!(found.drafts[2].request.stage, Stage::Declined);
    assert_eq!(found.drafts[2].parent, ParentRef::Unknown("999".to_owned()));
    let odd = &found.drafts[3];
    assert_eq!(odd.request.stage, Stage::New);
    let values: Vec<&str> = odd.problems.iter().map(|problem| problem.value.as_str()).collect();
    assert_eq!(values, ["lots", "Marinating", "104"]);
    assert!(!odd.given.contains(&Field::Estimate) && odd.given.contains(&Field::Due));
}

#[test]
fn asana_parents_by_name_and_days_ahead() {
    let text = "Task ID,Created At,Completed At,Last Modified,Name,Section/Column,Assignee,Assignee Email,Due Date,Tags,Parent task,Estimated time\n\
        1,2026-10-18,,2026-10-19,Leaf,Doing,,dana@studio.example,2026-12-27,\"paid social,urgent\",Twig,6h 30m\n\
        2,2026-10-18,2026-12-20,2026-10-19,Twig,Doing,Ana,,,,Twin,\n\
        3,2026-10-18,,2026-10-19,Twin,Done,,,,,,\n4,2026-10-18,,,Twin,Intake,,,,,,\n\
        1.21143E+15,2026-10-18,,,Rounded,Intake,,,,,,\n";
    let found = read(text);
    assert_eq!(found.drafts[0].parent, ParentRef::External("2".to_owned()));
    assert_eq!(found.drafts[0].request.tags, ["paid-social", "urgent"]);
    assert_eq!(found.drafts[0].assignee.as_deref(), Some("dana@studio.example"));
    assert_eq!(found.drafts[1].request.stage, Stage::InProgress);
    assert_eq!(found.drafts[1].parent, ParentRef::Unknown("Twin".to_owned()));
    assert_eq!(found.drafts[2].request.delivered.unwrap().to_rfc3339(), "2026-10-18T23:00:00+00:00");
    assert!(found.skipped[0].reason.contains("rounded"));
}

#[test]
fn parents_in_a_circle_are_cut() {
    let head = "Task ID,Created At,Completed At,Name,Parent task\n";
    let found = read(&format!("{head}1,2026-10-18,,A,B\n2,2026-10-18,,B,A\n3,2026-10-18,,C,A\n"));
    assert!(found.drafts.iter().all(|draft| draft.parent == ParentRef::None && draft.problems.len() == 1));
}

#[test]
fn forms_are_read_by_their_questions() {
    let text = "Timestamp,Email Address,What do you need?,What should be different if this works?,Who is it for?,\
        When do you need it by?,Why that date?,Which channels?,Who signs it off?,\"Anything else?\n(links are fine)\"\n\
        21/11/2026 17:58:49,owen@x.example,Two one-pagers,Fewer calls,everyone,03/01/2027,fair,\"Social, Web\",Priya,\"=HYPERLINK(\"\"http://x\"\")\"\n\
        10/11/2026 10:56:41,kim@x.example,GIFs,,,ASAP,because,,,\n\
        10/11/2026 10:56:41,KIM@x.example,GIFs,,,,,,,\n";
    let found = read(text);
    assert_eq!((found.preset.as_str(), found.columns_ignored.len()), ("google-forms", 0));
    let first = &found.drafts[0].request;
    assert_eq!((first.title.as_str(), first.ask.as_str()), ("Two one-pagers", "Two one-pagers"));
    assert_eq!((first.outcome.as_str(), first.audience.as_str()), ("Fewer calls", "everyone"));
    assert_eq!((first.decider.as_str(), first.channel.as_str()), ("Priya", "Social, Web"));
    assert_eq!(first.due, chrono::NaiveDate::from_ymd_opt(2027, 1, 3));
    assert_eq!(first.notes, "=HYPERLINK(\"http://x\")");
    assert_eq!(first.external_id, "2026-11-21T16:58:49Z|owen@x.example");
    assert_eq!(found.drafts[1].request.due_reason, "ASAP: because");
    assert_eq!(found.drafts[1].problems[0].value, "ASAP");
    assert!(found.drafts[2].request.external_id.ends_with("#2"));
}

#[test]
fn a_plain_sheet_in_an_old_code_page() {
    let text = b"Studio planner;;;;;;\r\nexported 23/11/2026;;;;;;\r\n;;;;;;\r\nJob;Client;Type of work;Designer;Hours;Wanted by;Comments\r\n\
        GIFs, all;Nord & Co;concept;Iris;2,5;tbc;caf\xe9 menu\r\nGIFs, all;Nord & Co;concept;Bo;;24/11/2026;\r\n";
    let zone = FixedOffset::east_opt(0).unwrap();
    let found = read_requests(text, &Presets::new(&[]).unwrap(), &options(), &zone).unwrap();
    assert_eq!((found.preset.as_str(), found.header_row, found.delimiter), ("generic", 4, ';'));
    assert_eq!(found.encoding, "windows-1252");
    let first = &found.drafts[0];
    assert_eq!((first.request.brand.as_str(), first.request.ask.as_str()), ("Nord & Co", "café menu"));
    assert_eq!(first.request.estimate, Some(Minutes(150)));
    assert_eq!((first.row, first.problems.len()), (5, 1));
    assert_eq!(found.drafts[1].request.external_id, format!("{}#2", first.request.external_id));
    assert_eq!(found.columns_ignored, Vec::<String>::new());
}

#[test]
fn ambiguous_days_ask_and_take_the_answer() {
    let text = "Title,Due\nOne,3/4/2026\n";
    assert!(matches!(read_with(text, &options()), Err(ImportError::Order(_))));
    let told = RequestOptions { order: Some(DateOrder::MonthFirst), ..options() };
    let found = read_with(text, &told).unwrap();
    assert_eq!(found.drafts[0].request.due, chrono::NaiveDate::from_ymd_opt(2026, 3, 4));
}

#[test]
fn nothing_is_dropped_silently() {
    let found = read("Title,Due,Hours\nOne,next week,5,extra\n,2026-01-01,\nTwo\nThree,,\"6\n");
    assert_eq!(found.drafts[0].request.due_reason, "next week");
    assert_eq!(found.drafts[0].problems.len(), 2);
    assert_eq!(found.skipped[0].row, 3);
    assert_eq!((found.drafts[1].problems.len(), found.drafts[1].given.as_slice()), (1, &[Field::TITLE][..]));
    assert_eq!(found.drafts[2].problems.len(), 1);
}

#[test]
fn maps_take_columns_over() {
    let maps = vec![("Client".to_owned(), "requester".to_owned()), ("Hours".to_owned(), "ignore".to_owned())];
    let found = read_with("Job,Client,Hours\nA,B,3\n", &RequestOptions { maps, ..options() }).unwrap();
    assert_eq!(
        (found.drafts[0].request.requester.as_str(), found.drafts[0].request.brand.as_str()),
        ("B", "")
    );
    assert_eq!(found.columns_ignored, ["Hours"]);
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400)) {
        let mut file = b"Title,Due,Hours,Status\n".to_vec();
        file.extend(bytes);
        let _ = read_requests(&file, &Presets::new(&[]).unwrap(), &options(), &Utc);
    }
}
