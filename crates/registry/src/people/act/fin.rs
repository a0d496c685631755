//! `POST /people/{person}/fin`: an officer has seen by which document the FİN is the person's. A FİN that is verified for
//! somebody else, in whatever office, goes to the duplicate desk, and nothing about that other person shows.

use super::{Act, Asked, reason};
use crate::people::{FIN_REFERRED, FIN_VERIFIED, form, store};
use anyhow::{Context, Result};
use maud::{Markup, html};
use platform::{answer::Stop, draw, message::Message, page::Width, scope::Tx};
use serde_json::json;
use uuid::Uuid;
use values::fin::Fin;

pub(crate) const FIN: Act = Act { noun: "fin", fields, act: |tx, asked| Box::pin(act(tx, asked)) };

fn fields(asked: &Asked<'_>) -> Markup {
    let Asked { page, form, errors, .. } = asked;
    html! {
        (draw::input(page, form, errors, "fin", "people-fin").hint("people-fin-again").width(Width::Chars10).autocomplete("off"))
        (draw::input(page, form, errors, "fin_source", "people-fin-source").hint("people-fin-source-hint"))
    }
}

async fn act(tx: &mut Tx, asked: &Asked<'_>) -> Result<(), Stop> {
    let person = &asked.known.person;
    let before = person.open(&tx.keys())?;
    let mut read = asked.form.reader();
    read.required("fin");
    let fin = form::typed::<Fin>(&mut read, "fin").map(|fin| fin.to_string());
    let source = read.required("fin_source");
    if before.fin_verified_on.is_some() {
        read.wrong("fin", Message::new("people-error-verified"));
    } else if fin.is_some() && before.protected.fin.is_some() && before.protected.fin != fin {
        read.wrong("fin", Message::new("people-error-other-fin"));
    }
    let fin = read.finish(fin)?;
    let lookup = tx.keys().lookup(store::FIN, &fin);
    if !claim(tx, person.person_id, &lookup).await? {
        return Ok(refer(tx, asked).await?);
    }
    let mut protected = before.protected;
    protected.fin = Some(fin);
    let (today, keys) = (tx.today(), tx.keys());
    sqlx::query(VERIFIED)
        .bind(person.person_id)
        .bind(&lookup)
        .bind(today)
        .bind(keys.seal(&serde_json::to_string(&protected)?)?)
        .execute(tx.conn())
        .await
        .context("marking a FİN as verified")?;
    tx.note(FIN_VERIFIED, person.id(), &json!({ "fin_source": source }), reason(asked))?;
    Ok(())
}

const CLAIM: &str = "
    insert into verified_fin (fin_lookup, person_id)
    values ($1, $2)
    on conflict do nothing";

async fn claim(tx: &mut Tx, person: Uuid, lookup: &[u8]) -> Result<bool> {
    let claimed = sqlx::query(CLAIM).bind(lookup).bind(person).execute(tx.conn()).await.context("claiming a FİN")?;
    Ok(claimed.rows_affected() == 1)
}

const VERIFIED: &str = "
    update person
    set fin_lookup = $2, fin_verified_on = $3, sealed = $4
    where person_id = $1";

const REFER: &str = "
    insert into duplicate_referral (person_id, referral_id, office, referred_on, officer_id)
    values ($1, $2, $3, $4, $5)";

async fn refer(tx: &mut Tx, asked: &Asked<'_>) -> Result<()> {
    let person = &asked.known.person;
    let (today, officer) = (tx.today(), tx.who().officer);
    let query = sqlx::query(REFER).bind(person.person_id).bind(Uuid::now_v7()).bind(person.office).bind(today).bind(officer.0);
    query.execute(tx.conn()).await.context("sending a person to the duplicate desk")?;
    tx.note(FIN_REFERRED, person.id(), &json!({}), reason(asked))?;
    Ok(())
}
