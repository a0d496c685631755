//! `POST /people/{person}/groups`: a membership begins by evidence, or ends.

use super::{Act, Asked, reason};
use crate::people::{
    GROUP_JOINED, GROUP_LEFT,
    form::{self, Judge},
    types::Membership,
    words,
};
use anyhow::{Context, Result};
use chrono::NaiveDate;
use maud::{Markup, html};
use platform::{
    answer::Stop,
    draw,
    message::{Errors, Message},
    page::form::group,
    scope::Tx,
};
use serde_json::json;

pub(crate) const GROUPS: Act = Act { noun: "groups", fields, act: |tx, asked| Box::pin(act(tx, asked)) };

fn fields(asked: &Asked<'_>) -> Markup {
    let Asked { page, form, errors, .. } = asked;
    let open = in_force(asked)
        .into_iter()
        .map(|(code, from)| (format!("{code} {from}"), format!("{} ({})", words::group(page, code), page.lang.date(from))));
    let open: Vec<(String, String)> = open.collect();
    let sheet = form::Sheet { page, programme: asked.programme, form, errors, corrects: false };
    html! {
        (group(&page.t("people-group-join"), form::group_fields(&sheet)))
        @if !open.is_empty() {
            (group(&page.t("people-group-leave"), html! {
                (draw::select(page, form, errors, "leave", "people-group", open))
                (draw::date(page, form, errors, "left_on", "people-valid-to"))
            }))
        }
    }
}

fn in_force<'a>(asked: &Asked<'a>) -> Vec<(&'a str, NaiveDate)> {
    let groups = asked.known.groups.iter().filter(|group| group.valid_to.is_none());
    groups.map(|group| (group.code.as_str(), group.valid_from)).collect()
}

async fn act(tx: &mut Tx, asked: &Asked<'_>) -> Result<(), Stop> {
    let today = asked.page.today;
    let judge = Judge { programme: asked.programme, today, keeps_protected: false };
    let mut read = asked.form.reader();
    let joined = form::read_groups(&mut read, &judge, asked.form, today);
    let twice = joined.iter().any(|group| in_force(asked).iter().any(|(code, _)| *code == group.code));
    if twice {
        read.wrong("group-1-code", Message::new("people-error-in-group"));
    }
    let left = read.optional("leave");
    let left = left.and_then(|left| in_force(asked).into_iter().find(|(code, from)| left == format!("{code} {from}")));
    let left_on = read.optional_date("left_on").unwrap_or(today);
    if left.is_some_and(|(_, from)| left_on < from) {
        read.wrong("left_on", Message::new("people-error-order"));
    }
    let joined = read.finish(Some(joined))?;
    if joined.is_empty() && left.is_none() {
        return Err(Errors::at("group-1-code", Message::new("people-error-nothing")).into());
    }
    for group in &joined {
        join(tx, asked, group).await?;
    }
    if let Some((code, from)) = left {
        leave(tx, asked, code, from, left_on).await?;
    }
    Ok(())
}

const JOIN: &str = "
    insert into person_group (person_id, code, valid_from, valid_to, source, sealed, office)
    values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (person_id, code, valid_from) do update
    set valid_to = excluded.valid_to, source = excluded.source, sealed = excluded.sealed";

async fn join(tx: &mut Tx, asked: &Asked<'_>, group: &Membership) -> Result<()> {
    let person = &asked.known.person;
    let keys = tx.keys();
    let sealed = group.evidence.as_ref().map(|evidence| keys.seal(evidence)).transpose()?;
    sqlx::query(JOIN)
        .bind(person.person_id)
        .bind(&group.code)
        .bind(group.valid_from)
        .bind(group.valid_to)
        .bind(&group.source)
        .bind(&sealed)
        .bind(person.office)
        .execute(tx.conn())
        .await
        .context("writing a group")?;
    let facts = json!({
        "group": group.code, "day": group.valid_from, "until": group.valid_to, "source": group.source, "evidence": sealed
    });
    tx.note(GROUP_JOINED, person.id(), &facts, reason(asked))?;
    Ok(())
}

const LEAVE: &str = "
    update person_group
    set valid_to = $4
    where person_id = $1
    and code = $2
    and valid_from = $3";

async fn leave(tx: &mut Tx, asked: &Asked<'_>, code: &str, from: NaiveDate, on: NaiveDate) -> Result<()> {
    let person = &asked.known.person;
    let query = sqlx::query(LEAVE).bind(person.person_id).bind(code).bind(from).bind(on);
    query.execute(tx.conn()).await.context("ending a group")?;
    tx.note(GROUP_LEFT, person.id(), &json!({ "group": code, "day": on }), reason(asked))?;
    Ok(())
}
