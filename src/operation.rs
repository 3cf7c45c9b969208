//! An operation as data: one line of a provider's table.
//!
//! `["dnsRecords.list","GET /v2/dns/{domain_name}/records","r",{"type":"s"},0,{"p":["skip-take",""]}]`
//!
//! 1. name
//! 2. method and path; variables are text unless part 4 says otherwise
//! 3. effect: `r`ead, `w`rite, `d`estroy, `p`urchase; capital where sending twice leaves the same state
//! 4. parameters outside the body: `{"name!": schema}`, `!` where required
//! 5. schema of the body, 0 for none
//! 6. further facts: `{"f": "form"}` or `{"f": "text"}` how the body is written, JSON unless said; `{"b": "rules"}` the whole body is given
//!    under this name; `{"a": {"202": "l"}}`
//!    what each success status answers (see [`Operation::answer`]), `{"p": [style, items, total]}` paging,
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
    /// Path, its variables in braces.
    pub path: String,
    /// What it does to the customer's things.
    pub effect: Effect,
    /// Whether sending it twice leaves the same state.
    pub idempotent: bool,
    /// Parameters outside the body: of the query, and path variables that are not plain text.
    pub parameters: Vec<Field>,
    /// What the body holds, where there is one.
    pub body: Option<Schema>,
    /// Part 6, looked into when it is asked for.
    more: Value,
}

/// A piece of a path.
pub enum Piece<'a> {
    /// As it stands.
    Literal(&'a str),
    /// The name of a parameter.
    Variable(&'a str),
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

/// How a body is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// `application/json`
    Json,
    /// `application/x-www-form-urlencoded`, nested values in PHP's brackets
    Form,
    /// A text, as it is
    Text,
}

impl Operation {
    /// Reads a line. Nothing where it is none: a fault of the generator.
    pub fn parse(line: &str) -> Option<Operation> {
        let Value::List(parts) = json::parse(line).ok()? else {
            return None;
        };
        let mut parts = parts.into_iter();
        let name = parts.next()?.text()?.to_owned();
        let target = parts.next()?;
        let (method, path) = target.text()?.split_once(' ')?;
        let (effect, idempotent) = Effect::read(parts.next()?.text()?)?;
        let parameters = Field::read_all(&parts.next().unwrap_or(Value::Null))?;
        let body = match parts.next() {
            None | Some(Value::Number(_)) => None,
            Some(schema) => Some(Schema::read(&schema)?),
        };
        let more = parts.next().unwrap_or(Value::Null);
        Some(Operation {
            name,
            method: method.to_owned(),
            path: path.to_owned(),
            effect,
            idempotent,
            parameters,
            body,
            more,
        })
    }

    /// The path, cut at its variables.
    pub fn pieces(&self) -> impl Iterator<Item = Piece<'_>> {
        self.path.split(['{', '}']).enumerate().map(|(index, text)| match index % 2 {
            0 => Piece::Literal(text),
            _ => Piece::Variable(text),
        })
    }

    /// How the body is written.
    pub fn encoding(&self) -> Encoding {
        match self.more.get("f").and_then(Value::text) {
            Some("form") => Encoding::Form,
            Some(_) => Encoding::Text,
            None => Encoding::Json,
        }
    }

    /// The name that the whole body is given under, where its fields are not given one by one.
    pub fn body_param(&self) -> Option<&str> {
        self.more.get("b")?.text()
    }

    /// What a success status is documented to answer: `j` JSON, `l` no body but a `Location`, ``
    /// nothing, or the media type of a file. A status that is not listed answers what it likes.
    pub fn answer(&self, status: u16) -> Option<&str> {
        match self.more.get("a") {
            Some(answers) => answers.get(&json::decimal(status.into()))?.text(),
            None => (status == 200).then_some("j"),
        }
    }

    /// Whether a success is a file.
    pub fn is_file(&self) -> bool {
        self.answer(200).is_some_and(|kind| kind.contains('/'))
    }

    /// The kind of job it starts, where it does.
    pub fn job(&self) -> Option<&str> {
        self.more.get("j")?.text()
    }

    /// Whether it is sent without credentials.
    pub fn anonymous(&self) -> bool {
        self.more.get("n").is_some()
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
        assert_eq!((operation.name.as_str(), operation.method.as_str()), ("a.b", "PUT"));
        assert_eq!((operation.effect, operation.idempotent), (Effect::Write, true));
        let path: Vec<&str> = operation
            .pieces()
            .map(|piece| match piece {
                Piece::Literal(text) | Piece::Variable(text) => text,
            })
            .collect();
        assert_eq!(path, ["/v2/x/", "id", "/y/", "name", ""]);
        assert_eq!(operation.parameters.len(), 2);
        assert!(operation.body.is_some() && operation.encoding() == Encoding::Form);
        assert_eq!(operation.answer(202), Some("l"));
        assert_eq!(operation.answer(200), None);
        assert_eq!(operation.job(), Some("task"));
        assert!(operation.anonymous());
    }

    #[test]
    fn the_shortest_line_is_a_read_that_answers_json() {
        let operation = Operation::parse(r#"["a.list","GET /a","r"]"#).unwrap();
        assert_eq!(operation.answer(200), Some("j"));
        assert!(operation.body.is_none() && operation.parameters.is_empty());
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
