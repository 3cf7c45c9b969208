//! A store for one token, with what may be wrong with it.

use crate::platform::Milliseconds;

pub struct Store {
    pub content: Option<String>,
    pub fault: Fault,
    pub log: Vec<String>,
    pub keys: Vec<String>,
}

/// What is wrong with a store.
#[derive(Clone, Copy, PartialEq)]
pub enum Fault {
    Nothing,
    /// Each use fails.
    Fails,
    /// Each use takes so long.
    Lags(f64),
    /// It gives no answer.
    Hangs,
    /// It forgets nothing, whatever it is told.
    KeepsAll,
}

impl Fault {
    pub fn delay(self) -> f64 {
        match self {
            Fault::Lags(milliseconds) => milliseconds,
            Fault::Hangs => f64::INFINITY,
            _ => 0.0,
        }
    }
}

impl Store {
    pub fn holding(content: Option<&str>) -> Store {
        Store {
            content: content.map(str::to_owned),
            fault: Fault::Nothing,
            log: Vec::new(),
            keys: Vec::new(),
        }
    }

    fn note(&mut self, key: &str, what: String) -> Result<(), String> {
        self.log.push(what);
        self.keys.push(key.to_owned());
        if self.fault == Fault::Fails { Err("the disk is full".to_owned()) } else { Ok(()) }
    }

    pub fn get(&mut self, key: &str) -> Result<Option<String>, String> {
        self.note(key, "get".to_owned())?;
        Ok(self.content.clone())
    }

    pub fn set(&mut self, key: &str, token: &str, lives: Milliseconds) -> Result<(), String> {
        self.note(key, format!("set for {} s", lives.0 / 1000.0))?;
        self.content = Some(token.to_owned());
        Ok(())
    }

    pub fn delete(&mut self, key: &str) -> Result<(), String> {
        self.note(key, "delete".to_owned())?;
        if self.fault != Fault::KeepsAll {
            self.content = None;
        }
        Ok(())
    }
}
