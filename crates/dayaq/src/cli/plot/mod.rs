//! Plots as SVG files that stand alone, each with its table drawn underneath.

pub mod bars;
mod draw;
#[cfg(test)]
mod plot_tests;

use super::unfinished::Unfinished;
use anyhow::{Context, Result};
use std::{
    collections::HashSet,
    fs,
    io::Write,
    path::{Path, PathBuf},
};

/// A plot with the table under it.
pub struct Plot {
    pub title: String,
    /// What is on the upright axis.
    pub measure: String,
    pub shape: Shape,
    /// Named places on the level axis; a name that would stand on an earlier one's is left out.
    pub places: Vec<(f64, String)>,
    /// Named heights, from the lowest to the highest, between which everything is drawn.
    pub heights: Vec<(f64, String)>,
    pub lines: Vec<Line>,
    pub table: Table,
}

/// Whether lines hold until the next point or lead to it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Steps,
    Straight,
}

/// A line with the bands around it, the widest first.
pub struct Line {
    pub name: String,
    pub points: Vec<(f64, f64)>,
    /// Each a place with its low and its high end.
    pub bands: Vec<Vec<(f64, f64, f64)>>,
}

/// A table in words; the first column heads its rows.
pub struct Table {
    pub head: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// The table for a terminal: the first column to the left, the others to the right.
    pub fn in_text(&self) -> String {
        let widths: Vec<usize> = (0..self.head.len()).map(|at| self.width(at)).collect();
        let mut text = String::new();
        for row in std::iter::once(&self.head).chain(&self.rows) {
            let cells = row.iter().zip(&widths).enumerate().map(|(at, (cell, width))| {
                let room = " ".repeat(width.saturating_sub(cell.chars().count()));
                if at == 0 { format!("{cell}{room}") } else { format!("{room}{cell}") }
            });
            let line = cells.collect::<Vec<_>>().join("  ");
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    /// The table in parts to stand one under the other, each with the first column, where it is wider than a page. A
    /// column whose head the table has several times, such as a band, stays beside the one before it.
    pub fn folded(&self) -> Vec<Self> {
        /// Letters of a page, and between columns.
        const PAGE: usize = 150;
        const ROOM: usize = 3;
        let is_beside = |at: usize| self.head.iter().filter(|head| **head == self.head[at]).count() > 1;
        let mut together: Vec<Vec<usize>> = Vec::new();
        for at in 1..self.head.len() {
            match together.last_mut() {
                Some(columns) if is_beside(at) => columns.push(at),
                _ => together.push(vec![at]),
            }
        }
        let mut parts = vec![vec![0]];
        let mut taken = self.width(0);
        for columns in together {
            let wide: usize = columns.iter().map(|at| self.width(*at) + ROOM).sum();
            if taken + wide > PAGE && taken > self.width(0) {
                parts.push(vec![0]);
                taken = self.width(0);
            }
            taken += wide;
            if let Some(part) = parts.last_mut() {
                part.extend(columns);
            }
        }
        let pick = |part: &[usize], row: &[String]| part.iter().filter_map(|at| row.get(*at).cloned()).collect();
        let table = |part: Vec<usize>| Self {
            head: pick(&part, &self.head),
            rows: self.rows.iter().map(|row| pick(&part, row)).collect(),
        };
        parts.into_iter().map(table).collect()
    }

    fn width(&self, at: usize) -> usize {
        let rows = self.rows.iter().filter_map(|row| row.get(at));
        rows.chain(self.head.get(at)).map(|cell| cell.chars().count()).max().unwrap_or_default()
    }
}

/// A number in words with its thousands apart.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Round heights from zero to just above the largest value.
pub fn heights(largest: f64, show: impl Fn(f64) -> String) -> Vec<(f64, String)> {
    let rough = largest.max(1e-9) / 4.0;
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|times| times * power).find(|step| *step >= rough);
    let step = step.unwrap_or(10.0 * power);
    let count = (largest / step).ceil().max(1.0) as u32;
    (0..=count).map(|at| f64::from(at) * step).map(|height| (height, show(height))).collect()
}

/// A name for a file from any text.
pub fn file_name(text: &str) -> String {
    let name: String = text.chars().map(|sign| if sign.is_alphanumeric() { sign } else { '-' }).collect();
    if name.is_empty() { "column".to_owned() } else { name }
}

/// Names for files from texts, in their order: no two are the same, also where capitals do not count.
pub fn file_names<'t>(texts: impl IntoIterator<Item = &'t str>) -> Vec<String> {
    /// Folders take names of 255 bytes, of which a letter may have four.
    const LONGEST: usize = 50;
    let small = |name: &str| name.chars().flat_map(char::to_lowercase).collect::<String>();
    let mut taken = HashSet::new();
    let mut names = Vec::new();
    for text in texts {
        let plain: String = file_name(text).chars().take(LONGEST).collect();
        let (mut name, mut nth) = (plain.clone(), 1);
        while !taken.insert(small(&name)) {
            nth += 1;
            name = format!("{plain}-{nth}");
        }
        names.push(name);
    }
    names
}

/// Files that are written whole or not at all, into one folder.
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// The folder, made if it is not there.
    pub fn open(path: &Path) -> Result<Self> {
        fs::create_dir_all(path).with_context(|| format!("making the folder {}", path.display()))?;
        Ok(Self { path: path.to_owned() })
    }

    /// The folder that is named, or one beside the file: `FILE-WORD`.
    pub fn beside(file: &Path, word: &str, named: Option<&Path>) -> Result<Self> {
        let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        match named {
            Some(path) => Self::open(path),
            None => Self::open(&file.with_file_name(format!("{stem}-{word}"))),
        }
    }

    /// Writes several whole files, or none where one cannot be written.
    pub fn write_all(&self, files: &[(String, String)]) -> Result<()> {
        let mut written = Vec::new();
        for (name, text) in files {
            let path = self.path.join(name);
            let mut file = Unfinished::create(&path)?;
            let whole = file.write_all(text.as_bytes()).and_then(|()| file.flush());
            whole.with_context(|| format!("writing {}", path.display()))?;
            written.push(file);
        }
        written.into_iter().try_for_each(Unfinished::finish)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
}
