// Making elements.

/**
 * @typedef {Record<string, string | number | boolean | undefined | ((event: never) => void)>} Props
 * @typedef {Node | string | false | undefined} Child
 */

/**
 * Functions are listeners; true and false say whether there is an attribute.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Props} [props]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") element.addEventListener(name, /** @type {EventListener} */ (value));
    else if (typeof value === "boolean") element.toggleAttribute(name, value);
    else if (value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== false && child !== undefined));
  return element;
}

/**
 * @template {HTMLElement} Kind
 * @param {string} id
 * @param {{ new (): Kind }} kind
 * @returns {Kind}
 */
export function byId(id, kind) {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`There is no #${id}.`);
  return element;
}

/**
 * The provider's mark: two letters in its colour.
 *
 * @param {{ label: string, short: string, hue: number }} provider
 */
export function chip({ label, short, hue }) {
  const mark = h("span", { class: "chip", title: label, "aria-hidden": "true" }, short);
  mark.style.setProperty("--hue", String(hue));
  return mark;
}

/**
 * @param {import("../types.js").Failure} failure
 * @param {...Child} buttons
 */
export const failureBox = ({ title, help }, ...buttons) =>
  h(
    "div",
    { class: "failure" },
    h("div", { class: "failure-text" }, h("strong", {}, title, ". "), help),
    ...buttons,
  );

/** @type {Record<string, string>} */
const PATHS = {
  play: "M8 5.5v13l10.5-6.5z",
  stop: "M7 7h10v10H7z",
  power: "M12 4v8M7.5 7a7 7 0 1 0 9 0",
  restart: "M19 5v5h-5M18.4 10A7 7 0 1 0 19 14",
  terminal: "M4 6h16v12H4zM7.5 10l2.5 2-2.5 2M12.5 14.5h4",
  globe:
    "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M4 12h16M12 4c2.5 2.4 3.5 5 3.5 8s-1 5.6-3.5 8c-2.5-2.4-3.5-5-3.5-8s1-5.6 3.5-8",
  shield: "M12 3.5 5 6v5.500c0 4.3 2.9 7.4 7 9 4.1-1.6 7-4.7 7-9V6z",
  plus: "M12 5v14M5 12h14",
  trash: "M5 7h14M10 7V4.500h4V7M7 7l.8 12.500h8.400L17 7M10.5 10.500v5.500M13.5 10.500v5.5",
  camera: "M4 8h4l1.5-2.500h5L16 8h4v11H4zM12 16a3 3 0 1 0 0-6 3 3 0 0 0 0 6",
  history: "M5 5v5h5M5.6 10A7 7 0 1 1 5 14M12 9v4l2.5 2",
  disc: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M12 10.500a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3",
  copy: "M9 9h10v11H9zM15 9V5H5v11h4",
  back: "M14.5 6 8.5 12l6 6",
  close: "M7 7l10 10M17 7 7 17",
  check: "M5.5 12.500l4 4 9-9.5",
  alert: "M12 8v5M12 16.200v.3M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16",
};

const SVG = "http://www.w3.org/2000/svg";

/** @param {string} name */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" })) {
    svg.setAttribute(key, value);
  }
  path.setAttribute("d", PATHS[name] ?? "");
  svg.append(path);
  return svg;
}
