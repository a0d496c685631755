//! The only faces a document may use: Noto Sans, carried inside the program.

use std::sync::OnceLock;
use typst::foundations::Bytes;
use typst::text::Font;

static FACES: OnceLock<Vec<Font>> = OnceLock::new();

/// Regular, bold and italic, parsed once.
pub(crate) fn faces() -> &'static [Font] {
    FACES.get_or_init(|| {
        [
            include_bytes!("../../../assets/fonts/noto-sans/NotoSans-Regular.ttf").as_slice(),
            include_bytes!("../../../assets/fonts/noto-sans/NotoSans-Bold.ttf"),
            include_bytes!("../../../assets/fonts/noto-sans/NotoSans-Italic.ttf"),
        ]
        .into_iter()
        .filter_map(|bytes| Font::new(Bytes::new(bytes), 0))
        .collect()
    })
}

/// Whether every face can draw this character.
pub(crate) fn draw(character: char) -> bool {
    faces().iter().all(|face| face.info().coverage.contains(character.into()))
}

#[cfg(test)]
#[path = "fonts_tests.rs"]
mod tests;
