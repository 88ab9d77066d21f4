//! Files in the shapes of real tools and forms, each with the values that it has to give.

use super::*;

/// What is compared of each request: `title | due | stage | who | tags | estimate`.
fn told(draft: &Draft) -> String {
    let request = &draft.request;
    let due = request.due.map_or(String::new(), |day| day.to_string());
    let estimate = request.estimate.map_or(String::new(), |minutes| minutes.to_string());
    let blocked = if request.blocked.is_some() { "!" } else { "" };
    format!(
        "{} | {due} | {}{blocked} | {} | {} | {estimate}",
        request.title,
        request.stage.title(),
        draft.assignee.as_deref().unwrap_or_default(),
        request.tags.join(" ")
    )
}

fn each(preset: &str, text: &str, expected: &[&str]) -> RequestImport {
    let found = read(text);
    assert_eq!(found.preset, preset, "{text}");
    assert_eq!(found.drafts.iter().map(told).collect::<Vec<_>>(), expected, "{text}");
    found
}

#[test]
fn trello() {
    let head = "Card ID,Card Name,Card URL,Card Description,Labels,Members,Due Date,Attachment Count,Last Activity Date,List ID,\
        List Name,Board ID,Board Name,Archived,Start Date,Due Complete\n";
    let rows = "673b3a80aaaaaaaaaaaaaaaa,Shop sign,https://t.example/1,Two sides,\"Retail (green), Urgent (red)\",\"mayalind, tomreyes\",\
        2026-12-04T22:30:00.000Z,0,2026-11-20T10:00:00.000Z,l1,Doing,b1,Studio,false,,false\n\
        673b3a80bbbbbbbbbbbbbbbb,Old flyer,,,,,2026-10-02T08:00:00.000Z,0,2026-10-02T10:00:00.000Z,l2,Done,b1,Studio,true,,true\n\
        673b3a80cccccccccccccccc,Leaflet,,,,,,0,,l3,Print queue,b1,Studio,false,,true\n";
    let found = each(
        "trello",
        &format!("{head}{rows}"),
        &[
            "Shop sign | 2026-12-04 | in progress | mayalind, tomreyes | Retail Urgent | ",
            "Old flyer | 2026-10-02 | delivered |  |  | ",
            "Leaflet |  | delivered |  |  | ",
        ],
    );
    let first = &found.drafts[0];
    assert_eq!(first.request.created.to_rfc3339(), "2024-11-18T13:00:48+00:00", "the id says when");
    assert_eq!(
        (first.request.ask.as_str(), first.request.url.as_str()),
        ("Two sides", "https://t.example/1")
    );
    assert_eq!(first.request.notes, "");
    assert!(found.drafts[1].is_archived && !first.is_archived);
    assert_eq!(found.drafts[1].request.delivered, None, "a day to be done by is no day of delivery");
}

#[test]
fn clickup() {
    let head = "Task Type,Task ID,Task Custom ID, Task Name, Task Content, Status, Date Created, Due Date, Parent ID, Assignees, Tags, \
        Priority, List Name, Time Estimated, Client\n";
    let rows = "Task,86a,null,Lookbook,\"[{\"\"text\"\":\"\"Twelve \"\"},{\"\"text\"\":\"\"pages\"\"}]\",in progress,1763373600000,1796378400000,\
        null,\"[Maya Lind,Tom Reyes]\",\"[retail,spring]\",2,Studio,28800000,Harbour\n\
        Task,86b,null,Banner,,Open,1795428000000,null,86a,[],[],4,Studio,null,null\n";
    let found = each(
        "clickup",
        &format!("{head}{rows}"),
        &[
            "Lookbook | 2026-12-04 | in progress | [Maya Lind,Tom Reyes] | retail spring priority-high | 8h",
            "Banner |  | new |  |  | ",
        ],
    );
    assert_eq!(found.drafts[0].request.ask, "Twelve pages");
    assert_eq!(found.drafts[0].request.brand, "Harbour", "common names count in every tool");
    assert_eq!(found.drafts[1].parent, ParentRef::External("86a".to_owned()));
    assert!(found.drafts.iter().all(|draft| draft.problems.is_empty()), "{:?}", found.drafts);
}

