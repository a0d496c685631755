//! What the person who waits for the demo sees.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar, or silence in tests.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar on the terminal.
    pub fn shown() -> Self {
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template("{msg:>12} {bar:40} {human_pos}/{human_len} {eta}") {
            bar.set_style(style);
        }
        Self { bar }
    }

    /// Nothing.
    pub fn silent() -> Self {
        Self { bar: ProgressBar::hidden() }
    }

    /// Begins a part with so many things to do, beside those that are not done yet.
    pub fn begin(&self, what: &str, many: usize) {
        if self.bar.length() == Some(self.bar.position()) {
            self.bar.set_position(0);
            self.bar.set_length(0);
            self.bar.reset_eta();
        }
        self.bar.inc_length(many as u64);
        self.bar.set_message(what.to_owned());
    }

    /// So many more are done.
    pub fn advance(&self, done: usize) {
        self.bar.inc(done as u64);
    }

    /// A part that can't be counted.
    pub fn say(&self, what: &str) {
        self.begin(what, 0);
    }

    /// All is done.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
