//! An oracle that shares nothing with the rules: augmenting paths from work to days, after late work has taken the
//! first minutes that there are.

use std::collections::VecDeque;

use crate::domain::load::capacity::PersonDays;
use crate::domain::load::{LoadModel, WorkItem};

pub fn cannot_be_carried(model: &LoadModel, days: &PersonDays) -> i64 {
    let first = model.capacity.at(model.today);
    let items: Vec<&WorkItem> =
        model.items_of(days.person).iter().filter(|item| !item.is_tentative && !item.is_unknown).collect();
    let last = items.iter().map(|item| model.capacity.at(item.deadline)).max().unwrap_or(first).max(first);
    let mut room: Vec<i64> = (first..=last).map(|at| days.effective(at).0).collect();
    let mut late: i64 = items.iter().filter(|item| item.is_late).map(|item| item.left.0).sum();
    for minutes in &mut room {
        let taken = late.min(*minutes);
        (late, *minutes) = (late - taken, *minutes - taken);
    }
    let work: Vec<(i64, usize, usize)> = items
        .iter()
        .filter(|item| !item.is_late)
        .map(|item| {
            let from = model.capacity.at(item.from.max(model.today)) - first;
            (item.left.0, from, model.capacity.at(item.deadline) - first)
        })
        .collect();
    work.iter().map(|work| work.0).sum::<i64>() - carried(&work, &room)
}

/// Work sends what it has into its days; where a day is full it pushes other work on to days with room.
fn carried(work: &[(i64, usize, usize)], room: &[i64]) -> i64 {
    let mut sent = vec![vec![0_i64; room.len()]; work.len()];
    let mut used = vec![0_i64; room.len()];
    for (index, (minutes, _, _)) in work.iter().enumerate() {
        let mut left = *minutes;
        while left > 0 {
            let Some(path) = path(work, room, &sent, &used, index) else { break };
            let end = path[path.len() - 1].1;
            let mut flow = left.min(room[end] - used[end]);
            for pair in path.windows(2) {
                flow = flow.min(sent[pair[1].0][pair[0].1]);
            }
            for (step, (from, day)) in path.iter().enumerate() {
                sent[*from][*day] += flow;
                if step > 0 {
                    sent[*from][path[step - 1].1] -= flow;
                }
            }
            used[end] += flow;
            left -= flow;
        }
    }
    used.iter().sum()
}

/// Pairs of work and the day that it moves to; the last day has room.
fn path(
    work: &[(i64, usize, usize)],
    room: &[i64],
    sent: &[Vec<i64>],
    used: &[i64],
    start: usize,
) -> Option<Vec<(usize, usize)>> {
    let mut came: Vec<Option<(usize, Option<usize>)>> = vec![None; room.len()];
    let mut queue = VecDeque::new();
    for (day, came) in came.iter_mut().enumerate().take(work[start].2 + 1).skip(work[start].1) {
        *came = Some((start, None));
        queue.push_back(day);
    }
    while let Some(day) = queue.pop_front() {
        if used[day] < room[day] {
            let mut path = Vec::new();
            let mut at = Some(day);
            while let Some(here) = at {
                let (by, before) = came[here]?;
                path.push((by, here));
                at = before;
            }
            path.reverse();
            return Some(path);
        }
        for (other, _) in sent.iter().enumerate().filter(|(_, sent)| sent[day] > 0) {
            let reach = came.iter_mut().enumerate().take(work[other].2 + 1).skip(work[other].1);
            for (next, came) in reach.filter(|(_, came)| came.is_none()) {
                *came = Some((other, Some(day)));
                queue.push_back(next);
            }
        }
    }
    None
}
