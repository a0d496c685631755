//! Curves, the table under them, and the ends, in words.

use super::compare::{By, Comparison, Ends, MARKS, Mark, Staying};
use crate::results::{
    page::{Asked, Part, label, opening},
    store::Known,
};
use maud::{Markup, html};
use platform::{
    page::{
        NavItem, Table,
        chart::{Axes, Curve, Look, Shape, curve_chart, marks, small_charts},
        panel::{Metric, metrics, panel},
        table::Column,
        trail::tabs,
    },
    request::Page,
};
use registry::programme::InForce;

/// The most curves in one frame; more are drawn beside each other, each against everybody.
const IN_ONE_FRAME: usize = 4;
/// The most steps of a curve: a screen shows no more.
const STEPS: usize = 160;
const SMALL_STEPS: usize = 48;

pub(super) fn draw(
    page: &Page,
    programme: &InForce,
    asked: &Asked,
    known: Known,
    by: By,
    comparison: Option<&Comparison>,
) -> Markup {
    html! {
        (opening(page, Part::Staying, asked, known, &[("by", by.word())]))
        @match comparison {
            Some(comparison) => (compared(page, programme, asked, comparison)),
            None => p class="govuk-body" { (page.t("staying-too-few")) },
        }
    }
}

fn compared(page: &Page, programme: &InForce, asked: &Asked, comparison: &Comparison) -> Markup {
    let named = |group: &Staying| label(page, programme, comparison.by.word(), &group.code);
    html! {
        p class="govuk-body" { (page.t("staying-hint")) }
        (metrics(&headlines(page, &comparison.all)))
        (tabs(&page.t("staying-by"), &groupings(page, comparison.by, asked)))
        @if comparison.groups.is_empty() {
            (curve_chart(&page.t("staying-all"), &axes(page, comparison.all.until, 220.0), &[curve(page.t("staying-all"), &comparison.all, STEPS, Look::Own, true)]))
            p class="govuk-body" { (page.t("staying-groups-too-few")) }
        } @else {
            @if let Some(p) = comparison.p { p class="govuk-body" { (verdict(page, p)) } }
            (charts(page, comparison, &named))
        }
        (table(page, comparison, &named))
        (notes(page, comparison))
        @if !comparison.ends.is_empty() { (panel(&page.t("staying-ends"), ends(page, comparison))) }
        (panel(&page.t("staying-how"), html! {
            ul class="govuk-list govuk-list--bullet" {
                @for nth in 1..=5 { li { (page.t(&format!("staying-how-{nth}"))) } }
            }
        }))
    }
}

/// What holds of everybody.
fn headlines(page: &Page, all: &Staying) -> Vec<Metric> {
    let share = |mark: &Mark| Metric {
        note: page
            .lang
            .with("staying-band", &[("low", percent(page, mark.low).into()), ("high", percent(page, mark.high).into())]),
        ..Metric::new(months(page, "staying-after", mark.months), percent(page, mark.estimate))
    };
    let count = |key: &str, count: usize| Metric::new(page.t(key), number(page, count));
    let mut list: Vec<Metric> = all.marks.iter().flatten().skip(1).map(share).collect();
    list.extend([count("staying-watched", all.watched), count("staying-ended", all.ended)]);
    list.push(count("staying-unreachable", all.unreachable));
    list
}

fn groupings(page: &Page, current: By, asked: &Asked) -> Vec<NavItem> {
    let item = |by: By| NavItem {
        href: format!("/results/survival?by={}{}", by.word(), asked.tail()),
        label: page.t(&format!("results-by-{}", by.word())),
        current: by == current,
        count: None,
    };
    By::ALL.into_iter().map(item).collect()
}

/// What the test says, in words for whoever has never heard of one.
fn verdict(page: &Page, p: f64) -> String {
    let key = if p < 0.01 {
        "staying-differ"
    } else if p < 0.05 {
        "staying-may-differ"
    } else {
        "staying-chance"
    };
    let sign = if p < LEAST { "" } else { "=\u{a0}" };
    page.lang.with(key, &[("p", format!("p\u{a0}{sign}{}", chance(page, p)).into())])
}

/// Smaller chances are told as smaller than this.
const LEAST: f64 = 0.0001;

fn chance(page: &Page, p: f64) -> String {
    if p < LEAST { format!("<\u{a0}{}", page.lang.decimal(LEAST, 4)) } else { page.lang.decimal(p, 4) }
}

