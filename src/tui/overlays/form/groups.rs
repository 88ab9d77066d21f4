//! The fields of a request in the groups of its page, so that a long form is read in parts.

use super::row::FormRow;
use crate::domain::field::Field;

/// The groups in their order; what is in none of them stands first.
const GROUPS: [(&str, &[Field]); 4] = [
    ("Why", &[Field::Outcome, Field::Lever, Field::Measure, Field::Audience, Field::Message]),
    (
        "When and how much",
        &[
            Field::Deliverables,
            Field::Assets,
            Field::Due,
            Field::Hard,
            Field::Because,
            Field::Inputs,
            Field::Tier,
            Field::Estimate,
            Field::Left,
            Field::Value,
            Field::Criticality,
            Field::Risk,
            Field::Blocked,
            Field::Order,
        ],
    ),
    ("Who", &[Field::Requester, Field::Decider, Field::Brand, Field::Channel, Field::Tags]),
    ("Else", &[Field::Ask, Field::Notes, Field::Result, Field::OutcomeKey, Field::Url]),
];

/// The place of a field among the groups and in its group.
fn place(row: &FormRow) -> (usize, usize) {
    // Forms of other records have no groups; all of their fields are alike and stay in their order.
    let Some(field) = Field::of(row.spec) else { return (0, 0) };
    let found = GROUPS
        .iter()
        .enumerate()
        .find_map(|(group, (_, fields))| Some((group + 1, fields.iter().position(|known| *known == field)?)));
    found.unwrap_or((0, 0))
}

/// Puts fields into the order of their groups.
pub fn sort(rows: &mut [FormRow]) {
    // A stable sort: fields without a group keep the order in which they were declared.
    rows.sort_by_key(place);
}

/// A line of a form: the name of a group, or a field by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormLine {
    Group(&'static str),
    Field(usize),
}

/// Groups and fields as they stand below each other.
pub fn lines(rows: &[FormRow]) -> Vec<FormLine> {
    let mut lines = Vec::with_capacity(rows.len() + GROUPS.len());
    let mut before = 0;
    for (index, row) in rows.iter().enumerate() {
        let (group, _) = place(row);
        if group != before {
            lines.extend(group.checked_sub(1).map(|at| FormLine::Group(GROUPS[at].0)));
            before = group;
        }
        lines.push(FormLine::Field(index));
    }
    lines
}

/// Where the second column begins: at the group that comes nearest to the middle.
pub fn middle(lines: &[FormLine]) -> usize {
    let is_group = |at: &usize| matches!(lines[*at], FormLine::Group(_));
    // Not from 0, which would leave the first column empty.
    let groups = (1..lines.len()).filter(is_group);
    groups.min_by_key(|at| at.abs_diff(lines.len() / 2)).unwrap_or(lines.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_a_request_is_in_one_group_but_its_title() {
        let grouped: Vec<Field> = GROUPS.iter().flat_map(|(_, fields)| fields.iter().copied()).collect();
        for field in Field::ALL {
            let count = grouped.iter().filter(|known| *known == field).count();
            assert_eq!(count, usize::from(*field != Field::Title), "{}", field.title());
        }
    }

    #[test]
    fn the_second_column_begins_with_a_group() {
        let group = FormLine::Group("Who");
        let lines =
            [FormLine::Field(0), group, FormLine::Field(1), FormLine::Field(2), group, FormLine::Field(3)];
        assert_eq!(middle(&lines), 4);
        assert_eq!(middle(&[FormLine::Field(0)]), 1);
    }
}
