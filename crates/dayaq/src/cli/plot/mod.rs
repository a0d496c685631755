//! Plots as SVG files that stand alone, each with its table drawn underneath.

pub mod bars;
mod draw;
#[cfg(test)]
mod plot_tests;

use super::unfinished::Unfinished;
use anyhow::{Context, Result};
use std::{
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
    /// Named places on the level axis.
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

    /// Writes a whole file.
    pub fn write(&self, name: &str, text: &str) -> Result<()> {
        Unfinished::whole(&self.path.join(name), |out| Ok(out.write_all(text.as_bytes())?))
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
}
