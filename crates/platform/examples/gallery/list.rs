//! A list of cases: views, filter with chips, a table whose rows may be chosen, pages.

use super::{Sheet, link};
use maud::{Markup, html};
use platform::page::{
    Chip, Column, Filter, Form, Pagination, Row, Sort, Table, Tone, Words, bulk_bar, field, notice, pagination, quiet_button,
    shell::heading,
    tag,
    trail::{breadcrumbs, tabs},
};

pub fn sheet(words: &dyn Words) -> Sheet {
    let views = [
        link("list.html", "Gecikənlər", true, Some("14")),
        link("?view=mine", "Mənim işlərim", false, Some("86")),
        link("?view=all", "Hamısı", false, Some("1.240")),
    ];
    let body = html! {
        (notice::success(words, "Üç iş başqa mütəxəssisə verildi.", html! {
            p class="govuk-body" { a class="govuk-notification-banner__link" href="#undo" { "Geri qaytarın" } }
        }))
        (heading("", "İşlər"))
        (tabs("Görünüşlər", &views))
        (filter(words))
        (Form::new("chosen", "/transfer", "f1").csrf("token").body(bulk_bar(
            words,
            "Şərtlərə uyğun 1.240 işin hamısı",
            html! { (quiet_button("Başqa mütəxəssisə verin")) (quiet_button("İxrac edin (XLSX)")) },
        )))
        (table(words))
        (pagination(words, Pagination { current: 4, last: 50 }, |page| format!("?page={page}")))
        (notice::empty_state("Tapşırıq qalmayıb", html! {
            p class="govuk-body" { "Növbədə heç bir iş yoxdur. " a class="govuk-link" href="?view=all" { "Bütün işlərə baxın" } }
        }))
    };
    Sheet {
        file: "list.html",
        title: "İşlər",
        is_wrong: false,
        main_form: None,
        trail: breadcrumbs(words, &[("Tapşırıqlarım".into(), "/".into()), ("Şəki".into(), "/offices/seki".into())]),
        body,
    }
}

fn filter(words: &dyn Words) -> impl maud::Render {
    let stages = [("trained", "Təlim keçib"), ("approved", "Plan təsdiqlənib")];
    let groups = [("disability", "əlilliyi olan şəxs"), ("martyr", "şəhid ailəsinin üzvü")];
    Filter::new(words, "list.html")
        .search("q", "Ad, FİN və ya qeydiyyat nömrəsi", "Şəki")
        .keep("sort", "name")
        .field(field::select(words, "stage", "Mərhələ", stages).blank("Hamısı").value("trained"))
        .field(field::select(words, "group", "Həssas qrup", groups).blank("Hamısı"))
        .field(field::text(words, "direction", "Peşə istiqaməti"))
        .chips([
            Chip { name: "Mərhələ".into(), value: "təlim keçib".into(), without: "?q=Şəki".into() },
            Chip { name: "Axtarış".into(), value: "Şəki".into(), without: "?stage=trained".into() },
        ])
}

fn table(words: &dyn Words) -> Table<'_> {
    let people = [
        ("Gülnarə Rəhimova", "Dərzi", "Təlim keçib", "3.480,00 ₼", "12 gün gecikib", Tone::Bad),
        ("Elçin İsmayılov", "Telefon və kompüter təmiri", "Plan qiymətləndirilir", "3.615,50 ₼", "bu gün", Tone::Attention),
        ("Şəhla Əliyeva", "Qənnadı məmulatları", "Müqavilə gözləyir", "4.590,00 ₼", "25 noyabr", Tone::Neutral),
        ("Ruslan Ağayev", "Qaynaqçı", "Fəaliyyət göstərir", "12.200,00 ₼", "1 dekabr", Tone::Neutral),
    ];
    let rows = people.map(|(name, direction, stage, sum, due, tone)| {
        Row::new([
            html! { a class="govuk-link" href="case.html" { (name) } },
            html! { "2026-00418" },
            html! { (direction) },
            html! { (tag(Tone::Info, stage)) },
            html! { (sum) },
            due_cell(due, tone),
        ])
        .tone(tone)
        .choice("case-id", format!("{name} seçin"))
    });
    Table::new(words, "cases", "İşlər, ada görə")
        .quiet_caption()
        .choices("chosen", "case")
        .column(Column::new("Ad").sorted(Sort::Ascending, "?sort=-name"))
        .column(Column::short("Qeydiyyat nömrəsi"))
        .column(Column::new("Peşə istiqaməti").sorted(Sort::Not, "?sort=direction"))
        .column(Column::new("Mərhələ"))
        .column(Column::numeric("Avadanlıq").sorted(Sort::Not, "?sort=sum"))
        .column(Column::short("Son gün").sorted(Sort::Not, "?sort=due"))
        .rows(rows)
        .foot([html! { "Cəmi" }, html! {}, html! {}, html! {}, html! { "23.885,50 ₼" }, html! {}])
}

fn due_cell(due: &str, tone: Tone) -> Markup {
    match tone {
        Tone::Neutral => html! { (due) },
        tone => tag(tone, due),
    }
}
