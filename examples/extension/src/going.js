/**
 * Whether an action is under way.
 *
 * @param {Pick<import("./types.js").Run, "phase">} run
 */
export const isGoing = ({ phase }) => phase === "sending" || phase === "following";
