//! The one program: every slice composed, the router, the command line and the demo.

pub mod demo;
