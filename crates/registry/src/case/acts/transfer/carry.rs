//! What goes with a case to its new office: the person, and every row that a slice keeps of both.

use anyhow::{Context, Result};
use platform::{app::App, scope::Tx, slice::Move};
use values::id::{CaseId, OfficeId, PersonId};

/// Moves all of it. The transaction must be widened, since its rows lie on both sides.
pub(super) async fn carry(tx: &mut Tx, app: &App, person: PersonId, case: CaseId, to: OfficeId) -> Result<()> {
    for statement in app.moves() {
        let query = match *statement {
            Move::OfPerson(sql) => sqlx::query(sql).bind(person.0).bind(to.0),
            Move::OfCase(sql) => sqlx::query(sql).bind(person.0).bind(to.0).bind(case.0),
        };
        query.execute(tx.conn()).await.context("moving what a slice keeps of a case")?;
    }
    Ok(())
}
