//! A call that is under way. JavaScript polls it, inside a try of its own: where it traps, that call fails
//! and nothing else is left hanging. Whoever no longer wants it frees it, which drops what it waits for.

use std::cell::RefCell;
use std::future::Future;
use std::mem::ManuallyDrop;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Wake, Waker};

use wasm_bindgen::prelude::*;

use super::host::CallScope;

/// A call that is under way.
#[wasm_bindgen]
pub struct Task {
    id: Arc<TaskId>,
    future: RefCell<Pin<Box<dyn Future<Output = ()>>>>,
}

/// Names a task: a waker may be sent to other threads, which what JavaScript has may not.
struct TaskId(usize);

thread_local! {
    /// Who is told, by the task's number. The instance lives as long as they do.
    static SCOPES: ManuallyDrop<RefCell<Vec<Option<CallScope>>>> =
        const { ManuallyDrop::new(RefCell::new(Vec::new())) };
}

impl Wake for TaskId {
    fn wake(self: Arc<Self>) {
        let scope = SCOPES.with(|scopes| scopes.try_borrow().ok()?.get(self.0)?.clone());
        if let Some(scope) = scope {
            scope.wake();
        }
    }
}

impl Task {
    /// What it does, and who is told when it can go on.
    pub fn new(scope: CallScope, future: impl Future<Output = ()> + 'static) -> Task {
        let id = SCOPES.with(|scopes| {
            let Ok(mut scopes) = scopes.try_borrow_mut() else { return usize::MAX };
            let free = scopes.iter().position(Option::is_none).unwrap_or(scopes.len());
            match scopes.get_mut(free) {
                Some(place) => *place = Some(scope),
                None => scopes.push(Some(scope)),
            }
            free
        });
        Task { id: Arc::new(TaskId(id)), future: RefCell::new(Box::pin(future)) }
    }
}

#[wasm_bindgen]
impl Task {
    /// Goes on until the call has ended or has to wait; says whether it has ended. Its result has then been
    /// given to its scope.
    pub fn poll(&self) -> bool {
        let waker = Waker::from(self.id.clone());
        // Borrowed already, it is being polled: that poll will see what there is to see.
        let Ok(mut future) = self.future.try_borrow_mut() else {
            return false;
        };
        future.as_mut().poll(&mut Context::from_waker(&waker)).is_ready()
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        SCOPES.with(|scopes| {
            if let Some(place) =
                scopes.try_borrow_mut().ok().as_mut().and_then(|scopes| scopes.get_mut(self.id.0))
            {
                *place = None;
            }
        });
    }
}
