//! Who stays in business from the receipt of equipment on: curves, by one grouping at a time, and how businesses end.

pub(super) mod business;
#[cfg(test)]
mod business_tests;
pub mod compare;
#[cfg(test)]
mod compare_tests;
mod draw;
pub(super) mod page;
