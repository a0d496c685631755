//! Who stays in business: Kaplan–Meier estimates from values, without SQL, HTTP or a clock.
//!
//! ```
//! use survival::{Span, kaplan_meier};
//! let curve = kaplan_meier(&[Span::ended(90), Span::censored(200), Span::ended(400)]);
//! assert_eq!(curve.at(100).estimate, 2.0 / 3.0);
//! ```
//!
//! Method: the product-limit estimate of Kaplan and Meier (1958) with Greenwood's variance and bands on the log-log
//! scale (Kalbfleisch and Prentice 1980), so that they never leave [0, 1]. Limits: right censoring only, and censoring
//! must not tell anything about ending.

mod kaplan_meier;
#[cfg(test)]
mod kaplan_meier_tests;

pub use kaplan_meier::{Curve, Point, Span, kaplan_meier};
