use super::{Line, Plot, Shape, Table, grouped, heights};

fn plot(shape: Shape) -> Plot {
    Plot {
        title: "Still in <business>".into(),
        measure: "Share".into(),
        shape,
        places: vec![(0.0, "0".into()), (10.0, "10".into())],
        heights: vec![(0.0, "0 %".into()), (1.0, "100 %".into())],
        lines: vec![Line {
            name: "All".into(),
            points: vec![(0.0, 1.0), (5.0, 0.5)],
            bands: vec![vec![(0.0, 1.0, 1.0), (5.0, 0.4, 0.6)]],
        }],
        table: Table { head: vec!["Day".into(), "Share".into()], rows: vec![vec!["5".into(), "50 %".into()]] },
    }
}

#[test]
fn a_step_holds_until_the_next_and_words_are_escaped() {
    let svg = plot(Shape::Steps).svg();
    assert!(svg.contains(r#"d="M76.0 70.0H488.0V250.0""#), "{svg}");
    assert!(svg.contains("Still in &lt;business&gt;") && svg.contains("50 %"), "{svg}");
    assert!(plot(Shape::Straight).svg().contains(r#"d="M76.0 70.0L488.0 250.0""#));
}

#[test]
fn numbers_are_set_in_columns() {
    assert_eq!(plot(Shape::Steps).table.in_text(), "Day  Share\n5     50 %\n");
    assert_eq!([0, 999, 1_000, 26_700, 1_234_567].map(grouped), ["0", "999", "1,000", "26,700", "1,234,567"]);
    assert_eq!(heights(610.0, |h| h.to_string()).last().map(|(h, _)| *h), Some(800.0));
}
