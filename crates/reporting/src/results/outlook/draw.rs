//! The forecast in words: where each stage stands and will stand, its fan, and what moves the end.

use super::{
    page::{key, target},
    pipeline::{Ahead, Outlook, STAGES},
};
use crate::results::{
    page::{Asked, Part, name, opening},
    store::Known,
};
use chrono::{Datelike, NaiveDate};
use maud::{Markup, html};
use platform::{
    answer::Fault,
    page::{
        NavItem, Table, Tone,
        chart::{Axes, Curve, Look, Shape, curve_chart, marks},
        panel::{Metric, metrics, panel},
        table::Column,
        trail::tabs,
    },
    request::Page,
};
use registry::programme::InForce;
use survival::forecast::{Bands, Forecast, StageForecast};

pub(super) fn draw(
    page: &Page,
    programme: &InForce,
    asked: &Asked,
    known: Known,
    stage: usize,
    outlook: &Outlook,
) -> Result<Markup, Fault> {
    let why_not = match outlook {
        Outlook::Ahead(_) => "",
        Outlook::NoEnd => "outlook-no-end",
        Outlook::Over => "outlook-over",
        Outlook::TooFew => "outlook-too-few",
    };
    let body = match outlook {
        Outlook::Ahead(ahead) => foretold(page, programme, asked, stage, ahead)?,
        _ => html! { p class="govuk-body" { (page.t(why_not)) } },
    };
    Ok(html! {
        (opening(page, Part::Outlook, asked, known, &[("stage", STAGES[stage])]))
        (body)
    })
}

fn foretold(page: &Page, programme: &InForce, asked: &Asked, stage: usize, ahead: &Ahead) -> Result<Markup, Fault> {
    let until = page.lang.date(ahead.forecast.until);
    let items: Vec<NavItem> = (0..STAGES.len()).map(|at| tab(page, programme, asked, at, at == stage)).collect();
    Ok(html! {
        p class="govuk-body" { (page.lang.with("outlook-hint", &[("until", until.clone().into())])) }
        (metrics(&headlines(page, programme, ahead)?))
        (table(page, programme, ahead, &until)?)
        (tabs(&page.t("outlook-stage"), &items))
        (fan(page, programme, ahead, stage)?)
        (panel(&page.t("outlook-levers"), levers(page, ahead)))
        (panel(&page.t("staying-how"), html! {
            ul class="govuk-list govuk-list--bullet" {
                @for nth in 1..=4 { li { (page.t(&format!("outlook-how-{nth}"))) } }
            }
        }))
    })
}

fn tab(page: &Page, programme: &InForce, asked: &Asked, at: usize, current: bool) -> NavItem {
    NavItem {
        href: format!("/results/forecast?stage={}{}", STAGES[at], asked.tail()),
        label: name(page, programme, STAGES[at]),
        current,
        count: None,
    }
}

/// The end of the last stage, its band, and how likely its target is.
fn headlines(page: &Page, programme: &InForce, ahead: &Ahead) -> Result<Vec<Metric>, Fault> {
    let last = STAGES.len() - 1;
    let Some(stage) = ahead.forecast.stages.get(last) else { return Ok(Vec::new()) };
    let end = stage.end();
    let until = page.lang.date(ahead.forecast.until);
    let mut list = vec![Metric {
        note: page.lang.with("outlook-likely", &[("band", between(page, end.low_80, end.high_80).into())]),
        ..Metric::new(page.lang.with("outlook-equipped-by", &[("until", until.into())]), people(page, end.median))
    }];
    if let Some(target) = target(page, programme, ahead, last)? {
        let chance = stage.chance_of(target.value as f64);
        list.push(Metric {
            tone: if chance >= 0.8 {
                Tone::Good
            } else if chance < 0.2 {
                Tone::Bad
            } else {
                Tone::Attention
            },
            ..Metric::new(
                page.lang.with("outlook-chance-of", &[("target", page.lang.number(target.value).into())]),
                chance_in_words(page, chance),
            )
        });
    }
    list.push(Metric::new(page.t("outlook-now"), people(page, stage.reached as f64)));
    Ok(list)
}

/// In steps of five per cent, since the futures are drawn.
fn chance_in_words(page: &Page, chance: f64) -> String {
    let rounded = (chance * 20.0).round() * 5.0;
    if rounded <= 0.0 {
        page.t("outlook-chance-none")
    } else if rounded >= 100.0 {
        page.t("outlook-chance-sure")
    } else {
        format!("{}\u{a0}%", page.lang.decimal(rounded, 0))
    }
}

