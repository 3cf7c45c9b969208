//! What a parameter may be, read from the compact form that the generator writes.
//!
//! | written | means |
//! | --- | --- |
//! | `"s"` `"i"` `"k"` `"n"` `"b"` `"z"` | text, integer, 32-bit integer, number, boolean, null |
//! | `"is"`, `"kz"` | one of these |
//! | `"*"` | anything |
//! | `"#Name"` | the provider's type of that name |
//! | `{"t": "s", "min": 8, "max": 20, "re": "…", "x": true}` | with limits (of a text's length or a number's size), a pattern, secret |
//! | `{"e": ["A", "B"]}` | one of these values |
//! | `{"c": "reboot"}` | always this value; callers never see it |
//! | `{"=": "domain_name"}` | a copy of that parameter; callers never see it |
//! | `{"a": schema, "min": 1, "max": 9}` | an array |
//! | `{"o": {"name!": schema, …}, "*": schema}` | an object; `!` marks what must be there, `*` what further names may hold |

use crate::prelude::*;

use crate::json::{Value, decimal};

/// The shape of a value.
pub enum Schema {
    /// A single value.
    Scalar(Scalar),
    /// One of a few values.
    Choice(Vec<Value>),
    /// Always the same value: filled in.
    Constant(Value),
    /// The value of another parameter of the call: filled in.
    Copy(String),
    /// An array.
    List {
        /// What each item may be.
        item: Box<Schema>,
        /// How many items there must be and may be.
        count: Limits,
    },
    /// An object.
    Object(Object),
    /// A type of the provider, by name.
    Reference(String),
    /// Any JSON value.
    Anything,
}

/// Limits of a size or a length; none where absent.
#[derive(Default)]
pub struct Limits {
    /// The least that is allowed.
    pub min: Option<f64>,
    /// The most that is allowed.
    pub max: Option<f64>,
}

/// A text, number or boolean.
pub struct Scalar {
    /// The kinds that are allowed.
    pub kinds: Kinds,
    /// Limits of a text's length in characters, or of a number's size.
    pub limits: Limits,
    /// A regular expression, in JavaScript's dialect, that a text must match.
    pub pattern: Option<String>,
    /// The value must not be shown or logged.
    pub secret: bool,
}

/// A set of kinds of single values.
#[derive(Clone, Copy)]
pub struct Kinds(u8);

/// Each kind's letter, and its name for people.
const KINDS: [(char, &str); 6] = [
    ('s', "text"),
    ('i', "an integer"),
    ('k', "an integer of at most 32 bits"),
    ('n', "a number"),
    ('b', "true or false"),
    ('z', "null"),
];

impl Kinds {
    pub const TEXT: u8 = 1;
    pub const INTEGER: u8 = 2;
    pub const INT32: u8 = 4;
    pub const NUMBER: u8 = 8;
    pub const BOOLEAN: u8 = 16;
    pub const NULL: u8 = 32;

    fn read(code: &str) -> Option<Kinds> {
        let mut kinds = 0;
        for letter in code.chars() {
            kinds |= 1 << KINDS.iter().position(|(known, _)| *known == letter)?;
        }
        Some(Kinds(kinds))
    }

    /// Whether one of these kinds is allowed.
    pub fn allow(self, kinds: u8) -> bool {
        self.0 & kinds != 0
    }

    /// What is allowed, in words.
    pub fn describe(self) -> String {
        let mut words = String::new();
        for (index, (_, name)) in KINDS.iter().enumerate() {
            if self.0 & (1 << index) != 0 {
                words.push_str(if words.is_empty() { "" } else { " or " });
                words.push_str(name);
            }
        }
        words
    }
}

/// An object with named fields.
pub struct Object {
    /// The fields, in the order of the spec.
    pub fields: Vec<Field>,
    /// What fields of other names may hold, where they are allowed.
    pub others: Option<Box<Schema>>,
}

/// A named value.
pub struct Field {
    /// Its name on the wire.
    pub name: String,
    /// Whether the call says nothing without it.
    pub required: bool,
    /// What it may be.
    pub schema: Schema,
}

