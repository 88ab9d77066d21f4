//! Sources whose columns were said: at every refresh, in every kind of table, and in the store that goes elsewhere.

use super::*;

fn mapped(maps: &str) -> SourceEdit {
    SourceEdit { maps: Some(ColumnMaps::of_text(maps)), ..SourceEdit::default() }
}

#[test]
fn each_refresh_reads_the_columns_as_they_were_said() {
    let mut place = Place::new();
    crate::ops::kit::join(&mut place.desk, "Ana", "design");
    crate::ops::kit::request(&mut place.desk, "Film t3");
    for (what, maps, table) in [
        (SourceWhat::People, "Kollege=name; Fach=discipline", "Kollege,Fach\nCy,film\n"),
        (SourceWhat::Absences, "Kollege=person; Ab=from", "Kollege,Ab\nAna,2026-12-01\n"),
        (SourceWhat::Requests, "Worum=title; Wann=due", "Worum,Wann\nPoster,2026-12-01\n"),
        (SourceWhat::Shares, "Wer=person; Woran=request; Std=hours", "Wer,Woran,Std\nAna,Film,8\n"),
    ] {
        let name = what.name();
        let file = place.write(&format!("{name}.csv"), table);
        place.add(name, what, SourceWay::File, &file);
        assert!(place.refresh(name, true).is_err(), "{name}: without maps nobody knows them");
        place.edit(name, &mapped(maps));
        assert_eq!(place.refresh(name, false).unwrap().offered, counts(1, 0, 0), "{name}");
        place.refresh(name, true).unwrap();
        assert_eq!(place.refresh(name, false).unwrap().offered, counts(0, 0, 0), "{name}");
    }
    let before = place.desk.store.dump().unwrap();
    let mut there = desk_at("2026-11-23T09:00:00+00:00");
    there.take_everything(&before, "all.json", (false, false), &|| true).unwrap();
    assert_eq!(there.store.dump().unwrap(), before);
    assert_eq!(there.source(None, "people").unwrap().source.maps, place.status("people").source.maps);
    place.edit("people", &mapped(""));
    assert_eq!(place.status("people").source.reading_words(), "");
}

#[test]
fn a_column_that_the_next_file_lacks_is_told_and_what_came_before_stands() {
    let mut place = Place::new();
    let file = place.write("plan.csv", "Worum,Wann\nPoster,2026-12-01\n");
    place.add("Plan", SourceWhat::Requests, SourceWay::File, &file);
    place.edit("Plan", &mapped("Worum=title; Wann=due"));
    place.refresh("Plan", true).unwrap();
    place.write("plan.csv", "Worum,Bis\nPoster,2026-12-01\n");
    let error = place.refresh("Plan", true).unwrap_err().to_string();
    assert!(error.contains("there is no column `Wann`"), "{error}");
    assert_eq!(place.desk.store.request_count().unwrap(), 1);
}

#[test]
fn a_wrong_map_lists_what_there_is() {
    let mut place = Place::new();
    let wrong = |place: &mut Place, what, maps| {
        let source = DataSource::new("Plan", what, SourceWay::File, "/x.csv");
        place.desk.add_source(&place.machine, &source, &mapped(maps)).unwrap_err().to_string()
    };
    for (what, maps, parts) in [
        (SourceWhat::Requests, "Wann=du", ["there is no field `du`", "fields are title"]),
        (SourceWhat::Shares, "Std=hour-per-day", ["did you mean `hours-per-day`", "fields are person"]),
        (SourceWhat::People, "Wer", ["`Wer` is not COLUMN=field", "fields are name, handle"]),
        (SourceWhat::Calendar, "Wer=name", ["a calendar has no columns", ""]),
    ] {
        let told = wrong(&mut place, what, maps);
        assert!(parts.iter().all(|part| told.contains(part)), "{told}");
    }
}

#[test]
fn a_plan_may_have_a_preset() {
    let mut place = Place::new();
    place.add("Plan", SourceWhat::Shares, SourceWay::File, "/x.csv");
    place.edit("Plan", &SourceEdit { preset: Some("our-plan".to_owned()), ..SourceEdit::default() });
    let source = place.status("Plan").source;
    let presets = vec![("our-plan.toml".to_owned(), String::new())];
    let ForeignKind::Shares { presets: read, options } =
        place.desk.source_question(&source, presets.clone()).kind
    else {
        panic!()
    };
    assert_eq!((options.preset.as_deref(), read), (Some("our-plan"), presets));
}
