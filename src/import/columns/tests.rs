//! Which header, which preset and which fields are found in tables of many shapes.

use super::*;

fn fields_of(presets: &Presets, preset: &str, headers: &[&str]) -> Vec<Option<Field>> {
    match_fields(presets.get(preset).unwrap(), presets.common(), &HeaderNames::of(headers), &[])
}

fn chosen(text: &str, wanted: Option<&str>, maps: &[(&str, &str)]) -> Result<(String, usize), String> {
    let sheet = SourceSheet::read(text.as_bytes(), 100).unwrap();
    let presets = Presets::new(&[]).unwrap();
    let maps: Result<Vec<Mapping>, _> = maps.iter().map(|(c, f)| Mapping::read(c, f)).collect();
    let maps = maps.map_err(|error| error.to_string())?;
    choose(&sheet, &presets, wanted, &maps)
        .map(|choice| (choice.preset.name.clone(), choice.header))
        .map_err(|error| error.to_string())
}

#[test]
fn header_and_preset_are_found_by_what_fits() {
    let table = [
        ("Summary,Issue key,Issue id,Status\na,b,1,d\n", "jira-cloud", 0),
        ("Board\nx\n\nTask ID,Created At,Completed At,Last Modified,Name\n1,,,,b\n", "asana", 2),
        ("Timestamp,Email Address,\"What do you need?\"\n1,2,3\n", "google-forms", 0),
        ("Planner;;\n;;\nJob;Client;Hours\na;b;1\n", "generic", 1),
        ("Title\nOne\n", "generic", 0),
    ];
    for (text, preset, header) in table {
        assert_eq!(chosen(text, None, &[]), Ok((preset.to_owned(), header)), "{text}");
    }
}

#[test]
fn maps_beat_the_preset_and_are_checked() {
    let text = "Thing,Amount\na,b\n";
    assert_eq!(chosen(text, None, &[("thing", "title")]), Ok(("generic".to_owned(), 0)));
    assert!(chosen(text, None, &[]).unwrap_err().contains("--map"));
    assert!(chosen(text, None, &[("Thng", "title")]).unwrap_err().contains("did you mean `Thing`"));
    assert!(chosen(text, None, &[("Thing", "titel")]).unwrap_err().contains("did you mean `title`"));
    assert!(chosen(text, None, &[("Thing", "tier")]).unwrap_err().contains("no field `tier`"));
}

#[test]
fn custom_fields_and_repeats_are_known() {
    let presets = Presets::new(&[]).unwrap();
    let fields = fields_of(
        &presets,
        "jira-cloud",
        &["Summary", "Labels", "Labels", "Custom field (Brand)", "Comment"],
    );
    let expected = [
        Some(Field::TITLE),
        Some(Field::Tags),
        Some(Field::Tags),
        Some(Field::Text(crate::domain::field::Field::Brand)),
        Some(Field::Answer),
    ];
    assert_eq!(fields, expected);
}
