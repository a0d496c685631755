use super::spelled::spelled;
use values::Money;

#[test]
fn sums_are_spelled_as_they_are_said() {
    let cases = [
        (0, "sıfır manat"),
        (100, "bir manat"),
        (100_000, "min manat"),
        (110_100, "min yüz bir manat"),
        (256_045, "iki min beş yüz altmış manat 45 qəpik"),
        (540_000, "beş min dörd yüz manat"),
        (1_100_005, "on bir min manat 05 qəpik"),
        (100_000_000, "bir milyon manat"),
        (20_000_110_000, "iki yüz milyon min yüz manat"),
    ];
    for (qepik, words) in cases {
        assert_eq!(spelled(Money::from_qepik(qepik)).as_deref(), Some(words), "{qepik}");
    }
}

#[test]
fn what_cannot_be_said_is_refused() {
    assert_eq!(spelled(Money::from_qepik(-1)), None);
    assert_eq!(spelled(Money::from_qepik(i64::MAX)), None);
}
