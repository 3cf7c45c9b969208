//! One value against its schema, brought into its wire form where it stands.

use crate::prelude::*;

use super::Matches;
use crate::issue::Issue;
use crate::json::{Value, decimal, is_integer, is_number, size};
use crate::schema::{Kinds, Object, Scalar, Schema, Types};
use crate::secret::Secret;

/// No provider takes objects with more names; comparing them all stays quick.
const MOST_NAMES: usize = 1000;

/// Goes through the input and gathers what is wrong with it.
pub struct Checker<'a> {
    types: &'a Types,
    matches: Matches,
    /// Where it is: `records[1].type`.
    path: String,
    /// What is wrong.
    pub issues: Vec<Issue>,
    /// Values of secret parameters met on the way.
    pub secrets: Vec<Secret>,
}

impl<'a> Checker<'a> {
    /// Starts with nothing found.
    pub fn new(types: &'a Types, matches: Matches) -> Self {
        Checker { types, matches, path: String::new(), issues: Vec::new(), secrets: Vec::new() }
    }

    /// Notes a fault of the value it is at.
    fn say(&mut self, message: &str) {
        self.issues.push(Issue::new(self.path.as_str(), message));
    }

    /// Notes a fault of a value below the one it is at.
    pub fn say_of(&mut self, name: &str, message: &str) {
        let here = self.enter(name);
        self.say(message);
        self.path.truncate(here);
    }

    /// Goes to a value below, and says where to come back to.
    fn enter(&mut self, name: &str) -> usize {
        let here = self.path.len();
        self.path.push_str(if here > 0 { "." } else { "" });
        self.path.push_str(name);
        here
    }

    /// Checks a value below the one it is at.
    pub fn named(&mut self, name: &str, schema: &Schema, value: &mut Value) {
        let here = self.enter(name);
        self.value(schema, value);
        self.path.truncate(here);
    }

    /// Notes names that an object has twice: which one counts would be anyone's guess.
    pub fn repeated_names(&mut self, entries: &[(String, Value)]) {
        if entries.len() > MOST_NAMES {
            self.say("must have at most 1000 names");
            return;
        }
        for (index, (name, _)) in entries.iter().enumerate() {
            if entries.iter().take(index).any(|(before, _)| before == name) {
                self.say_of(name, "is given twice");
            }
        }
    }

