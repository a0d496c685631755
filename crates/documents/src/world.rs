//! The closed world in which typst works: our templates, our words, our fonts, and one document's data.

use crate::fonts;
use std::sync::OnceLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

/// The templates, by the name under which they import each other.
pub(crate) const TEMPLATES: [(&str, &str); 7] = [
    ("style.typ", include_str!("style.typ")),
    ("certificate.typ", include_str!("certificate.typ")),
    ("contract.typ", include_str!("contract.typ")),
    ("handover_act.typ", include_str!("handover_act.typ")),
    ("letter.typ", include_str!("letter.typ")),
    ("minutes.typ", include_str!("minutes.typ")),
    ("transfer_act.typ", include_str!("transfer_act.typ")),
];

/// The fixed labels of all templates in three languages.
pub(crate) const WORDS: &str = include_str!("words.json");

/// One document's view: everything shared, and its own data.
pub(crate) struct Desk {
    shelf: &'static Shelf,
    main: FileId,
    data: Bytes,
}

impl Desk {
    /// A desk for `template` (a name in `TEMPLATES`) with `data` in JSON.
    pub(crate) fn new(template: &'static str, data: Vec<u8>) -> Self {
        Self { shelf: shelf(), main: file(template), data: Bytes::new(data) }
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.shelf.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.shelf.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let known = self.shelf.templates.iter().find(|source| source.id() == id);
        known.cloned().ok_or_else(|| missing(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match id {
            id if id == self.shelf.data => Ok(self.data.clone()),
            id if id == self.shelf.words => Ok(Bytes::new(WORDS.as_bytes())),
            _ => Err(missing(id)),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        fonts::faces().get(index).cloned()
    }

    /// No document may ask for the machine's date: dates come with the data.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// What all documents share, parsed once.
struct Shelf {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    templates: Vec<Source>,
    data: FileId,
    words: FileId,
}

fn shelf() -> &'static Shelf {
    static SHELF: OnceLock<Shelf> = OnceLock::new();
    SHELF.get_or_init(|| Shelf {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(fonts::faces())),
        templates: TEMPLATES.iter().map(|(name, text)| Source::new(file(name), (*text).into())).collect(),
        data: file("data.json"),
        words: file("words.json"),
    })
}

fn file(name: &'static str) -> FileId {
    let path = VirtualPath::new(name).expect("our file names are plain words");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_with_slash().into())
}
