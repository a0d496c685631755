//! The same person registered twice, found in an extract of a registry or as somebody new comes to the desk.
//!
//! ```
//! let extract = "\
//! rec_id,fin,first_name,last_name,father_name,sex,birth_date,rayon,phone
//! 1,7X1A9R0,Vüqar,Məmmədov,Əli oğlu,M,1985-03-21,Şəki,0501234567
//! 2,,Вугар,Мамедов,Ali,M,21.03.1985,Sheki,+994 50 123 45 67
//! 3,K8LMN2P,Aygün,Məmmədova,Əli qızı,F,1985-03-21,Şəki,0501234567
//! ";
//! let register = linkage::read(extract.as_bytes(), |_| {})?;
//! let linkage = linkage::link(&register, linkage::Options::default(), &|_| {});
//! // Rows 1 and 2 are one person, whose twin sister is row 3.
//! assert_eq!(linkage.clusters.of, [0, 0, 2]);
//!
//! let why = linkage::explain(&register, &linkage.model, 0, 1);
//! assert!(why.parts.iter().any(|part| part.field == linkage::Field::Born && part.weight > 0.0));
//! println!("{why}");
//! # Ok::<(), linkage::Refusal>(())
//! ```
//!
//! # At the desk
//!
//! ```
//! use linkage::{Desk, Row};
//! # let extract = "rec_id,first_name,last_name\n1,Vüqar,Məmmədov\n2,Aygün,Quliyeva\n";
//! # let register = linkage::read(extract.as_bytes(), |_| {})?;
//! let model = linkage::learn(&register, 1, &|_| {});
//! let mut desk: Desk<u64> = Desk::new(model); // or Model::usual(), and later what its own people teach: Desk::register
//! let person = Row { first_name: "Vüqar", last_name: "Məmmədov", birth_date: "1985-03-21", phone: "0501234567", ..Row::default() };
//! desk.put(700_001, &person);
//! desk.put(700_002, &Row { first_name: "Aygün", last_name: "Quliyeva", birth_date: "1990-07-02", ..Row::default() });
//!
//! let new = Row { first_name: "Vugar", last_name: "Mamedov", birth_date: "1985-03-21", phone: "+994501234567", ..Row::default() };
//! let likely = desk.find(&new, 5);
//! assert_eq!(likely[0].id, 700_001);
//! println!("{}", desk.explain(&new, likely[0].id).unwrap());
//!
//! desk.remove(700_001);
//! assert!(desk.find(&new, 5).is_empty());
//! # Ok::<(), linkage::Refusal>(())
//! ```
//!
//! # Method
//!
//! - **Fold.** All spellings of a name become one key ([`values::text::fold`]), a surname is a stem and an ending, a
//!   patronymic is parted from its word for child, telephones and FİNs are numbers. What was typed stays in the file.
//!   A value of an extract that far too many different people have, such as 1900-01-01, counts as not given
//!   ([`Register::notes`]).
//! - **Compare.** Each field agrees on one of a few levels ([`Field::levels`]): Jaro and Winkler's similarity (Winkler
//!   1990) and restricted edit distance for names, swapped, defaulted and mistyped dates, one slip of the key in a FİN.
//! - **Weigh.** A level counts by ln of how much likelier it is for one person than for strangers (Fellegi and Sunter
//!   1969), and full agreement by how rare the shared value is (Winkler 1989). What is missing on one side says nothing.
//!   A third kind of pairs, families (same surname, father, home or telephone), keeps twins and namesakes apart.
//! - **Learn.** Strangers are known from random pairs and from how often values occur; one person and families by
//!   expectation and maximisation over candidate pairs (Dempster, Laird and Rubin 1977), from usual levels that count as
//!   much as a few dozen pairs. How often one person's given names differ is learned from pairs that a FİN or a document
//!   binds, since twins share all else. No labels, and nothing of one registry is built in.
//! - **Block.** Pairs that share one of fourteen keys are compared, each by the first key that it shares. Where more than
//!   four records have the key in common, a pair must agree on a further field too, and on yet another where more than
//!   eight have that in common: what so many share makes two of them no likelier one person than a hundredth or two.
//!   [`Linkage::passed_over`] counts the others, [`Linkage::blocking_recall`] estimates what all keys missed from pairs
//!   that only one or two of them met (Chao 1987).
//! - **Choose the threshold.** The one that gives the highest expected F1 is half of that F1 (Lipton, Elkan and
//!   Naryanaswamy 2014), by this register's own probabilities.
//! - **Cluster.** Likeliest pairs first. Joining two clusters asks all members: a weak link does not chain strangers.
//!   Two different verified FİNs, or birth dates more than two years apart that no slip explains, are never one person
//!   unless a verified FİN binds the dates. [`Clusters::cuts`] says which rule kept what apart.
//! - **Desk.** The same comparison over chains of a linear hash table (Litwin 1980), which grow by one bucket at a time.
//!
//! The same rows and seed give the same answer, in whatever order they stand and however many threads there are.
//!
//! # Limits
//!
//! - Twins of similar names who share a telephone and whose FİNs are missing look like one person; so does a person who
//!   changed name, home and telephone look like two.
//! - Probabilities take fields as independent within a kind of pairs. A clerk who writes everything wrong at once is
//!   under-estimated, so expected recall is a little high.
//! - In a registry with next to no duplicates, usual levels decide, and precision on the few joined pairs is lower.
//! - Memory is about 160 bytes a record and grows with the extract; the file itself is never held. At most 2³² − 1 rows.
//! - At the desk a key that more than 400 people share, such as a hostel's telephone, stops finding further people. They
//!   are found by their other keys.
//!
//! `cargo run --release -p linkage --example desk` measures the desk, `bench/linkage.py` compares the whole with Splink,
//! and `bench/RESULTS.md` has what they found.

mod block;
mod cluster;
mod compare;
mod desk;
mod explain;
mod field;
mod key;
mod learn;
mod link;
mod model;
mod names;
mod normalise;
mod placeholder;
mod read;
mod register;
mod row;
mod slips;
mod threshold;
mod weigh;
mod words;

#[cfg(test)]
extern crate self as linkage;
#[cfg(test)]
#[path = "../examples/made_up/mod.rs"]
mod made_up;

#[cfg(test)]
mod cluster_tests;
#[cfg(test)]
mod compare_tests;
#[cfg(test)]
mod explain_tests;
#[cfg(test)]
mod link_tests;
#[cfg(test)]
mod normalise_tests;
#[cfg(test)]
mod read_tests;

pub use cluster::{Clusters, Cut, Rule};
pub use desk::{Desk, Likely, keys};
pub use explain::{Explanation, Part, explain};
pub use field::{FIELDS, Field, LEVELS, Levels};
pub use learn::learn;
pub use link::{Linkage, Options, Pair, link, link_with};
pub use model::{Model, Table};
pub use read::{Refusal, read};
pub use register::{Note, Register, Why};
pub use row::Row;
pub use threshold::Quality;
pub use weigh::LevelWeight;
