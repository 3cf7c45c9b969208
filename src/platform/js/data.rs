//! Answers and their JSON, as JavaScript has read them.

use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::prelude::*;

use super::host::HostAnswer;
use crate::answer::CallResult;
use crate::platform::{Answer, Data, Scalar};

/// A value of parsed JSON.
#[derive(Clone)]
pub struct JsData(pub JsValue);

impl Data for JsData {
    fn scalar(&self) -> Scalar {
        let value = &self.0;
        if let Some(text) = value.as_string() {
            Scalar::Text(text)
        } else if let Some(is_true) = value.as_bool() {
            Scalar::Bool(is_true)
        } else if Array::is_array(value) {
            Scalar::Array
        } else if value.is_null() || value.is_undefined() {
            Scalar::Null
        } else if value.is_object() {
            Scalar::Object
        } else {
            Scalar::Number(self.to_json())
        }
    }

    fn field(&self, name: &str) -> Option<JsData> {
        if !self.0.is_object() {
            return None;
        }
        let value = Reflect::get(&self.0, &JsValue::from_str(name)).ok()?;
        // A name of the prototype's is nothing that the answer says.
        let is_own = !value.is_undefined() && !value.is_function();
        is_own.then_some(JsData(value))
    }

    fn length(&self) -> Option<usize> {
        let list = self.0.dyn_ref::<Array>()?;
        Some(list.length() as usize)
    }

    fn item(&self, index: usize) -> Option<JsData> {
        let list = self.0.dyn_ref::<Array>()?;
        Some(JsData(list.get(u32::try_from(index).ok()?)))
    }

    fn names(&self) -> Vec<String> {
        let Some(object) = self.0.dyn_ref::<Object>() else {
            return Vec::new();
        };
        Object::keys(object).iter().filter_map(|name| name.as_string()).collect()
    }

    fn to_json(&self) -> String {
        JSON::stringify(&self.0).ok().and_then(|text| text.as_string()).unwrap_or_default()
    }
}

impl Answer for HostAnswer {
    type Data = JsData;

    fn status(&self) -> u16 {
        HostAnswer::status(self)
    }

    fn header(&self, name: &str) -> Option<String> {
        HostAnswer::header(self, name)
    }

    fn headers(&self) -> Vec<(String, String)> {
        pairs(self.all_headers())
    }

    fn data(&self) -> Option<JsData> {
        let data = HostAnswer::data(self);
        (!data.is_undefined()).then_some(JsData(data))
    }

    fn is_empty(&self) -> bool {
        HostAnswer::is_empty(self)
    }

    fn text(&self) -> String {
        HostAnswer::text(self)
    }

    fn is_file(&self) -> bool {
        HostAnswer::is_file(self)
    }
}

/// Names and values that come in turn.
pub fn pairs(list: Vec<String>) -> Vec<(String, String)> {
    let mut pairs = Vec::with_capacity(list.len() / 2);
    let mut list = list.into_iter();
    while let (Some(name), Some(value)) = (list.next(), list.next()) {
        pairs.push((name, value));
    }
    pairs
}

/// What a result is to JavaScript, where it is no page and no file.
pub fn result_value(result: &CallResult<JsData>) -> JsValue {
    match result {
        CallResult::Data(data) => data.0.clone(),
        CallResult::Location(location) => {
            let object = Object::new();
            for (name, value) in [("location", &location.location), (&location.name, &location.id)]
            {
                // Setting a property of a plain object does not fail.
                let _ = Reflect::set(&object, &name.into(), &value.into());
            }
            object.into()
        }
        CallResult::Page(page) => page.items.0.clone(),
        CallResult::Nothing | CallResult::File(_) => JsValue::UNDEFINED,
    }
}
