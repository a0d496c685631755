use super::{super::words_tests::Keys, Axes, Bar, Curve, Look, Series, Shape, bar_chart, curve_chart, line_chart, scale::marks};

#[test]
fn an_axis_goes_from_zero_in_round_steps_past_the_largest_value() {
    for (largest, expected) in [
        (0.0, vec![0.0, 1.0]),
        (1.0, vec![0.0, 0.25, 0.5, 0.75, 1.0]),
        (4.0, vec![0.0, 1.0, 2.0, 3.0, 4.0]),
        (610.0, vec![0.0, 200.0, 400.0, 600.0, 800.0]),
        (1_000.0, vec![0.0, 250.0, 500.0, 750.0, 1_000.0]),
        (f64::NAN, vec![0.0, 1.0]),
    ] {
        assert_eq!(marks(largest), expected, "up to {largest}");
    }
}

#[test]
fn bars_are_drawn_against_the_largest_and_listed_underneath() {
    let bar = |label: &str, value: f64, href: Option<&str>| Bar {
        label: label.into(),
        value,
        shown: format!("{value}"),
        href: href.map(Into::into),
    };
    let chart = bar_chart(
        &Keys,
        "Directions",
        "Direction",
        "People",
        &[bar("Tailor", 200.0, Some("/cases?direction=TAILOR")), bar("Baker <&>", 50.0, None)],
    )
    .0;
    for part in [
        r#"width="100.00%" height="12""#,
        r#"width="25.00%" height="12""#,
        "Baker &lt;&amp;&gt;",
        r#"<a class="govuk-link" href="/cases?direction=TAILOR">200</a>"#,
    ] {
        assert!(chart.contains(part), "no {part} in\n{chart}");
    }
    assert!(!chart.contains("style="));
}

#[test]
fn bars_of_nothing_have_no_length() {
    let bar = Bar { label: "Tailor".into(), value: 0.0, shown: "0".into(), href: None };
    assert!(bar_chart(&Keys, "Directions", "Direction", "People", &[bar]).0.contains(r#"width="0.00%""#));
}

#[test]
fn a_missing_point_leaves_a_gap_in_the_line_and_a_dash_in_the_table() {
    let names: Vec<String> = ["Jan", "Feb", "Mar"].map(Into::into).into();
    let series = Series { name: "Trained".into(), points: vec![Some(1.0), None, Some(4.0)] };
    let chart = line_chart(&Keys, "Months", "Month", &names, &[series], |value| format!("{value:.0}")).0;
    assert!(chart.contains(r#"d="M0.0 185.0M1000.0 20.0""#), "{chart}");
    assert_eq!(chart.matches("<circle").count(), 2);
    assert!(chart.contains(">—</td>"));
}

fn axes(shape: Shape) -> Axes {
    let places = vec![(0.0, "0".to_owned()), (6.0, "6".to_owned()), (12.0, String::new())];
    Axes { places, heights: vec![(0.0, "0 %".to_owned()), (1.0, "100 %".to_owned())], shape, tall: 100.0 }
}

fn halves(look: Look) -> Curve {
    let points = vec![(0.0, 1.0), (6.0, 0.5), (12.0, 0.5)];
    Curve { name: "Women".into(), points, bands: vec![vec![(0.0, 1.0, 1.0), (6.0, 0.25, 0.75), (12.0, 0.25, 0.75)]], look }
}

#[test]
fn a_curve_of_steps_holds_until_its_next_point_and_its_band_goes_back_the_same_way() {
    let chart = curve_chart("Staying", &axes(Shape::Steps), &[halves(Look::Own)]).0;
    assert!(chart.contains(r#"d="M0.0 12.0H500.0V62.0H1000.0V62.0""#), "{chart}");
    let band = r#"d="M0.0 12.0H500.0V37.0H1000.0V37.0L1000.0 87.0L1000.0 87.0H500.0L500.0 12.0H0.0Z""#;
    assert!(chart.contains(band), "{chart}");
    assert!(!chart.contains("style=") && !chart.contains("dayaq-chart__legend"));
    assert_eq!(chart.matches("dayaq-chart__mark").count(), 4, "the place without a name is not written");
}

#[test]
fn a_straight_curve_leads_to_its_next_point_and_two_are_told_apart_by_a_legend() {
    let chart = curve_chart("Staying", &axes(Shape::Straight), &[halves(Look::Own), halves(Look::Ground)]).0;
    assert!(chart.contains(r#"d="M0.0 12.0L500.0 62.0L1000.0 62.0""#), "{chart}");
    assert_eq!(chart.matches("dayaq-chart__line--ground").count(), 2, "in the legend and in the plot");
    assert_eq!(chart.matches("<li>").count(), 2);
}

#[test]
fn what_lies_outside_the_axes_is_drawn_at_their_ends() {
    let curve = Curve { points: vec![(-3.0, 2.0), (40.0, -1.0)], bands: Vec::new(), ..halves(Look::Own) };
    let chart = curve_chart("Staying", &axes(Shape::Straight), &[curve]).0;
    assert!(chart.contains(r#"d="M0.0 12.0L1000.0 112.0""#), "{chart}");
}
