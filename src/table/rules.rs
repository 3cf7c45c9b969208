//! The head of a table.

use super::{read_types, text_entries, texts};
use crate::failure::ErrorKind;
use crate::json::{Encoded, Value, size};
use crate::operation::Encoding;
use crate::rules::{
    CredentialField, Envelope, ErrorPointers, Hint, JobRule, JobState, LoginRule, ProviderRules,
    RateLimitHeaders, StateRule, StateValue,
};

/// Reads a head. Nothing where it is none: a fault of the generator.
pub fn read<'a>(head: &Value<'a>) -> Option<ProviderRules<'a>> {
    Some(ProviderRules {
        title: head.get("title")?.text()?,
        types: read_types(head.get("types")?)?,
        secrets: texts(head.get("secrets")),
        fields: all(head.get("fields"), read_field)?,
        token_option: head.get("tokenOption").and_then(Value::text),
        token_field: head.get("token").and_then(Value::text),
        login: match head.get("login") {
            Some(login) => Some(read_login(login)?),
            None => None,
        },
        jobs: named(head.get("jobs"), read_job)?,
        hints: named(head.get("hints"), |hint| hint.plain())?
            .into_iter()
            .filter_map(|(kind, text)| {
                Some(Hint { kind: ErrorKind::from_name(kind)?, text: text.0 })
            })
            .collect(),
        rate_limit: read_rate_limit(head.get("rateLimit")),
        error: ErrorPointers {
            code: texts(head.get("code")),
            message: texts(head.get("message")),
            issues: texts(head.get("issues")),
        },
        expired: texts(head.get("expired")),
        envelope: read_envelope(head.get("envelope")),
        body: head.get("bodies").and_then(Value::text).map(|encoding| match encoding {
            "form" => Encoding::Form,
            _ => Encoding::Json,
        }),
        malformed_json: head.get("malformedJson").is_some(),
        files_in_json: head.get("filesInJson").is_some(),
    })
}

fn all<'a, T>(list: Option<&Value<'a>>, read: impl Fn(&Value<'a>) -> Option<T>) -> Option<Vec<T>> {
    list.map_or(&[][..], Value::items).iter().map(read).collect()
}

fn named<'a, T>(
    object: Option<&Value<'a>>,
    read: impl Fn(&Value<'a>) -> Option<T>,
) -> Option<Vec<(&'a str, T)>> {
    let entries = object.map_or(&[][..], Value::entries);
    entries.iter().map(|(Encoded(name), value)| Some((*name, read(value)?))).collect()
}

fn read_field<'a>(field: &Value<'a>) -> Option<CredentialField<'a>> {
    let [name, credential, only @ ..] = field.items() else {
        return None;
    };
    Some(CredentialField {
        name: name.text()?,
        credential: credential.text()?,
        only: only.first().and_then(Value::text),
    })
}

fn read_login<'a>(login: &Value<'a>) -> Option<LoginRule<'a>> {
    Some(LoginRule {
        operation: login.get("operation")?.text()?,
        params: named(login.get("params"), Value::single)?,
        credentials: login.get("credentials").map_or_else(Vec::new, text_entries),
        token: texts(login.get("token")),
        expires: texts(login.get("expires")),
        expires_in: texts(login.get("expiresIn")),
        lifetime: whole(login.get("lifetime")).unwrap_or(3600),
    })
}

fn read_job<'a>(job: &Value<'a>) -> Option<JobRule<'a>> {
    Some(JobRule {
        operation: job.get("operation")?.text()?,
        id: job.get("id")?.text()?,
        id_from_request: job.get("idFrom").is_some(),
        secret: job.get("isSecret").is_some(),
        once: job.get("once").is_some(),
        interval: whole(job.get("interval")),
        states: all(job.get("states"), read_state)?,
        error: texts(job.get("error")),
    })
}

/// `[state, status, pointer, values]`, status 0 for any, without the last two where the status decides.
fn read_state<'a>(rule: &Value<'a>) -> Option<StateRule<'a>> {
    let [state, status, value @ ..] = rule.items() else {
        return None;
    };
    let state = match state.text()? {
        "running" => JobState::Running,
        "done" => JobState::Done,
        "failed" => JobState::Failed,
        _ => return None,
    };
    let status = match status {
        Value::Number("0") => None,
        Value::Number(status) => Some(status.parse().ok()?),
        _ => return None,
    };
    let value = match value {
        [pointer, values] => Some(StateValue {
            pointer: pointer.text()?,
            values: values.items().iter().map(Value::single).collect::<Option<_>>()?,
        }),
        _ => None,
    };
    Some(StateRule { state, status, value })
}

fn read_rate_limit<'a>(headers: Option<&Value<'a>>) -> RateLimitHeaders<'a> {
    let name = |key| headers.and_then(|headers| headers.get(key)?.text());
    RateLimitHeaders {
        limit: name("limit"),
        usage: name("usage"),
        remaining: name("remaining"),
        reset: name("reset"),
    }
}

fn read_envelope<'a>(envelope: Option<&Value<'a>>) -> Envelope<'a> {
    let at = |pointer| envelope.and_then(|envelope| envelope.at(pointer));
    let numbers = at("/success/numbers").map_or(&[][..], Value::items).iter();
    Envelope {
        success: texts(at("/success/values")),
        success_numbers: numbers.filter_map(|number| Some(number.plain()?.0)).collect(),
        pending: texts(at("/pending/values")),
        pending_operations: texts(at("/pending/operations")),
        failures: at("/failures").map_or_else(Vec::new, text_entries),
        flag_operations: texts(at("/flag/operations")),
    }
}

fn whole(number: Option<&Value<'_>>) -> Option<u32> {
    match number {
        Some(Value::Number(token)) => Some(size(token) as u32),
        _ => None,
    }
}
