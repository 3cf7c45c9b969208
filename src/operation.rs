//! An operation as data: one line of a provider's table.
//!
//! `["dnsRecords.list","GET /v2/dns/{domain_name}/records","r",{"type":"s"},0,{"p":["skip-take",""]}]`
//!
//! 1. name
//! 2. method and path; variables are text unless part 4 says otherwise
//! 3. effect: `r`ead, `w`rite, `d`estroy, `p`urchase; capital where sending twice leaves the same state
//! 4. parameters outside the body: `{"name!": schema}`, `!` where required
//! 5. schema of the body, 0 for none
//! 6. further facts: `{"f": 1}` the body is a form, not JSON; `{"b": "rules"}` the whole body is given
//!    under this name; `{"a": {"202": "l"}}`
//!    what each success status answers (see [`Answers`]), `{"p": [style, items, total]}` paging (where
//!    the total is told is for JavaScript, which has the headers),
//!    `{"j": "task"}` the kind of job it starts, `{"n": true}` sent without credentials

use crate::prelude::*;

use crate::json::{self, Value};
use crate::schema::{Field, Schema};

/// Everything the pipeline knows about an operation.
pub struct Operation {
    /// Name in the client, `dnsRecords.create`.
    pub name: String,
    /// HTTP method.
    pub method: String,
    /// Path, in pieces.
    pub path: Vec<Piece>,
    /// What it does to the customer's things.
    pub effect: Effect,
    /// Whether sending it twice leaves the same state.
    pub idempotent: bool,
    /// Query parameters.
    pub query: Vec<Field>,
    /// The body, where there is one.
    pub body: Option<Body>,
    /// What it answers.
    pub answers: Answers,
    /// How its list is paged, where it is.
    pub paging: Option<Paging>,
    /// The kind of job it starts, where it does.
    pub job: Option<String>,
    /// Sent without credentials.
    pub anonymous: bool,
}

/// A piece of a path.
pub enum Piece {
    /// As it stands.
    Literal(String),
    /// A parameter.
    Variable(Field),
}

/// What an operation does to the customer's things.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub enum Effect {
    /// Changes nothing.
    Read,
    /// Changes or creates.
    Write,
    /// Deletes, wipes, cancels or locks out.
    Destroy,
    /// Spends money or places an order.
    Purchase,
}

impl Effect {
    /// Reads a letter, a capital for what may be sent twice.
    pub fn read(letter: &str) -> Option<(Effect, bool)> {
        Some(match letter {
            "r" => (Effect::Read, true),
            "w" => (Effect::Write, false),
            "W" => (Effect::Write, true),
            "d" => (Effect::Destroy, false),
            "D" => (Effect::Destroy, true),
            "p" => (Effect::Purchase, false),
            _ => return None,
        })
    }
}

/// A request body.
pub struct Body {
    /// How it is written.
    pub encoding: Encoding,
    /// What it holds.
    pub schema: Schema,
    /// The name that the whole body is given under, where its fields are not given one by one.
    pub param: Option<String>,
}

/// How a body is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// `application/json`
    Json,
    /// `application/x-www-form-urlencoded`, nested values in PHP's brackets
    Form,
}

/// What each documented success status answers: `j` JSON, `l` no body but a `Location`, `` nothing,
/// or the media type of a file. A status that is not listed answers what it likes.
pub struct Answers(Vec<(String, Value)>);

impl Answers {
    /// What a status is documented to answer.
    pub fn of(&self, status: u16) -> Option<&str> {
        let status = json::decimal(status.into());
        self.0.iter().find(|(known, _)| *known == status)?.1.text()
    }

    /// Whether a success is a file.
    pub fn is_file(&self) -> bool {
        self.0
            .iter()
            .any(|(_, kind)| kind.text().is_some_and(|kind| kind.contains('/')))
    }
}

/// How a list is paged.
pub struct Paging {
    /// Which parameters turn the page.
    pub style: Style,
    /// Where the items are in the answer.
    pub items: String,
}

/// Which parameters turn the page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `skip` items, `take` as many
    SkipTake,
    /// `limit` of items from `offset` on
    LimitOffset,
    /// `limit` of items on `page`, counted from 1
    LimitPage,
}

