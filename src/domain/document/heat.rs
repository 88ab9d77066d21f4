//! Hours by rows and days as a table whose cells are as dark as they are full.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The table. Its rows have a cell for each of its days.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct HeatTable {
    /// In order; days on which nobody works are left out.
    pub days: Vec<NaiveDate>,
    pub rows: Vec<HeatRow>,
    /// The marks that stand in its cells, each with what it means.
    pub legend: Vec<(String, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct HeatRow {
    /// Who, or which discipline.
    pub name: String,
    pub cells: Vec<HeatCell>,
    /// All hours of the row beside the time there is: `34h of 40h`.
    pub sum: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct HeatCell {
    /// Hours, rounded; a sign in their place where none are worked: `4`, `½`, `~`, `·`.
    pub hours: String,
    /// Stands behind them where the cell says more: `!`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub mark: String,
    /// How full it is, from 0 a little to 5 far over; nothing where nothing is planned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
}

impl HeatTable {
    /// True where there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.days.is_empty() || self.rows.is_empty()
    }
}
