//! A committee proposes, the complainer is told and answers; what is not accepted may go to the second committee.

use super::{
    super::{
        HANDLE, PROPOSE as MAY_PROPOSE,
        deed::{Deed, Ground},
        proposal::Proposal,
        rules,
        types::{Solution, seal},
    },
    none, read_through, routes_of, through,
};
use anyhow::Context;
use maud::html;
use platform::{draw, form::Reader, journal::EntryKind, message::Message, page::Width, route::Route};
use registry::programme::keys as terms;

pub(super) static PROPOSE: Deed = Deed {
    noun: "proposal",
    permission: MAY_PROPOSE,
    kind: EntryKind::new(725, "grievance.proposed"),
    takes_part: true,
    may: |ground| rules::may_propose(&ground.grievance, ground.role, ground.proposed(), ground.most()),
    fields: |ground, form, errors| {
        html! {
            (draw::area(ground.page, form, errors, "solution", "grievance-solution", 5).hint("grievance-solution-hint"))
            (draw::input(ground.page, form, errors, "members", "grievance-members").hint("grievance-members-hint").width(Width::Full))
        }
    },
    read: |read, ground| propose(read, ground),
};

pub(super) static TELL: Deed = Deed {
    noun: "telling",
    permission: HANDLE,
    kind: EntryKind::new(726, "grievance.told"),
    takes_part: false,
    may: |ground| rules::may_tell(&ground.grievance),
    fields: through,
    read: |read, ground| {
        let (through, today, officer) = (read_through(read, ground), ground.today, ground.officer()?);
        let latest = ground.proposals.last_mut().context("a decision without a proposal")?;
        latest.told_on = Some(today);
        latest.told_by = Some(officer);
        latest.told_through = Some(through);
        ground.grievance.decision_told_on = Some(today);
        ground.grievance.told_on.get_or_insert(today);
        Ok(Some(()))
    },
};

pub(super) static ANSWER: Deed = Deed {
    noun: "answer",
    permission: HANDLE,
    kind: EntryKind::new(727, "grievance.answered"),
    takes_part: false,
    may: |ground| rules::may_answer(&ground.grievance),
    fields: |ground, form, errors| {
        let page = ground.page;
        let choices = ["yes", "no"].map(|code| (code.to_owned(), page.t(&format!("grievance-accepted-{code}")))).to_vec();
        html! {
            (draw::radios(page, form, errors, "accepted", "grievance-accepted", choices))
            (draw::area(page, form, errors, "words", "grievance-words", 3).hint("grievance-words-hint"))
        }
    },
    read: |read, ground| answer(read, ground),
};

pub(super) static ESCALATE: Deed = Deed {
    noun: "escalation",
    permission: HANDLE,
    kind: EntryKind::new(728, "grievance.escalated"),
    takes_part: false,
    may: |ground| rules::may_escalate(&ground.grievance),
    fields: none,
    read: |_, ground| {
        let (today, officer) = (ground.today, ground.officer()?);
        let grievance = &mut ground.grievance;
        grievance.level = 2;
        grievance.escalated_on = Some(today);
        grievance.escalated_by = Some(officer);
        grievance.decided_on = None;
        grievance.decision_due_on = None;
        grievance.decision_told_on = None;
        grievance.answered_on = None;
        grievance.accepted = None;
        Ok(Some(()))
    },
};

fn propose(read: &mut Reader<'_>, ground: &mut Ground<'_>) -> anyhow::Result<Option<()>> {
    let solution = Solution { text: read.reason("solution", 10), members: read.required("members") };
    let position = ground.proposals.last().map_or(1, |last| last.position + 1);
    let (today, officer) = (ground.today, ground.officer()?);
    let grievance = &mut ground.grievance;
    ground.proposals.push(Proposal {
        person_id: grievance.person_id,
        grievance_id: grievance.grievance_id,
        position,
        office: grievance.office,
        level: grievance.level,
        proposed_on: today,
        proposed_by: officer,
        solution: seal(ground.keys, &solution)?,
        told_on: None,
        told_by: None,
        told_through: None,
        accepted: None,
        answered_on: None,
        answered_by: None,
        answer: None,
    });
    grievance.decided_on = Some(today);
    grievance.decision_due_on = Some(ground.programme.due(&terms::GRIEVANCE_TOLD_TERM, today));
    grievance.decision_told_on = None;
    grievance.answered_on = None;
    grievance.accepted = None;
    Ok(Some(()))
}

fn answer(read: &mut Reader<'_>, ground: &mut Ground<'_>) -> anyhow::Result<Option<()>> {
    let accepted = read.choice("accepted", &["yes", "no"]) == "yes";
    let words = read.optional("words");
    if !accepted && words.is_none() {
        read.wrong("words", Message::new("grievance-words-missing"));
    }
    let (today, officer) = (ground.today, ground.officer()?);
    let latest = ground.proposals.last_mut().context("an answer without a proposal")?;
    latest.accepted = Some(accepted);
    latest.answered_on = Some(today);
    latest.answered_by = Some(officer);
    latest.answer = words.map(|words| ground.keys.seal(&words)).transpose()?;
    ground.grievance.accepted = Some(accepted);
    ground.grievance.answered_on = Some(today);
    Ok(Some(()))
}

pub(super) fn routes() -> Vec<Route> {
    const WAITS: &str = "
        select grievance_id as grievance, office, version
        from grievance
        where closed_on is null
        and sorted_on is not null
        and (not needs_study or studied_on is not null)
        and decided_on is null
        and level = 1
        and not confidential
        limit 1";
    const UNTOLD: &str = "
        select grievance_id as grievance, office, version
        from grievance
        where closed_on is null
        and decided_on is not null
        and decision_told_on is null
        and not confidential
        limit 1";
    const UNANSWERED: &str = "
        select grievance_id as grievance, office, version
        from grievance
        where closed_on is null
        and decision_told_on is not null
        and accepted is null
        and not confidential
        limit 1";
    const NOT_ACCEPTED: &str = "
        select grievance_id as grievance, office, version
        from grievance
        where closed_on is null
        and accepted = false
        and level = 1
        and not confidential
        limit 1";
    [
        routes_of(
            "/grievances/{grievance}/proposal",
            &PROPOSE,
            WAITS,
            &[
                ("solution", "Təchizatçı maşını iki həftəyə təmir etsin"),
                ("members", "qurum rəhbəri, şikayət əməkdaşı, icma nümayəndəsi"),
            ],
        ),
        routes_of("/grievances/{grievance}/telling", &TELL, UNTOLD, &[("through", "HOTLINE")]),
        routes_of(
            "/grievances/{grievance}/answer",
            &ANSWER,
            UNANSWERED,
            &[("accepted", "no"), ("words", "Təmir yox, yenisini istəyirəm")],
        ),
        routes_of("/grievances/{grievance}/escalation", &ESCALATE, NOT_ACCEPTED, &[]),
    ]
    .into_iter()
    .flatten()
    .collect()
}
