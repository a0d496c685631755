//! `dayaq survival` as an analyst sees it: what is printed, drawn and written of a table of spans.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// Runs the word on a table in the folder, with its outputs in `out`.
fn run(folder: &Path, table: &str, words: &[&str]) -> Output {
    let file = folder.join("spans.csv");
    fs::write(&file, table).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_dayaq"));
    command.arg("survival").arg(&file).arg("--out").arg(folder.join("out")).args(words).output().unwrap()
}

fn told(done: &Output) -> String {
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout.clone()).unwrap()
}

fn refused(done: &Output) -> String {
    assert!(!done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
    String::from_utf8(done.stderr.clone()).unwrap()
}

fn read(folder: &Path, name: &str) -> String {
    let path: PathBuf = folder.join("out").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The cells of the row that begins with the given words, in all parts of a table.
fn cells<'t>(text: &'t str, head: &str) -> Vec<&'t str> {
    let lines = text.lines().filter(|line| line.starts_with(head));
    let cells: Vec<&str> = lines.flat_map(|line| line.split("  ").map(str::trim).filter(|cell| !cell.is_empty())).collect();
    assert!(!cells.is_empty(), "no {head} in {text}");
    cells
}

/// Six of one office and one of another, who was watched for five days only.
const SEVEN: &str = "id,start,end,status,office\n\
    1,0,200,closed,Gəncə\n2,0,400,sold,Gəncə\n3,0,800,in_business,Gəncə\n4,0,800,in_business,Gəncə\n\
    5,0,800,unreachable,Gəncə\n6,0,600,unreachable,Gəncə\n7,0,5,in_business,Şəki\n";

#[test]
fn a_quote_that_nobody_closed_is_refused_and_swallows_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let rows = (2..=1_000).map(|line| format!("{line},0,9,closed,{}A\n", if line == 502 { "\"" } else { "" }));
    let told = refused(&run(folder.path(), &format!("id,start,end,status,grp\n{}", rows.collect::<String>()), &[]));
    assert!(told.contains("line 502: a quotation mark is opened and never closed"), "{told}");
    assert!(!folder.path().join("out").exists());
}

#[test]
fn the_unreachable_stand_apart_from_those_in_business_and_those_who_ended() {
    let folder = tempfile::tempdir().unwrap();
    let text = told(&run(folder.path(), SEVEN, &[]));
    let heads = ["watched", "last seen in business", "unreachable (censored)", "closed", "sold", "ended"];
    assert_eq!(cells(text.split("by office").nth(1).unwrap(), "       ")[..6], heads, "{text}");
    assert_eq!(cells(&text, "Gəncə ")[1..7], ["6", "2", "2", "1", "1", "2"]);
    assert_eq!(cells(&text, "Şəki ")[1..7], ["1", "1", "0", "0", "0", "0"]);
    assert_eq!(cells(&text, "day 800, the last")[1..7], ["3", "3", "2", "1", "1", "2"]);
    assert_eq!(
        read(folder.path(), "groups.csv"),
        "column,value,watched,in_business,unreachable,ended,closed,sold,recovered,job,deceased\n\
         ,,7,3,2,2,1,1,0,0,0\noffice,Gəncə,6,2,2,2,1,1,0,0,0\noffice,Şəki,1,1,0,0,0,0,0,0,0\n"
    );
    for plot in ["in-business.svg", "ends.svg", "by-office.svg"] {
        assert!(read(folder.path(), plot).contains("unreachable (censored)"), "{plot}");
    }
    // Ends that are not counted are censored too, and say so.
    let text = told(&run(folder.path(), SEVEN, &["--counting", "closed"]));
    assert!(text.contains("sold (censored)"), "{text}");
    assert_eq!(cells(&text, "Gəncə ")[1..7], ["6", "2", "2", "1", "1", "1"]);
}

