//! Answers, and JSON as serde_json has read it.

use std::rc::Rc;

use serde_json::Value;

use crate::platform::{Answer, Data, Scalar};

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub struct Json(pub Rc<Value>);

impl Json {
    pub fn parse(text: &str) -> Option<Json> {
        serde_json::from_str(text).ok().map(Json::of)
    }

    pub fn of(value: Value) -> Json {
        Json(Rc::new(value))
    }
}

impl Data for Json {
    fn scalar(&self) -> Scalar {
        match &*self.0 {
            Value::Null => Scalar::Null,
            Value::Bool(is_true) => Scalar::Bool(*is_true),
            Value::Number(number) => Scalar::Number(number.to_string()),
            Value::String(text) => Scalar::Text(text.clone()),
            Value::Array(_) => Scalar::Array,
            Value::Object(_) => Scalar::Object,
        }
    }

    fn field(&self, name: &str) -> Option<Json> {
        self.0.as_object()?.get(name).cloned().map(Json::of)
    }

    fn length(&self) -> Option<usize> {
        Some(self.0.as_array()?.len())
    }

    fn item(&self, index: usize) -> Option<Json> {
        self.0.as_array()?.get(index).cloned().map(Json::of)
    }

    fn names(&self) -> Vec<String> {
        self.0.as_object().map_or_else(Vec::new, |object| object.keys().cloned().collect())
    }

    fn to_json(&self) -> String {
        self.0.to_string()
    }
}

/// An answer.
#[derive(Clone, Debug)]
pub struct SimulatedAnswer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// Whether it is read as bytes: a success of an operation that gives a file.
    pub is_file: bool,
}

impl SimulatedAnswer {
    /// As the platform reads it, where a file is wanted or not.
    pub fn read_as(self, wants_file: bool) -> SimulatedAnswer {
        SimulatedAnswer { is_file: wants_file && self.status < 400, ..self }
    }
}

impl Answer for SimulatedAnswer {
    type Data = Json;

    fn status(&self) -> u16 {
        self.status
    }

    fn header(&self, name: &str) -> Option<String> {
        let known = |(known, value): &(String, String)| {
            known.eq_ignore_ascii_case(name).then(|| value.clone())
        };
        self.headers.iter().find_map(known)
    }

    fn headers(&self) -> Vec<(String, String)> {
        self.headers
            .iter()
            .map(|(name, value)| (name.to_ascii_lowercase(), value.clone()))
            .collect()
    }

    fn data(&self) -> Option<Json> {
        if self.is_file { None } else { Json::parse(&self.text()) }
    }

    fn is_empty(&self) -> bool {
        self.body.is_empty()
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn is_file(&self) -> bool {
        self.is_file
    }
}
