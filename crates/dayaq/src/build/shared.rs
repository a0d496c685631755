//! The rows of the slices: those that cases refer to come before the cases, those of cases come after.

use super::Progress;
use crate::demo::programme::Simulated;
use anyhow::Result;
use platform::app::App;

/// Cohorts, sittings, suppliers, orders: shared work that belongs to no one case.
pub(super) async fn write_before(_: &App, _: &Simulated, _: &Progress) -> Result<()> {
    Ok(())
}

/// What the slices keep about each case.
pub(super) async fn write_after(_: &App, _: &Simulated, _: &Progress) -> Result<()> {
    Ok(())
}