#[test]
fn linear_github_and_redmine() {
    let linear = each(
        "linear",
        "ID,Team,Title,Description,Status,Estimate,Priority,Project,Creator,Assignee,Labels,Cycle Name,Created,Updated,Completed,Archived,Due Date,Parent issue,Blocked by\n\
         DES-1,DES,Film,About it,In Progress,3,Urgent,Spring,kim@x.example,maya@x.example,\"retail,film\",C1,2026-11-02T10:00:00.000Z,2026-11-20T10:00:00.000Z,,,2026-12-04,,\"DES-2, DES-3\"\n\
         DES-2,DES,Cut,,Done,,No priority,,,,,,2026-11-02T10:00:00.000Z,,2026-11-20T10:00:00.000Z,,,DES-1,\n\
         DES-3,DES,Sound,,Canceled,,Low,,,,,,2026-11-02T10:00:00.000Z,,,2026-11-21T10:00:00.000Z,,,\n",
        &[
            "Film | 2026-12-04 | in progress | maya@x.example | retail film priority-highest | ",
            "Cut |  | delivered |  |  | ",
            "Sound |  | withdrawn |  |  | ",
        ],
    );
    assert_eq!(linear.drafts[0].request.notes, "Team: DES\nEstimate: 3\nProject: Spring\nCycle Name: C1");
    assert!(linear.drafts[2].is_archived);
    each(
        "github-projects",
        "Title\tURL\tAssignees\tStatus\tLabels\tRepository\tTarget date\tSize\n\
         Film\thttps://g.example/1\tmaya, tom\tIn Progress\tretail\tx/y\tDec 4, 2026\tL\n",
        &["Film | 2026-12-04 | in progress | maya, tom | retail | "],
    );
    each(
        "redmine",
        "#;Projekt;Tracker;Status;Priorität;Thema;Autor;Zugewiesen an;Aktualisiert;Abgabedatum;Geschätzter Aufwand;Angelegt\n\
         12;Web;Aufgabe;In Bearbeitung;Hoch;Plakat;Kim;Maya Lind;20.11.2026 10:00;04.12.2026;6,5;02.11.2026 09:00\n",
        &["Plakat | 2026-12-04 | in progress | Maya Lind | Aufgabe priority-high | 6h30m"],
    );
}

#[test]
fn notion_wrike_smartsheet_and_their_kin() {
    each(
        "notion",
        "\u{feff}Name,Assign,Created time,Due,Status,Tags,Budget\nFilm,\"Maya Lind, Tom Reyes\",\"November 2, 2026 10:00 AM\",\
         \"December 1, 2026 → December 4, 2026\",In progress,\"retail, film\",200\n",
        &["Film | 2026-12-04 | in progress | Maya Lind, Tom Reyes | retail film | "],
    );
    let wrike = each(
        "wrike",
        "Key,Title,Status,Priority,Assigned To,Start Date,Duration,End Date,Depends On,Start Date Constraint,Description\n\
         1,/Studio/Spring/,,,,,,,,,\n2,Film,In Progress,High,Maya Lind<maya@x.example>,11/23/2026,1 Day,12/04/2026,,,About\n",
        &["Film | 2026-12-04 | in progress | Maya Lind<maya@x.example> | priority-high | "],
    );
    assert!(wrike.skipped[0].reason.contains("folder"), "{:?}", wrike.skipped);
    each(
        "smartsheet",
        "Task Name,Assigned To,Start,Finish,% Complete,Status\nFilm,maya@x.example,11/23/26,12/04/26,40%,In Progress\n",
        &["Film | 2026-12-04 | in progress | maya@x.example |  | "],
    );
    each(
        "smartsheet-projects",
        "project_id,project_name,client,project_type,start_date,end_date,project_code,description,project_tags,time_entry_locking\n\
         7,Film,Harbour,Confirmed,2026-11-23,2026-12-04,X,About,retail;film,\n",
        &["Film | 2026-12-04 | new |  | retail film | "],
    );
    each(
        "airtable",
        "Name,Status,Assignee,Due date,Hard date,Last Modified By\nFilm,In progress,Maya Lind,4/12/2026,checked,Kim\nB,Todo,,13/12/2026,,\n",
        &["Film | 2026-12-04 | in progress | Maya Lind |  | ", "B | 2026-12-13 | new |  |  | "],
    );
    each(
        "planner",
        "Task ID,Task Name,Bucket Name,Progress,Priority,Assigned To,Created By,Created Date,Start Date,Due Date,Completed Date,Labels,Description\n\
         a1,Film,Retail,In progress,Important,Maya Lind;Tom Reyes,Kim,11/02/2026,,12/04/2026,,red;blue,About\n\
         a2,Cut,Retail,Completed,Medium,,Kim,11/02/2026,,11/13/2026,11/13/2026,,\n",
        &[
            "Film | 2026-12-04 | in progress | Maya Lind;Tom Reyes | red blue priority-high | ",
            "Cut | 2026-11-13 | delivered |  |  | ",
        ],
    );
}

