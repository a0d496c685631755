//! The program: command line, router, demo. The only crate that names every slice.

pub mod build;
pub mod client;
pub mod clock;
pub mod daily;
pub mod demo;
pub mod home;
pub mod installation;
pub mod messages;
pub mod migrations;
pub mod programmes;
pub mod serve;
pub mod slices;
pub mod statics;
pub mod stranger;
