//! The fields of a sitting: a member's votes on the items of the agenda, and the secretary's record of who came and what was
//! decided.

use super::{Choice, Votes};
use maud::{Markup, html};
use platform::{
    draw,
    form::{Posted, Reader},
    message::{Errors, Message},
    page::form::group,
    request::Page,
};
use uuid::Uuid;

/// An item of the agenda as a form shows it.
pub struct Shown {
    pub item: Uuid,
    /// Its number on the agenda and its code.
    pub title: String,
    /// What is known of it.
    pub about: Markup,
}

/// A vote as a member cast it.
pub struct Cast {
    pub item: Uuid,
    pub choice: Choice,
    pub reason: Option<String>,
}

/// The votes on those items on which the member voted; whoever steps aside says why.
pub fn read_votes(mut read: Reader<'_>, items: impl IntoIterator<Item = Uuid>) -> Result<Vec<Cast>, Errors> {
    let mut votes = Vec::new();
    for item in items {
        let Some(choice) = Choice::from_code(&read.text(&format!("vote-{item}"))) else { continue };
        let why = format!("why-{item}");
        let reason = read.optional(&why);
        if choice == Choice::Recused && reason.is_none() {
            read.wrong(&why, Message::new("sitting-error-recusal"));
        }
        votes.push(Cast { item, choice, reason });
    }
    read.finish(Some(votes))
}

/// The form of votes cast before: their numbers and reasons by item.
pub fn votes_before<'v>(cast: impl IntoIterator<Item = (Uuid, i16, Option<&'v str>)>) -> Posted {
    Posted::of(cast.into_iter().flat_map(|(item, vote, reason)| {
        let choice = Choice::from_number(vote).map_or("", Choice::code);
        [(format!("vote-{item}"), choice.to_owned()), (format!("why-{item}"), reason.unwrap_or_default().to_owned())]
    }))
}

/// The fields of a member's votes.
pub fn draw_votes(page: &Page, form: &Posted, errors: &Errors, items: &[Shown]) -> Markup {
    let choices = || Choice::ALL.map(|one| (one.code().to_owned(), page.t(&format!("sitting-vote-{}", one.code())))).to_vec();
    let fields: Vec<_> =
        items.iter().map(|shown| (shown, format!("vote-{}", shown.item), format!("why-{}", shown.item))).collect();
    html! {
        @for (shown, vote, why) in &fields {
            (group(&shown.title, html! {
                (shown.about)
                (draw::radios(page, form, errors, vote, "sitting-vote", choices()).compact())
                (draw::input(page, form, errors, why, "sitting-vote-why"))
            }))
        }
    }
}

/// Votes in words.
pub fn votes_words(page: &Page, votes: Votes) -> String {
    page.lang.with(
        "sitting-votes-are",
        &[
            ("for", i64::from(votes.in_favour).into()),
            ("against", i64::from(votes.against).into()),
            ("abstained", i64::from(votes.abstained).into()),
            ("recused", i64::from(votes.recused).into()),
        ],
    )
}

/// What may be decided, by the codes of the form.
pub trait Decides: Copy + 'static {
    const ALL: &'static [Self];
    /// The code by which the form knows it.
    fn code(self) -> &'static str;
    /// Whether the person must be told why.
    fn needs_reason(self) -> bool;
}

/// A decision on an item with its reason.
#[derive(Clone, Debug)]
pub struct Decided<D> {
    pub item: Uuid,
    pub decision: D,
    pub reason: Option<String>,
}

/// Who came, and a decision on every item: its own, or the one for the rest.
pub fn read_closure<D: Decides>(
    mut read: Reader<'_>,
    items: impl IntoIterator<Item = Uuid>,
) -> Result<(Vec<Uuid>, Vec<Decided<D>>), Errors> {
    let from_code = |code: String| D::ALL.iter().copied().find(|decision| decision.code() == code);
    let came: Vec<Uuid> = read.many("present").iter().filter_map(|id| id.parse().ok()).collect();
    if came.is_empty() {
        read.wrong("present", Message::new("sitting-error-present"));
    }
    let rest = from_code(read.text("rest"));
    let rest_reason = read.optional("rest_reason");
    let mut decided = Vec::new();
    for item in items {
        let (name, why) = (format!("decision-{item}"), format!("reason-{item}"));
        let own = from_code(read.text(&name));
        let reason = read.optional(&why).or_else(|| rest_reason.clone().filter(|_| own.is_none()));
        match own.or(rest) {
            None => read.wrong(&name, Message::new("sitting-error-decision")),
            Some(decision) if decision.needs_reason() && reason.is_none() => {
                read.wrong(&why, Message::new("sitting-error-reason"));
            }
            Some(decision) => decided.push(Decided { item, decision, reason }),
        }
    }
    read.finish(Some((came, decided)))
}

/// The fields of a closure: who came of the members, given by id and name, and the decisions, given by code and words.
pub fn draw_closure(
    page: &Page,
    form: &Posted,
    errors: &Errors,
    members: Vec<(String, String)>,
    items: &[Shown],
    decisions: &[(String, String)],
) -> Markup {
    let fields: Vec<_> =
        items.iter().map(|shown| (shown, format!("decision-{}", shown.item), format!("reason-{}", shown.item))).collect();
    html! {
        (draw::boxes(page, form, errors, "present", "sitting-present", members).compact())
        @for (shown, decision, reason) in &fields {
            (group(&shown.title, html! {
                (shown.about)
                (draw::radios(page, form, errors, decision, "sitting-decision", decisions.to_vec()).compact())
                (draw::input(page, form, errors, reason, "sitting-reason"))
            }))
        }
        (group(&page.t("sitting-rest"), html! {
            (draw::select(page, form, errors, "rest", "sitting-decision", decisions.to_vec()))
            (draw::input(page, form, errors, "rest_reason", "sitting-reason"))
        }))
    }
}