#[test]
fn microsoft_forms_and_forms_in_other_languages() {
    let found = each(
        "microsoft-forms",
        "ID,Start time,Completion time,Email,Name,Project title,What is the goal?,When do you need this?,Which channels?,Points - Project title\n\
         1,11/20/2026 9:10:00,11/20/2026 9:15:00,anonymous,Kim Oh,Film,More sign-ups,12/4/2026,Web;Mail;,1\n",
        &["Film | 2026-12-04 | new |  |  | "],
    );
    let request = &found.drafts[0].request;
    assert_eq!((request.outcome.as_str(), request.requester.as_str()), ("More sign-ups", "Kim Oh"));
    assert!(request.external_id.ends_with("|kim oh"), "{}", request.external_id);
    for text in [
        "Zeitstempel,Ihr Name,Was brauchen Sie?,Bis wann?,Für wen ist es?,Was ist das Ziel?\n20.11.2026 09:15:00,Kim,Film,4. Dezember 2026,Alle,Mehr\n",
        "Horodateur,Votre nom,De quoi avez-vous besoin ?,Pour quand ?,Pour qui ?,Quel est l’objectif ?\n20/11/2026 09:15:00,Kim,Film,4 décembre 2026,Alle,Mehr\n",
        "Marca temporal,Tu nombre,¿Qué necesitas?,¿Para cuándo?,¿Para quién?,¿Cuál es el objetivo?\n20/11/2026 9:15:00,Kim,Film,4 de diciembre de 2026,Alle,Mehr\n",
        "Tijdstempel,Je naam,Wat heb je nodig?,Wanneer heb je het nodig?,Voor wie is het?,Wat is het doel?\n20-11-2026 9:15:00,Kim,Film,4 december 2026,Alle,Mehr\n",
    ] {
        let found = each("google-forms", text, &["Film | 2026-12-04 | new |  |  | "]);
        let request = &found.drafts[0].request;
        let said = [&request.requester, &request.audience, &request.outcome].map(String::as_str);
        assert_eq!(said, ["Kim", "Alle", "Mehr"], "{text}");
    }
}

#[test]
fn columns_are_known_in_five_languages_and_any_writing() {
    for (head, row) in [
        ("Title,Due date,Status,Assigned to,Estimated hours", "Film,2026-12-04,In progress,Maya,6"),
        ("title,due_date,status,assigned-to,estimatedHours", "Film,2026-12-04,in_progress,Maya,6"),
        ("TITLE,DUE DATE,STATUS,ASSIGNED TO,EST. HOURS", "Film,2026-12-04,IN-PROGRESS,Maya,6"),
        ("Titel,Fällig am,Status,Zuständig,Aufwand", "Film,4.12.2026,In Bearbeitung,Maya,6 Std"),
        ("TITEL,FAELLIG,STATUS,VERANTWORTLICH,STUNDEN", "Film,04.12.26,in arbeit,Maya,\"6,0\""),
        ("Titre,Échéance,Statut,Responsable,Heures", "Film,4 déc. 2026,En cours,Maya,6"),
        ("Título,Fecha límite,Estado,Asignado a,Horas", "Film,4 dic 2026,En progreso,Maya,6"),
        ("Onderwerp,Einddatum,Status,Toegewezen aan,Uren", "Film,4-12-2026,Bezig,Maya,6"),
        ("Project name,Deadline,State,Owner,Estimate (days)", "Film,2026-12-04,WIP,Maya,0.75"),
    ] {
        let extra = if row.contains("4-12-2026") { "\nB,13-12-2026,,," } else { "" };
        let found = read(&format!("{head}\n{row}{extra}\n"));
        assert_eq!(told(&found.drafts[0]), "Film | 2026-12-04 | in progress | Maya |  | 6h", "{head}");
        assert_eq!(
            (found.drafts[0].problems.len(), found.drafts[0].request.notes.as_str()),
            (0, ""),
            "{head}"
        );
    }
}

