//! Files that are written beside their place and named when they are whole, so that nobody finds half of one.

use anyhow::{Context, Result, ensure};
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
    /// Whether it has its own name already.
    is_named: bool,
}

impl Unfinished {
    /// Begins a file; one that stands at the path stays until this one is finished. What is no file, such as a terminal or
    /// a pipe, is written to as it is, and a link is followed.
    pub fn create(path: &Path) -> Result<Self> {
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let is_named = path.exists() && !path.is_file();
        let mut part = OsString::from(&path);
        if !is_named {
            part.push(".part");
        }
        let part = PathBuf::from(part);
        let file = File::create(&part).with_context(|| format!("creating {}", part.display()))?;
        Ok(Self { out: BufWriter::with_capacity(1 << 18, file), part, path, is_named })
    }

    /// Gives the file its name.
    pub fn finish(mut self) -> Result<()> {
        let mut named = self.out.flush();
        if !self.is_named {
            named = named.and_then(|()| self.out.get_ref().sync_all()).and_then(|()| fs::rename(&self.part, &self.path));
            self.is_named = named.is_ok();
        }
        named.with_context(|| format!("writing {}", self.path.display()))
    }

    /// Writes a whole file at once.
    pub fn whole(path: &Path, write: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        let mut file = Self::create(path)?;
        write(&mut file).with_context(|| format!("writing {}", path.display()))?;
        file.finish()
    }
}

/// Refuses to write over the file that is read.
pub fn apart(read: &Path, written: &Path) -> Result<()> {
    let is_same = read.canonicalize().ok().is_some_and(|read| written.canonicalize().is_ok_and(|written| written == read));
    ensure!(!is_same, "{} is read: name another file to write to", written.display());
    Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::bail;

    fn listed(folder: &Path) -> Vec<OsString> {
        let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    }

    #[test]
    fn what_fails_midway_leaves_the_file_of_before_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("clusters.csv");
        fs::write(&path, "of before").unwrap();
        let failed = Unfinished::whole(&path, |out| {
            out.write_all(&[b'x'; 1 << 20])?;
            bail!("the disk is full")
        });
        assert!(format!("{:#}", failed.unwrap_err()).contains("clusters.csv: the disk is full"));
        assert_eq!(fs::read_to_string(&path).unwrap(), "of before");
        assert_eq!(listed(folder.path()), ["clusters.csv"]);
        Unfinished::whole(&path, |out| Ok(out.write_all(b"of today")?)).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "of today");
        assert_eq!(listed(folder.path()), ["clusters.csv"]);
    }

    #[test]
    fn what_is_read_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (folder.path().join("one.csv"), folder.path().join("other.csv"));
        fs::write(&one, "rows").unwrap();
        assert!(apart(&one, &folder.path().join(".").join("one.csv")).is_err());
        assert!(apart(&one, &other).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed_and_what_is_no_file_is_written_to_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let (kept, link) = (folder.path().join("kept.csv"), folder.path().join("link.csv"));
        fs::write(&kept, "of before").unwrap();
        std::os::unix::fs::symlink(&kept, &link).unwrap();
        Unfinished::whole(&link, |out| Ok(out.write_all(b"of today")?)).unwrap();
        assert!(link.is_symlink() && fs::read_to_string(&kept).unwrap() == "of today");
        Unfinished::whole(Path::new("/dev/null"), |out| Ok(out.write_all(b"of today")?)).unwrap();
        assert!(!Path::new("/dev/null").is_file() && !Path::new("/dev/null.part").exists());
    }
}
