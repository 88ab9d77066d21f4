//! What is said of a field once, beside the field itself: forms, checks, completion, options of the command line,
//! capture in one line, JSON and pages are made from it and know no field by name.

/// What a field takes, and so how a text for it is checked, echoed and completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Words, on one line as a rule.
    Text,
    /// Words that may fill a page; forms open the editor for them.
    Long,
    /// A day as people write it: `fri`, `+3d`, `12 dec`.
    Day,
    /// A time of day.
    Time,
    /// Working time: `6h`, `2d`.
    Length,
    /// How long a meeting takes, in minutes of the clock.
    Minutes,
    /// Hours by weekday, Monday first.
    Week,
    /// The part of somebody's time that is planned, 0.01 to 1.
    Factor,
    /// Somebody in the team, by handle or name.
    Person,
    YesNo,
    /// How work lies in its window.
    Shape,
    /// One of a closed set of words.
    Choice(&'static [&'static str]),
    /// A number with or without a fraction.
    Number,
    /// A whole number from 0 to 100.
    Percent,
    /// 1 low, 2 middle or 3 high.
    Third,
    /// The key of another record.
    Key,
    /// Somebody's name, whole or only its beginning where a stakeholder is known by it.
    Name,
    /// A field of a request: its rules are found by its name.
    Request,
    /// What nobody may see: forms cover it, and no draft keeps it.
    Secret,
    /// Where a source comes from: completed from folders where it is a path.
    Place,
}

/// Where a field can be set by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// In the form and by an option.
    Everywhere,
    /// In the form; the command line has another way, such as an argument without a name.
    Form,
    /// By an option only.
    Option,
    /// Nowhere: the program sets it.
    Nowhere,
}

/// What becomes of a needed field that the command line leaves out of a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unsaid {
    /// The command asks for it.
    Refused,
    /// The command takes this text for it.
    Default(&'static str),
    /// A rule finds it: the last day of a share is the due day of its request.
    FoundByRule,
}

/// How its option looks on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OptionShape {
    /// Under the name of the field, with a value.
    Plain,
    /// Under a name of its own, with a value.
    Called(&'static str),
    /// Under the name of the field, and without a value.
    Flag,
    /// Under the name of the field, once for each of several values.
    Repeated,
}

/// Whether hours come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rhythm {
    /// They are those of the whole.
    Once,
    /// They come back each week: `4h a week` says it.
    Weekly,
}

/// One field of a record. Made by [`field`] and the methods that follow it, in the declaration of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldSpec {
    /// As it is typed, and as JSON has it unless [`FieldSpec::json`] says otherwise.
    pub name: &'static str,
    /// What a form calls it.
    pub title: &'static str,
    /// What can be typed into it, and how a form asks for it.
    pub kind: FieldKind,
    /// Without it there is no record.
    pub is_needed: bool,
    /// It may take many lines: forms open the editor for it.
    pub is_long: bool,
    /// It is left out while presenting.
    pub is_private: bool,
    /// What a form says of it while it is empty.
    pub hint: &'static str,
    /// The documentation of the field, which is also what `--help` says.
    pub doc: &'static str,
    /// What `--help` calls its value.
    pub value_name: &'static str,
    /// Its name in JSON where that differs, because JSON names units.
    pub json: Option<&'static str>,
    /// Other words for it in a line of capture.
    pub aliases: &'static [&'static str],
    /// The mark before a word of a captured line that sets it: `@` or `~`.
    pub mark: Option<char>,
    /// A command that sets its day, today if none is given, with what help says of that command.
    pub day_verb: Option<(&'static str, &'static str)>,
    option: OptionShape,
    /// What an argument without a name is called that `add` takes for it.
    pub argument: Option<&'static str>,
    /// Options that each set this field and a choice at once: the field of the choice, and for each of its words what
    /// help says. Of a promise, `--to NAME` says who, and that it is owed to them.
    pub split: Option<(&'static str, &'static [(&'static str, &'static str)])>,
    left_out: Unsaid,
    rhythm: Rhythm,
    /// Its text is no words of anybody's, or it is although its kind does not say so.
    words: Option<bool>,
    reach: Reach,
}

