//! Every document, printed from its sample.

use crate::samples::{Paper, each_text, papers, read, shown, squeezed, writings};
use crate::{Certificate, Contract, Fault, Topic, certificate, contract, handover_act, letter, minutes, transfer_act};
use std::sync::OnceLock;
use typst_layout::PagedDocument;

fn holds(pdf: &[u8], needle: &str) -> bool {
    pdf.windows(needle.len()).any(|window| window == needle.as_bytes())
}

fn paper(template: &str) -> Paper {
    papers().into_iter().find(|paper| paper.template == template).unwrap()
}

/// What the public functions print, once for all tests.
fn printed() -> &'static [(&'static str, Vec<u8>)] {
    static PRINTED: OnceLock<Vec<(&str, Vec<u8>)>> = OnceLock::new();
    PRINTED.get_or_init(|| {
        vec![
            ("certificate.typ", certificate(&read("certificate")).unwrap()),
            ("contract.typ", contract(&read("contract")).unwrap()),
            ("handover_act.typ", handover_act(&read("handover_act")).unwrap()),
            ("letter.typ", letter(&read("letter")).unwrap()),
            ("minutes.typ", minutes(&read("minutes")).unwrap()),
            ("transfer_act.typ", transfer_act(&read("transfer_act")).unwrap()),
        ]
    })
}

/// Every sample laid out, once for all tests.
fn laid_out() -> &'static [(Paper, PagedDocument)] {
    static LAID_OUT: OnceLock<Vec<(Paper, PagedDocument)>> = OnceLock::new();
    LAID_OUT.get_or_init(|| {
        papers()
            .into_iter()
            .map(|paper| {
                let pages = paper.pages();
                (paper, pages)
            })
            .collect()
    })
}

#[test]
fn every_document_declares_itself_an_archival_and_accessible_pdf_in_azerbaijani() {
    for (template, pdf) in printed() {
        assert!(pdf.starts_with(b"%PDF-1.7"), "{template}");
        let declared = [
            "<pdfaid:part>2</pdfaid:part>",
            "<pdfaid:conformance>A</pdfaid:conformance>",
            "<pdfuaid:part>1</pdfuaid:part>",
            "<rdf:li>az</rdf:li>",
            "/Lang(az)",
            "/StructTreeRoot",
        ];
        for needle in declared {
            assert!(holds(pdf, needle), "{template} lacks {needle}");
        }
    }
}

#[test]
fn the_same_data_gives_the_same_bytes_whatever_was_printed_between() {
    let again: Vec<(&str, Vec<u8>)> = papers().iter().rev().map(|paper| (paper.template, paper.print())).collect();
    assert!(printed().iter().rev().eq(again.iter()));
}

#[test]
fn every_word_of_the_data_stands_on_the_pages() {
    for (paper, pages) in laid_out() {
        let text = shown(pages).concat();
        writings(&mut paper.data.clone(), &mut |writing| {
            for line in writing.split('\n').map(squeezed) {
                assert!(text.contains(&line), "{} does not show {line}", paper.template);
            }
        });
    }
}

#[test]
fn every_letter_is_drawn_by_our_own_face_and_none_is_an_empty_box() {
    for (paper, pages) in laid_out() {
        let mut letters = 0;
        for page in pages.pages() {
            each_text(&page.frame, &mut |item| {
                assert_eq!(item.font.font().info().family, "Noto Sans");
                let drawn = item.glyphs.iter().all(|glyph| glyph.id != 0);
                assert!(drawn, "{}: {}", paper.template, item.text);
                letters += item.glyphs.len();
            });
        }
        assert!(letters > 200, "{}", paper.template);
    }
}

#[test]
fn head_and_foot_stand_on_every_page() {
    for (paper, pages) in laid_out().iter().filter(|(paper, _)| paper.template != "certificate.typ") {
        let pages = shown(pages);
        let number = squeezed(paper.data["issue"]["number"].as_str().unwrap());
        for (index, page) in pages.iter().enumerate() {
            assert!(page.starts_with("Məşğulluğadəstəklayihəsi"), "{}", paper.template);
            let foot = format!(
                "№{number}·{}Səhifə{}/{}",
                squeezed(paper.data["issue"]["date"].as_str().unwrap()),
                index + 1,
                pages.len()
            );
            assert!(page.contains(&foot), "{} lacks {foot}", paper.template);
        }
    }
}

#[test]
fn a_long_table_runs_over_pages_and_repeats_its_head() {
    for (template, key, head) in [
        ("minutes.typ", "agenda", "Lehinə"),
        ("contract.typ", "items", "Texnikigöstəriciləri"),
        ("handover_act.typ", "items", "Vəziyyətivəyoxlama"),
        ("transfer_act.typ", "items", "Alınmatarixi"),
    ] {
        let mut paper = paper(template);
        paper.lengthen(key, 80);
        let pages = shown(&paper.pages());
        let with_head = pages.iter().filter(|page| page.contains(head)).count();
        assert!(with_head >= 3, "{template}: {with_head} of {} pages", pages.len());
    }
}

#[test]
fn an_empty_list_is_said_to_be_empty() {
    let mut paper = paper("minutes.typ");
    for key in ["absent", "balances", "dissent"] {
        paper.data[key] = serde_json::json!([]);
    }
    assert_eq!(shown(&paper.pages()).concat().matches("Yoxdur.").count(), 3);
}

#[test]
fn a_certificate_stays_on_one_page_however_long_the_names() {
    let sample: Certificate = read("certificate");
    let long = Certificate {
        holder: "Məhəmmədhüseyn Əbdülrəhman oğlu Şıxəlibəyli-Cavanşirzadə".into(),
        course: "Kiçik biznesin qurulması, idarə edilməsi, maliyyə savadlılığı və proaktiv sahibkarlıq təfəkkürü".into(),
        place: "Bakı şəhəri, Nəsimi rayonu, Süleyman Sani Axundov küçəsi 214, ikinci korpus, dördüncü mərtəbə".into(),
        address: format!("{}/{}", sample.address, "0123456789abcdef".repeat(4)),
        ..sample
    };
    let data = serde_json::to_value(crate::certificate::drawn(&long).unwrap()).unwrap();
    assert_eq!(Paper { template: "certificate.typ", data }.pages().pages().len(), 1);
}

#[test]
fn a_contract_that_leaves_a_topic_open_is_not_printed() {
    for topic in Topic::REQUIRED {
        let mut data: Contract = read("contract");
        data.clauses.retain(|clause| clause.topic != topic);
        assert!(matches!(contract(&data), Err(Fault::MissingClause(missing)) if missing == topic));
    }
    let mut data: Contract = read("contract");
    data.clauses.iter_mut().find(|clause| clause.topic == Topic::Death).unwrap().paragraphs.clear();
    assert!(matches!(contract(&data), Err(Fault::MissingClause(Topic::Death))));
}

#[test]
fn a_translation_says_that_the_azerbaijani_text_binds() {
    let notes = [("en", "TheAzerbaijanitextistheonethatbinds."), ("ru", "силуимееттекстнаазербайджанскомязыке.")];
    for (language, note) in notes {
        for mut paper in papers().into_iter().filter(|paper| paper.template != "letter.typ") {
            paper.data["issue"]["language"] = language.into();
            assert!(shown(&paper.pages()).concat().contains(note), "{} {language}", paper.template);
        }
    }
    for (paper, pages) in laid_out() {
        let text = shown(pages).concat();
        assert!(notes.iter().all(|(_, note)| !text.contains(note)), "{}", paper.template);
    }
}
