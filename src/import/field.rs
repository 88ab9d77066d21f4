//! What a column of a file can mean for a request. Tier is not among them: it is decided here.

use crate::domain::named::named_enum;

named_enum! {
    /// One thing that a column can fill.
    pub enum Field {
        Title = "title", "title",
        Ask = "ask", "ask",
        Requester = "requester", "requester",
        Brand = "brand", "brand",
        Channel = "channel", "channel",
        Outcome = "outcome", "outcome",
        Lever = "lever", "lever",
        Measure = "measure", "measure",
        Audience = "audience", "audience",
        Message = "message", "message",
        Deliverables = "deliverables", "deliverables",
        AssetCount = "asset-count", "asset count",
        Due = "due", "due day",
        DueHard = "due-hard", "due day is hard",
        DueReason = "due-reason", "why that day",
        Decider = "decider", "decider",
        Inputs = "inputs", "inputs",
        Stage = "stage", "stage",
        Resolution = "resolution", "resolution",
        Blocked = "blocked", "blocked",
        Estimate = "estimate", "estimate",
        Left = "left", "hours left",
        Notes = "notes", "notes",
        Tags = "tags", "tags",
        Priority = "priority", "priority",
        Url = "url", "link",
        ExternalId = "external-id", "id in the other tool",
        InternalId = "internal-id", "second id in the other tool",
        Parent = "parent", "parent",
        Assignee = "assignee", "assignee",
        AssigneeEmail = "assignee-email", "e-mail of the assignee",
        Created = "created", "came in",
        Updated = "updated", "last change",
        Delivered = "delivered", "delivered",
    }
}

impl Field {
    /// Holds a day or a time.
    #[must_use]
    pub const fn is_date(self) -> bool {
        matches!(self, Self::Due | Self::Created | Self::Updated | Self::Delivered)
    }

    /// Several columns are read together instead of the first that says something.
    #[must_use]
    pub const fn is_list(self) -> bool {
        matches!(self, Self::Tags | Self::Channel)
    }
}
