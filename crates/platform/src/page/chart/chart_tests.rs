use super::{super::words_tests::Keys, Bar, Series, bar_chart, line_chart, scale::marks};

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