fn charts(page: &Page, comparison: &Comparison, named: &dyn Fn(&Staying) -> String) -> Markup {
    let all = &comparison.all;
    let title = page.t("staying-chart");
    if comparison.groups.len() <= IN_ONE_FRAME && !comparison.by.overlaps() {
        let curves: Vec<Curve> =
            comparison.groups.iter().map(|group| curve(named(group), group, STEPS, Look::Own, true)).collect();
        return curve_chart(&title, &axes(page, all.until, 220.0), &curves);
    }
    let everybody = || curve(page.t("staying-all"), all, SMALL_STEPS, Look::Ground, false);
    let small = |group: &Staying| [curve(named(group), group, SMALL_STEPS, Look::Own, true), everybody()];
    let small: Vec<[Curve; 2]> = comparison.groups.iter().map(small).collect();
    let axes = axes(page, all.until, 110.0);
    html! {
        h2 class="govuk-heading-s" { (title) }
        p class="govuk-body-s" { (page.t("staying-against-all")) }
        (small_charts(small.iter().map(|curves| (curves[0].name.as_str(), &axes, &curves[..]))))
    }
}

/// From nobody to everybody, and from receipt on by half years.
fn axes(page: &Page, until: i64, tall: f64) -> Axes {
    const HALF_YEAR: f64 = 182.625;
    let last = until.max(1) as f64;
    let every = if until > 1_500 { 2 } else { 1 };
    let halves = (1..).map(|half| half * every).take_while(|half| f64::from(*half) * HALF_YEAR < last * 0.97);
    let mut places = vec![(0.0, page.lang.number(0))];
    places.extend(halves.map(|half| (f64::from(half) * HALF_YEAR, page.lang.number(i64::from(half) * 6))));
    let is_short = places.len() == 1;
    places.push((last, if is_short { page.lang.decimal(last / 30.4375, 1) } else { String::new() }));
    let heights =
        [0, 25, 50, 75, 100].map(|share| (f64::from(share) / 100.0, format!("{}\u{a0}%", page.lang.number(share.into()))));
    Axes { places, heights: heights.into(), shape: Shape::Steps, tall }
}

/// A curve as far as enough are watched, thinned to as many steps as can be seen.
fn curve(name: String, group: &Staying, steps: usize, look: Look, is_banded: bool) -> Curve {
    let told = group.curve.points.partition_point(|point| point.days <= group.until);
    let told = &group.curve.points[..told];
    let every = told.len().div_ceil(steps).max(1);
    // The last of each few: where the curve stands after them.
    let shown: Vec<_> = told.chunks(every).filter_map(|few| few.last()).collect();
    let mut points = vec![(0.0, 1.0)];
    points.extend(shown.iter().map(|point| (point.days as f64, point.estimate)));
    let mut band = vec![(0.0, 1.0, 1.0)];
    band.extend(shown.iter().map(|point| (point.days as f64, point.low, point.high)));
    let last = group.curve.at(group.until);
    points.push((group.until as f64, last.estimate));
    band.push((group.until as f64, last.low, last.high));
    Curve { name, points, bands: if is_banded { vec![band] } else { Vec::new() }, look }
}

fn table(page: &Page, comparison: &Comparison, named: &dyn Fn(&Staying) -> String) -> Markup {
    let row = |group: &Staying, name: String| {
        let mut cells = vec![html! { (name) }, html! { (number(page, group.watched)) }];
        cells.extend([group.ended, group.unreachable].map(|count| html! { (number(page, count)) }));
        cells.extend(group.marks.iter().map(|mark| told(page, mark.as_ref())));
        cells.push(match group.mean {
            Some(mean) => html! {
                (page.lang.decimal(mean.days, 0))
                div class="govuk-hint" { (page.lang.decimal(mean.low, 0)) "–" (page.lang.decimal(mean.high, 0)) }
            },
            None => html! { "—" },
        });
        if comparison.by.overlaps() {
            cells.push(html! { (group.p.map_or_else(|| "—".to_owned(), |p| chance(page, p))) });
        }
        cells
    };
    let mut table = Table::new(&page.lang, "staying", page.t("staying-table"))
        .column(Column::new(page.t(&format!("results-cut-{}", comparison.by.word()))))
        .column(Column::numeric(page.t("staying-watched")))
        .column(Column::numeric(page.t("staying-ended")))
        .column(Column::numeric(page.t("staying-unreachable")));
    for (count, _) in MARKS {
        table = table.column(Column::numeric(months(page, "staying-at", count)));
    }
    table = table.column(Column::numeric(page.t("staying-mean")));
    if comparison.by.overlaps() {
        table = table.column(Column::numeric(page.t("staying-p")));
    }
    table = table.row(row(&comparison.all, page.t("staying-all")));
    table = table.rows(comparison.groups.iter().map(|group| row(group, named(group))));
    let rest = comparison.rest.iter().map(|rest| row(rest, page.t("staying-rest")));
    html! { (table.rows(rest)) }
}

