// How Hostkey says no: with status 200 and an envelope, whose form is not the same everywhere.

/**
 * @typedef {import("../answers.js").Refusal} Refusal
 * @typedef {import("./settings.js").FailureForm} FailureForm
 */

/** What has its own status: what a web server says before InvAPI sees a request, some refusals of a token. */
const WITH_STATUS = new Set([
  "path_unknown",
  "path_malformed",
  "method_not_allowed",
  "body_too_large",
  "token_refused",
  "sandbox_internal_error",
]);

/** Codes that Hostkey itself sends along. */
const SENT_CODES = new Set(["NO_APPROPRIATE_SERVERS"]);

/** What only the present edition of the documentation shows is told as it shows it. */
const ALWAYS_MESSAGE = new Set(["async_key_not_found"]);

/** @type {Record<FailureForm, (text: string) => object>} */
const FORMS = {
  error: (error) => ({ result: -1, error }),
  message: (message) => ({ code: -1, message }),
  number: (error) => ({ result: -2, error }),
  word: (error) => ({ result: "Error", error }),
};

/**
 * @param {Refusal} refusal
 * @param {FailureForm} form
 */
export function tellFailure({ status, code, message, faults }, form) {
  const text = faults.length > 0 ? faults.map((fault) => fault.text).join("; ") : message;
  const shape = FORMS[ALWAYS_MESSAGE.has(code) ? "message" : form];
  return {
    status: WITH_STATUS.has(code) ? status : 200,
    json: { ...shape(text), ...(SENT_CODES.has(code) ? { code } : {}) },
    schema: "#/components/schemas/ErrorAnswer",
  };
}
