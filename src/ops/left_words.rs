//! What is left of a share, and how that came.

use chrono::NaiveDate;

use crate::domain::allocation::Shape;
use crate::domain::day;
use crate::domain::load::HeldShare;
use crate::domain::load::held::ShareHours;
use crate::domain::stage::Stage;

/// `28h left: 40h estimated − 12h planned so far`; what was said, and what stands against the plan.
pub fn left_words(share: &HeldShare, left: ShareHours, today: NaiveDate) -> String {
    let own = &share.allocation;
    let all = match (own.minutes, share.estimate) {
        // So many hours a day follow from its days; nobody has estimated or given them as a sum.
        _ if matches!(own.shape, Shape::PerDay(_)) => format!("{}, {}", left.hours, own.shape.described()),
        (None, Some(_)) => format!("{} estimated", left.hours),
        (None, None) => format!("{} usual for its tier, not estimated", left.hours),
        (Some(_), _) => format!("{} given", left.hours),
    };
    let mut words = match (own.left.said_on, left.done.is_positive()) {
        // What was said goes before the sum, since it took the place of what the plan had left.
        (Some(on), _) => {
            format!("said on {}, less what was planned since; {all}", day::day_near(on, today))
        }
        (None, true) => format!("{all} − {} planned so far", left.done),
        (None, false) => all,
    };
    // By plan nothing is left, which is surely wrong of work under way: it asks, instead of saying zero.
    if left.is_asked && own.left.is_to_be_said {
        return format!("hours left? nobody said since it came back ({words})");
    }
    if left.is_asked {
        return format!("hours left? the planned ones are used up ({words})");
    }
    // While it waits it takes nobody's time. Without the words behind it, no hours left would look like done.
    if matches!(share.stage, Stage::InReview | Stage::OnHold) {
        let rest =
            if left.left.is_zero() { "nothing to do".to_owned() } else { format!("{} left", left.left) };
        return format!("{rest} while {}: {words}", share.stage.title());
    }
    if share.has_slipped(today) {
        words = format!("{words}; slipped, now by {}", day::day_near(share.deadline(today), today));
    }
    if share.stage == Stage::InProgress && share.begins_after(today) {
        words = format!("{words}; begun before its first day, which takes nothing off");
    }
    format!("{} left: {words}", left.left)
}
