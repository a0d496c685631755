//! The programme that the program carries, and any other from a folder.

use anyhow::{Context, Result, bail};
use include_dir::{Dir, include_dir};
use platform::app::App;
use registry::{
    case::Law,
    programme::{self, InForce, Programme, store},
};
use std::{path::Path, sync::Arc};

static CARRIED: Dir = include_dir!("$CARGO_MANIFEST_DIR/../../programmes/employment-support");

/// A programme with its files.
pub struct Source {
    pub programme: Programme,
    files: Vec<(String, String)>,
}

/// The Employment Support Project, as the program carries it.
pub fn carried() -> Result<Source> {
    let files: Vec<(String, String)> =
        CARRIED.files().filter_map(|file| Some((file.path().to_str()?.to_owned(), file.contents_utf8()?.to_owned()))).collect();
    let borrowed: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    match Programme::from_files(&borrowed) {
        Ok(programme) => Ok(Source { programme, files }),
        Err(problems) => bail!("the programme that is carried is not in order:\n{}", store::in_lines(&problems)),
    }
}

/// A programme from a folder.
pub fn from_folder(folder: &Path) -> Result<Source> {
    let programme = match programme::load(folder) {
        Ok(programme) => programme,
        Err(problems) => bail!("{} is not in order:\n{}", folder.display(), store::in_lines(&problems)),
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        let kind = path.extension().and_then(|ending| ending.to_str());
        if let (Some("toml" | "csv"), Some(name)) = (kind, path.file_name().and_then(|name| name.to_str())) {
            files.push((name.to_owned(), std::fs::read_to_string(&path)?));
        }
    }
    Ok(Source { programme, files })
}

/// Puts a programme in force and lets the program hold it, with the law that follows for cases.
pub async fn put_in_force(app: App, source: Source) -> Result<App> {
    let files: Vec<(&str, &str)> = source.files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let mut tx = app.system().await?;
    let in_force: InForce = store::put_in_force(&mut tx, source.programme, &files).await?;
    tx.commit().await?;
    let law = Arc::new(Law::of(&in_force.programme));
    Ok(app.holding(Arc::new(in_force)).holding(law))
}
