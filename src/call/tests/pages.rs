//! Pages of lists, in the three styles, with totals or without.

use serde_json::{Value, json};

use super::support::{Session, artnet, ccloud_with_token, combell, text_of};
use crate::answer::CallResult;
use crate::failure::ErrorKind;
use crate::platform::simulated::{Reply, SentRequest, World};

/// The items of all pages, one page after the other, and how many there are said to be.
fn walk(session: &Session, operation: &str, params: Value) -> (Vec<u64>, Option<u64>) {
    let (mut seen, mut params) = (Vec::new(), params);
    for _ in 0..50 {
        let outcome = session.good(operation, params);
        let CallResult::Page(page) = &outcome.result else { panic!("no page") };
        seen.extend(page.items.0.as_array().unwrap().iter().map(|item| item.as_u64().unwrap()));
        match &page.next {
            Some(next) => params = serde_json::from_str(next).unwrap(),
            None => return (seen, page.total),
        }
    }
    panic!("the walk has no end")
}

/// A number in the query or the form.
fn number(request: &SentRequest, name: &str) -> Option<u64> {
    let pairs = match &request.body {
        Some(form) => form,
        None => request.url.split_once('?').map_or("", |(_, query)| query),
    };
    let pair = pairs.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    pair.and_then(|value| value.parse().ok())
}

/// The items from one on, at most `most` of 23.
fn items(from: u64, most: u64) -> Vec<u64> {
    (from..(from + most).min(23)).collect()
}

fn all() -> Vec<u64> {
    (0..23).collect()
}

#[test]
fn skip_and_take_with_a_total_in_a_header() {
    for take in [None, Some(5), Some(23), Some(100)] {
        let session = combell(World::new().then(|request| {
            let most = number(request, "take").unwrap_or(10).min(10);
            Reply::json(200, json!(items(number(request, "skip").unwrap_or(0), most)))
                .with("x-paging-totalresults", "23")
        }));
        let params = take.map_or(json!({}), |take| json!({ "take": take }));
        assert_eq!(walk(&session, "accounts.list", params), (all(), Some(23)), "{take:?}");
        // The total says which page is the last.
        let pages = if take == Some(5) { 5 } else { 3 };
        assert_eq!(session.world.sent().len(), pages);
    }
}

#[test]
fn skip_and_take_without_a_total() {
    let session =
        combell(World::new().then(|request| {
            Reply::json(200, json!(items(number(request, "skip").unwrap_or(0), 10)))
        }));
    let params = json!({ "asset_type": "domain", "skip": 3 });
    assert_eq!(walk(&session, "accounts.list", params), (all().split_off(3), None));
    // Only an empty page is the last.
    let queries = ["skip=3", "skip=13", "skip=23"];
    let lines = queries.map(|query| format!("GET /v2/accounts?asset_type=domain&{query}"));
    assert_eq!(session.world.sent(), lines);
}

#[test]
fn limit_and_page_with_a_total_in_the_body() {
    let session = ccloud_with_token(
        "t",
        World::new().then(|request| {
            let page = number(request, "page").unwrap_or(1);
            Reply::json(200, json!({ "data": items((page - 1) * 10, 10), "total": 23 }))
        }),
    );
    assert_eq!(walk(&session, "servers.list", json!({ "limit": 10 })), (all(), Some(23)));
    assert_eq!(session.world.sent().len(), 3);
}

#[test]
fn limit_and_offset_in_a_form() {
    let session = artnet(World::new().then(|request| {
        let list = items(number(request, "offset").unwrap_or(0), 10);
        Reply::json(200, json!({ "success": true, "services_list": list }))
    }));
    assert_eq!(walk(&session, "vps.list", json!({ "limit": "10" })), (all(), None));
    assert!(session.world.bodies()[1].starts_with("limit=10&offset=10&"));
}

#[test]
fn an_empty_page_is_the_last_whatever_the_total_claims() {
    let session =
        combell(World::new().answers(200, json!([])).header("x-paging-totalresults", "1000"));
    assert_eq!(walk(&session, "accounts.list", json!({})), (Vec::new(), Some(1000)));
}

#[test]
fn a_total_that_is_no_number_is_none() {
    for total in ["", "many", "-1", "1.5", "99999999999999999999999"] {
        let reply = Reply::json(200, json!([1])).with("x-paging-totalresults", total);
        let outcome = combell(World::new().replies(reply)).good("accounts.list", json!({}));
        assert_eq!(
            text_of(&outcome),
            r#"{"items":[1],"total":null,"next":"{\"skip\":1}"}"#,
            "{total}"
        );
    }
}

#[test]
fn places_that_leave_the_numbers_end_the_walk() {
    let session = combell(World::new().then(|_| Reply::json(200, json!([1]))));
    let outcome = session.good("accounts.list", json!({ "skip": 2_147_483_647 }));
    let CallResult::Page(page) = &outcome.result else { panic!("no page") };
    let next = serde_json::from_str(page.next.as_deref().unwrap()).unwrap();
    assert_eq!(session.bad("accounts.list", next).kind, ErrorKind::InputError);
}

#[test]
fn a_page_is_as_good_a_call_as_any() {
    let world = World::new().random_bytes(0).status(503).answers(200, json!([1, 2]));
    assert_eq!(combell(world).good("accounts.list", json!({})).attempts, 2);
}
