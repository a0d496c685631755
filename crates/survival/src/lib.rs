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

mod aalen_johansen;
mod band;
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
