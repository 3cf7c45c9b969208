//! One value against its schema, brought into its wire form where it stands.

use super::Matches;
use crate::issue::{Issue, Mistaken};
use crate::json::{Encoded, Entries, Value, decimal, is_integer, is_number, size};
use crate::schema::{Field, Kinds, Object, Scalar, Schema, Types};

/// No provider takes objects with more names; comparing them all stays quick.
const MOST_NAMES: usize = 1000;

/// Goes through the input and gathers what is wrong with it.
pub struct Checker<'a, 'm> {
    types: &'a Types<'a>,
    matches: Matches<'m>,
    /// Where it is.
    path: Vec<Step<'a>>,
    /// What is wrong.
    pub issues: Vec<Issue>,
    /// Values of secret parameters met on the way.
    pub secrets: Vec<Encoded<'a>>,
}

/// One step of the way to a value.
#[derive(Clone, Copy)]
enum Step<'a> {
    Name(&'a str),
    Index(u32),
}

impl<'a, 'm> Checker<'a, 'm> {
    /// Starts with nothing found.
    pub fn new(types: &'a Types<'a>, matches: Matches<'m>) -> Self {
        Checker { types, matches, path: Vec::new(), issues: Vec::new(), secrets: Vec::new() }
    }

    /// Notes a fault of the value it is at.
    fn say(&mut self, message: &str) {
        self.say_at(None, message);
    }

    /// Notes a fault of a value below the one it is at.
    pub fn say_of(&mut self, name: &str, message: &str) {
        self.say_at(Some(Step::Name(name)), message);
    }

    fn say_at(&mut self, below: Option<Step>, message: &str) {
        let mut path = String::new();
        for step in self.path.iter().copied().chain(below) {
            match step {
                Step::Name(name) => {
                    path.push_str(if path.is_empty() { "" } else { "." });
                    path.push_str(&Encoded(name).plain());
                }
                Step::Index(index) => {
                    for part in ["[", &decimal(index.into()), "]"] {
                        path.push_str(part);
                    }
                }
            }
        }
        self.issues.push(Issue::new(path, message));
    }

    /// Goes to a value below and does something there.
    pub fn below(&mut self, name: &'a str, check: impl FnOnce(&mut Self)) {
        self.path.push(Step::Name(name));
        check(self);
        self.path.pop();
    }

    /// Checks a value below the one it is at.
    pub fn named(&mut self, name: &'a str, schema: &'a Schema<'a>, value: &mut Value<'a>) {
        self.below(name, |checker| checker.value(schema, value));
    }

    /// Notes names that an object has twice: which one counts would be anyone's guess.
    pub fn repeated_names(&mut self, entries: &[(Encoded, Value)]) {
        if entries.len() > MOST_NAMES {
            self.say("must have at most 1000 names");
            return;
        }
        for (index, (name, _)) in entries.iter().enumerate() {
            if entries.iter().take(index).any(|(before, _)| before == name) {
                self.say_of(name.0, "is given twice");
            }
        }
    }

    /// Notes names that mean nothing here.
    pub fn unknown_names(&mut self, entries: &[(Encoded, Value)], known: &[&str]) {
        for (Encoded(name), _) in entries {
            // One that is known is left over because it is given twice, which has been said.
            if !known.contains(name) {
                self.say_of(name, "is not known");
                self.mistaken(name, known);
            }
        }
    }

    /// Adds to the latest fault what was given in place of one of these.
    fn mistaken(&mut self, given: &str, known: &[&str]) {
        if let Some(issue) = self.issues.last_mut() {
            issue.mistaken = Some(Mistaken {
                given: Encoded(given).plain().into_owned(),
                known: known.iter().map(|name| (*name).to_owned()).collect(),
            });
        }
    }

    /// Checks a value.
    pub fn value(&mut self, schema: &'a Schema<'a>, value: &mut Value<'a>) {
        if let Value::Foreign(kind) = value {
            let message = ["must not be ", kind.0].concat();
            return self.say(&message);
        }
        match (self.types.resolve(schema), value) {
            (Schema::Scalar(scalar), value) => self.scalar(scalar, value),
            (Schema::Choice(values), value) => self.choice(values, value),
            (Schema::List { item, count }, Value::List(items)) => {
                let number = || items.len() as f64;
                if let Some(message) = count.broken(number, "must have ", " items") {
                    self.say(&message);
                }
                self.items(item, items);
            }
            (Schema::Object(object), Value::Map(entries)) => {
                self.repeated_names(entries);
                self.object(object, entries, &[], &Vec::new);
            }
            (Schema::Anything, Value::List(items)) => self.items(&Schema::Anything, items),
            (Schema::Anything, Value::Map(entries)) => {
                self.repeated_names(entries);
                for (name, value) in entries {
                    self.named(name.0, &Schema::Anything, value);
                }
            }
            (Schema::List { .. }, _) => self.say("must be an array"),
            (Schema::Object(_), _) => self.say("must be an object"),
            // Anything is right, and constants and copies are filled in whatever is given.
            _ => {}
        }
    }

