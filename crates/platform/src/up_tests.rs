use super::{Pages, above};
use crate::role::{Permission, Role};

fn check(path: &str, role: Option<Role>, expected: Option<&str>) {
    const OFFICER: Permission = Permission::new("cases.read", &[Role::Officer]);
    const STORE: Permission = Permission::new("stock.read", &[Role::Officer, Role::Storekeeper]);
    let pages: Pages = vec![
        ("/cases/{case}", OFFICER),
        ("/cases/{case}/assets", STORE),
        ("/cases/{case}/assets/{asset}/loss", STORE),
        ("/orders", STORE),
        ("/orders/{order}", STORE),
        ("/verify", Permission::PUBLIC),
    ];
    assert_eq!(above(&pages, path, role).as_deref(), expected, "{path} for {role:?}");
}

#[test]
fn the_way_up_leads_to_the_nearest_page_that_may_be_opened() {
    check("/orders/17", Some(Role::Officer), Some("/orders"));
    check("/orders", Some(Role::Officer), None);
    check("/cases/5", Some(Role::Officer), None);
    check("/cases/5/assets", Some(Role::Officer), Some("/cases/5"));
    check("/cases/5/assets/9/loss", Some(Role::Officer), Some("/cases/5/assets"));
    check("/cases/5/assets", Some(Role::Storekeeper), None);
    check("/verify/ABC", None, Some("/verify"));
    check("/orders/17", None, None);
}
