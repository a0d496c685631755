//! What an officer asks for and a counsellor looks at before somebody is admitted: papers, and the readiness form.

use super::{
    code::{Code, Coded},
    reader::Reader,
    words::Words,
};
use serde::Serialize;

/// A paper that an application may lack.
#[derive(Clone, Debug, Serialize)]
pub struct Paper {
    pub code: Code<Paper>,
    pub name: Words,
}

/// Something that the readiness assessment gives points for.
#[derive(Clone, Debug, Serialize)]
pub struct ReadinessItem {
    pub code: Code<ReadinessItem>,
    pub name: Words,
}

/// Something that a counsellor talks about with an applicant.
#[derive(Clone, Debug, Serialize)]
pub struct ReadinessTopic {
    pub code: Code<ReadinessTopic>,
    pub name: Words,
}

/// All three, each in the order of its file.
#[derive(Clone, Debug, Default)]
pub(super) struct Admission {
    pub papers: Vec<Paper>,
    pub items: Vec<ReadinessItem>,
    pub topics: Vec<ReadinessTopic>,
}

/// Reads `papers.csv`, `readiness_items.csv` and `readiness_topics.csv`.
pub(super) fn read(reader: &Reader<'_>) -> Admission {
    const COLUMNS: [&str; 4] = ["code", "name_az", "name_en", "name_ru"];
    Admission {
        papers: reader.csv("papers.csv", &COLUMNS, |row| Paper { code: row.define("code"), name: row.name() }),
        items: reader.csv("readiness_items.csv", &COLUMNS, |row| ReadinessItem { code: row.define("code"), name: row.name() }),
        topics: reader.csv("readiness_topics.csv", &COLUMNS, |row| ReadinessTopic { code: row.define("code"), name: row.name() }),
    }
}

impl Coded for Paper {
    const NOUN: &'static str = "paper";
    const FILE: &'static str = "papers.csv";
}

impl Coded for ReadinessItem {
    const NOUN: &'static str = "readiness item";
    const FILE: &'static str = "readiness_items.csv";
}

impl Coded for ReadinessTopic {
    const NOUN: &'static str = "readiness topic";
    const FILE: &'static str = "readiness_topics.csv";
}
