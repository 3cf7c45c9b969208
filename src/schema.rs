//! What a parameter may be: the typed form of a spec's request schemas. `table` reads it.

use std::borrow::Cow;

use crate::json::{Value, size};

/// The shape of a value.
pub enum Schema<'a> {
    /// A single value.
    Scalar(Scalar<'a>),
    /// One of a few values.
    Choice(Vec<Value<'a>>),
    /// Always the same value: filled in.
    Constant(Value<'a>),
    /// The value of another parameter of the call: filled in.
    Copy(&'a str),
    /// An array.
    List {
        /// What each item may be.
        item: Box<Schema<'a>>,
        /// How many items there must be and may be.
        count: Limits<'a>,
    },
    /// An object.
    Object(Object<'a>),
    /// Any JSON value.
    Anything,
    /// The provider's type of this name.
    Named(&'a str),
}

/// Smallest and largest size or length, as JSON numbers; none where absent.
#[derive(Clone, Copy, Default)]
pub struct Limits<'a> {
    /// At least this.
    pub min: Option<&'a str>,
    /// At most this.
    pub max: Option<&'a str>,
}

/// A text, number or boolean.
pub struct Scalar<'a> {
    /// The kinds that are allowed.
    pub kinds: Kinds,
    /// Limits of a text's length in characters, or of a number's size.
    pub limits: Limits<'a>,
    /// A regular expression, in JavaScript's dialect, that a text must match.
    pub pattern: Option<Cow<'a, str>>,
    /// Whether the value must not be shown or logged.
    pub secret: bool,
}

/// Which kinds of single values are allowed.
#[derive(Clone, Copy, Default)]
pub struct Kinds {
    /// Text.
    pub text: bool,
    /// An integer of any size.
    pub integer: bool,
    /// An integer of at most 32 bits.
    pub integer32: bool,
    /// A number.
    pub number: bool,
    /// True or false.
    pub boolean: bool,
    /// Null.
    pub null: bool,
}

impl Kinds {
    /// What is allowed, in words.
    pub fn describe(self) -> String {
        let all = [
            (self.text, "text"),
            (self.integer, "an integer"),
            (self.integer32, "an integer of at most 32 bits"),
            (self.number, "a number"),
            (self.boolean, "true or false"),
            (self.null, "null"),
        ];
        let names: Vec<&str> =
            all.into_iter().filter_map(|(allowed, name)| allowed.then_some(name)).collect();
        names.join(" or ")
    }
}

/// An object with named fields.
pub struct Object<'a> {
    /// The fields, in the order of the spec.
    pub fields: Vec<Field<'a>>,
    /// What fields of other names may hold, where they are allowed.
    pub others: Option<Box<Schema<'a>>>,
}

/// A named value.
pub struct Field<'a> {
    /// Its name on the wire.
    pub name: &'a str,
    /// Whether the call says nothing without it.
    pub required: bool,
    /// What it may be.
    pub schema: Schema<'a>,
}

impl<'a> Field<'a> {
    /// The field of a name.
    pub fn find<'f>(fields: &'f [Field<'a>], name: &str) -> Option<&'f Field<'a>> {
        fields.iter().find(|field| field.name == name)
    }

    /// Whether callers give it; constants and copies are filled in.
    pub fn is_given(&self) -> bool {
        !matches!(self.schema, Schema::Constant(_) | Schema::Copy(_))
    }
}

/// The types of a provider that have a name.
#[derive(Default)]
pub struct Types<'a>(pub Vec<(&'a str, Schema<'a>)>);

impl<'a> Types<'a> {
    /// The schema itself, where one is only named. What leads nowhere, or round in circles, takes
    /// anything: the tests of the generator keep that from happening.
    pub fn resolve<'s>(&'s self, schema: &'s Schema<'a>) -> &'s Schema<'a> {
        let mut schema = schema;
        for _ in 0..4 {
            let Schema::Named(name) = schema else { return schema };
            match self.0.iter().find(|(known, _)| known == name) {
                Some((_, named)) => schema = named,
                None => break,
            }
        }
        &Schema::Anything
    }
}

impl Limits<'_> {
    /// Whether a size is outside the limits, and how to say so: `must be ` or `must have `, then the
    /// limit, then the unit.
    pub fn broken(self, size_of: impl Fn() -> f64, verb: &str, unit: &str) -> Option<String> {
        if self.min.is_none() && self.max.is_none() {
            return None;
        }
        let size_is = size_of();
        let (bound, limit) = match (self.min, self.max) {
            (Some(min), _) if size_is < size(min) => ("at least ", min),
            (_, Some(max)) if size_is > size(max) => ("at most ", max),
            _ => return None,
        };
        Some([verb, bound, limit, unit].concat())
    }
}
