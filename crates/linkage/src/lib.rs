//! The same person registered twice.
mod block;
mod cluster;
mod compare;
mod learn;
mod link;
mod model;
mod normalise;
mod read;
mod register;
mod threshold;
mod words;
pub use cluster::{Clusters, Cut, Rule};
pub use compare::{FIELDS, Field, LEVELS, Levels};
pub use link::{Linkage, Options, Pair, link, link_with};
pub use model::{Model, Table};
pub use read::{read, Refusal};
pub use register::{Note, Register};
pub use threshold::Quality;
