//! What an application asks for: the form's fields and how they are read.

use super::{
    lodge::{adviser_of, unknown_adviser},
    round::store::Round,
    rules::Limits,
    state::PROOFS,
    store::{Award, Line},
};
use chrono::NaiveDate;
use maud::{Markup, html};
use platform::{
    draw,
    form::{Posted, Reader},
    message::{Errors, Message},
    page::{
        Width,
        form::{group, side_by_side},
    },
    request::Page,
};
use provision::procurement::rules::within_ceiling;
use registry::programme::InForce;
use uuid::Uuid;
use values::Money;

/// Lines of the form: things of the catalogue, and things on quotations.
const ITEMS: usize = 5;
const QUOTES: usize = 3;
/// The most pieces of one thing.
const MOST_PIECES: i64 = 20;
/// Characters that a plan has at least.
const LEAST_WORDS: usize = 20;

/// What an application asks for.
pub(super) struct Request {
    pub round: Uuid,
    pub plan: String,
    pub market: String,
    /// In qəpik.
    pub sales_now: i64,
    pub sales_after: i64,
    pub jobs: i16,
    pub jobs_by: Option<NaiveDate>,
    pub own_share: i64,
    pub own_proof: String,
    pub own_paper: String,
    pub other_grants: String,
    pub adviser: Option<Uuid>,
    pub lines: Vec<Asked>,
}

impl Request {
    /// In qəpik.
    pub fn asked(&self) -> i64 {
        self.lines.iter().map(|line| line.unit_price * i64::from(line.quantity)).sum()
    }
}

/// One thing asked for.
pub(super) struct Asked {
    item: String,
    quoted_by: String,
    quantity: i16,
    unit_price: i64,
}

impl Asked {
    /// The line of an application.
    pub fn of(&self, award: &Award, line: i16) -> Line {
        Line {
            person_id: award.person_id,
            award_id: award.award_id,
            line,
            case_id: award.case_id,
            office: award.office,
            item: self.item.clone(),
            quoted_by: self.quoted_by.clone(),
            quantity: self.quantity,
            unit_price: self.unit_price,
        }
    }
}

/// Reads the form. Where a person only wants a refusal in writing, the plan may be short.
pub(super) fn read(
    form: &Posted,
    programme: &InForce,
    page: &Page,
    open: &[Round],
    advisers: &[(Uuid, String)],
    whole: bool,
) -> Result<Request, Errors> {
    let mut read = form.reader();
    let known: Vec<String> = open.iter().map(|round| round.round_id.to_string()).collect();
    let round = read.choice("round", &known.iter().map(String::as_str).collect::<Vec<_>>()).parse::<Uuid>().ok();
    let least = if whole { LEAST_WORDS } else { 1 };
    let plan = read.reason("plan", least);
    let market = read.reason("market", least);
    let sales_now = read.money("sales_now").map_or(0, Money::qepik);
    let sales_after = read.money("sales_after").map_or(0, Money::qepik);
    let jobs = read.integer("jobs", 0..=50).and_then(|jobs| i16::try_from(jobs).ok()).unwrap_or(0);
    let jobs_by = read.optional_date("jobs_by");
    if jobs > 0 && jobs_by.is_none_or(|day| day <= page.today) {
        read.wrong("jobs_by", Message::new("growth-error-jobs-by"));
    }
    let own_share = read.money("own_share").map_or(0, Money::qepik);
    let own_proof = read.choice("own_proof", &PROOFS);
    let own_paper = read.required("own_paper");
    let other_grants = read.text("other_grants");
    let adviser = read.optional("adviser").and_then(|text| {
        let found = adviser_of(&text, advisers);
        if found.is_none() {
            read.wrong("adviser", unknown_adviser());
        }
        found
    });
    let lines = lines(&mut read, programme, page);
    if lines.is_empty() {
        read.wrong("item-1", Message::new("growth-error-no-items"));
    }
    let request = round.map(|round| Request {
        round,
        plan,
        market,
        sales_now,
        sales_after,
        jobs,
        jobs_by,
        own_share,
        own_proof,
        own_paper,
        other_grants,
        adviser,
        lines,
    });
    read.finish(request)
}

fn lines(read: &mut Reader<'_>, programme: &InForce, page: &Page) -> Vec<Asked> {
    let mut lines = Vec::new();
    for nth in 1..=ITEMS {
        let Some(item) = read.optional(&format!("item-{nth}")) else { continue };
        if programme.item(&item, page.today).is_none() {
            read.wrong(&format!("item-{nth}"), Message::new("form-error-choice"));
        }
        let price = format!("price-{nth}");
        let quantity = read.integer(&format!("quantity-{nth}"), 1..=MOST_PIECES);
        let unit_price = positive(read, &price);
        if unit_price.is_some_and(|unit| !within_ceiling(programme, &item, unit, page.today)) {
            read.wrong(&price, Message::new("growth-error-ceiling"));
        }
        lines.extend(asked(item, String::new(), quantity, unit_price));
    }
    for nth in 1..=QUOTES {
        let Some(item) = read.optional(&format!("quote-{nth}")) else { continue };
        let quoted_by = read.required(&format!("quoted_by-{nth}"));
        let quantity = read.integer(&format!("quote_quantity-{nth}"), 1..=MOST_PIECES);
        let unit_price = positive(read, &format!("quote_price-{nth}"));
        lines.extend(asked(item, quoted_by, quantity, unit_price));
    }
    lines
}

