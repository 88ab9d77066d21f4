//! The one table of actions. Keymap, footer, help and `tablesetter actions` are made from it; default
//! keys stand in `config.example.toml` under the same names.

/// Where an action can be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// On every screen.
    Everywhere,
    /// On requests: the intake pane and an open request.
    Requests,
    /// On the rows of the queue, of the meetings and of the boards, to work on many at once.
    Marks,
    /// On what is marked or chosen of those rows, or opened, whatever it is.
    Chosen,
    /// In the load pane.
    Load,
    /// On people: the load pane, the team, an open person or cell.
    People,
    /// On meetings: the meetings pane and an open meeting.
    Meetings,
    /// On the boards and an opened record of the books.
    Records,
    Standup,
    Brief,
    Review,
    /// On a page or document whose lines lead somewhere.
    Reading,
    /// On the page of a record of a list.
    Page,
    /// Wherever something is typed or chosen: a line, a menu, a form, a search, a ladder, a reflection.
    Asking,
    /// In a line to type.
    Prompt,
    Menu,
    Form,
    /// In the editor of a long text.
    Editor,
    /// Among the candidates for a request.
    Candidates,
    History,
    Reflection,
    /// On the page of what an import would change.
    Changes,
    /// Among the columns of a table that is imported.
    Columns,
    /// On the page of sources.
    Sources,
    /// Before the files of a store that were exchanged.
    Exchanged,
}

impl Scope {
    /// The stable name for the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Everywhere => "everywhere",
            Self::Requests => "requests",
            Self::Marks => "marks",
            Self::Chosen => "chosen",
            Self::Load => "load",
            Self::People => "people",
            Self::Meetings => "meetings",
            Self::Records => "records",
            Self::Standup => "standup",
            Self::Brief => "brief",
            Self::Review => "review",
            Self::Reading => "reading",
            Self::Page => "page",
            Self::Asking => "asking",
            Self::Prompt => "prompt",
            Self::Menu => "menu",
            Self::Form => "form",
            Self::Editor => "editor",
            Self::Candidates => "candidates",
            Self::History => "history",
            Self::Reflection => "reflection",
            Self::Changes => "changes",
            Self::Columns => "columns",
            Self::Sources => "sources",
            Self::Exchanged => "exchanged",
        }
    }
}

/// What the table says of one action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActionEntry {
    pub action: Action,
    /// Stable name, used in the configuration.
    pub name: &'static str,
    /// Its name for people, in the imperative.
    pub title: &'static str,
    /// The one word of the footer.
    pub short: &'static str,
    /// Where it can be meant.
    pub scope: Scope,
}

/// Names that a user's configuration may still have for an action, and what they are now.
pub const OLD_NAMES: &[(&str, &str)] =
    &[("add-record", "add"), ("load-today", "today"), ("meetings-today", "today")];

// One list makes both the names in the program and the table: an action that the table lacked could be bound to
// no key and would stand in no help.
macro_rules! actions {
    ($($scope:ident { $($action:ident $name:literal $short:literal $title:literal;)* })*) => {
        /// What the user means.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action { $($(#[doc = $title] $action,)*)* }

        /// Every action, in the order of help.
        pub const TABLE: &[ActionEntry] = &[$($(ActionEntry {
            action: Action::$action, name: $name, title: $title, short: $short, scope: Scope::$scope,
        },)*)*];
    };
}

