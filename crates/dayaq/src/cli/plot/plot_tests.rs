use super::{Folder, Line, Plot, Shape, Table, file_names, grouped, heights};
use std::fs;

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

#[test]
fn names_that_would_stand_on_others_are_left_out_and_ticks_stay() {
    let mut plot = plot(Shape::Straight);
    plot.places =
        [(0.0, ""), (970.0, "2020-12-15"), (1_000.0, "2021-01-15"), (500.0, "2019")].map(|(at, name)| (at, name.into())).into();
    let svg = plot.svg();
    assert!(svg.contains(">2020-12-15<") && svg.contains(">2019<") && !svg.contains(">2021-01-15<"), "{svg}");
    assert_eq!(svg.matches("y2=\"435\"").count(), 4, "{svg}");
}

/// Where the words of the legend begin, and the words.
fn legend(names: &[&str]) -> Vec<(String, String)> {
    let mut plot = plot(Shape::Steps);
    plot.lines =
        names.iter().map(|name| Line { name: (*name).to_owned(), points: vec![(0.0, 1.0)], bands: Vec::new() }).collect();
    let svg = plot.svg();
    let legend = svg.split("y2=\"430\"").nth(1).and_then(|rest| rest.split("class=\"head\"").next()).unwrap().to_owned();
    let texts = legend.split("<text ").skip(1).filter_map(|text| text.split_once("</text>")?.0.split_once('>'));
    texts.map(|(at, words)| (at.to_owned(), words.to_owned())).take_while(|(_, words)| !words.is_empty()).collect()
}

#[test]
fn long_names_have_a_row_of_the_legend_each_and_longer_ones_several() {
    let at = |names: &[&str]| legend(names).into_iter().map(|(at, _)| at).collect::<Vec<_>>();
    assert_eq!(at(&["a", "b"]), ["x=\"114\" y=\"478\"", "x=\"389\" y=\"478\""]);
    let long = "Şəki-Zaqatala regional idarəsi (Şəki, Zaqatala, Balakən, Qax)";
    assert_eq!(at(&[long, "b"]), ["x=\"114\" y=\"478\"", "x=\"114\" y=\"500\""]);
    let longer = [long, long].join(" ");
    assert_eq!(at(&[&longer, "b"]), ["x=\"114\" y=\"478\"", "x=\"114\" y=\"500\"", "x=\"114\" y=\"522\""]);
    assert_eq!(legend(&[&longer, "b"]).iter().map(|(_, words)| words.as_str()).collect::<String>(), format!("{longer}b"));
}

#[test]
fn a_table_that_is_wider_than_a_page_is_folded_and_a_band_stays_beside_its_share() {
    let heads = ["", "watched", "6 months", "band", "12 months", "band", "mean"].map(str::to_owned);
    let cells = |wide: usize| std::iter::once("Gəncə".to_owned()).chain((1..7).map(|_| "x".repeat(wide))).collect::<Vec<_>>();
    let folded = |wide: usize| Table { head: heads.to_vec(), rows: vec![cells(wide)] }.folded();
    assert_eq!(folded(10).len(), 1);
    let parts = folded(30);
    let told: Vec<String> = parts.iter().map(|part| part.head.join("|")).collect();
    assert_eq!(told, ["|watched|6 months|band", "|12 months|band|mean"]);
    assert!(parts.iter().all(|part| part.rows[0][0] == "Gəncə" && part.rows[0].len() == part.head.len()));
}

#[test]
fn texts_that_come_to_one_name_for_a_file_get_a_number() {
    let names = file_names(["a b", "a-b", "A.b", "a b 2", "", "c"]);
    assert_eq!(names, ["a-b", "a-b-2", "A-b-3", "a-b-2-2", "column", "c"]);
}

#[test]
fn files_are_written_all_or_none() {
    let place = tempfile::tempdir().unwrap();
    let folder = Folder::open(place.path()).unwrap();
    fs::create_dir(place.path().join("b.csv")).unwrap();
    let files = ["a.svg", "b.csv"].map(|name| (name.to_owned(), "new".to_owned()));
    let refused = folder.write_all(&files).unwrap_err();
    assert!(format!("{refused:#}").contains("b.csv"), "{refused:#}");
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1, "only what stood there before");
    fs::remove_dir(place.path().join("b.csv")).unwrap();
    folder.write_all(&files).unwrap();
    assert_eq!(fs::read_to_string(place.path().join("a.svg")).unwrap(), "new");
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 2);
}
