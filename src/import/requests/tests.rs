//! What comes out of small files in the shapes of real tools.

use chrono::FixedOffset;

mod headers;
mod lists;
mod rows;
mod tools;
mod workbooks;
mod written;

use super::*;
use crate::domain::minutes::Minutes;
use crate::domain::stage::Stage;

fn options() -> RequestOptions {
    let now = DateTime::parse_from_rfc3339("2026-11-23T09:00:00+00:00").unwrap().to_utc();
    RequestOptions { preset: None, maps: Vec::new(), sheet: None, order: None, now }
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
    assert_eq!((found.columns_ignored.len(), child.request.notes.as_str()), (0, "Comment: a\nComment: b"));
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
    assert_eq!((found.drafts[2].request.stage, found.drafts[2].request.delivered), (Stage::Delivered, None));
    assert!(found.skipped[0].reason.contains("rounded"));
}

#[test]
fn parents_in_a_circle_are_cut() {
    let head = "Task ID,Created At,Completed At,Name,Parent task\n";
    let found = read(&format!("{head}1,2026-10-18,,A,B\n2,2026-10-18,,B,A\n3,2026-10-18,,C,A\n"));
    let cut = ParentRef::Unknown(String::new());
    assert!(found.drafts.iter().all(|draft| draft.parent == cut && draft.problems.len() == 1));
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

/// One row of a table with these columns.
fn row(head: &str, cells: &str) -> Draft {
    read(&format!("{head}\n{cells}\n")).drafts.remove(0)
}

fn messages(draft: &Draft) -> Vec<&str> {
    draft.problems.iter().map(|problem| problem.message.as_str()).collect()
}

#[test]
fn a_resolution_says_how_it_ended_and_a_status_whether_it_did() {
    for (status, resolution, stage, problems) in [
        ("Done", "", Stage::Delivered, 1),
        ("Done", "Fixed", Stage::Delivered, 1),
        ("Done", "Duplicate", Stage::Withdrawn, 0),
        ("Closed", "Won't Do", Stage::Declined, 0),
        ("In Progress", "Duplicate", Stage::InProgress, 0),
        ("Abandoned", "Won't Fix", Stage::Declined, 0),
        ("Abandoned", "", Stage::New, 1),
    ] {
        let draft = row("Summary,Issue key,Status,Resolution", &format!("A,C-1,{status},{resolution}"));
        assert_eq!((draft.request.stage, draft.problems.len()), (stage, problems), "{status} {resolution}");
    }
}

#[test]
fn a_day_of_delivery_ends_what_is_open_and_one_to_come_is_a_plan() {
    let head = "Title,Status,Delivered,Created";
    let done = row(head, "A,In progress,2026-11-20,2026-11-02");
    assert_eq!(done.request.stage, Stage::Delivered);
    assert_eq!(done.request.delivered.unwrap().to_rfc3339(), "2026-11-19T23:00:00+00:00");
    assert_eq!(done.request.stage_since, done.request.delivered.unwrap());
    let planned = row(head, "A,In progress,2026-11-24,2026-11-02");
    assert_eq!((planned.request.stage, planned.request.delivered), (Stage::InProgress, None));
    assert_eq!(messages(&planned), ["a day still to come; not taken as delivered then"]);
    assert!(!planned.given.contains(&Field::Delivered), "importing again does not touch it");
    let declined = row(head, "A,Declined,2026-11-20,2026-11-02");
    assert_eq!((declined.request.stage, declined.request.delivered), (Stage::Declined, None));
    // Done, with a day that no clock has yet: no day is known.
    let odd = row(head, "A,Done,2026-11-25,2026-11-02");
    assert_eq!(odd.request.delivered, None);
    assert_eq!(odd.problems.len(), 1, "told once");
}

#[test]
fn a_stage_stands_since_the_last_change_that_can_have_been() {
    let since = |cells: &str| {
        row("Title,Status,Created,Updated", cells).request.stage_since.format("%F %H:%M").to_string()
    };
    assert_eq!(since("A,Ready,2026-11-02,2026-11-10 12:00"), "2026-11-10 11:00");
    assert_eq!(since("A,Ready,2026-11-02,2027-01-10 12:00"), "2026-11-23 09:00", "a change to come is none");
    assert_eq!(since("A,New,2027-01-02,"), "2026-11-23 09:00", "it cannot have come in after now");
    assert_eq!(since("A,New,2026-11-02,"), "2026-11-01 23:00", "only what is new is so since it came in");
}

#[test]
fn a_day_that_work_was_accepted_with_is_the_one_agreed() {
    let agreed =
        |status: &str| row("Title,Status,Due", &format!("A,{status},2026-12-11")).request.first_agreed_due;
    assert_eq!(agreed("Scheduled"), chrono::NaiveDate::from_ymd_opt(2026, 12, 11));
    assert_eq!(agreed("New"), None);
    assert_eq!(agreed("Done"), None);
}

#[test]
fn what_blocks_is_a_reason_a_tick_or_a_status() {
    let blocked = |status: &str, said: &str| {
        let draft = row("Title,Status,Blocked,Updated", &format!("A,{status},{said},2026-11-20 23:30"));
        draft.request.blocked.map(|blocked| (blocked.reason, blocked.since.to_string()))
    };
    let on_friday = |reason: &str| Some((reason.to_owned(), "2026-11-20".to_owned()));
    assert_eq!(blocked("Doing", "prices"), on_friday("prices"));
    assert_eq!(blocked("Doing", "yes"), on_friday(""));
    assert_eq!(blocked("Stuck", ""), on_friday(""));
    assert_eq!(blocked("Stuck", "No"), on_friday(""), "the status says it");
    for no in ["", "no", "FALSE", "0", "n", "-"] {
        assert_eq!(blocked("Doing", no), None, "{no}");
    }
    assert_eq!(blocked("Done", "prices"), None, "what is done waits for nothing");
}

#[test]
fn hours_left_hold_from_the_day_here_on_which_they_were_read() {
    let late_at_night = DateTime::parse_from_rfc3339("2026-11-23T23:30:00+00:00").unwrap().to_utc();
    let options = RequestOptions { now: late_at_night, ..options() };
    let found = read_with("Title,Left,Estimate\nA,3h,8h\nB,,8h\nC,soon,8h\n", &options).unwrap();
    let left: Vec<_> =
        found.drafts.iter().map(|draft| (draft.request.left_said, draft.request.left_on)).collect();
    let tuesday = chrono::NaiveDate::from_ymd_opt(2026, 11, 24);
    assert_eq!(left, [(Some(Minutes::hours(3)), tuesday), (None, None), (None, None)]);
    assert_eq!(messages(&found.drafts[2]), ["not a length of time"]);
}

#[test]
fn tags_are_typed_without_spaces_and_a_priority_is_one_where_it_says_something() {
    let draft = row("Title,Tags,Labels,Priority", "A,\"#Paid  social; retail, ,\",retail,Urgent");
    assert_eq!(draft.request.tags, ["Paid-social", "retail", "priority-highest"]);
    assert_eq!(row("Title,Tags,Priority", "A,,Normal").request.tags, [""; 0]);
    let odd = row("Title,Tags,Priority", "A,,Someday");
    assert_eq!((odd.request.tags.len(), odd.problems[0].value.as_str()), (0, "Someday"));
    assert!(odd.given.contains(&Field::Priority), "a word too many does not make the field unread");
}

#[test]
fn of_endless_tags_the_first_are_kept_and_that_is_told_once() {
    let tags = |count: usize| (0..count).map(|n| format!("t{n}")).collect::<Vec<_>>().join(",");
    let full = row("Title,Tags", &format!("A,\"{}\"", tags(200)));
    assert_eq!((full.request.tags.len(), full.problems.len()), (200, 0));
    let more = row("Title,Tags", &format!("A,\"{}\"", tags(5_000)));
    assert_eq!((more.request.tags.len(), more.request.tags[199].as_str()), (200, "t199"));
    assert_eq!(messages(&more), ["more than 200; the first 200 were kept"]);
}

#[test]
fn a_title_is_one_line_and_the_rest_of_it_is_not_lost() {
    let long = row("Title,Tags", "\"\n  Spring   film\nfor three markets\",");
    assert_eq!(long.request.title, "Spring film");
    assert_eq!(long.request.ask, "Spring   film\nfor three markets");
    let both = row("Title,Ask", "\"Spring film\nlong\",as told");
    assert_eq!((both.request.title.as_str(), both.request.ask.as_str()), ("Spring film", "as told"));
    let only_ask = row("Title,Ask", ",\"Film, please\nby May\"");
    assert_eq!(only_ask.request.title, "Film, please");
    let none = read("Title,Ask,Status\n,,New\nB,,New\n");
    assert_eq!((none.skipped[0].row, none.skipped[0].reason.as_str()), (2, "no title"));
}

#[test]
fn a_row_without_an_id_is_known_again_by_what_names_it() {
    let head = "Title,Brand,Requester,Hours";
    let id = |cells: &str| row(head, cells).request.external_id;
    let first = id("Poster,Harbour,Mara,4");
    assert_eq!(id("POSTER, harbour ,mara,9"), first, "neither case nor hours make another one");
    assert_ne!(id("Poster,Lumen,Mara,4"), first);
    assert_ne!(id("Poster,,HarbourMara,4"), id("Poster,Harbour,Mara,4"));
    assert_ne!(id("PosterHarbour,,Mara,4"), first, "where a field ends is part of it");
}

#[test]
fn an_id_that_a_spreadsheet_rounded_is_told_from_one_with_letters() {
    for (id, is_rounded) in [
        ("1.21143E+15", true),
        ("1,21143e+15", true),
        ("12E+3", true),
        ("12E3", false),
        ("E+3", false),
        ("CRE+15", false),
        ("1.2E+x", false),
        ("121143000000000", false),
    ] {
        assert_eq!(keys::is_rounded(id), is_rounded, "{id}");
    }
}

#[test]
fn the_same_id_twice_keeps_the_first_and_names_its_line() {
    let found = read("Title,ID\nOne,A-1\nTwo,A-2\nOne again,A-1\nOnce more,A-1\n");
    assert_eq!(found.drafts.len(), 2);
    let told: Vec<(usize, &str)> =
        found.skipped.iter().map(|skip| (skip.row, skip.reason.as_str())).collect();
    assert_eq!(told, [(4, "the same id A-1 as line 2"), (5, "the same id A-1 as line 2")]);
}

#[test]
fn rows_that_are_no_requests_are_left_out_and_told() {
    let left_out = |text: &str| {
        let found = read(text);
        let titles: Vec<String> = found.drafts.iter().map(|draft| draft.request.title.clone()).collect();
        let reasons: Vec<(usize, String)> =
            found.skipped.into_iter().map(|skip| (skip.row, skip.reason)).collect();
        (titles.join("|"), reasons)
    };
    let one = |row: usize, word: &str, found: (String, Vec<(usize, String)>), titles: &str| {
        assert_eq!(found.0, titles);
        assert!(found.1.len() == 1 && found.1[0].0 == row && found.1[0].1.contains(word), "{:?}", found.1);
    };
    one(4, "totals", left_out("Title,Requester,Due,Hours\nA,Maya,,2\n,,,\nTotal,,,\"12\"\n"), "A");
    one(3, "totals", left_out("Title,Hours\nA,2\nSumme:,\"2,0 h\"\n"), "A");
    one(3, "no title", left_out("Title,Hours\nA,2\n,2\n"), "A");
    one(3, "header once more", left_out("Title,Due,Hours\nA,,2\nTitle,Due,Hours\nB,,3\n"), "A|B");
    one(4, "note of the tool", left_out("Title,Due\nA,\n\nExported on 23 November\n"), "A");
    let other = left_out("Title,Due\nA,2026-12-04\nB,\n\nTeam,Hours\nMaya,32\nTom,40\n");
    assert_eq!(other.0, "A|B");
    assert_eq!(other.1.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [5, 6, 7]);
    assert!(other.1[1].1.contains("another table that begins in line 5 (Team, Hours)"), "{other:?}");
    // A request may be called so, and may stand below a blank row.
    let plain =
        left_out("Title,Requester,Due\nTotal,Maya,2026-12-04\n\nWindow vinyl,Tom,tbc\nMenu,,soon-ish\n");
    assert_eq!((plain.0.as_str(), plain.1.len()), ("Total|Window vinyl|Menu", 0));
}

#[test]
fn tables_of_people_and_absences_are_no_requests() {
    let refused = |text: &str| read_with(text, &options()).unwrap_err().to_string();
    assert!(
        refused("Name,Handle,Discipline,Mon,Tue,Wed,Email\nAna,ana,design,8,8,8,a@x.example\n")
            .contains("import people")
    );
    let people = "Name,Email,Job Title,Department,Daily hours,Start date,End date\nAna,a@x.example,Designer,Design,8,2020-01-01,\n";
    assert!(refused(people).contains("import people"));
    assert!(refused("Name,From,To,Kind\nAna,2026-12-01,2026-12-02,Holiday\n").contains("import absences"));
    assert_eq!(read("Name,Start date,End date,Status\nFilm,2026-12-01,2026-12-02,Doing\n").drafts.len(), 1);
}

#[test]
fn parents_are_linked_whatever_their_case_and_wherever_they_stand() {
    let found = read("Title,ID,Parent\nLeaf,a-3,A-2\nTwig,A-2,a-1\nTree,A-1,\nSelf,A-4,A-4\nLost,A-5,A-9\n");
    let parents: Vec<&ParentRef> = found.drafts.iter().map(|draft| &draft.parent).collect();
    let external = |id: &str| ParentRef::External(id.to_owned());
    let unknown = |id: &str| ParentRef::Unknown(id.to_owned());
    assert_eq!(
        parents,
        [&external("A-2"), &external("A-1"), &ParentRef::None, &unknown("A-4"), &unknown("A-9")]
    );
    assert_eq!(messages(&found.drafts[3]), ["it names itself as its parent; left out"]);
    assert_eq!(found.drafts[4].problems[0].column, "Parent");
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400)) {
        let mut file = b"Title,Due,Hours,Status\n".to_vec();
        file.extend(bytes);
        let _ = read_requests(&file, &Presets::new(&[]).unwrap(), &options(), &Utc);
    }
}

#[test]
fn an_address_alone_is_whoever_another_row_names_with_it() {
    let found = read(
        "Title,Requester,Assignee\nFilm,kim@x.example,ana@x.example; Bo\nMenu,Kim Oh <Kim@x.example>,\nCard,,Ana Ruiz <ana@x.example>\n",
    );
    let first = &found.drafts[0];
    assert_eq!(first.request.requester, "Kim Oh <kim@x.example>");
    assert_eq!(first.assignee.as_deref(), Some("Ana Ruiz <ana@x.example>; Bo"));
}