actions! {
    Requests {
        OpenRequest "open-request" "open" "Open the request with all that touches it";
        SetTier "set-tier" "tier" "Set the tier";
        SetOutcome "set-outcome" "outcome" "Say what will be different if it works";
        Aim "aim" "aim" "Choose the outcome that it is for";
        SetLever "set-lever" "lever" "Choose the lever that it moves";
        SetEstimate "set-estimate" "hours" "Estimate it in hours";
        SetLeft "set-left" "left" "Say how many hours are left";
        SetDue "set-due" "due" "Set the due day";
        Assign "assign" "assign" "Assign it to somebody";
        Unassign "unassign" "unassign" "Take it from everybody who holds it";
        Advance "advance" "next stage" "Move it to the next stage";
        SetStage "set-stage" "stage" "Move it to a stage";
        Clarify "clarify" "ask" "Ask for what is missing: copies the questions, moves to clarifying";
        Decline "decline" "decline" "Decline it with a reason";
        Block "block" "block" "Block it with a reason, or unblock it";
        Edit "edit" "edit" "Edit its fields in a form";
        Explain "explain" "why" "Show the arithmetic: score, readiness, at risk, load";
    }
    Marks {
        Mark "mark" "mark" "Mark it and go on";
        MarkAll "mark-all" "mark all" "Mark all that are shown, or none";
        InvertMarks "invert-marks" "invert marks" "Mark what is not marked of all that are shown, and the other way round";
        MarkRange "mark-range" "range" "Mark from here on while moving, until it is pressed again";
    }
    Chosen {
        Modify "modify" "modify" "Change the marked ones by one line of words";
        EditAsText "edit-as-text" "as text" "Edit the marked or shown as lines in your editor";
        Copy "copy" "copy" "Copy it as one line, or the marked as one each";
    }
    Load {
        OpenCell "open-cell" "open" "Show what is in the cell";
        Weeks "weeks" "weeks" "Change between days and weeks";
        ByDiscipline "by-discipline" "disciplines" "Change between people and disciplines";
        LoadEarlier "load-earlier" "earlier" "Go to an earlier period";
        LoadLater "load-later" "later" "Go to a later period";
    }
    People {
        OpenPerson "open-person" "person" "Open the person with all that touches them";
        EditPerson "edit-person" "edit" "Edit the person: name, hours, planned part, last day; or the chosen absence, holiday, share";
        TakeAway "take-away" "remove" "Take away the chosen absence, holiday or share";
        CopyPerson "copy-person" "copy" "Copy the person with their weeks as one line";
        Reshape "reshape" "re-shape" "Spread the work anew over its days, so that none looks too full";
    }
    Meetings {
        OpenMeeting "open-meeting" "open" "Open the meeting";
        Prepare "prepare" "if-then" "Write the if-then for this room";
        SetIntent "set-intent" "intent" "Write what should be different afterwards";
        SetKind "set-kind" "kind" "Say what kind of room it is";
        EditMeeting "edit-meeting" "edit" "Edit the meeting and its notes in a form";
        WaveReflection "wave-reflection" "no reflection" "Ask for no reflection on it any more; cancel it if it is still to come";
        MoveMeeting "move-meeting" "move" "Move it to another time, whatever its calendar says";
        RemoveMeeting "remove-meeting" "remove" "Remove it with all of its series";
        ReinstateMeeting "reinstate-meeting" "bring back" "Bring a cancelled or removed meeting back";
        BySeries "by-series" "series" "Change between meetings and series with their trends";
        MeetingsEarlier "meetings-earlier" "earlier" "Go to an earlier week";
        MeetingsLater "meetings-later" "later" "Go to a later week";
    }
    Records {
        OpenEntry "open-record" "open" "Open what is chosen";
        StepEntry "step-record" "go on" "Take its next step: a reading, the next stage, unlocked, kept, raised, redirected";
        EditEntry "edit-record" "edit" "Edit it in a form";
        EndEntry "end-record" "end" "End it otherwise: dropped, broken, closed, caught";
        SetEntryDue "set-record-due" "due" "Set the day by which it is due, to be checked or to be raised";
    }
    Standup {
        StandupBy "standup-by" "regroup" "Change between sections and people";
        StandupSaid "standup-said" "said" "Mark the line as said, or not";
        StandupRemark "standup-remark" "remark" "Add a remark to the line";
        StandupUnblock "standup-unblock" "unblock" "Unblock the request of the line, or block it";
        StandupAssign "standup-assign" "reassign" "Give the request of the line to somebody else";
        StandupDue "standup-due" "re-date" "Set another due day for the request of the line";
        StandupCopy "standup-copy" "copy" "Copy the standup as Markdown, Slack or plain text";
        StandupEnd "standup-end" "end" "End the standup: the next one starts from now";
    }
    Brief {
        BriefEdit "brief-edit" "edit" "Write the bottom line, the ask, the recommendation";
        BriefNumbers "brief-numbers" "swap number" "Show another number in this place";
        BriefTake "brief-take" "take" "Take the wording that is suggested";
        BriefWave "brief-wave" "wave off" "Wave the suggestion off for good";
        BriefFreeze "brief-freeze" "freeze" "Keep the brief as it is shown, with its claims";
        BriefCopy "brief-copy" "copy" "Copy the brief as Markdown, Slack or plain text";
    }
    Review {
        ReviewEarlier "review-earlier" "earlier" "Go to the week or quarter before";
        ReviewLater "review-later" "later" "Go to the next week or quarter";
        ReviewQuarter "review-quarter" "quarter" "Change between the week and the quarter in evidence";
        ReviewCopy "review-copy" "copy" "Copy the review as Markdown, Slack or plain text";
    }
    Reading {
        Follow "follow" "follow" "Follow the chosen line to what it is about";
    }
    Page {
        NextRecord "next-record" "next" "Go to the next record of the list that this one was opened from";
        PreviousRecord "previous-record" "previous" "Go to the record before in the list that this one was opened from";
    }
    Asking {
        Accept "accept" "take it" "Take what is typed or chosen; in a form go on, and save on the last field";
        Leave "leave" "leave as it was" "Leave everything as it was";
        NextItem "next" "next" "Go to the next choice, field or question";
        PreviousItem "previous" "previous" "Go to the choice, field or question before";
        NextItems "next-page" "page down" "Go on by a page of choices or fields";
        PreviousItems "previous-page" "page up" "Go back by a page of choices or fields";
        Save "save" "save" "Save now, from any field";
    }
    Prompt {
        CompleteName "complete-name" "complete" "Complete the name after @";
    }
    Menu {
        NextChoice "next-choice" "right" "Go to the choice to the right";
        PreviousChoice "previous-choice" "left" "Go to the choice to the left";
    }
    Form {
        CompleteField "complete-field" "complete" "Take the completion that stands behind the cursor";
        LongText "long-text" "long text" "Write the field as a long text";
    }
    Editor {
        OwnEditor "own-editor" "your own editor" "Write the text in your own editor";
        UndoText "undo-text" "undo" "Take back what was typed last";
        RedoText "redo-text" "redo" "Type again what was taken back";
    }
    Candidates {
        AssignTo "assign-to" "assign" "Assign it to the chosen one";
        EndLater "end-later" "last day" "Let the work end a working day later";
        EndEarlier "end-earlier" "last day" "Let the work end a working day earlier";
        BeginLater "begin-later" "first day" "Let the work begin a working day later";
        BeginEarlier "begin-earlier" "first day" "Let the work begin a working day earlier";
        AssignWho "assign-who" "who" "Choose one of the candidates by name";
        AssignHours "assign-hours" "hours" "Say how many hours are given";
        AssignShape "assign-shape" "shape" "Spread the hours otherwise: even, front, back or by day";
        AssignTentative "assign-tentative" "tentative" "Give it tentatively, or for sure";
    }
    History {
        UndoThis "undo-this" "undo this one" "Undo the chosen change alone";
    }
    Reflection {
        AskedMore "asked-more" "what if" "Count a question of the kind what if, could we";
        AskedLess "asked-less" "how many" "Count a question of the kind how many, check again";
        PlanKept "plan-kept" "kept" "Say whether the if-then was kept: yes, no, blank";
        ClearAnswer "clear-answer" "clear" "Leave the item blank again";
    }
    Changes {
        TakeLine "take-line" "in or out" "Leave the line out of the import, or take it again";
        TakeGroup "take-group" "group" "Leave all lines of the group out, or take them again";
        AsNew "as-new" "as new" "Take a line that looks renamed as a new one, or as the renamed one again";
        TakeRequesters "take-requesters" "stakeholders" "Make whoever asks in the file a stakeholder, in the same change, or leave it";
        ApplyChanges "apply-changes" "take it over" "Take over all that stands, as one change";
        ReadAs "read-as" "read as" "Read the file as something else: requests, people, absences, shares, a calendar";
        SwapDays "swap-days" "days" "Read its days with the day first, the month first, or as the file shows";
        MapColumns "map-columns" "columns" "Say what each column of the table fills";
    }
    Columns {
        SetColumn "set-column" "fills" "Choose what the column fills";
        ApplyColumns "apply-columns" "go on" "Go on to what the table would change";
        NextSheet "next-sheet" "sheet" "Read the next sheet of the workbook instead";
        ReadColumnsAs "read-columns-as" "read as" "Read the table as something else: requests, people, absences, shares";
        SavePreset "save-preset" "preset" "Save what the columns fill as a preset, which recognises such files from then on";
    }
    Sources {
        ShowOffer "show-offer" "changes" "Show what the source would change here; it is fetched first where that was not done yet";
        RefreshSource "refresh-source" "refresh" "Fetch the source again, beside the keys";
        RefreshDue "refresh-due" "all due" "Fetch every source again whose time has come";
        ConfirmSource "confirm-source" "let run" "Let the source run on this machine, after a look at what it runs";
        EditSource "edit-source" "edit" "Edit in a form where the source comes from, when it is read and what happens then";
        RemoveSource "remove-source" "remove" "Remove the source; what came from it stays";
    }
    Exchanged {
        SaveCopy "save-copy" "save a copy" "Save a copy of what is in memory";
        OpenAnew "open-anew" "open what is there now" "Open what is there now";
        QuitNow "quit-now" "quit" "Quit, with nothing written";
    }
    Everywhere {
        Standup "standup" "standup" "Prepare the standup by exception";
        Brief "brief" "brief" "Prepare the brief for the next leadership meeting, or the one chosen";
        Review "review" "week" "Review the week on the one question";
        Meanwhile "meanwhile" "meanwhile" "Show what changed while you were away, and put it away as read";
        Capture "capture" "file" "File a friction, risk, promise or decision in one line, from anywhere";
        Tie "link" "link" "Link it to another record, found by words";
        Private "private" "private" "Make it private or no more: no room, export, screen";
        Add "add" "add" "Add what this list holds: a request in one line, a person, a meeting, a record, a source";
        AddForm "add-form" "add …" "Add what this list holds, by its form";
        AddAny "add-any" "anything" "Add anything by a form: request, person, meeting …";
        AddAbsence "add-absence" "away" "Say that somebody is away";
        AddHoliday "add-holiday" "holiday" "Add a day off for everybody";
        AddPerson "add-person" "new person" "Add a person by a form";
        AddRole "add-role" "new role" "Add a role, for work that nobody holds yet";
        Filter "filter" "filter" "Show only what fits some words";
        Views "views" "views" "Show a saved view of this list or another: late, at risk, closed, or one of your own";
        SaveView "save-view" "save view" "Save this as a view: filter, order, columns";
        OrderBy "order-by" "order" "Order this list by a column";
        NextMatch "next-match" "next match" "Go to the next row that fits the filter";
        PreviousMatch "previous-match" "match before" "Go to the row before that fits the filter";
        VisitedBack "visited-back" "visited" "Go back to what was visited before: a page, or the row of the queue";
        VisitedForward "visited-forward" "visited next" "Go forward again to what was visited after it";
        Repeat "repeat" "again" "Do the last change again, to what is chosen or marked now";
        Today "today" "today" "Go back to today";
        Team "team" "people" "Show the people, absences and holidays";
        ShowCopied "show-copied" "copied" "Show what was copied last, and save it as a file";
        Import "import" "import" "Import requests, people, absences, shares, a calendar";
        Sources "sources" "sources" "Show where data comes from again, and what is new";
        Reflect "reflect" "reflect" "Reflect on a meeting";
        DropDraft "drop-draft" "throw away" "Throw away what was typed and not saved: in the open form, or the last one that was left";
        Undo "undo" "undo" "Undo the last change";
        Redo "redo" "redo" "Do again what was undone";
        History "history" "history" "Show what happened";
        Forget "forget" "forget" "Forget its words for good: record, history, copies";
        Figures "figures" "figures" "Open what the figures of the header were counted from";
        NextPane "next-pane" "pane" "Go to the next pane";
        PreviousPane "previous-pane" "pane back" "Go to the previous pane";
        TogglePage "toggle-page" "page" "Show the page of what is chosen beside its list, or take it away";
        Zoom "zoom" "zoom" "Give this pane the whole screen, or take it back";
        Cockpit "cockpit" "cockpit" "Show the cockpit";
        ShowIntake "intake" "intake" "Show the intake queue alone";
        ShowLoad "load" "load" "Show the load alone";
        ShowMeetings "meetings" "meetings" "Show the meetings alone";
        ShowOutcomes "outcomes" "outcomes" "Show the outcomes and the headroom ledger";
        ShowChange "change" "change" "Show friction, gains, risks and what requests share";
        ShowInfluence "influence" "influence" "Show stakeholders, decisions and promises";
        Present "present" "presenter" "Hide reflections, trust, private notes and chosen names, for a shared screen";
        Down "down" "down" "Go down";
        Up "up" "up" "Go up";
        Left "left" "left" "Go left";
        Right "right" "right" "Go right";
        PageDown "page-down" "page down" "Go down a page";
        PageUp "page-up" "page up" "Go up a page";
        Top "top" "top" "Go to the first";
        Bottom "bottom" "bottom" "Go to the last";
        Help "help" "all" "Show every action here, find and run one";
        CommandLine "command-line" "command" "Say what to do in one line: `R-17`, `load @ana`, `brief tue`, `filter is:late`";
        Back "back" "back" "Take one step back";
        Quit "quit" "quit" "Close what is open; quit from the cockpit";
        Cancel "cancel" "cancel" "Leave what is open at once, even while typing; pressed twice it quits";
        Mouse "mouse" "mouse" "Take the mouse, or leave it to the terminal for selecting text";
        Redraw "redraw" "redraw" "Draw everything anew";
        Suspend "suspend" "suspend" "Go to the shell; `fg` comes back";
    }
}

impl Action {
    /// Its line in the table.
    pub fn entry(self) -> &'static ActionEntry {
        // The list that makes the action makes its row too, so the fallback is never taken.
        TABLE.iter().find(|entry| entry.action == self).unwrap_or(&TABLE[0])
    }

    /// The action with a name, or with one that it had once.
    pub fn named(name: &str) -> Option<Self> {
        let name = OLD_NAMES.iter().find(|(old, _)| *old == name).map_or(name, |(_, now)| now);
        TABLE.iter().find(|entry| entry.name == name).map(|entry| entry.action)
    }
}
