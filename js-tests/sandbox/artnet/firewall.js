import { faultsOfRule } from "./firewall-rules.js";
import { Failure, need, succeed } from "./refusals.js";

/**
 * @typedef {import("./firewall-rules.js").Direction} Direction
 * @typedef {import("./firewall-rules.js").Rule} Rule
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} Ruleset
 * @property {string} id
 * @property {number[]} serviceIds the servers that it filters
 * @property {boolean} enabled
 * @property {Record<Direction, Rule[]>} rules
 *
 * @typedef {{ ruleset_id: string }} RulesetBody
 * @typedef {RulesetBody & { rules: Partial<Record<Direction, Rule[]>> }} SaveBody
 */

const MOST_RULES = 20;

/** @type {Direction[]} */
const DIRECTIONS = ["in", "out"];

/**
 * @param {World} world
 * @param {string} id
 */
function rulesetOf(world, id) {
  const ruleset = world.rulesets.get(id);
  need(ruleset !== undefined, "invalid-ruleset-id");
  return ruleset;
}

/** @param {boolean} enabled */
const switchFilter =
  (enabled) =>
  (/** @type {import("./world.js").Call<RulesetBody>} */ { world, body }) => {
    rulesetOf(world, body.ruleset_id).enabled = enabled;
    return succeed();
  };

/** @type {Record<string, import("../provider.js").Handler>} */
export const firewallHandlers = {
  "firewall.list": (/** @type {import("./world.js").Call} */ { world }) =>
    succeed({
      rulesets_list: world.rulesets
        .all()
        .map(({ id, serviceIds }) => ({ id, services_ids_list: serviceIds })),
    }),

  "firewall.details": (/** @type {import("./world.js").Call<RulesetBody>} */ { world, body }) => {
    const { id, enabled, rules } = rulesetOf(world, body.ruleset_id);
    return succeed({ ruleset_details: { id, enabled, maximum_rules_number: MOST_RULES, rules } });
  },

  "firewall.enable": switchFilter(true),
  "firewall.disable": switchFilter(false),

  // A direction that is not in the form has no rules from then on: an empty list leaves nothing there.
  "firewall.save": (/** @type {import("./world.js").Call<SaveBody>} */ { world, body }) => {
    const ruleset = rulesetOf(world, body.ruleset_id);
    const rules = { in: body.rules.in ?? [], out: body.rules.out ?? [] };
    need(
      DIRECTIONS.every((direction) => rules[direction].length <= MOST_RULES),
      "too-many-rules",
    );
    const details = DIRECTIONS.flatMap((direction) =>
      rules[direction].flatMap((rule, index) =>
        faultsOfRule(rule).map((text) => ({ rule: `${direction}.${index}`, text })),
      ),
    );
    const reasons = details.map(({ rule, text }) => `rules.${rule}: ${text}`);
    if (details.length > 0) throw new Failure("rules-syntax-error", reasons, details);
    ruleset.rules = rules;
    return succeed();
  },
};
