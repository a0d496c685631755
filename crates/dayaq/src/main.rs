//! Dayaq: runs a self-employment programme from the first registration to the results table.

mod cli;

fn main() -> anyhow::Result<()> {
    cli::run()
}
