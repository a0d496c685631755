//! The built CSS, script, fonts and icons of `assets/web`, inside the program.

use include_dir::{Dir, DirEntry, include_dir};
use platform::router::Asset;
use std::sync::OnceLock;

static FILES: Dir = include_dir!("$CARGO_MANIFEST_DIR/../../assets/web");

/// Every asset with its kind.
pub fn all() -> &'static [Asset] {
    static ALL: OnceLock<Vec<Asset>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut all = Vec::new();
        collect(&FILES, &mut all);
        all
    })
}

fn collect(folder: &'static Dir, all: &mut Vec<Asset>) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(inner) => collect(inner, all),
            DirEntry::File(file) => {
                if let Some(path) = file.path().to_str() {
                    all.push((path, kind(path), file.contents()));
                }
            }
        }
    }
}

fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("woff2") => "font/woff2",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        _ => "application/octet-stream",
    }
}
