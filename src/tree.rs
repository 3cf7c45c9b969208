//! An answer's data, looked into where it is: parsed by the JavaScript engine, or here in tests.

use crate::prelude::*;

use crate::json::Value;

/// Parsed JSON, wherever it lives.
pub trait Tree {
    /// The value under a name of an object, or at an index of an array.
    fn get(&self, name: &str) -> Option<Box<dyn Tree>>;
    /// The text of a text, number or boolean.
    fn plain(&self) -> Option<String>;
    /// The values of an array; nothing where it is none.
    fn items(&self) -> Option<Vec<Box<dyn Tree>>>;

    /// The value at a JSON pointer (RFC 6901) with neither `~` nor the empty pointer, which no spec
    /// uses for this.
    fn at(&self, pointer: &str) -> Option<Box<dyn Tree>> {
        let mut steps = pointer.split('/').skip(1);
        let first = self.get(steps.next()?)?;
        steps.try_fold(first, |tree, step| tree.get(step))
    }

    /// The text at a JSON pointer.
    fn plain_at(&self, pointer: &str) -> Option<String> {
        self.at(pointer)?.plain()
    }
}

impl Tree for Value {
    fn get(&self, name: &str) -> Option<Box<dyn Tree>> {
        let found = match self {
            Value::List(items) => items.get(name.parse::<usize>().ok()?),
            _ => Value::get(self, name),
        };
        found.map(|value| Box::new(value.clone()) as Box<dyn Tree>)
    }

    fn plain(&self) -> Option<String> {
        Value::plain(self).map(str::to_owned)
    }

    fn items(&self) -> Option<Vec<Box<dyn Tree>>> {
        match self {
            Value::List(items) => Some(
                items
                    .iter()
                    .map(|item| Box::new(item.clone()) as _)
                    .collect(),
            ),
            _ => None,
        }
    }
}
