//! Acknowledging, sorting, studying, and the word on the fifteenth day.

use super::{
    super::{
        HANDLE,
        deed::{Deed, Ground},
        rules,
    },
    none, read_through, routes_of, through,
};
use maud::{Markup, html};
use platform::{
    draw,
    form::{Posted, Reader},
    journal::EntryKind,
    message::Errors,
    route::Route,
};

pub(super) static ACKNOWLEDGE: Deed = Deed {
    noun: "acknowledgement",
    permission: HANDLE,
    kind: EntryKind::new(721, "grievance.acknowledged"),
    takes_part: false,
    may: |ground| rules::may_acknowledge(&ground.grievance),
    fields: none,
    read: |_, ground| {
        ground.grievance.acknowledged_on = Some(ground.today);
        ground.grievance.acknowledged_by = Some(ground.officer()?);
        Ok(Some(()))
    },
};

pub(super) static SORT: Deed = Deed {
    noun: "sorting",
    permission: HANDLE,
    kind: EntryKind::new(722, "grievance.sorted"),
    takes_part: false,
    may: |ground| rules::may_sort(&ground.grievance),
    fields: sorting,
    read: |read, ground| sort(read, ground),
};

pub(super) static STUDY: Deed = Deed {
    noun: "study",
    permission: HANDLE,
    kind: EntryKind::new(723, "grievance.studied"),
    // Whoever studied it for the first committee has had a part in it.
    takes_part: true,
    may: |ground| rules::may_study(&ground.grievance),
    fields: |ground, form, errors| {
        html! {
            (draw::area(ground.page, form, errors, "finding", "grievance-finding", 6).hint("grievance-finding-hint"))
        }
    },
    read: |read, ground| {
        let finding = read.reason("finding", 10);
        ground.grievance.finding = Some(ground.keys.seal(&finding)?);
        ground.grievance.studied_on = Some(ground.today);
        ground.grievance.studied_by = Some(ground.officer()?);
        Ok(Some(()))
    },
};

pub(super) static UPDATE: Deed = Deed {
    noun: "update",
    permission: HANDLE,
    kind: EntryKind::new(724, "grievance.updated"),
    takes_part: false,
    may: |ground| rules::may_update(&ground.grievance),
    fields: through,
    read: |read, ground| {
        read_through(read, ground);
        ground.grievance.updated_on = Some(ground.today);
        ground.grievance.updated_by = Some(ground.officer()?);
        Ok(Some(()))
    },
};

/// What it is about, and on which clock it runs.
fn sorting(ground: &Ground<'_>, form: &Posted, errors: &Errors) -> Markup {
    let (page, lang, grievance) = (ground.page, ground.page.lang, &ground.grievance);
    let first = || {
        let mut fields = vec![("category", grievance.category.as_str())];
        let known = ground.programme.grievances().category(&grievance.category);
        if grievance.needs_study || grievance.sorted_on.is_none() && known.is_some_and(|category| category.needs_study) {
            fields.push(("needs_study", "yes"));
        }
        fields.extend(grievance.confidential.then_some(("confidential", "yes")));
        fields.extend(grievance.retaliation_risk.then_some(("retaliation_risk", "yes")));
        Posted::of(fields)
    };
    let typed = if form.fields().next().is_some() { form.clone() } else { first() };
    let categories = ground.programme.grievances().categories.iter();
    let categories = categories.map(|category| (category.code.to_string(), lang.sentence(category.name.text(lang)))).collect();
    let yes = |key: &str| vec![("yes".to_owned(), page.t(key))];
    html! {
        (draw::select(page, &typed, errors, "category", "grievance-category", categories))
        (draw::boxes(page, &typed, errors, "needs_study", "grievance-clock", yes("grievance-needs-study")).hint("grievance-needs-study-hint"))
        (draw::boxes(page, &typed, errors, "confidential", "grievance-confidential", yes("grievance-confidential-yes")).hint("grievance-confidential-hint"))
        (draw::boxes(page, &typed, errors, "retaliation_risk", "grievance-retaliation", yes("grievance-retaliation-yes")))
    }
}

fn sort(read: &mut Reader<'_>, ground: &mut Ground<'_>) -> anyhow::Result<Option<()>> {
    let codes: Vec<&str> = ground.programme.grievances().categories.iter().map(|category| category.code.as_str()).collect();
    let code = read.choice("category", &codes);
    let known = ground.programme.grievances().category(&code);
    let (today, officer) = (ground.today, ground.officer()?);
    let (needs_study, confidential, risk) =
        (read.ticked("needs_study"), read.ticked("confidential"), read.ticked("retaliation_risk"));
    let grievance = &mut ground.grievance;
    grievance.due_on = rules::answer_due(ground.programme, grievance.reopened_on.unwrap_or(grievance.lodged_on), needs_study);
    grievance.needs_study = needs_study;
    grievance.confidential = confidential || known.is_some_and(|category| category.confidential);
    grievance.retaliation_risk = risk;
    grievance.category = code;
    grievance.sorted_on = Some(today);
    grievance.sorted_by = Some(officer);
    Ok(Some(()))
}

pub(super) fn routes() -> Vec<Route> {
    const NEW: &str = "
        select grievance_id as grievance, office, version
        from grievance
        where closed_on is null
        and acknowledged_on is null
        and not confidential
        and person_id <> '00000000-0000-0000-0000-000000000000'
        limit 1";
    const UNDECIDED: &str = "
        select grievance_id as grievance, office, version
        from grievance
        where closed_on is null
        and sorted_on is not null
        and decided_on is null
        and level = 1
        and updated_on is null
        and told_on is null
        and not confidential
        limit 1";
    [
        routes_of("/grievances/{grievance}/acknowledgement", &ACKNOWLEDGE, NEW, &[]),
        routes_of("/grievances/{grievance}/sorting", &SORT, UNDECIDED, &[("category", "SELECTION"), ("needs_study", "yes")]),
        routes_of(
            "/grievances/{grievance}/study",
            &STUDY,
            UNDECIDED,
            &[("finding", "Təhvil aktına baxıldı, çilingər avadanlığı yoxladı")],
        ),
        routes_of("/grievances/{grievance}/update", &UPDATE, UNDECIDED, &[("through", "HOTLINE")]),
    ]
    .into_iter()
    .flatten()
    .collect()
}
