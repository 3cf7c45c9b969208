// Where what was created is found. The documentation promises a Location for some answers only, and recorded
// answers to the other calls have none.

/**
 * Leaves out, every other time, a Location that the spec does not require.
 *
 * @param {import("../../spec.js").Spec} spec
 * @param {import("../shapes.js").Shapes} shapes
 * @param {Record<string, import("../provider.js").Handler>} handlers
 * @returns {Record<string, import("../provider.js").Handler>}
 */
export const placesMayBeMissing = (spec, shapes, handlers) =>
  Object.fromEntries(
    Object.entries(handlers).map(([id, handler]) => [
      id,
      (call) => {
        const answer = handler(call);
        const place = spec.operations.get(id)?.responses.get(String(answer.status))?.headers.get("location");
        if (!place || place.required) return answer;
        const { location, ...headers } = answer.headers ?? {};
        return shapes.of("place", answer, { ...answer, headers });
      },
    ]),
  );