#[test]
fn usual_questions_of_intake_fill_their_fields() {
    for (question, field) in [
        ("Project title", Field::TITLE),
        ("What is the name of your project?", Field::TITLE),
        ("What do you need?", Field::TITLE),
        ("Please describe your request", Field::ASK),
        ("Tell us about the background", Field::ASK),
        ("Your name", Field::REQUESTER),
        ("Who is requesting this? (your name)", Field::REQUESTER),
        ("When do you need this?", Field::Due),
        ("When do you need it by?", Field::Due),
        ("By when should it be ready?", Field::Due),
        ("What is your deadline?", Field::Due),
        ("Go-live date", Field::Due),
        ("Is the date fixed?", Field::DueHard),
        ("What happens on that date?", Field::Text(crate::domain::field::Field::Because)),
        ("What is driving the deadline?", Field::Text(crate::domain::field::Field::Because)),
        ("What is the goal?", Field::Text(crate::domain::field::Field::Outcome)),
        ("What are you trying to achieve?", Field::Text(crate::domain::field::Field::Outcome)),
        ("What should be different if this works?", Field::Text(crate::domain::field::Field::Outcome)),
        ("How will you measure success?", Field::Text(crate::domain::field::Field::Measure)),
        ("Who is the target audience?", Field::Text(crate::domain::field::Field::Audience)),
        ("Who is it for?", Field::Text(crate::domain::field::Field::Audience)),
        ("What is the key message?", Field::Text(crate::domain::field::Field::Message)),
        ("Which formats do you need?", Field::Text(crate::domain::field::Field::Deliverables)),
        ("How many assets?", Field::AssetCount),
        ("Which brand is this for?", Field::Text(crate::domain::field::Field::Brand)),
        ("Where will it be used?", Field::CHANNEL),
        ("Who signs it off?", Field::Text(crate::domain::field::Field::Decider)),
        ("Who gives final approval?", Field::Text(crate::domain::field::Field::Decider)),
        ("Do you have copy and files?", Field::Text(crate::domain::field::Field::Inputs)),
        ("What type of request is this?", Field::Tags),
        ("How urgent is this?", Field::Priority),
        ("Anything else?\n(links are fine)", Field::NOTES),
        ("What is your budget?", Field::Answer),
        ("Cost centre", Field::Answer),
    ] {
        let title = if field == Field::TITLE { "Cost centre" } else { "Project title" };
        let answer = match field {
            Field::Due => "2026-12-04",
            Field::AssetCount => "4",
            _ => "b",
        };
        let text = format!("Timestamp,{title},\"{question}\"\n2026-11-20 09:15,a,{answer}\n");
        let found = read(&text);
        assert_eq!(found.columns_ignored, [""; 0], "{question}");
        let given = if field == Field::Answer { Field::NOTES } else { field };
        assert!(found.drafts[0].given.contains(&given), "{question}: {:?}", found.drafts[0].given);
    }
}

#[test]
fn what_maps_nowhere_is_kept_with_its_question() {
    let draft = row("Title,Budget,What colour?,,Priority,Notes", "Film,200 €,Red,loose,Someday,mine");
    assert_eq!(
        draft.request.notes,
        "mine\n\nBudget: 200 €\nWhat colour? Red\nColumn 4: loose\nPriority: Someday"
    );
    assert!(draft.given.contains(&Field::NOTES));
    let alone = row("Title,Foo,Bar", "Film,1,2");
    assert_eq!((alone.request.title.as_str(), alone.request.notes.as_str()), ("Film", "Foo: 1\nBar: 2"));
    assert_eq!(read("Title\nFilm\n").drafts.len(), 1);
    let options = RequestOptions { maps: vec![("Foo".to_owned(), "ignore".to_owned())], ..options() };
    let left_out = read_with("Title,Foo,Bar\nFilm,1,2\n", &options).unwrap();
    assert_eq!(left_out.drafts[0].request.notes, "Bar: 2");
    assert_eq!(left_out.columns_ignored, ["Foo"]);
}

