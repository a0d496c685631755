//! `GET /grievances/{grievance}`: a grievance with its clocks, what was proposed, and what may be done now.

use super::{
    HANDLE, OPEN,
    deed::{self, Ground},
    deeds, letter, link, opening,
    proposal::Proposal,
    rules::{self, Step},
    store::{self, Grievance},
};
use anyhow::Result;
use axum::extract::{Path, State};
use chrono::NaiveDate;
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault},
    app::App,
    page::{
        SummaryRow, Tone,
        action::quiet_button_link,
        button_link, buttons, notice,
        panel::{Identity, identity_bar, panel},
        shell::heading,
        summary::summary_card,
        summary_list, tag,
    },
    request::Page,
    scope::Tx,
};
use registry::{
    case::heading as case_heading,
    people,
    programme::{self, InForce},
};
use serde_json::json;
use values::id::{GrievanceId, OfficeId};

/// What stands where something is covered.
const COVERED: &str = "•••••";

pub(super) async fn get(State(app): State<App>, page: Page, Path(id): Path<GrievanceId>) -> Answer {
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let grievance = store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let is_open = page.may(&OPEN) && opening::is_open(&mut tx, &grievance).await?;
    let ground = deed::ground(&mut tx, &app, &page, &programme, grievance).await?;
    let head = head(&mut tx, &page, &programme, &ground.grievance).await?;
    let names = names(&mut tx, &ground).await?;
    let seen = Seen { ground: &ground, shows: is_open || !ground.grievance.confidential, contact: is_open, names };
    let title = ground.grievance.number.clone();
    let body = html! {
        (head)
        (heading(&page.t("grievance-one"), &title))
        (seen.what_next())
        (panel(&page.t("grievance-matter"), seen.matter()?))
        @if !ground.proposals.is_empty() { (panel(&page.t("grievance-solutions"), seen.solutions()?)) }
        (panel(&page.t("grievance-way"), seen.way()?))
    };
    page.show(&title, &seen.view()?, body)
}

/// The bar that says which grievance this is, and whose.
pub(super) async fn head(tx: &mut Tx, page: &Page, programme: &InForce, grievance: &Grievance) -> Result<Markup> {
    let lang = page.lang;
    let person = match grievance.person().filter(|_| page.may(&people::READ) && !grievance.confidential) {
        Some(person) => people::store::find(tx, person).await?,
        None => None,
    };
    let name = match (&person, grievance.confidential, grievance.anonymous) {
        (Some(person), ..) => person.full_name(),
        (None, true, _) => page.t("grievance-confidential-name"),
        (None, false, true) => page.t("grievance-anonymous"),
        (None, false, false) => page.t("grievance-outsider"),
    };
    let office = programme.office(OfficeId(grievance.office)).map(|office| office.name.text(lang).to_owned());
    let mut facts = vec![
        (page.t("grievance-number"), html! { (grievance.number) }),
        (page.t("grievance-category"), html! { (category(page, programme, &grievance.category)) }),
        (page.t("grievance-office"), html! { (office.unwrap_or_else(|| page.t("grievance-centre"))) }),
    ];
    if let Some(case) = grievance.case().filter(|_| !grievance.confidential) {
        facts.push((
            page.t("grievance-case"),
            html! { a class="govuk-link" href=(case_heading::link(case)) { (page.t("grievance-case-open")) } },
        ));
    }
    Ok(identity_bar(&Identity { name: &name, facts: &facts, tags: tags(page, programme, grievance), actions: html! {} }))
}

/// What a grievance is about, in words.
pub(super) fn category(page: &Page, programme: &InForce, code: &str) -> String {
    let known = programme.grievances().category(code);
    known.map_or_else(|| code.to_owned(), |category| page.lang.sentence(category.name.text(page.lang)))
}

/// Where it stands and what makes it special, as tags.
pub(super) fn tags(page: &Page, programme: &InForce, grievance: &Grievance) -> Markup {
    html! {
        (state(page, programme, grievance))
        @if grievance.confidential { (tag(Tone::Attention, &page.t("grievance-tag-confidential"))) }
        @if grievance.retaliation_risk { (tag(Tone::Bad, &page.t("grievance-tag-retaliation"))) }
        @if grievance.level == 2 { (tag(Tone::Info, &page.t("grievance-tag-second"))) }
    }
}

