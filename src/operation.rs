//! An operation as data: one line of a provider's table.
//!
//! `["dnsRecords.list","GET /v2/dns/{domain_name}/records","r",{"type":"s"},0,{"p":["skip-take",""]}]`
//!
//! 1. name
//! 2. method and path; variables are text unless part 4 says otherwise
//! 3. effect: `r`ead, `w`rite, `d`estroy, `p`urchase; capital where sending twice leaves the same state
//! 4. parameters outside the body: `{"name!": schema}`, `!` where required
//! 5. schema of the body, 0 for none
//! 6. further facts: `{"f": "form"}` how the body is written, JSON unless said; `{"b": "rules"}` the
//!    whole body is given under this name; `{"a": {"202": "l"}}`
//!    what each success status answers (see [`Operation::answer`]), `{"p": [style, items, total]}` paging,
//!    `{"j": "task"}` the kind of job it starts, `{"n": true}` sent without credentials

use crate::json::{self, Value, decimal};
use crate::schema::Fields;
use crate::text::cut;

/// Everything the pipeline knows about an operation.
pub struct Operation<'a> {
    /// Name in the client, `dnsRecords.create`.
    pub name: &'a str,
    /// HTTP method.
    pub method: &'a str,
    /// Path, its variables in braces.
    pub path: &'a str,
    /// What it does to the customer's things.
    pub effect: Effect,
    /// Whether sending it twice leaves the same state.
    pub idempotent: bool,
    /// All parts of the line.
    parts: Vec<Value<'a>>,
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
}

impl<'a> Operation<'a> {
    /// Reads a line. Nothing where it is none: a fault of the generator.
    pub fn parse(line: &'a str) -> Option<Operation<'a>> {
        let Value::List(parts) = json::parse(line)? else {
            return None;
        };
        let part = |index: usize| parts.get(index).and_then(Value::text);
        let (name, target, effect) = (part(0)?, part(1)?, part(2)?);
        let (method, path) = cut(target, b' ')?;
        let (effect, idempotent) = Effect::read(effect)?;
        Some(Operation { name, method, path, effect, idempotent, parts })
    }

    /// Parameters outside the body: of the query, and path variables that are not plain text.
    pub fn parameters(&self) -> &Fields<'a> {
        self.parts.get(3).map_or(&[], Value::entries)
    }

    /// The schema of the body, where there is one.
    pub fn body(&self) -> Option<&Value<'a>> {
        self.parts.get(4).filter(|schema| schema.size().is_none())
    }

    fn fact(&self, name: &str) -> Option<&Value<'a>> {
        self.parts.get(5)?.get(name)
    }

    /// The path, cut at its variables.
    pub fn pieces(&self) -> impl Iterator<Item = Piece<'a>> {
        let mut rest = Some(self.path);
        let mut inside = false;
        std::iter::from_fn(move || {
            let end = if inside { b'}' } else { b'{' };
            let (text, after) = rest.map(|text| match cut(text, end) {
                Some((text, after)) => (text, Some(after)),
                None => (text, None),
            })?;
            rest = after;
            inside = !inside;
            Some(if inside { Piece::Literal(text) } else { Piece::Variable(text) })
        })
    }

    /// How the body is written.
    pub fn encoding(&self) -> Encoding {
        if self.fact("f").is_some() { Encoding::Form } else { Encoding::Json }
    }

    /// The name that the whole body is given under, where its fields are not given one by one.
    pub fn body_param(&self) -> Option<&'a str> {
        self.fact("b")?.text()
    }

    /// Whether it is sent without credentials.
    pub fn anonymous(&self) -> bool {
        self.fact("n").is_some()
    }

    /// What a success status is documented to answer: `j` JSON, `l` no body but a `Location`, `o` one
    /// that may be missing, `` nothing, or the media type of a file. A status that is not listed answers what it likes.
    pub fn answer(&self, status: u16) -> Option<&'a str> {
        match self.fact("a") {
            Some(answers) => answers.get(&decimal(status.into()))?.text(),
            None => (status == 200).then_some("j"),
        }
    }

    /// Whether a success is a file.
    pub fn is_file(&self) -> bool {
        self.answer(200).is_some_and(|kind| kind.bytes().any(|byte| byte == b'/'))
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
        assert_eq!((operation.name, operation.method), ("a.b", "PUT"));
        assert_eq!((operation.effect, operation.idempotent), (Effect::Write, true));
        let path: Vec<&str> = operation
            .pieces()
            .map(|piece| match piece {
                Piece::Literal(text) | Piece::Variable(text) => text,
            })
            .collect();
        assert_eq!(path, ["/v2/x/", "id", "/y/", "name", ""]);
        assert_eq!(operation.parameters().len(), 2);
        assert!(operation.body().is_some() && operation.encoding() == Encoding::Form);
        assert_eq!(operation.answer(202), Some("l"));
        assert_eq!(operation.answer(200), None);
        assert!(operation.anonymous());
    }

    #[test]
    fn the_shortest_line_is_a_read_that_answers_json() {
        let operation = Operation::parse(r#"["a.list","GET /a","r"]"#).unwrap();
        assert_eq!(operation.answer(200), Some("j"));
        assert!(operation.body().is_none() && operation.parameters().is_empty());
    }

    #[test]
    fn what_is_no_line_is_nothing() {
        for line in ["", "{}", "[]", r#"["a","GET","r"]"#, r#"["a","GET /","q"]"#] {
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