/// A field under its title in forms. Its name, documentation and, unless one is chosen, its kind come from the
/// declaration of the record.
pub const fn field(title: &'static str) -> FieldSpec {
    FieldSpec {
        name: "",
        title,
        kind: FieldKind::Text,
        is_needed: false,
        is_long: false,
        is_private: false,
        hint: "",
        doc: "",
        value_name: "",
        json: None,
        aliases: &[],
        mark: None,
        day_verb: None,
        option: OptionShape::Plain,
        argument: None,
        split: None,
        left_out: Unsaid::Refused,
        rhythm: Rhythm::Once,
        words: None,
        reach: Reach::Everywhere,
    }
}

/// Fields of two types behind each other.
pub const fn joined<const N: usize>(one: &[FieldSpec], other: &[FieldSpec]) -> [FieldSpec; N] {
    let mut all = [field(""); N];
    let mut index = 0;
    // An iterator is nothing that constants can be made with.
    while index < N {
        all[index] = if index < one.len() { one[index] } else { other[index - one.len()] };
        index += 1;
    }
    all
}

impl FieldSpec {
    /// Without it there is no record.
    pub const fn needed(mut self) -> Self {
        self.is_needed = true;
        self
    }

    /// What it is of a new one, unless something else is said.
    pub const fn default(mut self, text: &'static str) -> Self {
        self.left_out = Unsaid::Default(text);
        self
    }

    /// Of a new one it need not be said: a rule finds it.
    pub const fn found_by_rule(mut self) -> Self {
        self.left_out = Unsaid::FoundByRule;
        self
    }

    /// It is left out while presenting.
    pub const fn private(mut self) -> Self {
        self.is_private = true;
        self
    }

    /// What a form says of it while it is empty.
    pub const fn hint(mut self, hint: &'static str) -> Self {
        self.hint = hint;
        self
    }

    /// Its words may fill a page.
    pub const fn long(mut self) -> Self {
        self.is_long = true;
        self
    }

    /// Its words are somebody's name.
    pub const fn person_name(mut self) -> Self {
        self.kind = FieldKind::Name;
        self
    }

    /// Its words are a key, or something else that stands where a key could.
    pub const fn key(mut self) -> Self {
        self.kind = FieldKind::Key;
        self
    }

    /// What `--help` calls its value.
    pub const fn value(mut self, name: &'static str) -> Self {
        self.value_name = name;
        self
    }

    /// Its name in JSON.
    pub const fn json(mut self, name: &'static str) -> Self {
        self.json = Some(name);
        self
    }

