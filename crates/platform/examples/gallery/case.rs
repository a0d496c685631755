//! A case's page: identity bar, parts, path, facts, what a change changes, timeline.

use super::{Sheet, link};
use maud::{Markup, html};
use platform::page::{
    SummaryRow, Tone, Words,
    action::quiet_button_link,
    notice::{details, important, warning},
    panel::{Identity, card, identity_bar, panel},
    shell::{heading, two_columns},
    stage::{Stage, State, stage_path},
    summary::{Changed, changes},
    summary_list, tag,
    timeline::{Moment, timeline},
    trail::{back_link, sub_navigation},
};

pub fn sheet(words: &dyn Words) -> Sheet {
    let parts = [
        link("case.html", "İş", true, None),
        link("?part=papers", "Sənədlər", false, Some("6")),
        link("?part=plan", "Biznes plan", false, None),
        link("?part=assets", "Avadanlıq", false, None),
        link("?part=visits", "Monitorinq", false, None),
        link("?part=journal", "Tarixçə", false, None),
    ];
    let body = html! {
        (identity())
        (sub_navigation(words, &parts))
        (heading("Şəxsi iş", "Telefon və kompüter təmiri"))
        (stage_path(words, "İşin yolu", &stages()))
        (important(words, "Plan komissiyanın 25 noyabr iclasındadır.", html! {
            p class="govuk-body" { "Yetərsay üçün bir üzv çatmır." }
        }))
        (two_columns(main(words), side(words)))
    };
    Sheet {
        file: "case.html",
        title: "Elçin İsmayılov",
        is_wrong: false,
        main_form: None,
        trail: back_link(words, "list.html"),
        body,
    }
}

fn identity() -> Markup {
    identity_bar(&Identity {
        name: "Elçin Rauf oğlu İsmayılov",
        facts: &[
            ("Doğum tarixi".into(), html! { "4 mart 1991 (35 yaş)" }),
            ("FİN".into(), html! { "•••••K7" }),
            ("Qeydiyyat nömrəsi".into(), html! { "2026-00418" }),
            ("Qurum".into(), html! { "Şəki DOST mərkəzi" }),
        ],
        tags: html! { (tag(Tone::Accent, "əlilliyi olan şəxs")) (tag(Tone::Attention, "şikayət açıqdır")) },
        actions: html! { (quiet_button_link("Zəng edin", "#call")) (quiet_button_link("Köçürün", "#transfer")) },
    })
}

fn stages() -> Vec<Stage> {
    let stage = |label: &str, state, note: &str| Stage { label: label.into(), state, note: note.into() };
    vec![
        stage("Ərizə", State::Done, "2 fevral 2026"),
        stage("Uyğunluq", State::Done, "10 fevral 2026"),
        stage("Seçim", State::Done, "18 avqust 2026"),
        stage("Təlim", State::Done, "4 oktyabr 2026"),
        stage("Biznes plan", State::Current, "komissiyadadır"),
        stage("Müqavilə", State::Ahead, ""),
        stage("Avadanlıq", State::Ahead, ""),
        stage("Mülkiyyət", State::Ahead, "ən tezi 2028"),
    ]
}

fn main(words: &dyn Words) -> Markup {
    html! {
        (panel("Biznes plan", summary_list(&[
            SummaryRow::text("İstiqamət", "Telefon və kompüter təmiri").change(words, "#direction"),
            SummaryRow::text("Yer", "Şəki şəhəri, M. F. Axundov prospekti 12").change(words, "#place"),
            SummaryRow::new("Qiymət", html! { "3.615,50 ₼ " (tag(Tone::Good, "hədd daxilindədir")) }),
            SummaryRow::text("Versiya", "3, 11 noyabr 2026"),
        ])))
        (changes(words, "Təsdiq gözləyən dəyişiklik", &[
            Changed { name: "Telefon".into(), before: "+994 50 000 00 01".into(), after: "+994 55 000 00 02".into() },
            Changed { name: "İkinci əlaqə".into(), before: String::new(), after: "Nigar İsmayılova (həyat yoldaşı)".into() },
        ]))
        (panel("Nə baş verib", timeline(&moments())))
    }
}

fn moments() -> Vec<Moment> {
    let moment = |title: &str, when: &str, machine: &str, who: &str, body: Markup, tone| Moment {
        title: title.into(),
        when: when.into(),
        machine_when: machine.into(),
        who: who.into(),
        body,
        tone,
    };
    vec![
        moment(
            "Plan komissiyaya verildi",
            "20 noyabr 2026, 15:42",
            "2026-11-20T15:42",
            "Aytən Məmmədova, Şəki",
            html! {},
            Tone::Info,
        ),
        moment(
            "Ekoloji və sosial skrininqdən keçdi",
            "17 noyabr 2026, 10:05",
            "2026-11-17T10:05",
            "Kamran Vəliyev, ekoloji mütəxəssis",
            html! { p class="govuk-body" { "Risk azdır. Batareyalar ayrıca təhvil verilməlidir." } },
            Tone::Good,
        ),
        moment("Şikayət qeydə alındı", "12 noyabr 2026, 09:30", "2026-11-12T09:30", "142 qaynar xətti", html! {}, Tone::Bad),
        moment(
            "Təlim başa çatdı",
            "4 oktyabr 2026",
            "2026-10-04",
            "Səbinə Quliyeva, təlimçi",
            html! { p class="govuk-body" { "36 saat, yekun test 84." } },
            Tone::Neutral,
        ),
    ]
}

fn side(words: &dyn Words) -> Markup {
    html! {
        (card("Növbəti addım", html! {
            p class="govuk-body" { "Komissiya qərarı, 25 noyabr 2026." }
            p class="govuk-body" { a class="govuk-link" href="#sitting" { "İclasa baxın" } }
        }))
        (warning(words, "Status 10 gündən köhnədirsə, müqavilə imzalanmır."))
        (details("Niyə növbədə gözləyir?", html! { p class="govuk-body" { "İclasda 40 plan var, bu plan 18-cidir." } }))
    }
}