impl Operation {
    /// Reads a line. Nothing where it is none: a fault of the generator.
    pub fn parse(line: &str) -> Option<Operation> {
        let value = json::parse(line).ok()?;
        let parts = value.items();
        let (method, path) = parts.get(1)?.text()?.split_once(' ')?;
        let (effect, idempotent) = Effect::read(parts.get(2)?.text()?)?;
        let more = parts.get(5).cloned().unwrap_or(Value::Null);
        let mut query = parts.get(3).map_or(Some(Vec::new()), Field::read_all)?;
        let path = pieces(path, &mut query);
        Some(Operation {
            name: parts.first()?.text()?.to_owned(),
            method: method.to_owned(),
            path,
            effect,
            idempotent,
            query,
            body: match parts.get(4) {
                None | Some(Value::Number(_)) => None,
                Some(schema) => Some(Body {
                    encoding: match more.get("f") {
                        Some(_) => Encoding::Form,
                        None => Encoding::Json,
                    },
                    schema: Schema::read(schema)?,
                    param: more.get("b").and_then(Value::text).map(str::to_owned),
                }),
            },
            answers: Answers(match more.get("a") {
                None => vec![("200".to_owned(), Value::Text("j".to_owned()))],
                Some(answers) => answers.entries().to_vec(),
            }),
            paging: match more.get("p") {
                Some(paging) => Some(Paging::read(paging.items())?),
                None => None,
            },
            job: more.get("j").and_then(Value::text).map(str::to_owned),
            anonymous: more.get("n").is_some_and(Value::is_true),
        })
    }
}

/// Cuts a path at its variables, whose fields are taken out of the parameters.
fn pieces(path: &str, parameters: &mut Vec<Field>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = path;
    while let Some((literal, (name, after))) = rest
        .split_once('{')
        .and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    {
        pieces.push(Piece::Literal(literal.to_owned()));
        let known = parameters.iter().position(|field| field.name == name);
        let mut field = match known {
            Some(index) => parameters.remove(index),
            None => Field {
                name: name.to_owned(),
                required: true,
                schema: Schema::text(),
            },
        };
        field.required = true;
        pieces.push(Piece::Variable(field));
        rest = after;
    }
    pieces.push(Piece::Literal(rest.to_owned()));
    pieces
}

impl Paging {
    fn read(parts: &[Value]) -> Option<Paging> {
        Some(Paging {
            style: match parts.first()?.text()? {
                "skip-take" => Style::SkipTake,
                "limit-offset" => Style::LimitOffset,
                "limit-page" => Style::LimitPage,
                _ => return None,
            },
            items: parts.get(1)?.text()?.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_is_read_whole() {
        let line = r#"["a.b","PUT /v2/x/{id}/y/{name}","W",{"id":"k","deep":"b"},{"o":{"on!":"b"}},
            {"a":{"202":"l"},"p":["skip-take","/items","X-Total"],"j":"task","f":"form","n":true}]"#;
        let operation = Operation::parse(line).unwrap();
        assert_eq!(
            (operation.name.as_str(), operation.method.as_str()),
            ("a.b", "PUT")
        );
        assert_eq!(
            (operation.effect, operation.idempotent),
            (Effect::Write, true)
        );
        let path: Vec<&str> = operation
            .path
            .iter()
            .map(|piece| match piece {
                Piece::Literal(text) => text.as_str(),
                Piece::Variable(field) => field.name.as_str(),
            })
            .collect();
        assert_eq!(path, ["/v2/x/", "id", "/y/", "name", ""]);
        assert_eq!(operation.query.len(), 1);
        assert!(
            operation
                .body
                .is_some_and(|body| body.encoding == Encoding::Form)
        );
        assert_eq!(operation.answers.of(202), Some("l"));
        assert_eq!(operation.answers.of(200), None);
        assert_eq!(operation.paging.unwrap().items, "/items");
        assert_eq!(operation.job.as_deref(), Some("task"));
        assert!(operation.anonymous);
    }

    #[test]
    fn the_shortest_line_is_a_read_that_answers_json() {
        let operation = Operation::parse(r#"["a.list","GET /a","r"]"#).unwrap();
        assert_eq!(operation.answers.of(200), Some("j"));
        assert!(operation.body.is_none() && operation.query.is_empty());
    }

    #[test]
    fn what_is_no_line_is_nothing() {
        for line in [
            "",
            "{}",
            "[]",
            r#"["a","GET","r"]"#,
            r#"["a","GET /","q"]"#,
            r#"["a","GET /","r",{"x":"y"}]"#,
            r#"["a","GET /","r",{},{"o":{"a":{"a":1}}}]"#,
        ] {
            assert!(Operation::parse(line).is_none(), "{line}");
        }
    }

    proptest! {
        #[test]
        fn no_line_makes_it_panic(line in "[\\[\\]{}\",:a-z0-9 /!#*=]{0,80}") {
            let _ = Operation::parse(&line);
        }
    }
}