/// The step it waits for, or how it ended.
pub(super) fn state(page: &Page, programme: &InForce, grievance: &Grievance) -> Markup {
    if let Some(outcome) = grievance.outcome() {
        return tag(Tone::Neutral, &page.t(&format!("grievance-outcome-{}", outcome.code())));
    }
    let words = page.t(&format!("grievance-state-{}", rules::step(grievance).code()));
    html! {
        (tag(Tone::Info, &words))
        @if rules::is_overdue(grievance, programme, page.today) { " " (tag(Tone::Bad, &page.t("grievance-tag-overdue"))) }
    }
}

async fn names(tx: &mut Tx, ground: &Ground<'_>) -> Result<Vec<(uuid::Uuid, String)>> {
    let g = &ground.grievance;
    let acted = [Some(g.lodged_by), g.acknowledged_by, g.sorted_by, g.studied_by, g.updated_by, g.escalated_by, g.closed_by];
    let proposed = ground.proposals.iter().map(|proposal| proposal.proposed_by);
    let all: Vec<uuid::Uuid> = acted.into_iter().flatten().chain(proposed).collect();
    store::names(tx, &all).await
}

/// A grievance as its reader may see it.
struct Seen<'a> {
    ground: &'a Ground<'a>,
    /// What it says is shown.
    shows: bool,
    /// How whoever complains is reached is shown.
    contact: bool,
    names: Vec<(uuid::Uuid, String)>,
}

