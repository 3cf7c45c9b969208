// What the pages need to know of the providers.

import { providers } from "all-providers";

/**
 * @typedef {import("../types.js").Action<object, unknown>} AnyAction
 * @typedef {import("../types.js").AnyProvider} AnyProvider
 * @typedef {import("../types.js").ActionCard} ActionCard
 * @typedef {import("../types.js").Item} Item
 */

/**
 * @param {AnyProvider} provider
 * @param {AnyAction} action
 */
function operationOf({ name, operations }, action) {
  const operation = operations.find((one) => one.name === action.operation);
  if (!operation) throw new Error(`${name} has no operation ${action.operation}.`);
  return operation;
}

/**
 * What destroys something is confirmed, and so is what its author found worth a question.
 *
 * @param {AnyProvider} provider
 * @param {AnyAction} action
 */
function confirmationOf(provider, action) {
  const { effect, summary } = operationOf(provider, action);
  const destroys = effect === "destroy";
  const says = action.consequence ?? (destroys ? summary : undefined);
  return says === undefined ? undefined : { says, destroys };
}

/**
 * @param {AnyProvider} provider
 * @param {AnyAction} action
 * @returns {ActionCard}
 */
const cardOf = (provider, action) => ({
  name: action.name,
  label: action.label,
  icon: action.icon,
  operation: action.operation,
  fields: action.fields ?? [],
  asks: action.choices !== undefined,
  confirmation: confirmationOf(provider, action),
});

/**
 * What spends money is not offered.
 *
 * @param {AnyProvider} provider
 * @param {Item} item
 */
export const actionsFor = (provider, item) =>
  provider.actions
    .filter((action) => operationOf(provider, action).effect !== "purchase")
    .filter(({ kinds, fits = () => true }) => kinds.includes(item.kind) && fits(item))
    .map(({ name }) => name);

/** @returns {import("../types.js").ProviderCard[]} */
export const catalogue = () =>
  providers.map((provider) => {
    const { name, label, short, hue, addresses, credentials, actions, typed } = provider;
    return {
      ...{ name, label, short, hue, addresses, credentials },
      actions: actions.map((action) => cardOf(provider, action)),
      typedActions: typed ? actionsFor(provider, typed("")) : [],
    };
  });