    /// Other words for it in a captured line.
    pub const fn also(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    /// Hours that come back each week.
    pub const fn weekly(mut self) -> Self {
        self.rhythm = Rhythm::Weekly;
        self
    }

    /// The mark before a word of a captured line that sets it.
    pub const fn mark(mut self, mark: char) -> Self {
        self.mark = Some(mark);
        self
    }

    /// A command of its own that sets its day: `promise keep P-2`.
    pub const fn day_verb(mut self, verb: &'static str, about: &'static str) -> Self {
        self.day_verb = Some((verb, about));
        self
    }

    /// What its option is called.
    pub const fn option(mut self, name: &'static str) -> Self {
        self.option = OptionShape::Called(name);
        self
    }

    /// Its option takes no value.
    pub const fn flag(mut self) -> Self {
        self.option = OptionShape::Flag;
        self
    }

    /// Its option may be given several times; the field then reads what was given with a semicolon behind each.
    pub const fn repeated(mut self) -> Self {
        self.option = OptionShape::Repeated;
        self
    }

    /// `add` takes it without a name; it has no option then.
    pub const fn argument(mut self, name: &'static str) -> Self {
        self.argument = Some(name);
        self.reach = Reach::Form;
        self
    }

    /// An option for each word of a choice sets the choice and this field at once.
    pub const fn split_by(
        mut self,
        choice: &'static str,
        words: &'static [(&'static str, &'static str)],
    ) -> Self {
        self.split = Some((choice, words));
        self.reach = Reach::Form;
        self
    }

    /// The form has it, and the command line says it in another way.
    pub const fn form_only(mut self) -> Self {
        self.reach = Reach::Form;
        self
    }

    /// The command line has it, and the form doesn't ask for it.
    pub const fn option_only(mut self) -> Self {
        self.reach = Reach::Option;
        self
    }

    /// Its text is somebody's words or not, whatever its kind: what is forgotten is taken out of words alone.
    pub const fn words(mut self, is_words: bool) -> Self {
        self.words = Some(is_words);
        self
    }

    /// The program sets it.
    pub const fn internal(mut self) -> Self {
        self.reach = Reach::Nowhere;
        self
    }

    /// Fills in what the declaration of the record knows: the name, the documentation and the kind of its type.
    pub const fn declared(mut self, name: &'static str, doc: &'static str, kind: FieldKind) -> Self {
        self.name = name;
        self.doc = doc;
        // A kind that was said beside the field stands before the one that follows from its type.
        // Text is what a declaration says by saying nothing, so any other type may replace it.
        if matches!(self.kind, FieldKind::Text) {
            self.kind = if self.is_long && matches!(kind, FieldKind::Text) { FieldKind::Long } else { kind };
        }
        self
    }

    /// True if the form asks for it.
    pub const fn is_in_form(&self) -> bool {
        matches!(self.reach, Reach::Everywhere | Reach::Form)
    }

    /// True if `add` and `edit` have an option for it.
    pub const fn is_option(&self) -> bool {
        matches!(self.reach, Reach::Everywhere | Reach::Option)
    }

    /// True if the command that adds one asks for it.
    pub const fn is_required(&self) -> bool {
        self.is_needed && matches!(self.left_out, Unsaid::Refused)
    }

    /// What it is of a new one, unless something else is said.
    pub const fn default_text(&self) -> Option<&'static str> {
        match self.left_out {
            Unsaid::Default(text) => Some(text),
            Unsaid::Refused | Unsaid::FoundByRule => None,
        }
    }

    /// True if its hours come back each week.
    pub const fn is_weekly(&self) -> bool {
        matches!(self.rhythm, Rhythm::Weekly)
    }

    /// True if it holds words that somebody wrote, and that somebody can wish to have forgotten.
    pub const fn holds_words(&self) -> bool {
        match self.words {
            Some(is_words) => is_words,
            None => matches!(self.kind, FieldKind::Text | FieldKind::Long | FieldKind::Name),
        }
    }

    /// What its option is called.
    pub const fn option_name(&self) -> &'static str {
        match self.option {
            OptionShape::Called(name) => name,
            OptionShape::Plain | OptionShape::Flag | OptionShape::Repeated => self.name,
        }
    }

    /// True if its option takes no value: being there, it says yes.
    pub const fn is_flag(&self) -> bool {
        matches!(self.option, OptionShape::Flag)
    }

    /// True if its option may be given several times.
    pub const fn is_repeated(&self) -> bool {
        matches!(self.option, OptionShape::Repeated)
    }

    /// What JSON calls it.
    pub fn json_name(&self) -> String {
        self.json.map_or_else(|| self.name.replace('-', "_"), str::to_owned)
    }

    /// What `--help` says of it: its documentation without the full stop.
    pub fn help(&self) -> &'static str {
        self.doc.trim().trim_end_matches('.')
    }

    /// What `--help` calls its value: what was chosen, otherwise by its kind.
    pub const fn value_name(&self) -> &'static str {
        if !self.value_name.is_empty() {
            return self.value_name;
        }
        match self.kind {
            FieldKind::Day => "D",
            FieldKind::Length => "H",
            FieldKind::Number | FieldKind::Percent | FieldKind::Minutes => "N",
            FieldKind::Third => "1..3",
            FieldKind::Key => "KEY",
            FieldKind::Name | FieldKind::Person => "NAME",
            FieldKind::YesNo => "yes|no",
            _ => "TEXT",
        }
    }
}
