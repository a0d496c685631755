//! Everything that is tested from outside, in one program.

mod acts;
mod appeal;
mod canaries;
mod clock;
mod commission;
mod database;
mod duties;
mod eligibility;
mod embedded;
mod grievance;
mod growth;
mod house;
mod import;
mod junk;
mod letters;
mod monitoring;
mod provision;
mod ranking;
mod replay;
mod results;
mod routes;
mod scopes;
mod sign_in;
mod statements;
mod training;
mod words;