/// A share with its band, and how many were still watched.
fn told(page: &Page, mark: Option<&Mark>) -> Markup {
    html! {
        @match mark {
            Some(mark) => {
                (percent(page, mark.estimate))
                div class="govuk-hint" { (page.lang.decimal(mark.low * 100.0, 1)) "–" (page.lang.decimal(mark.high * 100.0, 1)) }
                div class="govuk-hint" { (page.lang.with("staying-at-risk", &[("count", number(page, mark.at_risk).into())])) }
            },
            None => "—",
        }
    }
}

fn notes(page: &Page, comparison: &Comparison) -> Markup {
    html! {
        p class="govuk-body-s" {
            (page.t("staying-table-note"))
            " " (page.lang.with("staying-mean-note", &[("days", page.lang.number(comparison.limit).into())]))
            @if comparison.by.overlaps() { " " (page.t("results-groups-overlap")) " " (page.t("staying-p-note")) }
            @if comparison.small > 0 {
                " " (page.lang.with("staying-small", &[("count", comparison.small.into())]))
            }
        }
    }
}

/// How businesses end: the share that has ended in each way by a day.
fn ends(page: &Page, comparison: &Comparison) -> Markup {
    let until = comparison.all.until;
    let largest = comparison.ends.iter().filter_map(|ends| ends.steps.last()).map(|(_, share)| *share).fold(0.0, f64::max);
    let heights = marks(largest * 100.0).into_iter().map(|mark| (mark / 100.0, percent(page, mark / 100.0))).collect();
    let axes = Axes { heights, ..axes(page, until, 180.0) };
    let name = |ends: &Ends| page.t(&format!("staying-end-{}", key(ends)));
    let curves: Vec<Curve> = comparison.ends.iter().map(|ends| end_curve(name(ends), ends, until)).collect();
    let row = |ends: &Ends| {
        let mut cells = vec![html! { (name(ends)) }, html! { (number(page, ends.ended)) }];
        cells.extend(ends.marks.iter().map(|mark| match mark {
            Some(mark) => html! {
                (percent(page, mark.estimate))
                div class="govuk-hint" { (page.lang.decimal(mark.low * 100.0, 1)) "–" (page.lang.decimal(mark.high * 100.0, 1)) }
            },
            None => html! { "—" },
        }));
        cells
    };
    let mut table = Table::new(&page.lang, "ends", page.t("staying-ends"))
        .quiet_caption()
        .column(Column::new(page.t("staying-end")))
        .column(Column::numeric(page.t("staying-ended-so")));
    for (count, _) in MARKS {
        table = table.column(Column::numeric(months(page, "staying-by-then", count)));
    }
    html! {
        p class="govuk-body" { (page.t("staying-ends-hint")) }
        (curve_chart(&page.t("staying-ends-chart"), &axes, &curves))
        (table.rows(comparison.ends.iter().map(row)))
    }
}

fn end_curve(name: String, ends: &Ends, until: i64) -> Curve {
    let every = ends.steps.len().div_ceil(STEPS).max(1);
    let mut points = vec![(0.0, 0.0)];
    points.extend(ends.steps.chunks(every).filter_map(|few| few.last()).map(|(day, share)| (*day as f64, *share)));
    let last = points.last().map_or(0.0, |(_, share)| *share);
    points.push((until as f64, last));
    Curve { name, points, bands: Vec::new(), look: Look::Own }
}

fn key(ends: &Ends) -> &'static str {
    use super::business::End;
    match ends.end {
        End::Closed => "closed",
        End::Sold => "sold",
        End::FoundWork => "found-work",
        End::Recovered => "recovered",
        End::Died => "died",
    }
}

fn months(page: &Page, key: &str, count: u16) -> String {
    page.lang.with(key, &[("count", count.into())])
}

fn number(page: &Page, count: usize) -> String {
    page.lang.number(i64::try_from(count).unwrap_or(i64::MAX))
}

fn percent(page: &Page, share: f64) -> String {
    format!("{}\u{a0}%", page.lang.decimal(share * 100.0, 1))
}
