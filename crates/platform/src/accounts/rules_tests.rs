use super::rules::{Refusal, password};

fn check(given: &str, expected: Result<(), Refusal>) {
    assert_eq!(password(given, "leyla.quliyeva", "Leyla Quliyeva"), expected, "{given}");
}

#[test]
fn a_password_is_long_and_neither_common_nor_personal() {
    check("qırmızı qatar yavaş gedir", Ok(()));
    check("qısa şifrə", Err(Refusal::Short { least: 15 }));
    check("aaaaaaaaaaaaaaaaaaaa", Err(Refusal::Common));
    check("1234567890123456", Err(Refusal::Common));
    check("mənim adım Leyla xanımdır", Err(Refusal::Personal));
}
