//! Who stays in business, and how businesses end: estimates from values, without SQL, HTTP or a clock.
//!
//! ```
//! use survival::{Ending, Member, Span, aalen_johansen, kaplan_meier, log_rank};
//! // Three businesses: closed after 90 days, in business when last seen, sold after 400.
//! let spans = [Span::ended(90), Span::censored(200), Span::ended(400)];
//! let curve = kaplan_meier(&spans);
//! assert_eq!(curve.at(100).estimate, 2.0 / 3.0);
//! assert_eq!(curve.restricted_mean(200).days, 90.0 + 110.0 * 2.0 / 3.0);
//!
//! // How they ended: closed is kind 0, sold kind 1.
//! let endings = [Ending { span: spans[0], kind: 0 }, Ending { span: spans[1], kind: 0 }, Ending { span: spans[2], kind: 1 }];
//! assert_eq!(aalen_johansen(&endings, 2).at(1, 400).estimate, 2.0 / 3.0);
//!
//! // Whether two groups stay equally long.
//! let members = [0, 1, 1].iter().zip(spans).map(|(&group, span)| Member { stratum: 0, span, group });
//! assert!(log_rank(&members.collect::<Vec<_>>()).p > 0.05);
//! ```
//!
//! # Method
//!
//! - [`kaplan_meier`]: the product-limit estimate (Kaplan and Meier 1958), Greenwood's variance (1926), bands on the
//!   log-log scale (Kalbfleisch and Prentice 1980), which never leave [0, 1]; late entry as in Tsai, Jewell and Wang
//!   (1987); the restricted mean with its variance (Irwin 1949).
//! - [`log_rank`]: Mantel (1966) and Cox (1972) with the hypergeometric variance, for any number of groups, within strata.
//! - [`aalen_johansen`]: competing ends (Aalen and Johansen 1978), variance by the delta method (Collett 2015).
//!
//! All equal lifelines and statsmodels to 1e-9 on the tables in `src/reference`, which `bench/survival_reference.py`
//! writes. Whoever enters on a day is at risk from the next day on, except on the very first day, as in lifelines.
//!
//! # Limits
//!
//! Censoring must tell nothing about ending: where the unreachable have ended more often than those who are found, the
//! curve is too high, so they are counted apart. Ends are seen on a day; that they lie between two visits is not used.
//! With late entry and few at risk in the first days, one early end throws the whole curve down.
//!
//! # The programme's end
//!
//! [`forecast::forecast`] simulates the pipeline (applied, selected, trained, approved, equipped) from the events known
//! on one day to another, and gives the median and bands of 50, 80 and 95 % for each stage. How likely one goes on or
//! leaves, by how long one has waited, is a competing-risks life table in which those who still wait are censored, drawn
//! anew by the Bayesian bootstrap over cohorts (Rubin 1981). How fast a flow goes by calendar time is a level filtered by
//! discounting (Harvey and Fernandes 1989) with a damped trend (Gardner and McKenzie 1985) and seasons; in the futures it
//! wanders, and goes back a part of its way (Uhlenbeck and Ornstein 1930). A flow follows those who wait, or a capacity, or
//! something between: each view counts as much as it would have foretold the past.
//! [`forecast::Outlook::levers`] changes one flow at a time and simulates again with the same chance numbers.
//!
//! `cargo run --release -p survival --example backtest` re-forecasts thirty made-up programmes of different shapes from
//! every quarter, beside a straight line and Holt's smoothing; `bench/RESULTS.md` has what it found.
//!
//! Limits: what nothing in the events hints at (a new loan, a law, the last call) is not foretold, though now and then a
//! future has a shock; say what is known by [`forecast::Options`]. A case reaches a stage once. Events entered late look
//! like a slower month. Before anybody has gone on from a stage, its pace is a guess with wide bands.

mod aalen_johansen;
mod band;
pub mod forecast;
mod kaplan_meier;
mod log_rank;
pub mod read;
mod risk;
mod span;
mod special;

#[cfg(test)]
mod aalen_johansen_tests;
#[cfg(test)]
mod kaplan_meier_tests;
#[cfg(test)]
mod reference_tests;

pub use aalen_johansen::{Ending, Incidence, Share, Shares, aalen_johansen};
pub use kaplan_meier::{Curve, Point, RestrictedMean, kaplan_meier, kaplan_meier_at};
pub use log_rank::{Group, LogRank, Member, log_rank};
pub use span::Span;
