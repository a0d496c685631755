//! Page components: Rust functions that write accessible HTML.
