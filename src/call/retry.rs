//! When to try again.

use crate::operation::Effect;

/// Why an attempt did not succeed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// No answer came, or it broke off: what was asked for may have been done.
    Ambiguous,
    /// The provider answered with this status.
    Status(u16),
}

/// How often an operation has been sent, and how often it may be sent again.
#[derive(Clone, Copy)]
pub struct Attempts {
    /// How often it has been sent.
    pub made: u32,
    /// How often it may be sent beyond the first time.
    pub max_retries: u32,
}

const FIRST_MS: f64 = 500.0;
const LONGEST_MS: f64 = 8_000.0;
/// A provider that asks for a longer wait than this gets none: the caller should know at once.
const LONGEST_ASKED_MS: f64 = 60_000.0;

/// How long to wait before the next attempt, in milliseconds; nothing where there is none.
/// `asked_ms` is what the provider asks for, `random` is between 0 and 1.
pub fn delay(
    effect: Effect,
    idempotent: bool,
    cause: Cause,
    attempts: Attempts,
    asked_ms: Option<f64>,
    random: f64,
) -> Option<f64> {
    let Attempts { made, max_retries } = attempts;
    if made > max_retries || effect == Effect::Purchase {
        return None;
    }
    let repeatable = effect == Effect::Read || idempotent;
    let allowed = match cause {
        // Too many requests: certainly refused before anything was done.
        Cause::Status(429) => true,
        Cause::Status(408 | 500..) | Cause::Ambiguous => repeatable,
        Cause::Status(_) => false,
    };
    if !allowed {
        return None;
    }
    match asked_ms.filter(|asked| *asked >= 0.0) {
        Some(asked) => (asked <= LONGEST_ASKED_MS).then_some(asked),
        None => {
            let doublings = made.saturating_sub(1).min(16);
            let ceiling = (FIRST_MS * f64::from(1u32 << doublings)).min(LONGEST_MS);
            Some(ceiling * random.clamp(0.0, 1.0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::vec::Vec;

    const EFFECTS: [Effect; 4] = [Effect::Read, Effect::Write, Effect::Destroy, Effect::Purchase];

    fn first(effect: Effect, idempotent: bool, cause: Cause, asked: Option<f64>) -> Option<f64> {
        delay(effect, idempotent, cause, Attempts { made: 1, max_retries: 2 }, asked, 1.0)
    }

    #[test]
    fn reads_and_idempotent_operations_are_repeated() {
        for cause in [
            Cause::Ambiguous,
            Cause::Status(408),
            Cause::Status(429),
            Cause::Status(500),
            Cause::Status(599),
        ] {
            assert_eq!(first(Effect::Read, true, cause, None), Some(500.0));
            assert_eq!(first(Effect::Destroy, true, cause, None), Some(500.0));
        }
        for status in [400, 401, 403, 404, 409, 410, 422, 303] {
            assert_eq!(first(Effect::Read, true, Cause::Status(status), None), None);
        }
    }

    #[test]
    fn others_only_when_certainly_refused() {
        assert!(first(Effect::Write, false, Cause::Status(429), None).is_some());
        for cause in [Cause::Ambiguous, Cause::Status(408), Cause::Status(503)] {
            assert_eq!(first(Effect::Write, false, cause, None), None);
        }
    }

    #[test]
    fn the_provider_is_asked_how_long() {
        let wait = |asked| first(Effect::Read, true, Cause::Status(429), Some(asked));
        assert_eq!(
            (wait(0.0), wait(5_000.0), wait(60_000.0)),
            (Some(0.0), Some(5_000.0), Some(60_000.0))
        );
        assert_eq!(wait(60_001.0), None);
        assert_eq!((wait(-1.0), wait(f64::NAN)), (Some(500.0), Some(500.0)));
    }

    #[test]
    fn waits_double_up_to_eight_seconds() {
        let waits: Vec<_> = (1..=7)
            .map(|made| {
                let attempts = Attempts { made, max_retries: 9 };
                delay(Effect::Read, true, Cause::Ambiguous, attempts, None, 1.0).unwrap()
            })
            .collect();
        assert_eq!(waits, [500.0, 1000.0, 2000.0, 4000.0, 8000.0, 8000.0, 8000.0]);
    }

    proptest! {
        #[test]
        fn a_purchase_is_never_sent_twice(status in any::<u16>(), idempotent: bool, asked in prop::option::of(any::<f64>()), max_retries: u32) {
            for cause in [Cause::Ambiguous, Cause::Status(status)] {
                let attempts = Attempts { made: 1, max_retries };
                prop_assert_eq!(delay(Effect::Purchase, idempotent, cause, attempts, asked, 0.5), None);
            }
        }

        #[test]
        fn waits_are_bounded(made: u32, max_retries: u32, asked in prop::option::of(any::<f64>()), random in any::<f64>()) {
            for effect in EFFECTS {
                if let Some(wait) = delay(effect, true, Cause::Ambiguous, Attempts { made, max_retries }, asked, random) {
                    prop_assert!(made <= max_retries);
                    prop_assert!((0.0..=60_000.0).contains(&wait) || random.is_nan());
                }
            }
        }
    }
}