fn table(page: &Page, programme: &InForce, ahead: &Ahead, until: &str) -> Result<Markup, Fault> {
    let mut targets = Vec::new();
    for at in 0..STAGES.len() {
        targets.push(target(page, programme, ahead, at)?);
    }
    let has_targets = targets.iter().any(Option::is_some);
    let row = |(stage, target): (&StageForecast, &Option<&registry::programme::Target>)| {
        let end = stage.end();
        let mut cells = vec![
            html! { (name(page, programme, &stage.name)) },
            html! { (people(page, stage.reached as f64)) },
            html! { b { (people(page, end.median)) } },
            html! { (between(page, end.low_50, end.high_50)) },
            html! { (between(page, end.low_80, end.high_80)) },
            html! { (between(page, end.low_95, end.high_95)) },
        ];
        if has_targets {
            cells.push(html! { (target.map_or_else(|| "—".to_owned(), |target| page.lang.number(target.value))) });
            let chance = target.map(|target| chance_in_words(page, stage.chance_of(target.value as f64)));
            cells.push(html! { (chance.unwrap_or_else(|| "—".to_owned())) });
        }
        cells
    };
    let percent = |share: u32| format!("{share}\u{a0}%");
    let mut table = Table::new(&page.lang, "outlook", page.lang.with("outlook-table", &[("until", until.into())]))
        .column(Column::new(page.t("outlook-stage")))
        .column(Column::numeric(page.t("outlook-now")))
        .column(Column::numeric(page.t("outlook-median")));
    for share in [50, 80, 95] {
        table = table.column(Column::numeric(page.lang.with("outlook-band", &[("percent", percent(share).into())])));
    }
    if has_targets {
        table = table.column(Column::numeric(page.t("results-target"))).column(Column::numeric(page.t("outlook-chance")));
    }
    let table = table.rows(ahead.forecast.stages.iter().zip(&targets).map(row));
    Ok(html! { (table) })
}

/// What is known, the median and the bands of a stage, and its target across.
fn fan(page: &Page, programme: &InForce, ahead: &Ahead, at: usize) -> Result<Markup, Fault> {
    let Some(stage) = ahead.forecast.stages.get(at) else { return Ok(html! {}) };
    let target = target(page, programme, ahead, at)?.map(|target| target.value as f64);
    let place = |day: NaiveDate| (day - ahead.forecast.as_of).num_days() as f64;
    let now = stage.reached as f64;
    let past = known(stage, place);
    let first = past.first().map_or(0.0, |(place, _)| *place);
    let ends = |low: fn(&Bands) -> f64, high: fn(&Bands) -> f64| {
        let rest = stage.ahead.iter().map(|bands| (place(bands.on), low(bands), high(bands)));
        std::iter::once((0.0, now, now)).chain(rest).collect::<Vec<_>>()
    };
    let bands = vec![ends(|b| b.low_95, |b| b.high_95), ends(|b| b.low_80, |b| b.high_80), ends(|b| b.low_50, |b| b.high_50)];
    let median = std::iter::once((0.0, now)).chain(stage.ahead.iter().map(|bands| (place(bands.on), bands.median))).collect();
    let own = |key: &str, points, bands| Curve { name: page.t(key), points, bands, look: Look::Own };
    let mut curves = vec![own("outlook-known", past, Vec::new()), own("outlook-foretold", median, bands)];
    let last = place(ahead.forecast.until);
    if let Some(target) = target {
        let name = page.lang.with("results-target-is", &[("target", page.lang.number(target as i64).into())]);
        curves.push(Curve { name, points: vec![(first, target), (last, target)], bands: Vec::new(), look: Look::Ground });
    }
    let highest = stage.end().high_95.max(now).max(target.unwrap_or_default());
    let heights = marks(highest).into_iter().map(|mark| (mark, people(page, mark))).collect();
    let axes = Axes { places: places(&ahead.forecast, first, last), heights, shape: Shape::Straight, tall: 240.0 };
    Ok(curve_chart(&name(page, programme, &stage.name), &axes, &curves))
}

/// How many had reached a stage by the end of each step of the past.
fn known(stage: &StageForecast, place: impl Fn(NaiveDate) -> f64) -> Vec<(f64, f64)> {
    let mut count = stage.reached as f64 - stage.past.iter().map(|(_, entered)| entered).sum::<f64>();
    let points = stage.past.iter().map(|(on, entered)| {
        count += entered;
        (place(*on), count)
    });
    points.collect()
}

/// The beginnings of years between the first day and the last.
fn places(forecast: &Forecast, first: f64, last: f64) -> Vec<(f64, String)> {
    let years = forecast.as_of.year() - 20..=forecast.until.year();
    let begin = |year: i32| Some((NaiveDate::from_ymd_opt(year, 1, 1)?, year));
    let mut places = vec![(first, String::new())];
    places.extend(years.filter_map(begin).filter_map(|(day, year)| {
        let place = (day - forecast.as_of).num_days() as f64;
        (place > first && place < last).then(|| (place, year.to_string()))
    }));
    places.push((last, String::new()));
    places
}

/// What each change alone would add to the last stage.
fn levers(page: &Page, ahead: &Ahead) -> Markup {
    let signed = |more: f64| {
        let whole = more.round();
        let sign = if whole > 0.0 { "+" } else { "" };
        format!("{sign}{}", page.lang.number(whole as i64))
    };
    let rows = ahead.levers.iter().map(|lever| {
        vec![
            html! { (page.t(&format!("outlook-move-{}", key(lever.change)))) },
            html! { (signed(lever.more)) },
            html! { (signed(lever.low_80)) " … " (signed(lever.high_80)) },
        ]
    });
    html! {
        p class="govuk-body" { (page.t("outlook-levers-hint")) }
        (Table::new(&page.lang, "levers", page.t("outlook-levers"))
            .quiet_caption()
            .column(Column::new(page.t("outlook-change")))
            .column(Column::numeric(page.t("outlook-more")))
            .column(Column::numeric(page.lang.with("outlook-band", &[("percent", "80\u{a0}%".into())])))
            .rows(rows))
    }
}

fn people(page: &Page, count: f64) -> String {
    page.lang.number(count.round() as i64)
}

fn between(page: &Page, low: f64, high: f64) -> String {
    format!("{}–{}", people(page, low), people(page, high))
}