#[test]
fn what_is_done_blocks_nothing() {
    let blocked = |rows: &str| {
        let found = read(&format!("Title,ID,Status,Blocked by\n{rows}"));
        found.drafts[0].request.blocked.clone().map(|blocked| blocked.reason)
    };
    let some = |reason: &str| Some(reason.to_owned());
    assert_eq!(blocked("A,1,Doing,2\nB,2,Done,\n"), None);
    assert_eq!(blocked("A,1,Doing,B\nB,2,Done,\n"), None);
    assert_eq!(blocked("A,1,Doing,B\nB,2,Declined,\n"), None);
    assert_eq!(blocked("A,1,Doing,2\nB,2,Doing,\n"), some("2 B"));
    assert_eq!(blocked("A,1,Doing,\"2, 3\"\nB,2,Done,\nC,3,New,\n"), some("3 C"));
    assert_eq!(blocked("A,1,Doing,\"prices, and legal\"\nB,2,Done,\n"), some("prices, and legal"));
    assert_eq!(blocked("A,1,Doing,yes\nB,2,Done,\n"), some(""));
    assert_eq!(blocked("A,1,Blocked,2\nB,2,Done,\n"), some(""), "the status says it");
    assert_eq!(blocked("A,1,Doing,B\nB,2,Done,\nB,3,Doing,\n"), some("B"), "one of two is open");
}

#[test]
fn what_is_done_without_a_day_takes_none_and_says_so() {
    for (head, cells) in [
        ("Title,Status", "A,Done"),
        ("Title,Done", "A,x"),
        ("Title,Completed", "A,yes"),
        ("Title,Complete", "A,TRUE"),
    ] {
        let draft = row(head, cells);
        assert_eq!((draft.request.stage, draft.request.delivered), (Stage::Delivered, None), "{head}");
        assert_eq!(messages(&draft), ["delivered, but the file has no day for it; none is taken"], "{head}");
    }
    assert_eq!(row("Title,Completed", "A,no").request.stage, Stage::New);
    assert_eq!(row("Title,Completed", "A,no").problems, []);
    let dated = row("Title,Status,Completed", "A,Done,2026-11-20");
    assert!(dated.request.delivered.is_some() && dated.problems.is_empty());
}

#[test]
fn who_holds_it_is_known_by_name_and_address_together() {
    let holder = |head: &str, cells: &str| row(head, cells).assignee;
    let head = "Title,Assignee,Assignee Email";
    assert_eq!(holder(head, "A,Bo Ek,bo@x.example").as_deref(), Some("Bo Ek <bo@x.example>"));
    assert_eq!(holder(head, "A,\"Ek, Bo\",bo@x.example").as_deref(), Some("Ek, Bo <bo@x.example>"));
    assert_eq!(holder(head, "A,,bo@x.example").as_deref(), Some("bo@x.example"));
    assert_eq!(
        holder(head, "A,\"Bo, Ana\",\"bo@x.example, ana@x.example\"").as_deref(),
        Some("Bo <bo@x.example>; Ana <ana@x.example>")
    );
    assert_eq!(holder(head, "A,,"), None);
}

#[test]
fn what_cannot_be_read_is_told_and_kept() {
    let draft = row("Title,Hours,Assets,Lever", "Film,lots,3 banners,speed of light");
    assert_eq!(draft.request.notes, "Hours: lots\nAssets: 3 banners\nLever: speed of light");
    assert_eq!(draft.problems.len(), 3);
}

#[test]
fn the_number_of_a_row_is_no_id_and_a_link_may_say_its_kind() {
    let numbered = read("No,Title,Requester\n1,Film,Kim\n2,Cut,Kim\n");
    assert!(numbered.drafts.iter().all(Draft::has_made_id), "{:?}", numbered.drafts);
    assert_eq!(numbered.columns_ignored, ["No"]);
    let linked = read(
        "Key,Title,Assigned To,Start Date,End Date,Status,Depends On\n1,Film,Ana,,,Active,2FS\n2,Cut,Ana,,,Completed,\n",
    );
    assert_eq!((linked.preset.as_str(), linked.drafts[0].request.blocked.is_none()), ("wrike", true));
}
