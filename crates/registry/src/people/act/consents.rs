//! `POST /people/{person}/consents`: a consent is given or withdrawn.

use super::{Act, Asked, reason};
use crate::people::{CONSENT_GIVEN, CONSENT_WITHDRAWN, codes};
use anyhow::{Context, Result};
use maud::{Markup, html};
use platform::{
    answer::Stop,
    draw,
    message::{Errors, Message},
    page::notice,
    scope::Tx,
};
use serde_json::json;

pub(crate) const CONSENTS: Act = Act { noun: "consents", fields, act: |tx, asked| Box::pin(act(tx, asked)) };

fn fields(asked: &Asked<'_>) -> Markup {
    let Asked { page, form, errors, .. } = asked;
    let options = |given: bool| -> Vec<(String, String)> {
        let kinds = codes::CONSENTS.iter().filter(|kind| is_given(asked, kind) == given);
        kinds.map(|kind| ((*kind).to_owned(), codes::words(page.lang, "consent-kind", kind))).collect()
    };
    html! {
        @if !options(false).is_empty() {
            (notice::inset(html! {
                p { (page.t("people-consent-data-text")) }
                p { (page.t("people-consent-photo-text")) }
            }))
            (draw::boxes(page, form, errors, "give", "people-consent-give", options(false)))
        }
        @if !options(true).is_empty() {
            (draw::boxes(page, form, errors, "withdraw", "people-consent-withdraw", options(true)))
        }
    }
}

fn is_given(asked: &Asked<'_>, kind: &str) -> bool {
    asked.known.consents.iter().any(|consent| consent.kind == kind && consent.withdrawn_on.is_none())
}

async fn act(tx: &mut Tx, asked: &Asked<'_>) -> Result<(), Stop> {
    let mut read = asked.form.reader();
    let chosen = |kinds: Vec<String>, given: bool| -> Vec<&'static str> {
        let known = codes::CONSENTS.iter().filter(|kind| kinds.iter().any(|chosen| chosen == *kind));
        known.copied().filter(|kind| is_given(asked, kind) == given).collect()
    };
    let give = chosen(read.many("give"), false);
    let withdraw = chosen(read.many("withdraw"), true);
    let (give, withdraw) = read.finish(Some((give, withdraw)))?;
    if give.is_empty() && withdraw.is_empty() {
        return Err(Errors::at("give", Message::new("people-error-nothing")).into());
    }
    for kind in give {
        given(tx, asked, kind).await?;
    }
    for kind in withdraw {
        withdrawn(tx, asked, kind).await?;
    }
    Ok(())
}

const GIVE: &str = "
    insert into consent (person_id, kind, text_version, given_on, office)
    values ($1, $2, $3, $4, $5)
    on conflict (person_id, kind, given_on) do update
    set withdrawn_on = null, text_version = excluded.text_version";

async fn given(tx: &mut Tx, asked: &Asked<'_>, kind: &str) -> Result<()> {
    let (person, today) = (&asked.known.person, tx.today());
    let query = sqlx::query(GIVE).bind(person.person_id).bind(kind).bind(codes::CONSENT_TEXT).bind(today).bind(person.office);
    query.execute(tx.conn()).await.context("writing a consent")?;
    tx.note(CONSENT_GIVEN, person.id(), &json!({ "kind": kind, "text_version": codes::CONSENT_TEXT }), reason(asked))?;
    Ok(())
}

const WITHDRAW: &str = "
    update consent
    set withdrawn_on = $3
    where person_id = $1
    and kind = $2
    and withdrawn_on is null";

async fn withdrawn(tx: &mut Tx, asked: &Asked<'_>, kind: &str) -> Result<()> {
    let (person, today) = (&asked.known.person, tx.today());
    let query = sqlx::query(WITHDRAW).bind(person.person_id).bind(kind).bind(today);
    query.execute(tx.conn()).await.context("withdrawing a consent")?;
    tx.note(CONSENT_WITHDRAWN, person.id(), &json!({ "kind": kind }), reason(asked))?;
    Ok(())
}
