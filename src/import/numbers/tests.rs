//! Lengths, counts, parts and units as tables write them.

use super::*;

type Found = Result<Option<i64>, ()>;

#[test]
fn lengths_of_time() {
    let table: [(&str, Unit, Found); 51] = [
        ("57600", Unit::Seconds, Ok(Some(960))),
        ("2,5", Unit::Hours, Ok(Some(150))),
        ("2.5", Unit::Hours, Ok(Some(150))),
        ("0,125", Unit::Hours, Ok(Some(8))),
        ("6h 30m", Unit::Hours, Ok(Some(390))),
        ("40h", Unit::Minutes, Ok(Some(2400))),
        ("1.5d", Unit::Hours, Ok(Some(720))),
        ("1 Day", Unit::Hours, Ok(Some(480))),
        ("2:30", Unit::Hours, Ok(Some(150))),
        ("1.234,5", Unit::Minutes, Ok(Some(1235))),
        ("0", Unit::Hours, Ok(Some(0))),
        ("", Unit::Hours, Ok(None)),
        ("'-1", Unit::Hours, Ok(None)),
        ("-", Unit::Hours, Ok(None)),
        ("1,000", Unit::Hours, Err(())),
        ("-3", Unit::Hours, Err(())),
        ("NaN", Unit::Hours, Err(())),
        ("1e5", Unit::Hours, Err(())),
        ("16-24", Unit::Hours, Err(())),
        ("lots", Unit::Hours, Err(())),
        ("999999999999", Unit::Hours, Err(())),
        ("..", Unit::Hours, Err(())),
        ("28800000", Unit::Milliseconds, Ok(Some(480))),
        ("2 Tage", Unit::Hours, Ok(Some(960))),
        ("3 Std.", Unit::Hours, Ok(Some(180))),
        ("1.5.2", Unit::Hours, Err(())),
        ("1,2,3", Unit::Hours, Err(())),
        ("1.234.567", Unit::Seconds, Ok(Some(20576))),
        ("1,23,456.5", Unit::Minutes, Err(())),
        ("PT2H30M", Unit::Hours, Ok(Some(150))),
        ("PT30H00M00S", Unit::Days, Ok(Some(1800))),
        ("P1DT4H", Unit::Hours, Ok(Some(720))),
        ("None", Unit::Minutes, Ok(None)),
        ("PT", Unit::Hours, Err(())),
        ("P2", Unit::Hours, Err(())),
        ("PT2X", Unit::Hours, Err(())),
        ("2h30", Unit::Hours, Ok(Some(150))),
        ("1h05", Unit::Hours, Ok(Some(65))),
        ("7 h 30", Unit::Days, Ok(Some(450))),
        ("2 Std. 30", Unit::Hours, Ok(Some(150))),
        ("2u30", Unit::Hours, Ok(Some(150))),
        ("1d 2h30", Unit::Hours, Ok(Some(630))),
        ("2h30m", Unit::Hours, Ok(Some(150))),
        ("1h5", Unit::Hours, Err(())),
        ("1h75", Unit::Hours, Err(())),
        ("2d 4", Unit::Hours, Err(())),
        ("2 30", Unit::Hours, Err(())),
        ("2h30 15", Unit::Hours, Err(())),
        ("01:30:00", Unit::Hours, Ok(Some(90))),
        ("0:75", Unit::Hours, Err(())),
        ("1:30:00:00", Unit::Hours, Err(())),
    ];
    for (text, unit, expected) in table {
        let found = minutes(text, unit).map(|value| value.map(|Minutes(number)| number)).map_err(|_| ());
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn parts_are_rounded_half_up_and_say_so() {
    for (text, expected) in [
        ("87.5 %", Some((88, true))),
        ("87,5%", Some((88, true))),
        ("87.4%", Some((87, true))),
        ("0.875", Some((88, true))),
        ("0,8", Some((80, false))),
        (".5", Some((50, false))),
        ("80", Some((80, false))),
        ("80.0 %", Some((80, false))),
        ("1", Some((100, false))),
        ("1.25", Some((125, false))),
        ("1 %", Some((1, false))),
        ("0.5%", Some((1, true))),
        ("0.29", Some((29, false))),
        ("2000.1234567890123456", Some((2000, true))),
        ("1844.6844073709551616", Some((1845, true))),
        ("much", None),
        ("-5%", None),
        ("%", None),
        (".", None),
        ("99999999999999999999%", None),
    ] {
        assert_eq!(percent(text), expected, "{text}");
    }
}

#[test]
fn a_column_may_name_its_unit() {
    for (header, unit) in [
        ("Estimate (days)", Some(Unit::Days)),
        ("Aufwand in Stunden", Some(Unit::Hours)),
        ("est_min", Some(Unit::Minutes)),
        ("Estimate", None),
        ("Daysies", None),
    ] {
        assert_eq!(unit_in(header), unit, "{header}");
    }
}

#[test]
fn counts_and_ticks() {
    assert_eq!(count("12"), Ok(Some(12)));
    assert_eq!(count("1,234,567"), Ok(Some(1_234_567)));
    assert!(count("2,5").is_err() && count("abc").is_err());
    assert!(["checked", "V", "x", "TRUE", "yes", "1"].into_iter().all(is_ticked));
    assert!(!["", "no", "0", "false"].into_iter().any(is_ticked));
}
