//! `POST /people/{person}/household`: somebody joins the household or leaves it.

use super::{Act, Asked, reason};
use crate::people::{
    HOUSEHOLD_CHANGED, codes,
    form::{self, Judge},
    store::{FIN, SealedMember},
    types::Member,
};
use anyhow::{Context, Result};
use maud::{Markup, html};
use platform::{
    answer::Stop,
    draw,
    message::{Errors, Message},
    page::form::group,
    scope::Tx,
};
use serde_json::json;

pub(crate) const HOUSEHOLD: Act = Act { noun: "household", fields, act: |tx, asked| Box::pin(act(tx, asked)) };

fn fields(asked: &Asked<'_>) -> Markup {
    let Asked { page, form, errors, .. } = asked;
    let there: Vec<(String, String)> = asked
        .known
        .household
        .iter()
        .map(|member| {
            let born = member.birth_date.map(|day| page.lang.date(day)).unwrap_or_default();
            let words = format!("{} {} {born}", member.member, codes::words(page.lang, "relation", &member.relation));
            (member.member.to_string(), words)
        })
        .collect();
    let sheet = form::Sheet { page, programme: asked.programme, form, errors, corrects: false };
    html! {
        (group(&page.t("people-member-join"), form::member_fields(&sheet)))
        @if !there.is_empty() {
            (group(&page.t("people-member-leave"), html! {
                (draw::select(page, form, errors, "leave", "people-relation", there))
            }))
        }
    }
}

async fn act(tx: &mut Tx, asked: &Asked<'_>) -> Result<(), Stop> {
    let judge = Judge { programme: asked.programme, today: asked.page.today, keeps_protected: false };
    let mut read = asked.form.reader();
    let joined = form::read_household(&mut read, &judge, asked.form);
    let left = read.optional("leave").and_then(|number| number.parse::<i16>().ok());
    let left = asked.known.household.iter().find(|member| Some(member.member) == left);
    let joined = read.finish(Some(joined))?;
    if joined.is_empty() && left.is_none() {
        return Err(Errors::at("member-1-name", Message::new("people-error-nothing")).into());
    }
    let last = asked.known.household.iter().map(|member| member.member).max().unwrap_or(0);
    for (number, member) in (last + 1..).zip(&joined) {
        join(tx, asked, number, member).await?;
    }
    if let Some(member) = left {
        leave(tx, asked, member.member, &member.relation).await?;
    }
    Ok(())
}

const JOIN: &str = "
    insert into household_member (person_id, member, relation, birth_date, working, disabled, fin_lookup, sealed, office)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

async fn join(tx: &mut Tx, asked: &Asked<'_>, number: i16, member: &Member) -> Result<()> {
    let (person, keys) = (&asked.known.person, tx.keys());
    let sealed = SealedMember { name: member.name.clone(), fin: member.fin.clone() };
    sqlx::query(JOIN)
        .bind(person.person_id)
        .bind(number)
        .bind(&member.relation)
        .bind(member.birth_date)
        .bind(member.working)
        .bind(member.disabled)
        .bind(member.fin.as_ref().map(|fin| keys.lookup(FIN, fin)))
        .bind(keys.seal(&serde_json::to_string(&sealed)?)?)
        .bind(person.office)
        .execute(tx.conn())
        .await
        .context("writing a member of a household")?;
    let facts = json!({ "relation": member.relation, "member": number, "joined": true });
    tx.note(HOUSEHOLD_CHANGED, person.id(), &facts, reason(asked))?;
    Ok(())
}

const LEAVE: &str = "
    delete from household_member
    where person_id = $1
    and member = $2";

async fn leave(tx: &mut Tx, asked: &Asked<'_>, number: i16, relation: &str) -> Result<()> {
    let person = &asked.known.person;
    let query = sqlx::query(LEAVE).bind(person.person_id).bind(number);
    query.execute(tx.conn()).await.context("taking a member out of a household")?;
    let facts = json!({ "relation": relation, "member": number, "joined": false });
    tx.note(HOUSEHOLD_CHANGED, person.id(), &facts, reason(asked))?;
    Ok(())
}
