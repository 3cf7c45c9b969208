//! One value against its schema, brought into its wire form where it stands.

use super::Matches;
use crate::issue::Issue;
use crate::json::{Entries, Value, Written, decimal, is_integer, is_number, size};
use crate::schema::{Field, Kinds, Object, Scalar, Schema};

/// No provider takes objects with more names; comparing them all stays quick.
const MOST_NAMES: usize = 1000;

/// Goes through the input and gathers what is wrong with it.
pub struct Checker<'a> {
    types: &'a Value<'a>,
    matches: Matches,
    /// Where it is.
    path: Vec<Step<'a>>,
    /// What is wrong.
    pub issues: Vec<Issue>,
    /// Values of secret parameters met on the way.
    pub secrets: Vec<Written<'a>>,
}

/// One step of the way to a value.
#[derive(Clone, Copy)]
enum Step<'a> {
    Name(&'a str),
    Index(u32),
}

impl<'a> Checker<'a> {
    /// Starts with nothing found.
    pub fn new(types: &'a Value<'a>, matches: Matches) -> Self {
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
                    path.push_str(name);
                }
                Step::Index(index) => {
                    for part in ["[", &decimal(index), "]"] {
                        path.push_str(part);
                    }
                }
            }
        }
        self.issues.push(Issue { path, ..Issue::new("", message) });
    }

    /// Goes to a value below and does something there.
    pub fn below(&mut self, name: &'a str, check: impl FnOnce(&mut Self)) {
        self.path.push(Step::Name(name));
        check(self);
        self.path.pop();
    }

    /// Checks a value below the one it is at.
    pub fn named(&mut self, name: &'a str, schema: &'a Value<'a>, value: &mut Value<'a>) {
        self.below(name, |checker| checker.value(schema, value));
    }

    /// Notes names that an object has twice: which one counts would be anyone's guess.
    pub fn repeated_names(&mut self, entries: &[(Written, Value)]) {
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
    pub fn unknown_names(&mut self, entries: &[(Written, Value)], known: &[&str]) {
        for (Written(name), _) in entries {
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
            let mut names = Vec::new();
            for name in known {
                names.push((*name).to_owned());
            }
            issue.mistaken = Some((given.to_owned(), names));
        }
    }

    /// Checks a value.
    pub fn value(&mut self, schema: &'a Value<'a>, value: &mut Value<'a>) {
        if let Some(schema) = Schema::read(self.types, schema) {
            self.read_value(&schema, value);
        }
    }

    fn read_value(&mut self, schema: &Schema<'a>, value: &mut Value<'a>) {
        if let Value::Foreign(kind) = value {
            let message = ["must not be ", kind.0].concat();
            return self.say(&message);
        }
        match (schema, value) {
            (Schema::Scalar(scalar), value) => self.scalar(scalar, value),
            (Schema::Choice(values), value) => self.choice(values, value),
            (Schema::List { item, count }, Value::List(items)) => {
                let number = || items.len() as f64;
                if let Some(message) = count.broken(number, "must have ", " items") {
                    self.say(&message);
                }
                if let Some(schema) = Schema::read(self.types, item) {
                    self.items(&schema, items);
                }
            }
            (Schema::Object(object), Value::Map(entries)) => {
                self.repeated_names(entries);
                self.object(*object, entries, &[], &Vec::new);
            }
            (Schema::Anything, Value::List(items)) => self.items(schema, items),
            (Schema::Anything, Value::Map(entries)) => {
                self.repeated_names(entries);
                for (name, value) in entries {
                    self.below(name.0, |checker| checker.read_value(schema, value));
                }
            }
            (Schema::List { .. }, _) => self.say("must be an array"),
            (Schema::Object(_), _) => self.say("must be an object"),
            _ => {}
        }
    }

    fn items(&mut self, schema: &Schema<'a>, items: &mut [Value<'a>]) {
        for (index, item) in items.iter_mut().enumerate() {
            self.path.push(Step::Index(index as u32));
            self.read_value(schema, item);
            self.path.pop();
        }
    }

    /// Checks the fields of an object and fills in what callers do not give. `outside` are values
    /// elsewhere in the call, for copies; `names` are names elsewhere that may have been meant.
    pub fn object(
        &mut self,
        object: Object<'a>,
        entries: &mut Entries<'a>,
        outside: &[(Written<'a>, Value<'a>)],
        names: &dyn Fn() -> Vec<&'a str>,
    ) {
        let Object { fields, others } = object;
        let mut unknown: Entries = Vec::new();
        let mut index = 0;
        while let Some((name, value)) = entries.get_mut(index) {
            let field = Field::find(fields, name.0).filter(Field::is_given);
            match field.map(|field| field.schema).or(others) {
                Some(schema) => self.named(name.0, schema, value),
                None => {
                    unknown.push(entries.remove(index));
                    continue;
                }
            }
            index += 1;
        }
        for Field { name, required, schema } in Field::each(fields) {
            let filled = match Schema::read(self.types, schema) {
                Some(Schema::Constant(value)) => value.single(),
                Some(Schema::Copy(from)) => {
                    let mut values = entries.iter().chain(outside);
                    values.find(|(name, _)| name.0 == from).and_then(|(_, value)| value.single())
                }
                _ => {
                    if required && !entries.iter().any(|(given, _)| given.0 == name) {
                        self.say_of(name, "is required");
                    }
                    None
                }
            };
            if let Some(value) = filled {
                entries.push((Written(name), value));
            }
        }
        if !unknown.is_empty() {
            let mut known = names();
            for field in Field::each(fields).filter(Field::is_given) {
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
            if let Some(Written(name)) = known.plain() {
                message.push_str(if names.is_empty() { "" } else { ", " });
                message.push_str(name);
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
                let length = || count_characters(&text.plain()) as f64;
                (*text, scalar.limits.broken(length, "must have ", " characters"))
            }
            Value::Number(token) => {
                (Written(token), scalar.limits.broken(|| size(token), "must be ", ""))
            }
            _ => return,
        };
        if let Some(message) = broken {
            self.say(&message);
        }
        if let Some(pattern) = scalar.pattern()
            && !(self.matches)(&pattern.plain(), &written.plain())
        {
            self.say(&["must match ", pattern.0].concat());
        }
        if scalar.is_secret() {
            self.secrets.push(written);
        }
    }
}

