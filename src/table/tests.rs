use super::*;
use proptest::prelude::*;

#[test]
fn a_line_is_read_whole() {
    let line = r#"["a.b","PUT /v2/x/{id}/y/{name}","W",{"id":"k","deep":"b"},{"o":{"on!":"b"}},
        {"a":{"202":"l"},"p":["skip-take","/items","X-Total"],"j":"task","f":"form","n":true}]"#;
    let operation = read_operation(line).unwrap();
    assert_eq!((operation.name, operation.method), ("a.b", Method::Put));
    assert_eq!((operation.effect, operation.idempotent), (Effect::Write, true));
    let path: Vec<&str> = operation
        .path
        .iter()
        .map(|piece| match piece {
            Piece::Literal(text) | Piece::Variable(text) => *text,
        })
        .collect();
    assert_eq!(path, ["/v2/x/", "id", "/y/", "name", ""]);
    assert_eq!(operation.parameters.len(), 2);
    assert!(operation.body.as_ref().is_some_and(|body| body.encoding == Encoding::Form));
    assert_eq!(operation.answer(202), Some(Answered::Location));
    assert_eq!(operation.answer(200), None);
    assert!(operation.anonymous);
    let paging = operation.paging.unwrap();
    assert_eq!(
        (paging.style, paging.items, paging.total),
        (PagingStyle::SkipTake, "/items", Some("X-Total"))
    );
    let job = operation.job.unwrap();
    assert_eq!((job.kind, job.id, job.check), ("task", None, None));
}

#[test]
fn the_shortest_line_is_a_read_that_answers_json() {
    let operation = read_operation(r#"["a.list","GET /a","r"]"#).unwrap();
    assert_eq!(operation.answer(200), Some(Answered::Json));
    assert!(operation.body.is_none() && operation.parameters.is_empty());
    assert!(operation.idempotent && !operation.anonymous);
}

#[test]
fn what_is_no_line_is_nothing() {
    for line in ["", "{}", "[]", r#"["a","GET","r"]"#, r#"["a","GET /","q"]"#] {
        assert!(read_operation(line).is_none(), "{line}");
    }
}

#[test]
fn effects_are_letters() {
    use Effect::*;
    let effects = [
        ("r", Read, true),
        ("w", Write, false),
        ("W", Write, true),
        ("d", Destroy, false),
        ("D", Destroy, true),
        ("p", Purchase, false),
    ];
    for (letter, effect, idempotent) in effects {
        assert_eq!(read_effect(letter), Some((effect, idempotent)), "{letter}");
    }
    assert_eq!((read_effect("P"), read_effect("R"), read_effect("")), (None, None, None));
}

#[test]
fn a_table_is_read_once_and_found_by_name() {
    let lines =
        "[\"a.list\",\"GET /a\",\"r\"]\n[\"a.get\",\"GET /a/{id}\",\"r\"]\n[\"a.bad\",\"?\"]";
    let head = r#"{"title":"A","types":{},"jobs":{}}"#;
    let table = Table::read("a".to_owned(), head.to_owned(), lines.to_owned()).unwrap();
    assert_eq!(table.find("a.get").unwrap().name, "a.get");
    assert_eq!(table.operation(0).unwrap().name, "a.list");
    assert!(
        table.find("a.bad").is_none() && table.find("b").is_none() && table.operation(3).is_none()
    );
    for head in ["", "{}", "[]", r#"{"title":"A"}"#] {
        assert!(Table::read("a".to_owned(), head.to_owned(), String::new()).is_none(), "{head}");
    }
}

proptest! {
    #[test]
    fn no_line_makes_it_panic(line in "[\\[\\]{}\",:a-z0-9 /!#*=]{0,80}") {
        let _ = read_operation(&line);
    }
}
