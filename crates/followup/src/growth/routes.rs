//! The pages of an application for an award, each with how one valid request of it is built.

use super::{ACCOUNT, APPLY, CHECK, CLOSE, HELP, READ, account, check, help, letter, list, lodge, show};
use platform::route::{Route, Sample};

pub(super) fn all() -> Vec<Route> {
    [asked_for(), until_decided(), accounted_for()].into_iter().flatten().collect()
}

fn asked_for() -> Vec<Route> {
    vec![
        Route::page("/awards", READ, list::get),
        Route::page("/cases/{case}/award", APPLY, lodge::get).sample(Sample::find(MAY_APPLY)),
        Route::form("/cases/{case}/award", APPLY, lodge::post).sample(Sample::find(MAY_APPLY).fields(&[
            ("round", "{round}"),
            ("plan", "İkinci iş yeri açmaq və sifarişləri vaxtında çatdırmaq"),
            ("market", "Qonşu məktəblər və toy salonları, aylıq otuz sifariş"),
            ("sales_now", "900"),
            ("sales_after", "1500"),
            ("jobs", "1"),
            ("jobs_by", "{day}"),
            ("quote-1", "Sənaye tikiş maşını"),
            ("quoted_by-1", "Texnika MMC, qiymət təklifi 14"),
            ("quote_quantity-1", "2"),
            ("quote_price-1", "2000"),
            ("own_share", "700"),
            ("own_proof", "bank"),
            ("own_paper", "Bank arayışı 221"),
            ("insists", "yes"),
        ])),
        Route::page("/awards/{award}", READ, show::get).sample(Sample::find(SOME)),
    ]
}

/// A case in business, and the round in which it may ask.
const MAY_APPLY: &str = "
    select f.case_id as case, f.office, r.round_id as round, (current_date + 4000) as day
    from case_file f
    join case_milestone m using (person_id, case_id)
    cross join award_round r
    where f.stage in (22, 27)
    and not f.suspended
    and m.received_on is not null
    and r.approved
    and r.opens_on <= (select max(lodged_at)::date from award)
    and r.closes_on > (select max(lodged_at)::date + 1 from award)
    and not exists (select from award a where a.case_id = f.case_id)
    order by m.received_on
    limit 1";

const SOME: &str = "select award_id as award, office from award limit 1";

fn until_decided() -> Vec<Route> {
    vec![
        Route::page("/awards/{award}/check", CHECK, check::get).sample(Sample::find(TO_CHECK)),
        Route::form("/awards/{award}/check", CHECK, check::post)
            .sample(Sample::find(TO_CHECK).fields(&[("proof", "shown"), ("papers_seen", "Bank arayışı və iki qiymət təklifi")])),
        Route::page("/awards/{award}/help", HELP, help::get).sample(Sample::find(OPEN)),
        Route::form("/awards/{award}/help", HELP, help::post).sample(Sample::find(OPEN).fields(&[
            ("helped_on", "{day}"),
            ("minutes", "90"),
            ("done", "Aylıq satış hesabı birlikdə quruldu"),
        ])),
        Route::page("/awards/{award}/withdrawal", APPLY, help::get_withdrawal).sample(Sample::find(OPEN)),
        Route::form("/awards/{award}/withdrawal", APPLY, help::withdraw)
            .sample(Sample::find(OPEN).fields(&[("why", "Başqa yerdən vəsait tapdım")])),
        Route::file("/awards/{award}/decision.pdf", READ, letter::get).sample(Sample::find(DECIDED)),
    ]
}

const TO_CHECK: &str = "
    select a.award_id as award, a.office, r.officer_id as officer
    from award a
    join officer_role r on r.role = 1 and a.office = any (r.offices) and r.officer_id <> a.lodged_by
    where a.state = 1
    order by a.lodged_at
    limit 1";

/// An application that is not decided yet.
const OPEN: &str = "
    select award_id as award, office, to_char(lodged_at, 'YYYY-MM-DD') as day
    from award
    where state in (1, 2, 3)
    limit 1";

const DECIDED: &str = "select award_id as award, office from award where decided_on is not null limit 1";

fn accounted_for() -> Vec<Route> {
    vec![
        Route::page("/awards/{award}/account", ACCOUNT, account::get).sample(Sample::find(DELIVERED)),
        Route::form("/awards/{award}/account", ACCOUNT, account::post).sample(Sample::find(DELIVERED).fields(&[
            ("own_spent", "720"),
            ("receipts", "Kassa çekləri 14, 15"),
            ("jobs_made", "1"),
            ("sales", "1300"),
            ("finding", "Yeni maşınlar işləyir, bir işçi götürülüb"),
            ("seen", "yes"),
        ])),
        Route::page("/awards/{award}/closure", CLOSE, account::get_closure).sample(Sample::find(TO_CLOSE)),
        Route::form("/awards/{award}/closure", CLOSE, account::close)
            .sample(Sample::find(TO_CLOSE).fields(&[("confirmed", "yes")])),
    ]
}

const DELIVERED: &str = "select award_id as award, office from award where state = 6 limit 1";

const TO_CLOSE: &str = "
    select a.award_id as award, a.office, r.officer_id as officer
    from award a
    join award_contract c using (person_id, award_id)
    join award_account t using (person_id, award_id)
    join officer_role r on r.role = 3 and a.office = any (r.offices) and r.officer_id <> t.accounted_by
    where a.state = 7
    order by c.ends_on
    limit 1";
