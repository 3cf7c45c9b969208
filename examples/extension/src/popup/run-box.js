// How an action is getting on.

import { isGoing } from "../going.js";
import { h, icon } from "../page/dom.js";
import { factList } from "./facts.js";
import { remedyButton } from "./remedies.js";

/**
 * @typedef {import("../types.js").Run} Run
 * @typedef {import("./app.js").App} App
 */

/**
 * What is going on, and what ended last; more would hide the rest.
 *
 * @param {Run[]} runs the latest first
 */
export const worthShowing = (runs) => [
  ...runs.filter(isGoing),
  ...runs.filter((run) => !isGoing(run)).slice(0, 1),
];

/** @param {Run} run */
function sayingOf({ phase, progress, outcome, failure }) {
  if (phase === "sending") return "Sending";
  if (phase === "following") return progress || "Started";
  if (phase === "left") return "No longer followed; the provider goes on with it";
  return outcome?.says ?? failure?.title ?? "";
}

/** @param {Run} run */
function signOf({ phase }) {
  if (phase === "done") return h("span", { class: "sign good" }, icon("check"));
  if (phase === "failed") return h("span", { class: "sign bad" }, icon("alert"));
  if (phase === "left") return h("span", { class: "sign" }, icon("alert"));
  return h("span", { class: "spinner" });
}

/** @param {Run} run */
const elapsed = (run) => isGoing(run) && h("span", { class: "elapsed", "data-since": run.startedAt });

/** Seconds count on without anything being told. */
export function countSeconds() {
  for (const span of document.querySelectorAll("[data-since]")) {
    const seconds = Math.max(0, Math.floor((Date.now() - Number(span.getAttribute("data-since"))) / 1000));
    span.textContent = seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  }
}

/**
 * @param {App} app
 * @param {Run} run
 */
const dismissButton = (app, run) =>
  !isGoing(run) &&
  h(
    "button",
    { class: "plain", "aria-label": "Dismiss", click: () => app.ask("dismiss", { run: run.id }) },
    icon("close"),
  );

/**
 * In the view of the thing that it is about.
 *
 * @param {App} app
 * @param {Run} run
 */
export function runBox(app, run) {
  const { phase, failure, outcome, label } = run;
  const leave = () => app.ask("leave", { run: run.id });
  return h(
    "div",
    { class: `run ${phase}`, "data-run": run.action },
    h(
      "div",
      { class: "run-line" },
      signOf(run),
      h(
        "span",
        { class: "run-text" },
        h("strong", {}, label),
        h("span", { class: "run-says" }, sayingOf(run)),
      ),
      elapsed(run),
      phase === "following" &&
        h(
          "button",
          { class: "small", title: "The provider goes on with it", click: leave },
          "Stop following",
        ),
      dismissButton(app, run),
    ),
    isGoing(run) && h("div", { class: "progress", role: "progressbar", "aria-label": label }),
    failure &&
      h(
        "p",
        { class: "run-help" },
        failure.help,
        ...failure.issues.map(({ path, message }) => ` ${path} ${message}.`),
      ),
    // Loading the list again would not help here.
    failure && failure.remedy !== "retry" && remedyButton(app, run.provider, failure),
    outcome?.facts && factList(outcome.facts),
  );
}

/**
 * At the foot of the list.
 *
 * @param {App} app
 * @param {Run} run
 */
export const runLine = (app, run) =>
  h(
    "div",
    { class: `tray-line ${run.phase}` },
    h(
      "button",
      { class: "tray-open", click: () => app.openRun(run) },
      signOf(run),
      h(
        "span",
        { class: "run-text" },
        h("strong", {}, `${run.label} · ${run.itemName}`),
        h("span", { class: "run-says" }, sayingOf(run)),
      ),
      elapsed(run),
    ),
    dismissButton(app, run),
  );
