//! How a grievance ends: closed with its cause and what was done, passed on to another body, taken back; and opened again.

use super::{
    super::{
        HANDLE,
        deed::{Deed, Ground},
        rules,
        types::Outcome,
    },
    routes_of,
};
use maud::{Markup, html};
use platform::{
    draw,
    form::{Posted, Reader},
    journal::EntryKind,
    message::Errors,
    route::Route,
};

/// The programme's list of causes.
pub(in crate::grievance) const CAUSES: &str = "grievance_cause";

pub(super) static CLOSE: Deed = Deed {
    noun: "closing",
    permission: HANDLE,
    kind: EntryKind::new(731, "grievance.closed"),
    takes_part: false,
    may: |ground| rules::ending(&ground.grievance).map(|_| ()),
    fields: closing,
    read: |read, ground| {
        let causes: Vec<&str> = ground.programme.reasons(CAUSES).map(|reason| reason.code.as_str()).collect();
        let cause = read.choice("cause", &causes);
        let action = read.reason("action", 10);
        let Ok(outcome) = rules::ending(&ground.grievance) else { return Ok(None) };
        ground.grievance.cause = Some(cause);
        ground.grievance.action = Some(ground.keys.seal(&action)?);
        end(ground, outcome)
    },
};

pub(super) static REFER: Deed = Deed {
    noun: "referral",
    permission: HANDLE,
    kind: EntryKind::new(730, "grievance.referred"),
    takes_part: false,
    may: |ground| rules::may_leave(&ground.grievance),
    fields: |ground, form, errors| {
        html! {
            (draw::input(ground.page, form, errors, "referred_to", "grievance-referred-to").hint("grievance-referred-to-hint"))
            (why(ground, form, errors))
        }
    },
    read: |read, ground| {
        ground.grievance.referred_to = Some(read.required("referred_to"));
        ground.grievance.referred_on = Some(ground.today);
        ground.reason = Some(read.reason("reason", 5));
        end(ground, Outcome::Referred)
    },
};

pub(super) static WITHDRAW: Deed = Deed {
    noun: "withdrawal",
    permission: HANDLE,
    kind: EntryKind::new(729, "grievance.withdrawn"),
    takes_part: false,
    may: |ground| rules::may_leave(&ground.grievance),
    fields: why,
    read: |read, ground| {
        ground.reason = Some(read.reason("reason", 5));
        ground.grievance.withdrawn_on = Some(ground.today);
        end(ground, Outcome::Withdrawn)
    },
};

pub(super) static REOPEN: Deed = Deed {
    noun: "reopening",
    permission: HANDLE,
    kind: EntryKind::new(732, "grievance.reopened"),
    takes_part: false,
    may: |ground| rules::may_reopen(&ground.grievance),
    fields: why,
    read: |read, ground| reopen(read, ground),
};

fn why(ground: &Ground<'_>, form: &Posted, errors: &Errors) -> Markup {
    html! { (draw::area(ground.page, form, errors, "reason", "case-reason", 3).hint("grievance-reason-hint")) }
}

fn closing(ground: &Ground<'_>, form: &Posted, errors: &Errors) -> Markup {
    let (page, lang) = (ground.page, ground.page.lang);
    let causes = ground.programme.reasons(CAUSES).map(|r| (r.code.to_string(), lang.sentence(r.name.text(lang)))).collect();
    html! {
        @if let Ok(outcome) = rules::ending(&ground.grievance) {
            p class="govuk-body" { strong { (page.t(&format!("grievance-outcome-{}", outcome.code()))) } }
        }
        (draw::select(page, form, errors, "cause", "grievance-cause", causes))
        (draw::area(page, form, errors, "action", "grievance-action", 4).hint("grievance-action-hint"))
    }
}

fn end(ground: &mut Ground<'_>, outcome: Outcome) -> anyhow::Result<Option<()>> {
    let officer = ground.officer()?;
    let grievance = &mut ground.grievance;
    grievance.closed_on = Some(ground.today);
    grievance.closed_by = Some(officer);
    grievance.outcome = Some(outcome as i16);
    Ok(Some(()))
}

/// The clock begins anew; what was proposed before stays to be read.
fn reopen(read: &mut Reader<'_>, ground: &mut Ground<'_>) -> anyhow::Result<Option<()>> {
    ground.reason = Some(read.reason("reason", 5));
    let (today, programme) = (ground.today, ground.programme);
    let grievance = &mut ground.grievance;
    grievance.reopened_on = Some(today);
    grievance.due_on = rules::answer_due(programme, today, grievance.needs_study);
    grievance.told_on = None;
    grievance.decided_on = None;
    grievance.decision_due_on = None;
    grievance.decision_told_on = None;
    grievance.answered_on = None;
    grievance.accepted = None;
    grievance.withdrawn_on = None;
    grievance.referred_on = None;
    grievance.referred_to = None;
    grievance.closed_on = None;
    grievance.closed_by = None;
    grievance.outcome = None;
    Ok(Some(()))
}

pub(super) fn routes() -> Vec<Route> {
    const ACCEPTED: &str = "
        select grievance_id as grievance, office, version
        from grievance
        where closed_on is null
        and accepted
        and not confidential
        limit 1";
    const OPEN: &str = "
        select grievance_id as grievance, office, version
        from grievance
        where closed_on is null
        and not confidential
        order by lodged_on desc
        limit 1";
    const CLOSED: &str = "
        select grievance_id as grievance, office, version
        from grievance
        where closed_on is not null
        and not confidential
        limit 1";
    [
        routes_of(
            "/grievances/{grievance}/closing",
            &CLOSE,
            ACCEPTED,
            &[("cause", "goods"), ("action", "Maşın təmir olunub, şəxs razıdır")],
        ),
        routes_of(
            "/grievances/{grievance}/referral",
            &REFER,
            OPEN,
            &[
                ("referred_to", "İstehlakçıların hüquqlarının müdafiəsi xidməti"),
                ("reason", "Məsələ bu qurumun səlahiyyətində deyil"),
            ],
        ),
        routes_of("/grievances/{grievance}/withdrawal", &WITHDRAW, OPEN, &[("reason", "Məsələ öz aramızda həll olundu")]),
        routes_of("/grievances/{grievance}/reopening", &REOPEN, CLOSED, &[("reason", "Eyni nasazlıq yenə baş verib")]),
    ]
    .into_iter()
    .flatten()
    .collect()
}
