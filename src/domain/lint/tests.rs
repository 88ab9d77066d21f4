//! Sentences of leadership meetings, and what the lint says to them.

use proptest::prelude::*;

use super::*;
use crate::config::{Config, parse};

fn rules() -> LintRules {
    Config::defaults().lint()
}

/// Rule, words and suggestion of each finding.
fn found(text: &str) -> Vec<(Rule, String, String)> {
    lint(text, &rules()).into_iter().map(|finding| (finding.rule, finding.text, finding.suggestion)).collect()
}

#[test]
fn process_talk_is_said_in_business_words() {
    let cases = [
        ("Utilisation is at 92% until 12 March.", "There is no room for a surprise launch before 12 March"),
        ("We have 140 briefs done this quarter.", "<how many> launches went out on their date"),
        (
            "Rework is 18% of our time, 76 hours.",
            "76 hours, about <x> campaigns, went into doing things twice",
        ),
        ("Turnaround went down by 6 d", "We are in market <how many> days sooner"),
        ("Our rush share is 35 %", "A third of demand arrives without a plan, and it displaced <items>"),
        ("template reuse is up", "stores and markets make brand-safe work themselves, at no creative cost"),
        ("The backlog holds 62 requests", "<how many> launches wait for a choice of ours: <which first>"),
        (
            "Every asset took 3 review rounds",
            "Each decision is made 3 times; one decider would bring it to market <how many> days sooner",
        ),
        ("12 hours saved a week", "12 hours a week now go into <outcome>"),
    ];
    for (text, suggestion) in cases {
        let found = found(text);
        let (rule, _, said) = found.first().unwrap_or_else(|| panic!("{text}"));
        assert_eq!((*rule, said.as_str()), (Rule::ProcessWords, suggestion), "{text}");
        assert_eq!(found.len(), 1, "{text}: {found:?}");
    }
}

#[test]
fn a_number_with_parted_thousands_is_no_year() {
    assert!(fill::counts("stores printed 2,000 posters"));
    assert!(!fill::counts("the plan of 2026"));
}

#[test]
fn what_names_a_result_is_let_be() {
    for text in [
        "",
        "Spring reaches shelves eleven days sooner if legal signs templates, not jobs.",
        "9.5 d brief to shelf, was 14 (n 12): a campaign is in market two weeks sooner.",
        "6 of 8 right first time, was 4 of 8: nineteen hours of rework did not happen.",
        "Chasing approvals cost 6 h a week; 4 of them now go to the Spring launch.",
        "Marcus Hall cares about margin per campaign.",
        "We meet on 26 November 2026 at 15:00 about R-214 and O-3.",
        "The booth loses its print slot after 2 December unless Ana raises it today.",
        "# Brief\n\n- Approve template sign-off, so that Spring is on shelf sooner.",
        "If Marcus counts, then I ask what changes for the store.",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn each_rule_points_at_its_words() {
    let cases = [
        (
            "We ran 14 workshops.",
            Rule::BareNumber,
            "We ran 14 workshops",
            "We ran 14 workshops, so that <what it means>",
        ),
        (
            "We set up a better naming convention.",
            Rule::ProcessWords,
            "We set up a better naming convention",
            "We set up a better naming convention, so that <what changes for the business>",
        ),
        (
            "There is a risk of delays.",
            Rule::PassiveRisk,
            "There is a risk of delays",
            "<what> is lost after <date> unless <who> <does what>",
        ),
        ("67 % of members came back (n 3).", Rule::FewCases, "67 %", "2 of 3"),
        (
            "Members were happier (n = 4).",
            Rule::FewCases,
            "Members were happier (n = 4)",
            "n 4 is too few to tell a trend; name the cases instead",
        ),
    ];
    for (text, rule, words, suggestion) in cases {
        assert_eq!(found(text), [(rule, words.to_owned(), suggestion.to_owned())], "{text}");
    }
}

#[test]
fn only_the_first_ask_is_one() {
    let text = "Please approve the templates, so that Spring is on shelf sooner.\nCould you also decide on the booth?";
    let findings = lint(text, &rules());
    let [finding] = findings.as_slice() else { panic!("{findings:?}") };
    assert_eq!((finding.rule, finding.line, finding.column), (Rule::SeveralAsks, 2, 1));
    assert!(finding.suggestion.contains("Please approve the templates"), "{}", finding.suggestion);
    assert_eq!(take(text, finding), None, "advice is not put into a text");
}

#[test]
fn a_second_ask_is_found_within_a_sentence_and_in_other_words() {
    let asks = |text: &str| lint(text, &rules()).iter().filter(|it| it.rule == Rule::SeveralAsks).count();
    for (text, more) in [
        ("I ask for two freelancers and for a later date.", 1),
        ("We ask you to approve A. We also ask you to move the launch.", 1),
        ("Can you decide on the film? Could we also get two freelancers?", 1),
        (
            "We need a decision on the film, and please grant us two freelancers, and could you approve the budget?",
            2,
        ),
        ("We ask you to review and approve the film by Friday.", 0),
        ("Please approve the budget for print and radio.", 0),
        ("I ask for two freelancers for March and April.", 0),
    ] {
        assert_eq!(asks(text), more, "{text}");
    }
}

#[test]
fn a_suggestion_that_is_taken_stands_in_the_text() {
    let text = "Well then, utilisation is 92 %, as ever.\nWe ran 14 workshops.";
    let findings = lint(text, &rules());
    let after = take(text, &findings[0]).unwrap();
    assert_eq!(
        after,
        "Well then, there is no room for a surprise launch before <date>, as ever.\nWe ran 14 workshops."
    );
    assert_eq!(take("another text", &findings[0]), None);
    assert_eq!((findings[1].line, findings[1].column), (2, 1));
}

#[test]
fn what_was_waved_off_is_silent_for_good() {
    let mut rules = rules();
    rules.wave_off([(Rule::BareNumber, "we ran  14 Workshops".to_owned())]);
    assert_eq!(lint("We ran 14 workshops.", &rules), []);
    assert_eq!(lint("We ran 15 workshops.", &rules).len(), 1);
    rules.wave_off([(Rule::PassiveRisk, "We ran 15 workshops".to_owned())]);
    assert_eq!(lint("We ran 15 workshops.", &rules).len(), 1, "another rule still speaks");
}

#[test]
fn ones_own_table_comes_first_and_its_faults_are_named() {
    let text = "[lint]\ntranslations = [\"Utilisation -> we are full until <date>\", \"nonsense\"]\nwaved_off = [\"bare-number: 3 cats\", \"what\"]\n";
    let loaded = parse(text);
    assert_eq!(
        loaded.faults.iter().map(|fault| fault.line).collect::<Vec<_>>(),
        [2, 3],
        "{:?}",
        loaded.faults
    );
    let findings = lint("Utilisation is 92 % until Friday. 3 cats.", &loaded.config.lint());
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!(findings[0].suggestion, "We are full until Friday");
}

proptest! {
    #[test]
    fn any_text_may_come_and_every_place_is_right(text in "\\PC{0,80}|([a-z]{1,6}|92%|n 3| |\\. |, |risk|may be|utilisation|please|\n|é|–){0,20}") {
        for finding in lint(&text, &rules()) {
            prop_assert_eq!(text.get(finding.span.clone()), Some(finding.text.as_str()));
            let line = text.split('\n').nth(finding.line - 1).unwrap();
            let from: String = line.chars().skip(finding.column - 1).collect();
            prop_assert!(from.starts_with(finding.text.split('\n').next().unwrap()));
            prop_assert_eq!(take(&text, &finding).is_some(), finding.is_rewrite);
        }
    }
}