/// Every byte but a character's further ones. chars().count() is made for speed, in a kilobyte.
fn count_characters(text: &str) -> usize {
    text.bytes().filter(|byte| byte & 0xc0 != 0x80).count()
}

fn fits_32_bits(integer: &str) -> bool {
    (-2_147_483_648.0..=2_147_483_647.0).contains(&size(integer))
}

/// Gives a value a kind that is allowed, where nothing is lost; says whether it has one then.
fn convert<'a>(kinds: Kinds, value: &mut Value<'a>) -> bool {
    let is_whole = |text: &str| {
        is_integer(text) && (kinds.allow(b'i') || kinds.allow(b'k') && fits_32_bits(text))
    };
    match value {
        Value::Null => return kinds.allow(b'z'),
        Value::Bool(_) => return kinds.allow(b'b'),
        Value::Number(token) => {
            if kinds.allow(b'n') || is_whole(token) {
                return true;
            }
            if kinds.allow(b's') && !token.contains(['e', 'E']) {
                *value = Value::Text(Written(token));
                return true;
            }
        }
        Value::Text(Written(text)) => {
            if kinds.allow(b's') {
                return true;
            }
            if is_whole(text) || kinds.allow(b'n') && is_number(text) {
                *value = Value::Number(text);
                return true;
            }
            if kinds.allow(b'b') && matches!(*text, "true" | "false") {
                *value = Value::Bool(*text == "true");
                return true;
            }
        }
        _ => {}
    }
    false
}
