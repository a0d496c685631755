//! Files that are written beside their place and named when they are whole, so that nobody finds half of one.

use anyhow::{Context, Result};
use std::{
    ffi::OsString,
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

/// A file that has another name until it is finished. Dropped before that, it is removed.
pub struct Unfinished {
    out: BufWriter<File>,
    part: PathBuf,
    path: PathBuf,
    is_named: bool,
}

impl Unfinished {
    /// Begins a file; one that stands at the path stays until this one is finished.
    pub fn create(path: &Path) -> Result<Self> {
        let mut part = OsString::from(path);
        part.push(".part");
        let part = PathBuf::from(part);
        let file = File::create(&part).with_context(|| format!("creating {}", path.display()))?;
        Ok(Self { out: BufWriter::with_capacity(1 << 18, file), part, path: path.to_owned(), is_named: false })
    }

    /// Gives the file its name.
    pub fn finish(mut self) -> Result<()> {
        let named = self.out.flush().and_then(|()| fs::rename(&self.part, &self.path));
        self.is_named = named.is_ok();
        named.with_context(|| format!("writing {}", self.path.display()))
    }

    /// Writes a whole file at once.
    pub fn whole(path: &Path, write: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        let mut file = Self::create(path)?;
        write(&mut file).with_context(|| format!("writing {}", path.display()))?;
        file.finish()
    }
}

impl Write for Unfinished {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.is_named {
            // What is left of it is of no use; why it could not be written was told.
            _ = fs::remove_file(&self.part);
        }
    }
}