impl Field {
    /// Whether callers give it; constants and copies are filled in.
    pub fn is_given(&self) -> bool {
        !matches!(self.schema, Schema::Constant(_) | Schema::Copy(_))
    }
}

impl Schema {
    /// Plain text, what a path variable is unless its type is written down.
    pub fn text() -> Schema {
        Schema::Scalar(Scalar::of(Kinds(Kinds::TEXT)))
    }

    /// Reads the compact form. Nothing where it is none: a fault of the generator.
    pub fn read(value: &Value) -> Option<Schema> {
        if let Some(code) = value.text() {
            return match code.strip_prefix('#') {
                Some(name) => Some(Schema::Reference(name.to_owned())),
                None if code == "*" => Some(Schema::Anything),
                None => Some(Schema::Scalar(Scalar::of(Kinds::read(code)?))),
            };
        }
        if let Some(code) = value.get("t") {
            return Some(Schema::Scalar(Scalar {
                kinds: Kinds::read(code.text()?)?,
                limits: Limits::read(value),
                pattern: value.get("re").and_then(Value::text).map(str::to_owned),
                secret: value.get("x").is_some_and(Value::is_true),
            }));
        }
        if let Some(values) = value.get("e") {
            return Some(Schema::Choice(values.items().to_vec()));
        }
        if let Some(constant) = value.get("c") {
            return Some(Schema::Constant(constant.clone()));
        }
        if let Some(name) = value.get("=") {
            return Some(Schema::Copy(name.text()?.to_owned()));
        }
        if let Some(item) = value.get("a") {
            let item = Box::new(Schema::read(item)?);
            return Some(Schema::List { item, count: Limits::read(value) });
        }
        let fields = Field::read_all(value.get("o")?)?;
        let others = match value.get("*") {
            Some(schema) => Some(Box::new(Schema::read(schema)?)),
            None => None,
        };
        Some(Schema::Object(Object { fields, others }))
    }
}

impl Field {
    /// Reads the fields of an object.
    pub fn read_all(value: &Value) -> Option<Vec<Field>> {
        value.read_each(|name, schema| {
            let required = name.ends_with('!');
            let name = name.strip_suffix('!').unwrap_or(name).to_owned();
            Some(Field { name, required, schema: Schema::read(schema)? })
        })
    }
}

impl Scalar {
    fn of(kinds: Kinds) -> Scalar {
        Scalar { kinds, limits: Limits::default(), pattern: None, secret: false }
    }
}

impl Limits {
    fn read(value: &Value) -> Limits {
        let limit = |name| value.get(name).and_then(Value::size);
        Limits { min: limit("min"), max: limit("max") }
    }

    /// Whether a size is outside the limits, and how to say so: `must be ` or `must have `, then the
    /// limit, then the unit.
    // Limits are whole numbers from 0 up in every spec.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub fn broken(&self, size: f64, verb: &str, unit: &str) -> Option<String> {
        let (bound, limit) = match (self.min, self.max) {
            (Some(min), _) if size < min => ("at least ", min),
            (_, Some(max)) if size > max => ("at most ", max),
            _ => return None,
        };
        Some([verb, bound, &decimal(limit as u32), unit].concat())
    }
}

/// The types that operations of a provider share.
#[derive(Default)]
pub struct Types(Vec<(String, Schema)>);

impl Types {
    /// Reads an object of schemas.
    pub fn read(value: &Value) -> Option<Types> {
        value.read_each(|name, schema| Some((name.to_owned(), Schema::read(schema)?))).map(Types)
    }

    /// Follows references to the schema they mean.
    pub fn resolve<'a>(&'a self, schema: &'a Schema) -> Option<&'a Schema> {
        let mut schema = schema;
        for _ in 0..=self.0.len() {
            let Schema::Reference(name) = schema else {
                return Some(schema);
            };
            schema = self.0.iter().find(|(known, _)| known == name).map(|(_, schema)| schema)?;
        }
        None
    }
}
