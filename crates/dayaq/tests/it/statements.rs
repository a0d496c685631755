//! Every SQL statement of the sources is one that the database can prepare.

use crate::house::House;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

#[tokio::test]
async fn the_database_can_prepare_every_statement() {
    let house = House::new().await;
    let mut tx = house.app.system().await.unwrap();
    let (mut tried, mut wrong) = (0, Vec::new());
    for file in sources() {
        for statement in statements(&fs::read_to_string(&file).unwrap()) {
            tried += 1;
            // A statement that cannot be prepared spoils its transaction only back to here.
            sqlx::raw_sql("savepoint one").execute(tx.conn()).await.unwrap();
            let prepare = sqlx::AssertSqlSafe(format!("prepare tried as {statement}; deallocate tried"));
            if let Err(error) = sqlx::raw_sql(prepare).execute(tx.conn()).await {
                wrong.push(format!("{}: {error}\n{statement}", file.display()));
            }
            sqlx::raw_sql("rollback to one").execute(tx.conn()).await.unwrap();
        }
    }
    assert!(tried > 200, "only {tried} statements were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn statements_are_found_among_other_texts() {
    let source = r#"
        const FIND: &str = "
            select 1";
        const WORD: &str = "selected";
        pub const CHANGE: &str = "update person set office = $1";
        let x = "delete me";
    "#;
    assert_eq!(statements(source), ["select 1", "update person set office = $1"]);
}

/// Numbers are stored for ever, and words are read by others: each stands for one kind of entry.
#[test]
fn no_two_kinds_of_entries_share_a_number_or_a_word() {
    let (mut all, mut seen) = (Vec::new(), BTreeSet::new());
    for file in sources() {
        let source = fs::read_to_string(file).unwrap();
        all.extend(source.split("EntryKind::new(").skip(1).filter_map(|rest| {
            let (number, rest) = rest.split_once(',')?;
            let number: i16 = number.trim().parse().ok()?;
            Some([number.to_string(), rest.split('"').nth(1)?.to_owned()])
        }));
    }
    assert!(all.len() > 90, "only {} kinds were found", all.len());
    let twice: Vec<&String> = all.iter().flatten().filter(|one| !seen.insert(*one)).collect();
    assert!(twice.is_empty(), "{twice:?} stand for two kinds");
}

/// The texts of constants that begin as a statement does.
fn statements(source: &str) -> Vec<String> {
    let begins = ["select ", "insert ", "update ", "delete ", "with "];
    source
        .split("&str = \"")
        .skip(1)
        .filter_map(|rest| rest.split_once("\";"))
        .map(|(text, _)| text.trim().replace("\\\"", "\""))
        .filter(|text| begins.iter().any(|word| text.starts_with(word)) && !text.starts_with("insert into session"))
        .collect()
}

fn sources() -> Vec<PathBuf> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut folders: Vec<PathBuf> =
        fs::read_dir(crates).unwrap().map(|entry| entry.unwrap().path().join("src")).filter(|path| path.is_dir()).collect();
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false if path.extension().is_some_and(|ext| ext == "rs") => files.push(path),
                false => {}
            }
        }
    }
    files
}
