//! A decision that prints, an interruption, a confirmation.

use super::Sheet;
use maud::html;
use platform::page::{
    Tone, Words, button_link,
    decision::{Decision, decision as draw},
    notice::{confirmation as confirm, interruption as interrupt},
    trail::back_link,
};

pub fn decision(words: &dyn Words) -> Sheet {
    let body = draw(
        words,
        &Decision {
            title: "Ərizəniz qəbul edilmədi",
            number: "Q-2026-1182",
            day: "22 noyabr 2026",
            tone: Tone::Bad,
            verdict: "uyğun deyil",
            body: html! {
                p class="govuk-body" { "Hörmətli Elçin İsmayılov, 2 noyabr 2026-cı il tarixli ərizənizə baxdıq." }
                h2 class="govuk-heading-m" { "Səbəb" }
                p class="govuk-body" { "Hazırda sığorta ödənişi alırsınız. Bu müddətdə layihəyə qoşulmaq olmur (Qaydalar, bənd 3.2)." }
                h2 class="govuk-heading-m" { "Nə edə bilərsiniz" }
                ul class="govuk-list govuk-list--bullet" {
                    li { "30 gün ərzində qərardan şikayət edə bilərsiniz." }
                    li { "Ödəniş bitəndən sonra yenidən müraciət edə bilərsiniz." }
                }
            },
            signed: &[
                ("Aytən Məmmədova".into(), "Məşğulluq mütəxəssisi".into()),
                ("Rəşad Hüseynov".into(), "Qurumun rəhbəri".into()),
            ],
        },
    );
    Sheet {
        file: "decision.html",
        title: "Ərizəniz qəbul edilmədi",
        is_wrong: false,
        main_form: None,
        trail: back_link(words, "case.html"),
        body,
    }
}

pub fn interruption() -> Sheet {
    let body = interrupt(
        "Bu şəxsin açıq şikayəti var",
        html! { p class="govuk-body" { "Köçürmə şikayətin müddətini dayandırmır. Yeni qurum 5 iş günü ərzində cavab verməlidir." } },
        html! { (button_link("Bildim, davam edin", "#go")) a class="govuk-link" href="case.html" { "Geri qayıdın" } },
    );
    Sheet {
        file: "interruption.html",
        title: "Bu şəxsin açıq şikayəti var",
        is_wrong: false,
        main_form: None,
        trail: html! {},
        body,
    }
}

pub fn confirmation() -> Sheet {
    let body = html! {
        (confirm("Ərizəniz qəbul olundu", html! { "Qeydiyyat nömrəniz " strong { "2026-00419" } }))
        p class="govuk-body" { "Nömrəni SMS ilə də göndərdik." }
    };
    Sheet {
        file: "confirmation.html", title: "Ərizəniz qəbul olundu", is_wrong: false, main_form: None, trail: html! {}, body
    }
}