#[test]
fn means_are_of_one_limit_for_all_and_unknown_only_where_nobody_was_watched_so_long() {
    let folder = tempfile::tempdir().unwrap();
    let text = told(&run(folder.path(), SEVEN, &[]));
    assert!(text.contains("mean of 730 days") && text.contains("no mean of 730 days for 1 of 2 groups"), "{text}");
    // By hand: 200 days of one, then 5/6 to day 400, then 4/6 to day 730; Greenwood with 1/30 and 1/20.
    let (mean, after): (f64, f64) = (200.0 + 200.0 * 5.0 / 6.0 + 330.0 * 4.0 / 6.0, 330.0 * 4.0 / 6.0);
    let variance = (mean - 200.0f64).powi(2) / 30.0 + after.powi(2) / 20.0;
    assert!(cells(&text, "Gəncə ").contains(&format!("{mean:.1}").as_str()), "{text}");
    assert_eq!(cells(&text, "Şəki ")[cells(&text, "Şəki ").len() - 2..], ["—", "—"]);
    let means = read(folder.path(), "means.csv");
    assert!(means.starts_with("column,value,limit,days,variance,standard_error,low,high\n,,730,"), "{means}");
    let row = means.lines().find(|line| line.starts_with("office,Gəncə,730,")).unwrap();
    let numbers: Vec<f64> = row.split(',').skip(3).map(|number| number.parse().unwrap()).collect();
    // Nobody is in business for more than all of the 730 days.
    let low = mean - 1.959_963_984_540_054 * variance.sqrt();
    assert_eq!(numbers.len(), 5, "{row}");
    for (found, expected) in numbers.iter().zip([mean, variance, variance.sqrt(), low, 730.0]) {
        assert!((found - expected).abs() < 1e-9, "{found} is not {expected} in {row}");
    }
    assert!(means.ends_with("office,Şəki,730,,,,,\n"), "{means}");
    // All of a had ended by day 5, which is known for any limit.
    let short = "id,start,end,status,g\n1,0,3,closed,a\n2,0,5,closed,a\n3,0,900,in_business,b\n4,0,700,closed,b\n";
    let text = told(&run(folder.path(), short, &[]));
    assert!(cells(&text, "a ").contains(&"4.0") && text.contains("mean of 730 days") && !text.contains("no mean of"), "{text}");
    assert!(read(folder.path(), "means.csv").contains("g,a,730,4,"), "{}", read(folder.path(), "means.csv"));
}

#[test]
fn columns_that_come_to_one_name_for_a_file_have_a_plot_each() {
    let folder = tempfile::tempdir().unwrap();
    let table = "id,start,end,status,a b,a-b\n1,0,9,closed,x,p\n2,0,8,closed,y,q\n";
    told(&run(folder.path(), table, &[]));
    for (plot, title) in [("by-a-b.svg", "by a b<"), ("by-a-b-2.svg", "by a-b<")] {
        assert!(read(folder.path(), plot).contains(title), "{plot}");
    }
    fs::remove_dir_all(folder.path().join("out")).unwrap();
    told(&run(folder.path(), table, &["--by", "a-b"]));
    assert!(read(folder.path(), "by-a-b-2.svg").contains("by a-b<"), "one has its name whatever else is compared");
}

#[test]
fn a_curve_is_drawn_to_the_last_day_on_which_one_of_its_people_was_watched() {
    let folder = tempfile::tempdir().unwrap();
    told(&run(folder.path(), SEVEN, &[]));
    let svg = read(folder.path(), "by-office.svg");
    let ends: Vec<&str> = svg.split("<path class=\"line\" d=\"").skip(1).filter_map(|path| path.split('"').next()).collect();
    // The field is 824 wide from 76 on, and 800 days long.
    assert!(ends.len() == 2 && ends[0].contains("H900.0V") && ends[1] == "M76.0 70.0H81.2V70.0", "{ends:?}");
}

#[test]
fn a_table_reaches_to_the_end_of_what_was_observed() {
    let folder = tempfile::tempdir().unwrap();
    let text = told(&run(folder.path(), "id,start,end,status,g\n1,0,5,closed,a\n2,0,7,sold,b\n3,0,7,sold,b\n", &[]));
    let text = text.split("How they ended").next().unwrap();
    assert_eq!(cells(text, "day 7, the last").last(), Some(&"0.0–0.0 %"), "{text}");
    let long = "id,start,end,status,g\n1,0001-01-01,9999-12-31,closed,a\n2,0001-01-01,5000-12-31,sold,b\n";
    let text = told(&run(folder.path(), long, &[]));
    assert!(text.contains("60 months") && text.contains("day 3652058, the last"), "{text}");
}

#[test]
fn a_word_for_not_having_ended_is_refused_as_a_kind_of_end() {
    let folder = tempfile::tempdir().unwrap();
    let told = refused(&run(folder.path(), SEVEN, &["--end", "unreachable"]));
    assert!(told.contains("--end") && told.contains("unreachable is no kind of end"), "{told}");
}

#[test]
fn where_one_output_cannot_be_written_none_is() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("out/means.csv")).unwrap();
    let told = refused(&run(folder.path(), SEVEN, &[]));
    assert!(told.contains("means.csv"), "{told}");
    assert_eq!(fs::read_dir(folder.path().join("out")).unwrap().count(), 1);
}
