use super::keys::{Keys, from_hex, hex};

fn keys(byte: u8) -> Keys {
    Keys::from_secret(&[byte; 32]).expect("32 bytes make keys")
}

#[test]
fn what_is_sealed_opens_under_the_same_key_only() {
    let sealed = keys(1).seal("5ABC1D2, ƏəİıĞğ").expect("seals");
    assert!(!sealed.contains("5ABC1D2"));
    assert_eq!(keys(1).open(&sealed).expect("opens"), "5ABC1D2, ƏəİıĞğ");
    assert!(keys(2).open(&sealed).is_err());
}

#[test]
fn sealing_twice_gives_different_texts_but_looking_up_gives_one() {
    let keys = keys(1);
    assert_ne!(keys.seal("a").expect("seals"), keys.seal("a").expect("seals"));
    assert_eq!(keys.lookup("fin", "5ABC1D2"), keys.lookup("fin", "5ABC1D2"));
    assert_ne!(keys.lookup("fin", "5ABC1D2"), keys.lookup("phone", "5ABC1D2"));
}

#[test]
fn hexadecimal_goes_there_and_back() {
    assert_eq!(from_hex(&hex(&[0, 127, 255])), Some(vec![0, 127, 255]));
    assert_eq!(from_hex("xy"), None);
    assert_eq!(from_hex("abc"), None);
}