    fn items(&mut self, schema: &'a Schema<'a>, items: &mut [Value<'a>]) {
        for (index, item) in items.iter_mut().enumerate() {
            self.path.push(Step::Index(index as u32));
            self.value(schema, item);
            self.path.pop();
        }
    }

    /// Checks the fields of an object and fills in what callers do not give. `outside` are values
    /// elsewhere in the call, for copies; `names` are names elsewhere that may have been meant.
    pub fn object(
        &mut self,
        object: &'a Object<'a>,
        entries: &mut Entries<'a>,
        outside: &[(Encoded<'a>, Value<'a>)],
        names: &dyn Fn() -> Vec<&'a str>,
    ) {
        let Object { fields, others } = object;
        let others = others.as_deref();
        let mut unknown: Entries = Vec::new();
        let mut index = 0;
        while let Some((name, value)) = entries.get_mut(index) {
            let field = Field::find(fields, name.0).filter(|field| field.is_given());
            match field.map(|field| &field.schema).or(others) {
                Some(schema) => self.named(name.0, schema, value),
                None => {
                    unknown.push(entries.remove(index));
                    continue;
                }
            }
            index += 1;
        }
        for Field { name, required, schema } in fields {
            let filled = match schema {
                Schema::Constant(value) => value.single(),
                Schema::Copy(from) => {
                    let mut values = entries.iter().chain(outside);
                    values.find(|(name, _)| name.0 == *from).and_then(|(_, value)| value.single())
                }
                _ => {
                    if *required && !entries.iter().any(|(given, _)| given.0 == *name) {
                        self.say_of(name, "is required");
                    }
                    None
                }
            };
            if let Some(value) = filled {
                entries.push((Encoded(name), value));
            }
        }
        if !unknown.is_empty() {
            let mut known = names();
            for field in fields.iter().filter(|field| field.is_given()) {
                known.push(field.name);
            }
            self.unknown_names(&unknown, &known);
        }
    }

    fn choice(&mut self, values: &'a [Value<'a>], value: &mut Value<'a>) {
        let mut message = "must be one of ".to_owned();
        let mut names: Vec<&str> = Vec::new();
        for known in values.iter().filter_map(Value::single) {
            // A number and its text mean the same: 1 for an enum that has "1".
            let both_null = matches!((&known, &*value), (Value::Null, Value::Null));
            if known.plain() == value.plain() && (known.plain().is_some() || both_null) {
                *value = known;
                return;
            }
            if let Some(Encoded(name)) = known.plain() {
                message.push_str(if names.is_empty() { "" } else { ", " });
                message.push_str(&Encoded(name).plain());
                names.push(name);
            }
        }
        self.say(&message);
        if let Value::Text(given) = value {
            self.mistaken(given.0, &names);
        }
    }

    fn scalar(&mut self, scalar: &Scalar<'a>, value: &mut Value<'a>) {
        if !convert(scalar.kinds, value) {
            let message = match value {
                Value::Null => "must not be null; leave it out".to_owned(),
                _ => ["must be ", &scalar.kinds.describe()].concat(),
            };
            return self.say(&message);
        }
        let (written, broken) = match value {
            Value::Text(text) => {
                let length = || text.plain().chars().count() as f64;
                (*text, scalar.limits.broken(length, "must have ", " characters"))
            }
            Value::Number(token) => {
                (Encoded(token), scalar.limits.broken(|| size(token), "must be ", ""))
            }
            _ => return,
        };
        if let Some(message) = broken {
            self.say(&message);
        }
        if let Some(pattern) = &scalar.pattern
            && !(self.matches)(pattern, &written.plain())
        {
            self.say(&["must match ", pattern].concat());
        }
        if scalar.secret {
            self.secrets.push(written);
        }
    }
}

fn fits_32_bits(integer: &str) -> bool {
    (-2_147_483_648.0..=2_147_483_647.0).contains(&size(integer))
}

/// Gives a value a kind that is allowed, where nothing is lost; says whether it has one then.
fn convert<'a>(kinds: Kinds, value: &mut Value<'a>) -> bool {
    let is_whole =
        |text: &str| is_integer(text) && (kinds.integer || kinds.integer32 && fits_32_bits(text));
    match value {
        Value::Null => return kinds.null,
        Value::Bool(_) => return kinds.boolean,
        Value::Number(token) => {
            if kinds.number || is_whole(token) {
                return true;
            }
            if kinds.text && !token.contains(['e', 'E']) {
                *value = Value::Text(Encoded(token));
                return true;
            }
        }
        Value::Text(Encoded(text)) => {
            if kinds.text {
                return true;
            }
            if is_whole(text) || kinds.number && is_number(text) {
                *value = Value::Number(text);
                return true;
            }
            if kinds.boolean && matches!(*text, "true" | "false") {
                *value = Value::Bool(*text == "true");
                return true;
            }
        }
        _ => {}
    }
    false
}
