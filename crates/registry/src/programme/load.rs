//! From a folder of files, or the same files carried in the program, to a checked programme.

use super::{
    About, Parts, Problem, Programme, admission, calendar, catalogue, completeness, contract, course, duty, eligibility, form,
    grievance, group, indicator, letter, monitoring, parameters, phase, quota,
    reader::{Files, Reader, Table},
    reason, scoring, screening, territory,
};
use ring::digest::{Context, SHA256};
use std::{fs, io, path::Path, sync::Arc};

/// Reads a programme from its folder. All problems are given at once, by file and line.
pub fn load(dir: &Path) -> Result<Programme, Vec<Problem>> {
    let unreadable = |error: io::Error| {
        let what = format!("the folder cannot be read: {error}");
        vec![Problem { file: dir.display().to_string(), line: 1, what, expected: "a programme's folder".into() }]
    };
    let (mut files, mut problems) = (Files::new(), Vec::new());
    for (name, bytes) in files_in(dir).map_err(unreadable)? {
        match text_of(&name, bytes) {
            Ok(text) => drop(files.insert(name, text)),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { read(&files) } else { Err(problems) }
}

fn text_of(name: &str, bytes: Vec<u8>) -> Result<String, Problem> {
    String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = 1 + good.iter().filter(|byte| **byte == b'\n').count();
        Problem { file: name.to_owned(), line, what: "the text is not UTF-8".into(), expected: "UTF-8".into() }
    })
}

/// The problems of a programme's folder, by file and line; none if it can be loaded.
pub fn check(dir: &Path) -> Vec<Problem> {
    load(dir).err().unwrap_or_default()
}

impl Programme {
    /// Reads a programme from files carried in the program, as (path inside the folder, content).
    pub fn from_files(files: &[(&str, &str)]) -> Result<Self, Vec<Problem>> {
        let topics = files.iter().filter(|(path, _)| is_topic(Path::new(path)));
        read(&topics.map(|(path, content)| ((*path).to_owned(), (*content).to_owned())).collect())
    }
}

fn files_in(dir: &Path) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).map(str::to_owned);
        if let Some(name) = name.filter(|_| is_topic(&path)) {
            let bytes = fs::read(&path).map_err(|error| io::Error::new(error.kind(), format!("{name}: {error}")))?;
            files.push((name, bytes));
        }
    }
    Ok(files)
}

/// Notes for people may lie beside the topics.
fn is_topic(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "toml" || extension == "csv")
}

fn read(files: &Files) -> Result<Programme, Vec<Problem>> {
    let reader = Reader::new(files);
    let parts = parts(&reader, files);
    let problems = reader.finish();
    if problems.is_empty() { Ok(Programme(Arc::new(parts))) } else { Err(problems) }
}

fn parts(reader: &Reader<'_>, files: &Files) -> Parts {
    let about = reader.toml("programme.toml", about).unwrap_or_default();
    let placed = parameters::read(reader);
    completeness::parameters(reader, &placed, about.begins_on);
    let parameters: Vec<_> = placed.into_iter().map(|(parameter, _)| parameter).collect();
    let vocabulary = eligibility::vocabulary(&parameters);
    Parts {
        digest: digest(files),
        timetable: phase::read(reader),
        territory: territory::read(reader),
        catalogue: catalogue::read(reader),
        calendar: calendar::read(reader),
        facts: eligibility::read_facts(reader),
        rules: eligibility::read_rules(reader, &vocabulary),
        groups: group::read(reader, &vocabulary),
        quotas: quota::read(reader),
        admission: admission::read(reader),
        course: course::read(reader, &parameters),
        plan: form::read(reader, "plan_form.toml"),
        score_sheets: scoring::read(reader),
        screening: screening::read(reader),
        monitoring: monitoring::read(reader),
        grievances: grievance::read(reader),
        framework: indicator::read(reader),
        reasons: reason::read(reader),
        duties: duty::read(reader),
        contracts: contract::read(reader),
        letters: letter::read(reader),
        parameters,
        about,
    }
}

fn about(table: &Table<'_>) -> About {
    About {
        code: table.text("code"),
        name: table.words("name"),
        short_name: table.words("short_name"),
        authority: table.words("authority"),
        currency: table.text("currency"),
        country: table.text("country"),
        begins_on: table.date("begins_on"),
        hotline: table.text("hotline"),
        website: table.text("website"),
        source: table.source(),
    }
}

/// Lengths stand before the texts, so that no two sets of files run together into the same bytes.
fn digest(files: &Files) -> [u8; 32] {
    let mut context = Context::new(&SHA256);
    for (path, content) in files {
        for text in [path, content] {
            context.update(&(text.len() as u64).to_be_bytes());
            context.update(text.as_bytes());
        }
    }
    let mut digest = [0; 32];
    digest.copy_from_slice(context.finish().as_ref());
    digest
}