impl Seen<'_> {
    fn page(&self) -> &Page {
        self.ground.page
    }

    fn t(&self, key: &str) -> String {
        self.ground.page.t(key)
    }

    fn name(&self, officer: Option<uuid::Uuid>) -> String {
        let known = self.names.iter().find(|(id, _)| Some(*id) == officer);
        known.map(|(_, name)| name.clone()).unwrap_or_default()
    }

    /// A sealed text, or what covers it.
    fn text(&self, sealed: Option<&str>) -> Result<Option<String>> {
        match sealed {
            None => Ok(None),
            Some(_) if !self.shows => Ok(Some(COVERED.to_owned())),
            Some(sealed) => Ok(Some(self.ground.keys.open(sealed)?)),
        }
    }

    /// The step that comes next and every other that is possible.
    fn what_next(&self) -> Markup {
        let (page, grievance) = (self.page(), &self.ground.grievance);
        let step = rules::step(grievance);
        let due = rules::due(grievance, self.ground.programme);
        let may = deeds::ALL.iter().filter(|deed| page.may(&deed.permission) && (deed.may)(self.ground).is_ok());
        let nouns: Vec<&str> = may.map(|deed| deed.noun).collect();
        let main = main_noun(step);
        let to = |noun: &str| format!("{}/{noun}", link(grievance.id()));
        let covered = !self.shows || !self.contact && grievance.contact.is_some();
        html! {
            @if step != Step::Closed {
                (notice::inset(html! {
                    p class="govuk-body" {
                        strong { (page.t(&format!("grievance-state-{}", step.code()))) }
                        " · " (page.t(&format!("role-{}", rules::turn(grievance).code().replace('_', "-"))))
                        @if let Some(due) = due { " · " (page.lang.with("grievance-until", &[("day", page.lang.date(due).into())])) }
                    }
                    @if rules::update_waits(grievance, page.today) { p class="govuk-body" { (page.t("grievance-update-waits")) } }
                }))
            }
            (buttons(html! {
                @if nouns.contains(&main) { (button_link(&page.t(&format!("grievance-{main}")), &to(main))) }
                @for noun in nouns.iter().filter(|noun| **noun != main) {
                    (quiet_button_link(&page.t(&format!("grievance-{noun}")), &to(noun)))
                }
                @if covered && page.may(&OPEN) { (quiet_button_link(&page.t("grievance-opening"), &to("opening"))) }
            }))
            @if grievance.decided_on.is_some() && page.may(&HANDLE) && self.shows {
                p class="govuk-body" {
                    a class="govuk-link" href=(letter::link(grievance.id(), &grievance.language)) { (page.t("grievance-letter")) }
                }
            }
        }
    }

    /// What happened, in the complainer's words, and how they are reached.
    fn matter(&self) -> Result<Markup> {
        let (page, grievance, lang) = (self.page(), &self.ground.grievance, self.page().lang);
        let matter = if self.shows { Some(grievance.matter(self.ground.keys)?) } else { None };
        let said = |text: Option<String>| text.filter(|text| !text.is_empty()).unwrap_or_else(|| "–".to_owned());
        let of = |pick: fn(&super::types::Matter) -> String| match &matter {
            Some(matter) => said(Some(pick(matter))),
            None => COVERED.to_owned(),
        };
        let often = matter.as_ref().map(|matter| format!("grievance-often-{}", matter.how_often.replace('_', "-")));
        let often = often
            .filter(|key| lang.has(key))
            .map_or_else(|| if self.shows { "–".to_owned() } else { COVERED.to_owned() }, |key| page.t(&key));
        let mut rows = vec![
            SummaryRow::text(self.t("grievance-what"), &of(|matter| matter.what.clone())),
            SummaryRow::text(self.t("grievance-when"), &of(|matter| matter.happened_when.clone())),
            SummaryRow::text(self.t("grievance-where"), &of(|matter| matter.happened_where.clone())),
            SummaryRow::text(self.t("grievance-often"), &often),
            SummaryRow::text(self.t("grievance-remedy"), &of(|matter| matter.remedy.clone())),
            SummaryRow::text(self.t("grievance-channel"), &self.channel(&grievance.channel)),
            SummaryRow::text(self.t("grievance-language"), &self.t(&format!("grievance-language-{}", grievance.language))),
        ];
        if grievance.contact.is_some() {
            let contact = if self.contact { Some(grievance.contact(self.ground.keys)?) } else { None };
            let words = contact.map_or_else(
                || COVERED.to_owned(),
                |contact| {
                    [contact.name, contact.reached_at].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
                },
            );
            rows.push(SummaryRow::text(self.t("grievance-contact"), &words));
        } else if !grievance.can_be_reached() {
            rows.push(SummaryRow::text(self.t("grievance-contact"), &self.t("grievance-contact-none")));
        }
        Ok(summary_list(&rows))
    }

    fn channel(&self, code: &str) -> String {
        let known = self.ground.programme.grievances().channel(code);
        known.map_or_else(|| code.to_owned(), |channel| self.page().lang.sentence(channel.name.text(self.page().lang)))
    }

    fn solutions(&self) -> Result<Markup> {
        let cards = self.ground.proposals.iter().map(|proposal| self.solution(proposal)).collect::<Result<Vec<_>>>()?;
        Ok(html! { @for card in cards { (card) } })
    }

    fn solution(&self, proposal: &Proposal) -> Result<Markup> {
        let (page, lang) = (self.page(), self.page().lang);
        let said = if self.shows { Some(proposal.solution(self.ground.keys)?) } else { None };
        let (text, members) = said.map_or_else(|| (COVERED.to_owned(), COVERED.to_owned()), |said| (said.text, said.members));
        let day = |day: NaiveDate| lang.date(day);
        let mut rows = vec![
            SummaryRow::text(self.t("grievance-solution"), &text),
            SummaryRow::text(self.t("grievance-members"), &members),
            SummaryRow::text(
                self.t("grievance-proposed-on"),
                &format!("{}, {}", day(proposal.proposed_on), self.name(Some(proposal.proposed_by))),
            ),
        ];
        if let Some(told) = proposal.told_on {
            let through = proposal.told_through.as_deref().map(|code| self.channel(code)).unwrap_or_default();
            rows.push(SummaryRow::text(self.t("grievance-told-on"), &format!("{}, {through}", day(told))));
        }
        if let (Some(accepted), Some(on)) = (proposal.accepted, proposal.answered_on) {
            let words = self.t(if accepted { "grievance-accepted-yes" } else { "grievance-accepted-no" });
            let own = self.text(proposal.answer.as_deref())?.map(|own| format!(": {own}")).unwrap_or_default();
            rows.push(SummaryRow::text(self.t("grievance-accepted"), &format!("{words}, {}{own}", day(on))));
        }
        let key = if proposal.level == 2 { "grievance-committee-second" } else { "grievance-committee-first" };
        let title = format!("{}. {}", proposal.position, page.t(key));
        Ok(summary_card(&title, html! {}, &rows))
    }

    /// The days of its way, with who acted.
    fn way(&self) -> Result<Markup> {
        let g = &self.ground.grievance;
        let lang = self.page().lang;
        let mut rows = Vec::new();
        let clock = if g.needs_study { "grievance-clock-study" } else { "grievance-clock-plain" };
        rows.extend(self.dated("grievance-lodged-on", Some(g.lodged_on), self.name(Some(g.lodged_by))));
        rows.extend(self.dated("grievance-acknowledged-on", g.acknowledged_on, self.name(g.acknowledged_by)));
        rows.extend(self.dated("grievance-sorted-on", g.sorted_on, self.name(g.sorted_by)));
        rows.extend(self.dated("grievance-due-on", Some(g.due_on), self.t(clock)));
        rows.extend(self.dated("grievance-updated-on", g.updated_on, self.name(g.updated_by)));
        rows.extend(self.dated("grievance-studied-on", g.studied_on, self.name(g.studied_by)));
        if let Some(finding) = self.text(g.finding.as_deref())? {
            rows.push(SummaryRow::text(self.t("grievance-finding"), &finding));
        }
        rows.extend(self.dated("grievance-escalated-on", g.escalated_on, self.name(g.escalated_by)));
        rows.extend(self.dated("grievance-reopened-on", g.reopened_on, String::new()));
        rows.extend(self.dated("grievance-referred-on", g.referred_on, g.referred_to.clone().unwrap_or_default()));
        rows.extend(self.dated("grievance-withdrawn-on", g.withdrawn_on, String::new()));
        rows.extend(self.dated("grievance-closed-on", g.closed_on, self.name(g.closed_by)));
        if let Some(cause) = &g.cause {
            let known = self.ground.programme.reasons(deeds::CAUSES).find(|reason| reason.code == **cause);
            let words = known.map_or_else(|| cause.clone(), |reason| lang.sentence(reason.name.text(lang)));
            rows.push(SummaryRow::text(self.t("grievance-cause"), &words));
        }
        if let Some(action) = self.text(g.action.as_deref())? {
            rows.push(SummaryRow::text(self.t("grievance-action"), &action));
        }
        Ok(summary_list(&rows))
    }

    /// A day of the way, if it has come, and who or what belongs to it.
    fn dated(&self, key: &str, day: Option<NaiveDate>, more: String) -> Option<SummaryRow> {
        let more = if more.is_empty() { more } else { format!(", {more}") };
        Some(SummaryRow::text(self.t(key), &format!("{}{more}", self.page().lang.date(day?))))
    }

    /// The same as data; nothing that is covered is in it.
    fn view(&self) -> Result<serde_json::Value> {
        let g = &self.ground.grievance;
        let matter = if self.shows { Some(g.matter(self.ground.keys)?) } else { None };
        Ok(json!({
            "grievance": g.grievance_id,
            "number": g.number,
            "case": g.case_id.filter(|_| !g.confidential),
            "category": g.category,
            "channel": g.channel,
            "confidential": g.confidential,
            "retaliation_risk": g.retaliation_risk,
            "needs_study": g.needs_study,
            "committee": g.level,
            "step": rules::step(g).code(),
            "lodged_on": g.lodged_on,
            "due_on": g.due_on,
            "told_on": g.told_on,
            "closed_on": g.closed_on,
            "outcome": g.outcome(),
            "matter": matter,
        }))
    }
}

/// The deed that takes the step.
const fn main_noun(step: Step) -> &'static str {
    match step {
        Step::Acknowledge => "acknowledgement",
        Step::Sort => "sorting",
        Step::Study => "study",
        Step::Propose => "proposal",
        Step::Tell => "telling",
        Step::HearAnswer => "answer",
        Step::GoOn => "escalation",
        Step::Close => "closing",
        Step::Closed => "reopening",
    }
}
