//! Forms: staff's with mistakes, an applicant's one question a page, a task list.

use super::Sheet;
use maud::html;
use platform::page::{
    Choice, Form, Problem, Width, Words, button, buttons, error_summary, field,
    form::{group, side_by_side},
    notice::inset,
    quiet_button,
    shell::{heading, narrow},
    tag::Tone,
    task::{Status, Task, task_list},
    trail::back_link,
    warning_button,
};

pub fn wrong(words: &dyn Words) -> Sheet {
    let problems = [
        Problem::at("fin", "FİN 7 işarədən ibarət olmalıdır"),
        Problem::at("born", "Doğum tarixi gələcəkdə ola bilməz"),
        Problem::at("channel", "Sizinlə necə əlaqə saxlayaq?"),
        Problem::whole("Bu şəxsin açıq işi var: 2025-11872"),
    ];
    let fields = html! {
        (group("Şəxs", html! {
            (field::text(words, "fin", "Fərdi identifikasiya nömrəsi (FİN)").hint("Şəxsiyyət vəsiqəsinin arxasında, 7 işarə".to_owned())
                .error("FİN 7 işarədən ibarət olmalıdır".to_owned()).value("5XK9").width(Width::Chars10))
            (side_by_side(html! {
                (field::text(words, "name", "Ad").value("Elçin").autocomplete("given-name"))
                (field::text(words, "surname", "Soyad").value("<İsmayılov>").autocomplete("family-name"))
                (field::text(words, "patronymic", "Atasının adı").value("Rauf"))
            }))
            (field::date(words, "born", "Doğum tarixi").hint("Məsələn, 27 3 1991".to_owned())
                .error("Doğum tarixi gələcəkdə ola bilməz".to_owned()).values(["27", "3", "2031"]).autocomplete("bday"))
        }))
        (group("Əlaqə", html! {
            (field::phone(words, "phone", "Mobil telefon").hint("Məsələn, 050 123 45 67".to_owned()).autocomplete("tel"))
            (field::radios(words, "channel", "Sizinlə necə əlaqə saxlayaq?", [
                Choice::new("sms", "SMS").hint("Pulsuzdur"),
                Choice::new("mail", "E-poçt").reveals(html! { (field::email(words, "email", "E-poçt ünvanı")) }),
                Choice::new("visit", "Qurumda görüş"),
            ]).error("Sizinlə necə əlaqə saxlayaq?".to_owned()))
            (field::checkboxes(words, "group", "Hansı qruplara aiddir?", [
                ("disability", "əlilliyi olan şəxs"), ("idp", "keçmiş məcburi köçkün"), ("assistance", "ünvanlı sosial yardım alan"),
            ]).values(["disability", "assistance"]).compact())
            (field::select(words, "office", "Qurum", [("sheki", "Şəki DOST mərkəzi"), ("ganja", "Gəncə DOST mərkəzi")]))
            (field::money(words, "income", "Ailənin aylıq gəliri").value("412,50"))
            (field::area(words, "note", "Qeyd", 3))
            (field::file(words, "paper", "Əlillik haqqında sənəd", "image/*,.pdf"))
        }))
        (buttons(html! {
            (button("Yadda saxlayın")) (quiet_button("Qaralama kimi saxlayın").sends("draft", "yes")) (warning_button("Qeydiyyatı silin"))
            a class="govuk-link" href="list.html" { "İmtina edin" }
        }))
    };
    Sheet {
        file: "form.html",
        title: "Yeni şəxs",
        is_wrong: true,
        main_form: Some("main-form"),
        trail: back_link(words, "list.html"),
        body: html! {
            (error_summary(words, &problems))
            (heading("", "Yeni şəxs"))
            (Form::new("main-form", "/people", "0190").csrf("token").version(3).with_files().body(fields))
        },
    }
}

pub fn fresh(words: &dyn Words) -> Sheet {
    let fields = html! {
        (field::radios(words, "status", "Hazırda işiniz varmı?", [("no", "Xeyr"), ("yes", "Bəli")]).as_heading().compact()
            .hint("Müqavilə ilə və ya müqaviləsiz görülən iş də sayılır.".to_owned()))
        (button("Davam edin"))
    };
    Sheet {
        file: "question.html",
        title: "Hazırda işiniz varmı?",
        is_wrong: false,
        main_form: Some("main-form"),
        trail: back_link(words, "tasks.html"),
        body: narrow(Form::new("main-form", "/eligibility", "0191").body(fields)),
    }
}

pub fn tasks(words: &dyn Words) -> Sheet {
    let task = |label: &str, href: Option<&str>, hint: &str, status| Task {
        label: label.into(),
        href: href.map(Into::into),
        hint: hint.into(),
        status,
    };
    let tasks = [
        task("Şəxsi məlumatlar", Some("#1"), "Reyestrdən doldurulub", Status::Done("Tamamlanıb".into())),
        task("Ev təsərrüfatı", Some("#2"), "", Status::Done("Tamamlanıb".into())),
        task("İstiqamət seçimi", Some("#3"), "İki istiqamət seçə bilərsiniz", Status::Open(Tone::Info, "Başlanıb".into())),
        task("Yer və alətlər", Some("#4"), "", Status::Open(Tone::Accent, "Başlanmayıb".into())),
        task("Yoxlayın və göndərin", None, "", Status::Open(Tone::Neutral, "Hələ başlamaq olmur".into())),
    ];
    Sheet {
        file: "tasks.html",
        title: "Ərizəniz",
        is_wrong: false,
        main_form: None,
        trail: back_link(words, "list.html"),
        body: narrow(html! {
            (heading("2026-cı ilin payız qəbulu", "Ərizəniz"))
            p class="govuk-body" { "5 hissədən 2-si tamamlanıb." }
            (task_list("application", &tasks))
            (inset(html! { "Qaralama 30 gün saxlanılır. Başqa telefonda da davam edə bilərsiniz." }))
        }),
    }
}
