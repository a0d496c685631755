//! People's text is only ever text.

use crate::samples::{Paper, papers, shown, squeezed, writings};

const HOSTILE: &str = concat!(
    r##"#panic("x") #let a = 1 #import "style.typ""##,
    "\n",
    r##"$x^2$ *qalın* _əyri_ `kod` @istinad <ad> ~ -- --- ..."##,
    "\n",
    r##"= Başlıq \ // şərh /* şərh */ ] } ) " ' { [ ("##,
    "\n- bənd\n+ bənd\n/ söz: izah\n1. bənd\n#eval(\"1\")",
);

/// Writes `text` wherever people may write.
fn overwritten(mut paper: Paper, text: &str) -> Paper {
    writings(&mut paper.data, &mut |writing| *writing = text.into());
    paper
}

#[test]
fn marks_of_the_typesetting_language_are_printed_as_written() {
    for mut paper in papers() {
        let mut places = 0;
        writings(&mut paper.data, &mut |_| places += 1);
        let pages = overwritten(paper, HOSTILE).pages();
        let shown = shown(&pages).concat();
        for line in HOSTILE.split('\n').map(squeezed) {
            let found = shown.matches(&line).count();
            assert!(found >= places, "{line} stands {found} times, should {places}");
        }
    }
}

#[test]
fn text_that_no_face_can_draw_does_not_keep_a_document_from_being_printed() {
    for paper in papers() {
        let paper = overwritten(paper, "\u{202e}漢字 👍🏽 \u{0}\u{e000} e\u{301}\r\n");
        assert!(paper.print().starts_with(b"%PDF-"), "{}", paper.template);
    }
}

#[test]
fn a_word_without_end_does_not_keep_a_document_from_being_printed() {
    for paper in papers() {
        let paper = overwritten(paper, &"Ə".repeat(150));
        assert!(paper.print().starts_with(b"%PDF"), "{}", paper.template);
    }
}

#[test]
fn empty_text_does_not_keep_a_document_from_being_printed() {
    for paper in papers() {
        let paper = overwritten(paper, "");
        assert!(paper.print().starts_with(b"%PDF"), "{}", paper.template);
    }
}
