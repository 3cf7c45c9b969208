//! Looking into JSON that JavaScript has parsed, without copying it.

use crate::prelude::*;

use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;

use crate::tree::Tree;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = String)]
    fn text_of(value: &JsValue) -> String;
}

/// A JavaScript value from `JSON.parse`.
pub struct JsTree(pub JsValue);

impl Tree for JsTree {
    fn get(&self, name: &str) -> Option<Box<dyn Tree>> {
        if !self.0.is_object() {
            return None;
        }
        let value = Reflect::get(&self.0, &JsValue::from_str(name)).ok()?;
        (!value.is_undefined()).then(|| Box::new(JsTree(value)) as Box<dyn Tree>)
    }

    fn plain(&self) -> Option<String> {
        let plain = self.0.is_string() || self.0.as_f64().is_some() || self.0.as_bool().is_some();
        plain.then(|| text_of(&self.0))
    }

    fn items(&self) -> Option<Vec<Box<dyn Tree>>> {
        let array = Array::is_array(&self.0).then(|| Array::from(&self.0))?;
        Some(
            array
                .iter()
                .map(|item| Box::new(JsTree(item)) as Box<dyn Tree>)
                .collect(),
        )
    }
}
