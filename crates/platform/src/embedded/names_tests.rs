use super::{Care, binaries::major, folder::flat_name, settings, url};
use std::path::Path;

#[test]
fn the_major_version_is_read_from_every_kind_of_release() {
    assert_eq!(major("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
    assert_eq!(major("postgres (PostgreSQL) 17.5"), Some(17));
    assert_eq!(major("postgres (PostgreSQL) 18beta1"), Some(18));
    assert_eq!(major("bash: postgres: command not found"), None);
}

#[test]
fn two_folders_never_share_one_flat_name() {
    assert_eq!(flat_name(Path::new("/root/my-data")), "root-my%2Ddata");
    assert_ne!(flat_name(Path::new("/root/my/data")), flat_name(Path::new("/root/my-data")));
    assert_ne!(flat_name(Path::new("/root/a%2Db")), flat_name(Path::new("/root/a-b")));
}

#[test]
fn no_setting_opens_a_port_and_only_tests_trade_safety_for_speed() {
    let careful = settings::arguments(Path::new("/d"), Path::new("/s, \"1\""), Care::Keep);
    assert!(careful.contains(&"listen_addresses=".to_owned()));
    assert!(careful.contains(&"unix_socket_directories=\"/s, \"\"1\"\"\"".to_owned()));
    assert!(careful.contains(&"fsync=on".to_owned()));
    let fast = settings::arguments(Path::new("/d"), Path::new("/s"), Care::Risk);
    assert!(fast.contains(&"fsync=off".to_owned()));
    assert!(!fast.contains(&"fsync=on".to_owned()));
}

#[test]
fn an_address_escapes_what_would_end_a_word() {
    assert_eq!(
        url(Path::new("/srv/data ə&x/run"), "dayaq"),
        "postgres:///dayaq?host=/srv/data%20%C9%99%26x/run&port=5432&user=dayaq&sslmode=disable"
    );
}