    /// Notes names that mean nothing here.
    pub fn unknown_names(&mut self, entries: &[(String, Value)], known: &[&str]) {
        for (name, _) in entries {
            // One that is known is left over because it is given twice, which has been said.
            if !known.contains(&name.as_str()) {
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
    pub fn value(&mut self, schema: &Schema, value: &mut Value) {
        if let Value::Foreign(kind) = value {
            let message = ["must not be ", kind].concat();
            return self.say(&message);
        }
        let Some(schema) = self.types.resolve(schema) else {
            return;
        };
        match (schema, value) {
            (Schema::Scalar(scalar), value) => self.scalar(scalar, value),
            (Schema::Choice(values), value) => self.choice(values, value),
            (Schema::List { item, count }, Value::List(items)) => {
                if let Some(message) = count.broken(items.len() as f64, "must have ", " items") {
                    self.say(&message);
                }
                self.items(item, items);
            }
            (Schema::Object(object), Value::Map(entries)) => {
                self.repeated_names(entries);
                self.object(object, entries, &[], &[]);
            }
            (Schema::Anything, Value::List(items)) => self.items(schema, items),
            (Schema::Anything, Value::Map(entries)) => {
                self.repeated_names(entries);
                for (name, value) in entries {
                    self.named(name, schema, value);
                }
            }
            (Schema::List { .. }, _) => self.say("must be an array"),
            (Schema::Object(_), _) => self.say("must be an object"),
            _ => {}
        }
    }

    fn items(&mut self, schema: &Schema, items: &mut [Value]) {
        for (index, item) in items.iter_mut().enumerate() {
            let here = self.path.len();
            for part in ["[", &decimal(index as u32), "]"] {
                self.path.push_str(part);
            }
            self.value(schema, item);
            self.path.truncate(here);
        }
    }

    /// Checks the fields of an object and fills in what callers do not give. `outside` are values
    /// elsewhere in the call, for copies; `names` are names elsewhere that may have been meant.
    pub fn object(
        &mut self,
        object: &Object,
        entries: &mut Vec<(String, Value)>,
        outside: &[(String, Value)],
        names: &[&str],
    ) {
        let mut unknown: Vec<(String, Value)> = Vec::new();
        let mut index = 0;
        while let Some((name, value)) = entries.get_mut(index) {
            let field = object.fields.iter().find(|field| field.name == *name && field.is_given());
            match (field, &object.others) {
                (Some(field), _) => self.named(name, &field.schema, value),
                (None, Some(others)) => self.named(name, others, value),
                (None, None) => {
                    unknown.push(entries.remove(index));
                    continue;
                }
            }
            index += 1;
        }
        let mut known = names.to_vec();
        for field in &object.fields {
            let filled = match &field.schema {
                Schema::Constant(value) => Some(value.clone()),
                Schema::Copy(from) => {
                    let mut values = entries.iter().chain(outside);
                    values.find(|(name, _)| name == from).map(|(_, value)| value.clone())
                }
                _ => {
                    known.push(&field.name);
                    if field.required && !entries.iter().any(|(name, _)| *name == field.name) {
                        self.say_of(&field.name, "is required");
                    }
                    None
                }
            };
            if let Some(value) = filled {
                entries.push((field.name.clone(), value));
            }
        }
        self.unknown_names(&unknown, &known);
    }

    fn choice(&mut self, values: &[Value], value: &mut Value) {
        // A number and its text mean the same: 1 for an enum that has "1".
        let same = |known: &&Value| {
            known.plain() == value.plain() && (known.plain().is_some() || *known == value)
        };
        if let Some(known) = values.iter().find(same) {
            *value = known.clone();
            return;
        }
        let mut message = "must be one of ".to_owned();
        let mut names = Vec::new();
        for known in values.iter().filter_map(Value::plain) {
            message.push_str(if names.is_empty() { "" } else { ", " });
            message.push_str(known);
            names.push(known);
        }
        self.say(&message);
        if let Value::Text(given) = value {
            self.mistaken(given, &names);
        }
    }

    fn scalar(&mut self, scalar: &Scalar, value: &mut Value) {
        if !convert(scalar.kinds, value) {
            let message = match value {
                Value::Null => "must not be null; leave it out".to_owned(),
                _ => ["must be ", &scalar.kinds.describe()].concat(),
            };
            return self.say(&message);
        }
        let (text, broken) = match value {
            Value::Text(text) => {
                let length = count_characters(text) as f64;
                (text, scalar.limits.broken(length, "must have ", " characters"))
            }
            Value::Number(token) => {
                let size = size(token);
                (token, scalar.limits.broken(size, "must be ", ""))
            }
            _ => return,
        };
        if let Some(message) = broken {
            self.say(&message);
        }
        if let Some(pattern) = &scalar.pattern
            && !(self.matches)(pattern, text)
        {
            self.say(&["must match ", pattern].concat());
        }
        if scalar.secret {
            self.secrets.push(Secret::new(text.clone()));
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
fn convert(kinds: Kinds, value: &mut Value) -> bool {
    let is_whole = |text: &str| {
        is_integer(text)
            && (kinds.allow(Kinds::INTEGER) || kinds.allow(Kinds::INT32) && fits_32_bits(text))
    };
    match value {
        Value::Null => return kinds.allow(Kinds::NULL),
        Value::Bool(_) => return kinds.allow(Kinds::BOOLEAN),
        Value::Number(token) => {
            if kinds.allow(Kinds::NUMBER) || is_whole(token) {
                return true;
            }
            if kinds.allow(Kinds::TEXT) && !token.contains(['e', 'E']) {
                *value = Value::Text(core::mem::take(token));
                return true;
            }
        }
        Value::Text(text) => {
            if kinds.allow(Kinds::TEXT) {
                return true;
            }
            if is_whole(text) || kinds.allow(Kinds::NUMBER) && is_number(text) {
                *value = Value::Number(core::mem::take(text));
                return true;
            }
            if kinds.allow(Kinds::BOOLEAN) && matches!(text.as_str(), "true" | "false") {
                *value = Value::Bool(text == "true");
                return true;
            }
        }
        _ => {}
    }
    false
}
