//! Writes a gallery of every page component into the folder given as argument, to look at and to test in a browser:
//! `cargo run -p platform --example gallery -- FOLDER`, then serve that folder on loopback.

mod case;
mod figures;
mod form;
mod list;
mod paper;

use anyhow::{Context, Result};
use maud::{Markup, html};
use platform::{
    language::{Lang, install},
    page::{NavItem, Shell, Signed},
};
use std::{fs, path::Path};

/// A page of the gallery.
struct Sheet {
    file: &'static str,
    title: &'static str,
    is_wrong: bool,
    main_form: Option<&'static str>,
    trail: Markup,
    body: Markup,
}

fn main() -> Result<()> {
    let folder = std::env::args().nth(1).context("which folder to write to?")?;
    let folder = Path::new(&folder);
    install([
        ("az", include_str!("../../../../i18n/az/page.ftl")),
        ("en", include_str!("../../../../i18n/en/page.ftl")),
        ("ru", include_str!("../../../../i18n/ru/page.ftl")),
    ])?;
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/web"), &folder.join("assets"))?;
    let words = Lang::Az;
    let sheets = [
        list::sheet(&words),
        case::sheet(&words),
        form::wrong(&words),
        form::fresh(&words),
        form::tasks(&words),
        figures::sheet(&words),
        paper::decision(&words),
        paper::interruption(),
        paper::confirmation(),
    ];
    for sheet in &sheets {
        fs::write(folder.join(sheet.file), draw(&words, sheet).into_string()).context("writing a page")?;
    }
    Ok(())
}

fn draw(words: &Lang, sheet: &Sheet) -> Markup {
    let nav = [
        link("list.html", "Tapşırıqlarım", sheet.file == "list.html", Some("14")),
        link("case.html", "Şəxslər", sheet.file == "case.html", None),
        link("form.html", "Qeydiyyat", sheet.file == "form.html", None),
        link("tasks.html", "Ərizə", sheet.file == "tasks.html", None),
        link("figures.html", "Göstəricilər", sheet.file == "figures.html", None),
        link("decision.html", "Qərarlar", sheet.file == "decision.html", None),
    ];
    let shell = Shell {
        words,
        lang: "az",
        title: sheet.title,
        has_error: sheet.is_wrong,
        officer: Some(Signed {
            name: "Aytən Məmmədova",
            role: "məşğulluq mütəxəssisi",
            office: "Şəki DOST mərkəzi",
            csrf: "token",
        }),
        nav: &nav,
        path: "/cases?stage=trained&sort=name",
        main_form: sheet.main_form,
        today: "22 noyabr 2026",
        demo: true,
        trail: html! { (sheet.trail) },
    };
    shell.page(sheet.body.clone())
}

/// A link of a navigation.
fn link(href: &str, label: &str, current: bool, count: Option<&str>) -> NavItem {
    NavItem { href: href.into(), label: label.into(), current, count: count.map(Into::into) }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).context("making a folder")?;
    for entry in fs::read_dir(from).context("reading the assets")? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
