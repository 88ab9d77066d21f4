//! The flags of the records of the books. Each is the name of a field; the same names serve `add` and `edit`.

use clap::{Args, Subcommand};

/// Flags as fields by name with what was given.
pub trait Flags {
    /// What was given, in the order of the record.
    fn words(&self) -> Vec<(&'static str, String)>;
}

macro_rules! flags {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident $text:literal $value:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Args)]
        pub struct $name {
            $($(#[$field_doc])* #[arg(long = $text, value_name = $value, allow_hyphen_values = true)] pub $field: Option<String>,)*
        }

        impl Flags for $name {
            fn words(&self) -> Vec<(&'static str, String)> {
                [$(($text, &self.$field),)*].into_iter().filter_map(|(name, given)| Some((name, given.clone()?))).collect()
            }
        }
    };
}

macro_rules! commands {
    ($(#[$doc:meta])* $name:ident, $flags:ident { $($extra:tt)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Subcommand)]
        pub enum $name {
            /// Add one
            Add {
                /// What it is, in a few words
                title: Option<String>,
                #[command(flatten)]
                flags: $flags,
            },
            /// List them
            List,
            /// Show one with what touches it
            Show { key: String },
            /// Change one; `none` clears a field
            Edit {
                key: String,
                #[command(flatten)]
                flags: $flags,
            },
            $($extra)*
        }
    };
}

flags! {
    /// Of outcomes.
    OutcomeFlags {
        /// What changes for the business
        name "name" "TEXT";
        /// speed-to-market, brand-consistency, risk-reduction or measurable-impact
        lever "lever" "L";
        /// What is measured
        metric "metric" "M";
        /// d, %, members …
        unit "unit" "U";
        /// up or down; follows from baseline and target where both are there
        direction "direction" "WAY";
        /// Where it stood before
        baseline "baseline" "N";
        /// On which day
        baseline_on "baseline-on" "D";
        /// Where it should be
        target "target" "N";
        /// By when
        due "due" "D";
        /// Who answers for it in the business
        owner "owner" "NAME";
        /// What one day is worth, by the owner's own figure
        value_per_day "value-per-day" "N";
        /// How sure the owner is of it, in per cent
        confidence "confidence" "N";
        /// Private notes
        notes "notes" "TEXT";
        /// No longer followed from this day on
        closed "closed" "D";
    }
}

flags! {
    /// Of stakeholders.
    StakeholderFlags {
        /// As calendars and requests spell it
        name "name" "NAME";
        /// What they do
        role "role" "T";
        /// The one business number that they care about
        cares "cares" "T";
        /// What presses them this quarter
        pressure "pressure" "T";
        /// speed, safety, visibility, money or ease
        currency "currency" "C";
        /// E-mail
        email "email" "A";
        /// Private notes
        notes "notes" "TEXT";
    }
}

flags! {
    /// Of decisions.
    DecisionFlags {
        /// The question
        question "question" "TEXT";
        /// The one who decides
        approver "approver" "NAME";
        /// driver, contributor or recommender
        part "part" "P";
        /// What there is to choose from
        options "options" "TEXT";
        /// How they saw it before
        before "before" "TEXT";
        /// What we changed
        changed "changed" "TEXT";
        /// What was decided; saying it decides it
        result "result" "TEXT";
        /// When it was decided
        decided "decided" "D";
        /// When to look whether it came as expected
        check "check" "D";
        /// How sure, in per cent
        confidence "confidence" "N";
        /// yes if it came as expected
        held "held" "yes|no";
        /// Who got the credit
        credit "credit" "NAME";
        /// In which meeting
        meeting "meeting" "M-n";
    }
}

flags! {
    /// Of risks.
    RiskFlags {
        /// What may go wrong
        text "text" "TEXT";
        /// An outcome or a request
        on "on" "KEY";
        /// 1 low to 3 high
        likelihood "likelihood" "1..3";
        /// 1 low to 3 high
        impact "impact" "1..3";
        /// What would be seen first
        sign "sign" "TEXT";
        /// By when it has to be said
        raise_by "raise-by" "D";
        /// When it was said
        raised "raised" "D";
        /// What is in place
        answer "answer" "TEXT";
        /// caught, happened or passed
        end "end" "E";
    }
}

flags! {
    /// Of frictions.
    FrictionFlags {
        /// What it is
        text "text" "TEXT";
        /// people, process or platform
        area "area" "A";
        /// Hours that it costs a week
        hours "hours" "H";
        /// Whose hours
        who "who" "T";
        /// What it harms: O-3, R-17 or a tier
        harms "harms" "KEY";
        /// How one knows
        evidence "evidence" "TEXT";
        /// seen, changing, unlocked or dropped
        stage "stage" "S";
        /// Since when it is seen
        seen "seen" "D";
    }
}

flags! {
    /// Of gains.
    GainFlags {
        /// The change
        text "text" "TEXT";
        /// The friction that it unlocked
        friction "friction" "F-n";
        /// Hours a week that are free
        hours "hours" "H";
        /// From which day on
        from "from" "D";
        /// Until which day
        to "to" "D";
        /// Hours a week before; frozen once written
        baseline "baseline" "H";
        /// On which day that was so
        baseline_on "baseline-on" "D";
        /// How that is known
        evidence "evidence" "TEXT";
    }
}

flags! {
    /// Of redirects.
    RedirectFlags {
        /// Hours a week
        hours "hours" "H";
        /// From which day on
        from "from" "D";
        /// Until which day
        to "to" "D";
        /// What came of it
        result "result" "TEXT";
        /// When that was seen
        result_on "result-on" "D";
    }
}

/// Of promises: who owes whom is said by `--to` or `--from`.
#[derive(Debug, Clone, Args)]
pub struct PromiseFlags {
    /// What was promised
    #[arg(long, value_name = "TEXT")]
    pub text: Option<String>,
    /// We owe it to them
    #[arg(long, value_name = "NAME", conflicts_with = "from")]
    pub to: Option<String>,
    /// They owe it to us
    #[arg(long, value_name = "NAME")]
    pub from: Option<String>,
    /// By when
    #[arg(long, value_name = "D")]
    pub due: Option<String>,
    /// When it was kept
    #[arg(long, value_name = "D")]
    pub kept: Option<String>,
    /// When it was broken
    #[arg(long, value_name = "D")]
    pub broken: Option<String>,
    /// Made in which meeting
    #[arg(long, value_name = "M-n")]
    pub meeting: Option<String>,
}

impl Flags for PromiseFlags {
    fn words(&self) -> Vec<(&'static str, String)> {
        let way = match (&self.to, &self.from) {
            (Some(_), _) => Some("to".to_owned()),
            (_, Some(_)) => Some("from".to_owned()),
            _ => None,
        };
        [
            ("text", self.text.clone()),
            ("way", way),
            ("who", self.to.clone().or_else(|| self.from.clone())),
            ("due", self.due.clone()),
            ("kept", self.kept.clone()),
            ("broken", self.broken.clone()),
            ("meeting", self.meeting.clone()),
        ]
        .into_iter()
        .filter_map(|(name, given)| Some((name, given?)))
        .collect()
    }
}

commands! {
    /// `outcome …`
    OutcomeCommand, OutcomeFlags {
        /// Note what was measured
        Reading {
            key: String,
            #[arg(allow_hyphen_values = true)]
            value: String,
            /// On which day; without it, today
            #[arg(long, value_name = "D")]
            on: Option<String>,
            /// Where the figure comes from
            #[arg(long, value_name = "TEXT")]
            source: Option<String>,
        },
    }
}

commands! {
    /// `stakeholder …`
    StakeholderCommand, StakeholderFlags {
        /// Note how far somebody trusts us, 1 low to 5 high
        Trust {
            who: String,
            level: String,
            #[arg(long, value_name = "TEXT")]
            note: Option<String>,
            #[arg(long, value_name = "D")]
            on: Option<String>,
        },
        /// Note where somebody stands on a decision, -2 against to 2 strongly for
        Stance {
            who: String,
            decision: String,
            #[arg(allow_hyphen_values = true)]
            level: String,
            #[arg(long, value_name = "D")]
            on: Option<String>,
        },
    }
}

commands! {
    /// `promise …`
    PromiseCommand, PromiseFlags {
        /// It was kept
        Keep {
            key: String,
            /// On which day; without it, today
            #[arg(long, value_name = "D")]
            on: Option<String>,
        },
        /// It was broken
        Break {
            key: String,
            #[arg(long, value_name = "D")]
            on: Option<String>,
        },
    }
}

commands! {
    /// `decision …`
    DecisionCommand, DecisionFlags {}
}

commands! {
    /// `risk …`
    RiskCommand, RiskFlags {
        /// It was said in the room
        Raise {
            key: String,
            #[arg(long, value_name = "D")]
            on: Option<String>,
        },
    }
}

commands! {
    /// `friction …`
    FrictionCommand, FrictionFlags {}
}

commands! {
    /// `gain …`
    GainCommand, GainFlags {}
}

/// `redirect …`
#[derive(Debug, Clone, Subcommand)]
pub enum RedirectCommand {
    /// Put hours of a gain onto an outcome or a request
    Add {
        /// G-1
        gain: String,
        /// O-3 or R-17
        onto: String,
        #[command(flatten)]
        flags: RedirectFlags,
    },
    /// List them
    List,
    /// Show one with what touches it
    Show { key: String },
    /// Change one, or say what came of it
    Edit {
        key: String,
        #[command(flatten)]
        flags: RedirectFlags,
    },
}
