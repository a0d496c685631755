use super::{
    Chip, Column, Filter, Pagination, Row, Sort, Table, Tone, field, pagination,
    pagination::numbers,
    stage::{Stage, State, stage_path},
    task::{Status, Task, task_list},
    words_tests::Keys,
};
use maud::{Render, html};

fn check(current: u32, last: u32, expected: &str) {
    let shown: Vec<String> = numbers(Pagination { current, last })
        .into_iter()
        .map(|number| number.map_or("…".to_owned(), |number| number.to_string()))
        .collect();
    assert_eq!(shown.join(" "), expected);
}

#[test]
fn pages_show_the_ends_and_the_neighbours_and_never_hide_a_single_one() {
    check(1, 1, "1");
    check(1, 2, "1 2");
    check(1, 9, "1 2 … 9");
    check(3, 9, "1 2 3 4 … 9");
    check(4, 9, "1 2 3 4 5 … 9");
    check(5, 9, "1 … 4 5 6 … 9");
    check(9, 9, "1 … 8 9");
}

#[test]
fn one_page_needs_no_links() {
    assert_eq!(pagination(&Keys, Pagination { current: 1, last: 1 }, |page| page.to_string()).0, "");
}

#[test]
fn the_first_page_has_no_way_back() {
    let links = pagination(&Keys, Pagination { current: 1, last: 3 }, |page| format!("?page={page}")).0;
    assert!(!links.contains(r#"rel="prev""#) && links.contains(r#"href="?page=2" rel="next""#), "{links}");
}

#[test]
fn a_table_names_its_rows_and_says_how_it_is_sorted() {
    let table = Table::new(&Keys, "cases", "Cases")
        .column(Column::new("Name").sorted(Sort::Ascending, "?sort=-name"))
        .column(Column::numeric("Sum"))
        .row(vec![html! { "Gülnarə" }, html! { "3.480,00" }])
        .render()
        .0;
    for part in [
        r#"role="region" tabindex="0" aria-labelledby="cases-caption""#,
        r#"id="cases-caption">Cases</caption>"#,
        r#"aria-sort="ascending"><a class="dayaq-sort" href="?sort=-name">Name</a>"#,
        r#"<th class="govuk-table__header" scope="row">Gülnarə</th>"#,
        r#"<td class="govuk-table__cell govuk-table__cell--numeric">3.480,00</td>"#,
    ] {
        assert!(table.contains(part), "no {part} in\n{table}");
    }
}

#[test]
fn rows_to_choose_belong_to_their_form_and_have_names() {
    let table = Table::new(&Keys, "cases", "Cases")
        .choices("chosen", "case")
        .column(Column::new("Name"))
        .row(Row::new([html! { "A" }]).choice("7", "Choose A").tone(Tone::Bad))
        .row(Row::new([html! { "B" }]))
        .render()
        .0;
    assert!(table.contains(r#"<input type="checkbox" name="case" value="7" form="chosen">"#), "{table}");
    assert!(table.contains("Choose A") && table.contains("dayaq-table__row--bad"));
    assert_eq!(table.matches(r#"type="checkbox""#).count(), 1);
}

#[test]
fn a_filter_keeps_the_sorting_and_offers_the_list_without_each_condition() {
    let filter = Filter::new(&Keys, "/cases")
        .search("q", "Search", "Şəki")
        .keep("sort", "name")
        .field(field::select(&Keys, "stage", "Stage", [("trained", "Trained")]).blank("All").value("trained"))
        .chips([Chip { name: "Stage".into(), value: "trained".into(), without: "/cases?q=x".into() }])
        .render()
        .0;
    for part in [
        r#"method="get" action="/cases" role="search""#,
        r#"<input type="hidden" name="sort" value="name">"#,
        r#"value="Şəki""#,
        r#"<option value="">All</option>"#,
        r#"<a class="dayaq-chip" href="/cases?q=x">"#,
        "[page-filter-remove]",
    ] {
        assert!(filter.contains(part), "no {part} in\n{filter}");
    }
}

#[test]
fn a_path_marks_one_step_and_says_each_state_in_words() {
    let stage = |label: &str, state| Stage { label: label.into(), state, note: String::new() };
    let path = stage_path(&Keys, "Path", &[stage("Applied", State::Done), stage("Training", State::Current)]).0;
    assert_eq!(path.matches(r#"aria-current="step""#).count(), 1);
    assert!(path.contains("[page-stage-done]") && path.contains("[page-stage-current]"));
}

#[test]
fn a_task_that_cannot_be_begun_is_no_link() {
    let task = |href: Option<&str>| Task {
        label: "Check and send".into(),
        href: href.map(Into::into),
        hint: String::new(),
        status: Status::Open(Tone::Neutral, "Not yet".into()),
    };
    assert!(!task_list("t", &[task(None)]).0.contains("<a "));
    assert!(task_list("t", &[task(Some("/check"))]).0.contains(r#"aria-describedby="t-1-status""#));
}
