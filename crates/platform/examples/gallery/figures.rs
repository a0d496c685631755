//! Figures: metrics that open, bars, lines.

use super::Sheet;
use maud::html;
use platform::page::{
    Tone, Words,
    chart::{Bar, Series, bar_chart, line_chart},
    panel::{Metric, metrics},
    shell::{heading, two_columns},
};

pub fn sheet(words: &dyn Words) -> Sheet {
    let body = html! {
        (heading("Bütün ölkə üzrə", "Göstəricilər"))
        (metrics(&[
            Metric { note: "hədəf 25.000".into(), href: Some("#equipped".into()), reached_percent: Some(96.0), tone: Tone::Good, ..Metric::new("Avadanlıq alıb", "24.012") },
            Metric { note: "bu ay 412".into(), href: Some("#trained".into()), ..Metric::new("Təlim keçib", "32.218") },
            Metric { note: "24 aydan sonra, hədəf 70 %".into(), reached_percent: Some(73.0), tone: Tone::Good, ..Metric::new("Fəaliyyətini davam etdirir", "73 %") },
            Metric { note: "6 qurumda".into(), href: Some("#late".into()), tone: Tone::Bad, ..Metric::new("Gecikən işlər", "128") },
        ]))
        (two_columns(lines(words), bars(words)))
    };
    Sheet { file: "figures.html", title: "Göstəricilər", is_wrong: false, main_form: None, trail: html! {}, body }
}

fn lines(words: &dyn Words) -> maud::Markup {
    let months: Vec<String> =
        ["yan", "fev", "mar", "apr", "may", "iyn", "iyl", "avq", "sen", "okt", "noy", "dek"].map(Into::into).into();
    let series = |name: &str, points: [f64; 12]| Series { name: name.into(), points: points.map(Some).into() };
    let mut trained = series("Təlim keçib", [310., 420., 515., 560., 470., 380., 190., 160., 520., 610., 580., 430.]);
    trained.points[6] = None;
    let equipped = series("Avadanlıq alıb", [240., 260., 330., 410., 455., 420., 300., 210., 260., 380., 470., 505.]);
    line_chart(words, "2025-ci ildə aylar üzrə", "Ay", &months, &[trained, equipped], |value| format!("{value:.0}"))
}

fn bars(words: &dyn Words) -> maud::Markup {
    let bar = |label: &str, value: f64, shown: &str| Bar {
        label: label.into(),
        value,
        shown: shown.into(),
        href: Some("#cases".into()),
    };
    bar_chart(
        words,
        "Peşə istiqamətləri",
        "İstiqamət",
        "Nəfər",
        &[
            bar("Dərzi", 2401., "2.401"),
            bar("Gözəllik ustası", 2160., "2.160"),
            bar("Bərbər", 1800., "1.800"),
            bar("Telefon və kompüter təmiri", 960., "960"),
            bar("Xalçaçı", 0., "0"),
        ],
    )
}
