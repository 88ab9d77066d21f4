//! What a person waits for, on studios of two sizes: ratios between the sizes are what counts, since these
//! figures come from whatever machine is at hand.

use divan::Bencher;
use tablesetter::Rehearsal;

const SIZES: [u32; 2] = [1_000, 100_000];

fn main() {
    divan::main();
}

fn studio(requests: u32) -> Rehearsal {
    let (people, meetings) = if requests > 10_000 { (200, 5_000) } else { (20, 200) };
    Rehearsal::sample(requests, people, meetings, (120, 40)).expect("a store in memory can be filled")
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn read_everything(bencher: Bencher<'_, '_>, requests: u32) {
    let mut studio = studio(requests);
    bencher.bench_local(|| studio.reread());
}

#[divan::bench(args = SIZES)]
fn key_down_and_frame(bencher: Bencher<'_, '_>, requests: u32) {
    let mut studio = studio(requests);
    bencher.bench_local(|| studio.keys("j").frame());
}

#[divan::bench(args = SIZES)]
fn zoom_and_frame(bencher: Bencher<'_, '_>, requests: u32) {
    let mut studio = studio(requests);
    bencher.bench_local(|| studio.keys("z").frame());
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn a_letter_of_a_filter(bencher: Bencher<'_, '_>, requests: u32) {
    let mut studio = studio(requests);
    studio.keys("/ \"tier:1 a\"");
    bencher.bench_local(|| studio.keys("b backspace").frame());
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn weigh_everybody(bencher: Bencher<'_, '_>, requests: u32) {
    let studio = studio(requests);
    bencher.bench_local(|| studio.weigh());
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn brief(bencher: Bencher<'_, '_>, requests: u32) {
    let studio = studio(requests);
    bencher.bench_local(|| studio.brief());
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn brief_with_an_ask(bencher: Bencher<'_, '_>, requests: u32) {
    let mut studio = studio(requests);
    studio.note_an_ask().expect("a leadership meeting and free work are there");
    bencher.bench_local(|| studio.brief());
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn first_picture(bencher: Bencher<'_, '_>, requests: u32) {
    let mut studio = Some(studio(requests));
    bencher.bench_local(|| {
        let again = studio.take().map(|studio| studio.reopened().expect("it was open before"));
        let picture = again.as_ref().map(Rehearsal::frame);
        studio = again;
        picture
    });
}

#[divan::bench(args = SIZES)]
fn list_fifty(bencher: Bencher<'_, '_>, requests: u32) {
    let studio = studio(requests);
    bencher.bench_local(|| studio.list(50));
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn load_of_half_a_year(bencher: Bencher<'_, '_>, requests: u32) {
    let studio = studio(requests);
    bencher.bench_local(|| studio.load(26));
}

#[divan::bench(args = SIZES, sample_count = 50)]
fn cost_of_one_yes(bencher: Bencher<'_, '_>, requests: u32) {
    let studio = studio(requests);
    bencher.bench_local(|| studio.cost_of_yes());
}
