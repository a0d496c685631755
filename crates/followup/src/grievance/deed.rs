//! Something done with one grievance through a form of its own: acknowledging, sorting, telling, closing … Each is a value
//! that reads its form into the grievance; these two handlers serve them all.

use super::{
    hold, link,
    proposal::{self, Proposal},
    rules::Refusal,
    show,
    store::{self, Grievance},
};
use axum::extract::State;
use chrono::NaiveDate;
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::{Posted, Reader},
    journal::EntryKind,
    keys::Keys,
    message::{Errors, Explain},
    page::shell::heading,
    request::Page,
    role::{Permission, Role},
    scope::Tx,
};
use registry::programme::{self, InForce, keys as terms};
use serde_json::json;
use values::id::GrievanceId;

/// One thing that may be done. Its words stand under `grievance-NOUN`, `…-submit` and `…-hint`.
pub struct Deed {
    /// The noun in its path: `/grievances/{grievance}/NOUN`.
    pub noun: &'static str,
    pub permission: Permission,
    pub kind: EntryKind,
    /// Whoever does it has a part in deciding.
    pub takes_part: bool,
    pub may: fn(&Ground<'_>) -> Result<(), Refusal>,
    pub fields: fn(&Ground<'_>, &Posted, &Errors) -> Markup,
    /// Changes the grievance as the form says, when it can be read.
    pub read: fn(&mut Reader<'_>, &mut Ground<'_>) -> anyhow::Result<Option<()>>,
}

/// What a deed rests on, and changes.
pub struct Ground<'a> {
    pub page: &'a Page,
    pub programme: &'a InForce,
    pub keys: &'a Keys,
    pub role: Role,
    pub today: NaiveDate,
    pub grievance: Grievance,
    pub proposals: Vec<Proposal>,
    /// Why, for the journal.
    pub reason: Option<String>,
}

impl Ground<'_> {
    /// Most solutions that may be proposed.
    pub fn most(&self) -> u32 {
        self.programme.parameter(&terms::GRIEVANCE_PROPOSALS, self.grievance.lodged_on)
    }

    /// Solutions proposed since the grievance came in, or was opened again.
    pub fn proposed(&self) -> usize {
        let since = self.grievance.reopened_on;
        self.proposals.iter().filter(|proposal| since.is_none_or(|day| proposal.proposed_on >= day)).count()
    }

    /// The acting officer.
    pub fn officer(&self) -> anyhow::Result<uuid::Uuid> {
        self.page.officer().map(|officer| officer.0).map_err(|_| anyhow::anyhow!("nobody is signed in"))
    }
}

/// `GET /grievances/{grievance}/NOUN`
pub async fn get(deed: &'static Deed, State(app): State<App>, page: Page, id: GrievanceId) -> Answer {
    show_form(deed, &app, &page, id, &Posted::empty(), Errors::none()).await
}

/// `POST /grievances/{grievance}/NOUN`
pub async fn post(deed: &'static Deed, State(app): State<App>, page: Page, id: GrievanceId, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(deed, &mut tx, &app, &page, id, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show_form(deed, &app, &page, id, &form, stop.errors()?).await
        }
    }
}

async fn act(deed: &Deed, tx: &mut Tx, app: &App, page: &Page, id: GrievanceId, form: &Posted) -> Result<String, Stop> {
    let programme = programme::current(app)?;
    let grievance = store::lock(tx, id).await?.ok_or(Fault::NotFound)?;
    let seen = form.version();
    if seen != 0 && seen != grievance.version {
        let mut errors = Errors::none();
        errors.add_whole(platform::message::Message::new("form-error-stale"));
        return Err(errors.into());
    }
    let mut ground = ground(tx, app, page, &programme, grievance).await?;
    (deed.may)(&ground).map_err(|refusal| Stop::refused(&refusal))?;
    let before = ground.proposals.len();
    let mut reader = form.reader();
    let read = (deed.read)(&mut reader, &mut ground)?;
    reader.finish(read)?;
    if deed.takes_part {
        store::take_part(tx, &ground.grievance).await?;
    }
    hold::settle(tx, app, &mut ground.grievance, &programme).await?;
    store::save(tx, &ground.grievance).await?;
    match ground.proposals.last() {
        Some(new) if ground.proposals.len() > before => proposal::insert(tx, std::slice::from_ref(new)).await?,
        Some(latest) => proposal::save(tx, latest).await?,
        None => {}
    }
    note(tx, deed.kind, &ground)?;
    // Whoever may not read it any more is led to the list.
    let readable = !ground.grievance.confidential || ground.role == Role::Grievance;
    Ok(if readable { link(id) } else { "/grievances".to_owned() })
}

/// Tells the journal; of what is confidential only that something was done, and the reason sealed.
fn note(tx: &mut Tx, kind: EntryKind, ground: &Ground<'_>) -> anyhow::Result<()> {
    let grievance = &ground.grievance;
    let mut facts = json!({ "grievance": grievance.grievance_id, "number": grievance.number });
    let mut reason = ground.reason.as_deref();
    if grievance.confidential {
        let sealed = reason.map(|reason| ground.keys.seal(reason)).transpose()?;
        facts["sealed_reason"] = json!(sealed);
        reason = None;
    } else {
        let now = [
            ("case", json!(grievance.case_id)),
            ("category", json!(grievance.category)),
            ("committee", json!(grievance.level)),
            ("due_on", json!(grievance.due_on)),
            ("outcome", json!(grievance.outcome())),
        ];
        for (name, value) in now.into_iter().filter(|(_, value)| !value.is_null()) {
            facts[name] = value;
        }
    }
    tx.note(kind, grievance.told_of(), &facts, reason)?;
    Ok(())
}

pub(super) async fn ground<'a>(
    tx: &mut Tx,
    app: &'a App,
    page: &'a Page,
    programme: &'a InForce,
    grievance: Grievance,
) -> Result<Ground<'a>, Fault> {
    let proposals = proposal::of(tx, grievance.person_id, grievance.grievance_id).await?;
    let role = page.who()?.role;
    Ok(Ground { page, programme, keys: app.keys(), role, today: page.today, grievance, proposals, reason: None })
}

async fn show_form(deed: &Deed, app: &App, page: &Page, id: GrievanceId, form: &Posted, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let grievance = store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let ground = ground(&mut tx, app, page, &programme, grievance).await?;
    let head = show::head(&mut tx, page, &programme, &ground.grievance).await?;
    let refused = (deed.may)(&ground).err();
    let key = format!("grievance-{}", deed.noun);
    let title = page.t(&key);
    let action = format!("{}/{}", link(id), deed.noun);
    let body = html! {
        (head)
        (heading(&ground.grievance.number, &title))
        @if let Some(refusal) = &refused {
            p class="govuk-body" { (refusal.message().text(page.lang)) }
            p class="govuk-body" { a class="govuk-link" href=(link(id)) { (page.t("grievance-back")) } }
        } @else {
            p class="govuk-body" { (page.t(&format!("{key}-hint"))) }
            (draw::form(page, &action, Some(ground.grievance.version), &page.t(&format!("{key}-submit")),
                (deed.fields)(&ground, form, &errors)))
        }
    };
    let view = json!({ "grievance": id, "number": ground.grievance.number, "deed": deed.noun, "may": refused.is_none() });
    page.show_form(&title, &view, &errors, body)
}