fn positive(read: &mut Reader<'_>, name: &str) -> Option<Money> {
    let money = read.money(name)?;
    if money == Money::default() {
        read.wrong(name, Message::new("form-error-money"));
    }
    Some(money)
}

fn asked(item: String, quoted_by: String, quantity: Option<i64>, unit_price: Option<Money>) -> Option<Asked> {
    let quantity = i16::try_from(quantity?).ok()?;
    Some(Asked { item, quoted_by, quantity, unit_price: unit_price?.qepik() })
}

/// The fields of an application.
pub(super) fn fields(
    page: &Page,
    programme: &InForce,
    open: &[Round],
    advisers: &[(Uuid, String)],
    limits: &Limits,
    form: &Posted,
    errors: &Errors,
) -> Markup {
    let rounds = open.iter().map(|round| (round.round_id.to_string(), format!("{} · {}", round.number, round.title))).collect();
    let proofs = PROOFS.map(|proof| (proof.to_owned(), page.t(&format!("growth-proof-{proof}")))).to_vec();
    let advisers = advisers.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    let money = |qepik: i64| page.lang.money(Money::from_qepik(qepik));
    let amounts =
        page.lang.with("growth-items-hint", &[("least", money(limits.least).into()), ("most", money(limits.most).into())]);
    let share = page.lang.with("growth-own-share-hint", &[("percent", limits.own_share.into())]);
    html! {
        (draw::select(page, form, errors, "round", "growth-round", rounds))
        (group(&page.t("growth-plan-group"), html! {
            p class="govuk-hint" { (page.t("growth-blind-hint")) }
            (draw::area(page, form, errors, "plan", "growth-plan", 4).hint("growth-plan-hint"))
            (draw::area(page, form, errors, "market", "growth-market", 3).hint("growth-market-hint"))
            (side_by_side(html! {
                (draw::money(page, form, errors, "sales_now", "growth-sales-now"))
                (draw::money(page, form, errors, "sales_after", "growth-sales-after"))
            }))
            (side_by_side(html! {
                (draw::number(page, form, errors, "jobs", "growth-jobs").width(Width::Chars4))
                (draw::date(page, form, errors, "jobs_by", "growth-jobs-by"))
            }))
        }))
        (group(&page.t("growth-items"), html! {
            p class="govuk-hint" { (amounts) }
            (items(page, programme, form, errors))
        }))
        (group(&page.t("growth-quotes"), html! {
            p class="govuk-hint" { (page.t("growth-quotes-hint")) }
            (quotes(page, form, errors))
        }))
        (group(&page.t("growth-own-group"), html! {
            (draw::money(page, form, errors, "own_share", "growth-own-share").hinted(share))
            (draw::select(page, form, errors, "own_proof", "growth-own-proof", proofs))
            (draw::input(page, form, errors, "own_paper", "growth-own-paper").hint("growth-own-paper-hint"))
            (draw::area(page, form, errors, "other_grants", "growth-other-grants", 2).hint("growth-other-grants-hint"))
        }))
        (draw::select(page, form, errors, "adviser", "growth-adviser", advisers).hint("growth-adviser-hint"))
    }
}

/// Things of the catalogue, by name.
fn items(page: &Page, programme: &InForce, form: &Posted, errors: &Errors) -> Markup {
    let mut options: Vec<(String, String)> = programme
        .items()
        .iter()
        .filter(|item| item.validity.covers(page.today))
        .map(|item| {
            let most = page.lang.money(item.ceiling_price);
            let args = [("item", item.name.text(page.lang).into()), ("most", most.into())];
            (item.code.to_string(), page.lang.sentence(&page.lang.with("growth-item-option", &args)))
        })
        .collect();
    options.sort_by_cached_key(|(_, words)| values::text::sort_key(words));
    let rows: Vec<[String; 3]> =
        (1..=ITEMS).map(|nth| [format!("item-{nth}"), format!("quantity-{nth}"), format!("price-{nth}")]).collect();
    html! {
        @for [item, quantity, price] in &rows {
            (side_by_side(html! {
                (draw::select(page, form, errors, item, "growth-item", options.clone()))
                (draw::number(page, form, errors, quantity, "growth-quantity").width(Width::Chars4))
                (draw::money(page, form, errors, price, "growth-unit-price"))
            }))
        }
    }
}

fn quotes(page: &Page, form: &Posted, errors: &Errors) -> Markup {
    let rows: Vec<[String; 4]> = (1..=QUOTES)
        .map(|nth| {
            [format!("quote-{nth}"), format!("quoted_by-{nth}"), format!("quote_quantity-{nth}"), format!("quote_price-{nth}")]
        })
        .collect();
    html! {
        @for [item, by, quantity, price] in &rows {
            (side_by_side(html! {
                (draw::input(page, form, errors, item, "growth-quote"))
                (draw::input(page, form, errors, by, "growth-quoted-by"))
                (draw::number(page, form, errors, quantity, "growth-quantity").width(Width::Chars4))
                (draw::money(page, form, errors, price, "growth-unit-price"))
            }))
        }
    }
}
