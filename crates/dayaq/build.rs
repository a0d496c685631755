//! Builds again when a message, a migration, an asset or the programme's data changes.

fn main() {
    for folder in ["i18n", "migrations", "assets", "programmes"] {
        println!("cargo:rerun-if-changed=../../{folder}");
    }
}
