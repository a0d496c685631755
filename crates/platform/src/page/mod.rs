//! Page components: pure functions that turn plain values into accessible HTML, and know no database.
//! Whoever calls brings ready words; the few fixed ones of a component come from the catalogue through [`Words`].

pub mod action;
pub mod asset;
pub mod bulk;
pub mod chart;
pub mod choice;
pub mod decision;
pub mod field;
pub mod filter;
pub mod form;
pub mod notice;
pub mod pagination;
pub mod panel;
pub mod shell;
pub mod stage;
pub mod summary;
pub mod table;
pub mod tag;
pub mod task;
pub mod timeline;
pub mod trail;

mod control;
mod header;

#[cfg(test)]
mod field_tests;
#[cfg(test)]
mod lists_tests;
#[cfg(test)]
mod shell_tests;
#[cfg(test)]
mod words_tests;

pub use action::{button, button_link, buttons, quiet_button, warning_button};
pub use bulk::bulk_bar;
pub use choice::Choice;
pub use field::{Field, Width};
pub use filter::{Chip, Filter};
pub use form::{Form, Problem, error_summary};
pub use pagination::{Pagination, pagination};
pub use shell::{NavItem, Shell, Signed};
pub use summary::{Row as SummaryRow, summary_list};
pub use table::{Column, Row, Sort, Table};
pub use tag::{Tone, tag};

/// The catalogue in the reader's language. Components ask it for their own few words, under keys that begin `page-`.
pub trait Words {
    /// The words under a key.
    fn t(&self, key: &str) -> String;
}

impl Words for crate::language::Lang {
    fn t(&self, key: &str) -> String {
        crate::language::Lang::t(*self, key)
    }
}
