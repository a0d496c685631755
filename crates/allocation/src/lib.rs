//! People to places: who gets which training seat, so that the total value is as large as the limits allow. Pure: no
//! SQL, no HTTP, no clock.
//!
//! People have choices with a value and a cost; cohorts have seats; a budget, maxima of groups and minimum shares limit
//! all together. The answer keeps every limit, stands beside a bound that is proven, and says of everybody left out
//! which limit it was and what would have had to change.
//!
//! ```
//! use allocation::{Reason, allocate, read};
//!
//! // Two seats in Gəncə, three tailors who want one, and money for two.
//! let instance = read(br#"{
//!     "people": [
//!         {"id": "p1", "groups": ["F"], "choices": [{"cohort": "c1", "value": 60, "cost": 900}]},
//!         {"id": "p2", "groups": ["M"], "choices": [{"cohort": "c1", "value": 80, "cost": 900}]},
//!         {"id": "p3", "groups": ["M"], "choices": [{"cohort": "c1", "value": 70, "cost": 900}]}],
//!     "cohorts": [{"id": "c1", "seats": 3}],
//!     "budget": 1800,
//!     "max": [],
//!     "min_share": [{"group": "F", "share": 0.5}]}"#)?;
//! let found = allocate(&instance, 1, &|| false);
//! assert_eq!(found.chosen, [Some(0), Some(0), None]);
//! assert_eq!((found.objective, found.bound), (140, 140));
//! assert_eq!(found.left_out[0].reason, Reason::Budget);
//! # Ok::<(), allocation::Misread>(())
//! ```
//!
//! # Method
//!
//! 1. Everybody is at one hub: a cohort, or staying out. Seats, and maxima of groups that do not overlap, are bounds on
//!    hubs; so they form a network. A network simplex for just this shape finds the best flow, and starts again from
//!    where it stopped (strongly feasible trees: W. H. Cunningham, *A network simplex method*, Mathematical Programming 11,
//!    1976).
//! 2. The budget, the shares and the other maxima get multipliers: M. Held and R. M. Karp, *The traveling-salesman problem
//!    and minimum spanning trees*, Operations Research 18, 1970; A. M. Geoffrion, *Lagrangean relaxation for integer
//!    programming*, Mathematical Programming Study 2, 1974. They are found by cutting planes, the mirror of G. B. Dantzig
//!    and P. Wolfe, *Decomposition principle for linear programs*, Operations Research 8, 1960, smoothed as by P. Wentges,
//!    *Weighted Dantzig–Wolfe decomposition*, International Transactions in Operational Research 4, 1997.
//! 3. For any multipliers and prices the Lagrangian is a bound. It is computed again in whole numbers, so that rounding
//!    has no part in the proof.
//! 4. By the prices, every assignment's distance from the bound is a sum of small costs. Exchanges (chains of people who
//!    each take the next one's place) that cost little are collected, and two, three or up to five of them are made at
//!    once, so that a share is met to the person and the budget to the qəpik; then again from kicked copies of the best.
//!    Where exchanges do not meet all limits, those are left out whose places cost least for what they free, and their
//!    room is filled again. Greedy is the floor.
//!
//! # Ties
//!
//! The order in which people are looked at comes from what they are (colour refinement) mixed with the seed, not from
//! names or rows. Only between those who look alike do seed and id decide. The same seed gives the same answer.
//!
//! # Limits
//!
//! The bound is that of the linear relaxation, rounded down; on small instances the best may lie visibly below it. Numbers
//! go up to 2⁵³ − 1, shares up to 18 decimals, people up to 16,777,216. Many overlapping maxima make the multipliers
//! slower to find, and the answer farther from the bound (some tenths of a per cent with forty). Whether limits allow
//! nobody is shown by the same bound, so a conflict that holds for whole people only is not named.

mod bound;
mod check;
mod combine;
mod conflict;
mod exchange;
mod flow;
mod greedy;
mod improve;
mod instance;
mod master;
mod model;
mod multipliers;
mod order;
mod place;
mod read;
mod reasons;
mod repair;
mod seating;
mod solve;

#[cfg(test)]
mod read_tests;
#[cfg(test)]
mod solve_tests;

pub use check::{Fault, faults, value};
pub use conflict::Constraint;
pub use instance::{Choice, Cohort, Instance, LARGEST, MOST_PEOPLE, Maximum, MinShare, Person, Refusal, Share, Wrong};
pub use read::{Misread, read};
pub use reasons::{LeftOut, Reason};
pub use solve::{Allocation, allocate};
