//! An import into a database that refuses a row of a batch: the other rows are in, and the refused one is told.

use crate::house::House;
use platform::language::Lang;
use registry::{
    people::import::{Options, Report, run},
    programme,
};
use sqlx::Connection;
use std::{fs, path::Path};

const HEADER: &str = "rec_id,reg_no,fin,first_name,last_name,father_name,sex,birth_date,rayon,settlement,address,phone,email,\
    doc_no,iban,education,marital,disability,idp,household_size,children,registered_on,occupation_code,language,income_azn,\
    unemployed_months,tsa,note";

/// An extract of forty people, of whom some have a surname of their own.
fn extract(file: &Path, surname: impl Fn(usize) -> &'static str) {
    let row = |nth: usize| {
        let surname = surname(nth);
        format!("{nth},SINAQ{nth:06},,Vüqar,{surname},Əli,M,1990-04-09,Mingəçevir,,,,,,,secondary,,,,5,,2021-10-19,,,107.11,,,")
    };
    let rows: Vec<String> = (1..=40).map(row).collect();
    fs::write(file, format!("{HEADER}\n{}\n", rows.join("\n"))).unwrap();
}

async fn import(house: &House, file: &Path) -> Report {
    let programme = programme::current(&house.app).unwrap();
    let options =
        Options { file: file.to_owned(), source: "sinaq".to_owned(), office: None, lang: Lang::En, schema: Options::SCHEMA };
    run(&house.app, &programme, &options, &|_, _| {}).await.unwrap()
}

async fn count(house: &House, surname: &str) -> i64 {
    let mut tx = house.app.system().await.unwrap();
    let sql = "select count(*) from person where source = 'sinaq' and surname = $1";
    sqlx::query_as::<_, (i64,)>(sql).bind(surname).fetch_one(tx.conn()).await.unwrap().0
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_database_refuses_keeps_no_other_row_of_the_batch_out() {
    let house = House::new().await;
    let mut owner = sqlx::PgConnection::connect_with(&house.owner()).await.unwrap();
    let refuse = "alter table person add constraint no_such_surname check (surname <> 'Qəbulolunmaz') not valid";
    sqlx::raw_sql(refuse).execute(&mut owner).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("people.csv");

    extract(&file, |nth| if nth == 7 || nth == 33 { "Qəbulolunmaz" } else { "Bəşirov" });
    let report = import(&house, &file).await;
    assert_eq!((report.rows, report.inserted, report.rejected), (40, 38, 2), "{report:?}");
    assert_eq!((count(&house, "Bəşirov").await, count(&house, "Qəbulolunmaz").await), (38, 0));
    let rejects = fs::read_to_string(report.rejects.unwrap()).unwrap();
    let rows: Vec<&str> = rejects.lines().skip(1).collect();
    assert_eq!(rows.len(), 2, "{rejects}");
    assert!(rows[0].starts_with("8,,no_such_surname,") && rows[1].starts_with("34,,no_such_surname,"), "{rejects}");

    // Somebody known whose row changed to one that is refused stays as they were; the others follow, and the two come in.
    extract(&file, |nth| if nth == 5 { "Qəbulolunmaz" } else { "Kərimov" });
    let report = import(&house, &file).await;
    assert_eq!((report.inserted, report.updated, report.rejected), (2, 37, 1), "{report:?}");
    assert_eq!((count(&house, "Kərimov").await, count(&house, "Bəşirov").await), (39, 1));
}
