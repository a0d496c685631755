//! The message catalogues of `i18n/`, built into the program.

use anyhow::{Context, Result};
use include_dir::{Dir, include_dir};

static FILES: Dir = include_dir!("$CARGO_MANIFEST_DIR/../../i18n");

/// Pairs of language code and the text of a message file.
pub fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.dirs().flat_map(|folder| {
        let code = folder.path().to_str().unwrap_or_default();
        folder.files().filter_map(move |file| Some((code, file.contents_utf8()?)))
    })
}

/// Installs them for the whole program.
pub fn install() -> Result<()> {
    platform::language::install(files()).context("reading the message catalogues")
}
