//! Which row is the header and what its columns fill, in tables as people and tools name them.

use super::*;

/// What a table comes to in one line: title, due day, who asks, stage, hours, who holds it.
fn told(text: &str) -> String {
    let found = match read_with(text, &options()) {
        Ok(found) => found,
        Err(error) => {
            return format!("refused: {}", error.to_string().split(" is known").next().unwrap_or(""));
        }
    };
    let one = |draft: &Draft| {
        let request = &draft.request;
        let due = request.due.map_or(String::new(), |due| due.to_string());
        format!("{}|{due}|{}", request.title, request.requester)
    };
    found.drafts.iter().map(one).collect::<Vec<_>>().join("; ")
}

#[test]
fn a_row_of_the_table_is_never_its_header() {
    let refused = "refused: no column of this file";
    for (text, expected) in [
        (
            "Issue,Type,Due\nPoster one,Story,2026-12-04\nFlyer two,Request,2026-12-05\n",
            "Poster one|2026-12-04|; Flyer two|2026-12-05|",
        ),
        (
            "Ticket,Prio,Art,Datum\nPoster one,1,Task,04.12.2026\nMenu,2,Bug,05.12.2026\n",
            "Poster one|2026-12-04|; Menu|2026-12-05|",
        ),
        ("Sache;Prio;Art\nPoster one;1;Task\nMenu;2;Bug\n", refused),
        ("Ding;Zuständig;Stand\nPlakat;Maya;Titel\nFlyer;Tom;offen\n", refused),
        ("Thing,Phase now,Owned by\nName,Open,Maya\nFlyer,Open,Tom\n", refused),
        ("A,B,C\nTitle,Due,Owner\nPoster,2026-12-04,Maya\n", "Poster|2026-12-04|"),
        ("Plan of,Spring\nTask,Due\nPoster,2026-12-04\n", "Poster|2026-12-04|"),
        (
            "Zusammenfassung,Vorgangsschlüssel,Vorgangs-ID,Vorgangstyp,Status,Bearbeiter,Autor,Erstellt,Fälligkeitsdatum\nPlakat 1,CR-1,1,Aufgabe,In Arbeit,Maya Lind,Ana,20.11.2026 16:14,04.12.2026 00:00\n",
            "Plakat 1|2026-12-04|Ana",
        ),
        (
            "Résumé,Clé de ticket,Type de ticket,Statut,Échéance\nAffiche,CR-1,Tâche,En cours,04/12/2026\nCarte,CR-2,Tâche,En cours,24/12/2026\n",
            "Affiche|2026-12-04|; Carte|2026-12-24|",
        ),
        (
            "Resumen,Clave de incidencia,Tipo de incidencia,Estado,Vencimiento\nCartel,CR-1,Tarea,En curso,2026-12-04\n",
            "Cartel|2026-12-04|",
        ),
        (
            "Samenvatting,Sleutel,Type,Status,Vervaldatum\nAffiche,CR-1,Taak,Bezig,2026-12-04\n",
            "Affiche|2026-12-04|",
        ),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
    let found = read("Planner,Spring,v2\nmade by,Maya,on Monday\nTitle,Due,Owner\nPoster,2026-12-04,Maya\n");
    let note =
        "line 1 stands above the header and was passed over (Planner | Spring | v2), and 1 more like it";
    assert!(found.notes.iter().any(|told| told == note), "{:?}", found.notes);
}

#[test]
fn a_column_that_is_called_a_title_is_the_title() {
    for (text, expected) in [
        (
            "Aufgaben-ID,Aufgabenname,Bucketname,Status,Fälligkeitsdatum,Beschreibung\n1,Plakat,Q1,Offen,04.12.2026,lang\n",
            "Plakat|2026-12-04|",
        ),
        ("Taak-id;Taaknaam;Status;Beschrijving\n1;Affiche;Bezig;lang\n", "Affiche||"),
        (
            "ID,Heure de début,Heure de fin,Adresse de messagerie,Nom,Titre du projet,Date limite\n1,2026-11-20 09:00,2026-11-20 09:05,a@x.example,Ana Prado,Printemps,2026-12-04\n",
            "Printemps|2026-12-04|Ana Prado",
        ),
        (
            "Name,Job title,Department,What do you need?,When?\nAna,Head of Retail,Retail,Posters,2026-12-04\n",
            "Posters|2026-12-04|Ana",
        ),
        ("Kampagnentitel,Beschreibung\nHerbst,lang\n", "Herbst||"),
        ("Description,Due\nA long one,2026-12-04\n", "A long one|2026-12-04|"),
        ("Name,Due\nPoster,2026-12-04\n", "Poster|2026-12-04|"),
        ("Job title,Client,Due\nPoster,Nord,2026-12-04\n", "Poster|2026-12-04|"),
        ("Ticket,Summary,Due\nT-1,Poster,2026-12-04\n", "Poster|2026-12-04|"),
        ("Ticket,Description,Due\nT-1,Poster,2026-12-04\n", "Poster|2026-12-04|"),
        (
            "Title,Requester,Email\nPoster,,a@x.example\nMenu,Ana,b@x.example\n",
            "Poster||a@x.example; Menu||Ana",
        ),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
    let notes = read("Description,Due\nA long one,2026-12-04\n").notes;
    assert!(
        notes.iter().any(|note| note.starts_with("no column is called a title, so `Description`")),
        "{notes:?}"
    );
    let twice = RequestOptions {
        maps: [("A", "title"), ("B", "title")]
            .map(|(column, field)| (column.to_owned(), field.to_owned()))
            .to_vec(),
        ..options()
    };
    let found = read_with("A,B\none,two\n", &twice).unwrap();
    assert_eq!(
        (found.drafts[0].request.title.as_str(), found.drafts[0].request.notes.as_str()),
        ("two", "A: one")
    );
    assert!(found.notes.iter().any(|note| note.ends_with("`B` counts")), "{:?}", found.notes);
}

#[test]
fn columns_are_known_by_the_names_that_people_give_them() {
    for (field, names) in [
        (
            Field::Due,
            "Need by|Need_By|needBy|NEED-BY|Need it by|Live date|ETA|Publish date|Required date|Date due|Air date|Faelligkeit|Fälligkeitstermin|Zieltermin|Endtermin|Livraison souhaitée|Date de rendu|Échéance souhaitée|Plazo|Fecha prevista|Leverdatum|Target completion date|When must it be ready?|When is it needed?|When would you like it?|What is the deadline for this project?|What is the deadline for this?|Deadline for the project|When is the deadline for your request?",
        ),
        (
            Field::REQUESTER,
            "Requestor Name|Contact name|Ersteller|Antragsteller|Commanditaire|Opdrachtgever|Pedido por",
        ),
        (Field::Stage, "Current status|project_status|Workflow state|Section|Bucket|List"),
        (Field::Estimate, "Hrs|Duration (h)|Durée (h)|Aufwand in Stunden|Original estimate (h)"),
        (Field::Assignee, "Team member|Staff|Uitvoerder|Assigned Designer|Zustaendig"),
        (Field::Text(crate::domain::field::Field::Decider), "¿Quién lo aprueba?"),
        (Field::DueHard, "Is the deadline flexible?|Can the deadline move?|Is the date fixed?"),
        (Field::AssetCount, "How many?|How many assets?|Wie viele Stück?"),
        (
            Field::Answer,
            "How many people will see this?|How many hours will you spend on reviewing?|Wie viele Personen?|Step|Duration",
        ),
    ] {
        for name in names.split('|') {
            let found = read(&format!("Title,{name}\nPoster,x\n"));
            let given = if field == Field::Answer { Field::NOTES } else { field };
            let problems = &found.drafts[0].problems;
            let is_there = found.drafts[0].given.contains(&given)
                || problems.iter().any(|problem| problem.column == name)
                || found.drafts[0].request.due_reason == "x" && field == Field::Due;
            assert!(is_there, "{name}: {:?}", found.drafts[0]);
        }
    }
    for name in [
        "Work item",
        "Campaign",
        "Kampagne",
        "Anfrage",
        "Aufgabenname",
        "Nom de la tâche",
        "Taaknaam",
        "Titre de la demande",
        "Titel van de aanvraag",
        "Ticket",
        "Issue",
    ] {
        assert_eq!(told(&format!("{name},Due\nPoster,2026-12-04\n")), "Poster|2026-12-04|", "{name}");
    }
}

#[test]
fn words_of_states_are_known() {
    for (words, stage) in [
        ("Freigabe|Client review|Ter beoordeling|Por aprobar|Zur Pruefung", Stage::InReview),
        ("In behandeling", Stage::InProgress),
        ("Fini|Achevé", Stage::Delivered),
        ("Hold|Gepauzeerd", Stage::OnHold),
    ] {
        for word in words.split('|') {
            let found = read(&format!("Title,Status\nPoster,{word}\n"));
            assert_eq!(found.drafts[0].request.stage, stage, "{word}");
        }
    }
    let found = read("Title,Section\nPoster,Retail\nMenu,Done\n");
    assert_eq!(
        (found.drafts[0].request.notes.as_str(), found.drafts[0].problems.len()),
        ("Section: Retail", 0)
    );
    assert_eq!(found.drafts[1].request.stage, Stage::Delivered);
}

#[test]
fn whether_a_day_is_fixed_is_asked_both_ways() {
    for (question, answer, is_hard, notes) in [
        ("Is the deadline flexible?", "No", true, ""),
        ("Is the deadline flexible?", "Yes", false, ""),
        ("Can the date move?", "no, the fair opens", true, "Can the date move? no, the fair opens"),
        ("Is the date fixed?", "Yes", true, ""),
        ("Is the date fixed?", "Yes: the fair", true, "Is the date fixed? Yes: the fair"),
        ("Hard deadline?", "non-negotiable", true, ""),
        ("Is the date fixed?", "flexible", false, ""),
        ("Is the deadline flexible?", "fixed", true, ""),
        ("Is the date fixed?", "perhaps", false, "Is the date fixed? perhaps"),
        ("Hard deadline", "x", true, ""),
        ("Hard deadline", "", false, ""),
    ] {
        let found = read(&format!("Title,{question},Due\nPoster,\"{answer}\",2026-12-04\n"));
        let request = &found.drafts[0].request;
        assert_eq!((request.is_due_hard, request.notes.as_str()), (is_hard, notes), "{question} {answer}");
    }
}

#[test]
fn plans_desks_and_boards_of_other_tools_are_read_by_their_usual_names() {
    let read_one = |text: &str| read(text).drafts.remove(0);
    let draft = read_one(
        "ID,Name,Duration,Start,Finish,Resource Names,% Complete,Work\n\
         2,Storyboard,3 days,Mon 11/16/26 8:00 AM,Wed 11/18/26 5:00 PM,\"Ana Silva,Bo Ek[50%]\",100%,24 hrs\n",
    );
    assert_eq!((draft.assignee.as_deref(), draft.request.stage), (Some("Ana Silva,Bo Ek"), Stage::Delivered));
    let draft = read_one("Name,% Complete\nShoot,40%\n");
    assert_eq!((draft.request.stage, draft.request.notes.as_str()), (Stage::New, "% Complete: 40%"));
    let draft = read_one(
        "number,short_description,description,state,priority,assigned_to,requested_for,opened_at,due_date\n\
         RITM1,Banner,Please,Work in Progress,2 - High,Ana Silva,Owen Price,2026-11-03 09:15:00,2026-12-04 17:00:00\n",
    );
    let request = &draft.request;
    assert_eq!(
        (request.title.as_str(), request.ask.as_str(), request.requester.as_str()),
        ("Banner", "Please", "Owen Price")
    );
    assert_eq!((request.stage, request.tags.join(" ").as_str()), (Stage::InProgress, "priority-high"));
    let draft = read_one(
        "Reference Number,Issue Name,Planned Completion Date,Assignments,Entry Date\n1,Booth,12/14/26,Ana Silva,11/03/26\n",
    );
    assert_eq!(draft.request.due.map(|day| day.to_string()).as_deref(), Some("2026-12-14"));
    let draft = read_one(
        "Job No.;Kunde;Jobtitel;Kontakt;Liefertermin;Std. geplant;Std. Rest;Verantwortlich;Priorität\nJ-1;Hilltop;Messewand;Jo;4.12.2026;12,5;4;Ana;1 - hoch\n",
    );
    let request = &draft.request;
    assert_eq!((request.title.as_str(), request.tags.join(" ").as_str()), ("Messewand", "priority-high"));
    assert_eq!(request.estimate.map(|it| it.to_string()).as_deref(), Some("12h30m"));
    assert_eq!(
        read_one("Action title,Project,Labels\nHomepage,Site,web|hero\n").request.tags,
        ["web", "hero"]
    );
}
