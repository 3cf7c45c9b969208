/**
 * What each client's constructor takes beside the options of every client, as data: the declarations
 * say it to TypeScript, and the constructor checks it.
 */

/**
 * @typedef {object} Option
 * @property {string} type in TypeScript
 * @property {string} description one or more sentences
 */

/**
 * @typedef {object} Constructor
 * @property {string} className
 * @property {string[][]} alternatives sets of credentials; exactly one of them is given
 * @property {{ [name: string]: string }} credentials what each of them is; all are text
 * @property {{ [name: string]: Option }} options what else the client takes
 * @property {string[]} [exports] what else of the runtime its entry hands on
 * @property {string} title how the provider writes its name
 * @property {string[]} [numbers] credentials that are numbers by nature, and may be given as such
 * @property {string[]} [open] credentials that are no secret, and are left where they turn up in an answer
 * @property {string} [token] the credential that is a token, which needs no login
 * @property {{ [credential: string]: string }} [login] parameters of the login operation that credentials go into
 * @property {string[]} fills options that fill in the parameter of the same name where a call lacks it
 */

/** @type {Option} */
const TOKEN_STORE = {
  type: `{
    /** The token under this key, or nothing. */
    get(key: string): PromiseLike<string | null | undefined> | string | null | undefined;
    /** Keeps a token for as long as it is good. */
    set(key: string, value: string, ttlSeconds: number): unknown;
    /** Forgets a token that is no longer good. */
    delete(key: string): unknown;
  }`,
  description: "Keeps the token for other instances of the program, in Workers KV for instance.",
};

/** @type {{ [provider: string]: Constructor }} */
export const CONSTRUCTORS = {
  combell: {
    className: "Combell",
    title: "Combell",
    alternatives: [["apiKey", "apiSecret"]],
    credentials: {
      apiKey: "API key, from the control panel.",
      apiSecret: "API secret that belongs to the key; it signs each request and is not sent.",
    },
    options: {},
    exports: ["signCombell"],
    fills: [],
  },
  hostkey: {
    className: "Hostkey",
    title: "Hostkey",
    token: "token",
    login: { apiKey: "key" },
    alternatives: [["apiKey"], ["token"]],
    credentials: {
      apiKey: "API key of the account or of one server; the client logs in with it by itself.",
      token: "Token of a session that was opened elsewhere; the client cannot renew it.",
    },
    options: {
      pin: {
        type: "number",
        description:
          "PIN of the account, for operations that want one where the call does not give it. Secret.",
      },
      tokenStore: TOKEN_STORE,
    },
    fills: ["pin"],
  },
  ccloud: {
    className: "Ccloud",
    title: "ccloud",
    open: ["clientId"],
    token: "accessToken",
    alternatives: [["clientId", "clientSecret"], ["accessToken"]],
    credentials: {
      clientId: "Id of the OAuth client; the client fetches its token by itself.",
      clientSecret: "Secret of the OAuth client.",
      accessToken: "Access token that was fetched elsewhere; the client cannot renew it.",
    },
    options: { tokenStore: TOKEN_STORE },
    fills: [],
  },
  artnet: {
    className: "Artnet",
    title: "Artnet",
    open: ["customerId"],
    numbers: ["customerId"],
    alternatives: [["customerId", "apiKey"]],
    credentials: {
      customerId: "Customer number, which is the login of the Customers Panel.",
      apiKey: "API key, from Customer, Utilities, Manage API access in the Customers Panel.",
    },
    options: {},
    fills: [],
  },
  combahton: {
    className: "Combahton",
    title: "combahton",
    open: ["email"],
    alternatives: [["email", "secret"]],
    credentials: {
      email: "E-mail address of the customer account.",
      secret: "API key of the customer account.",
    },
    options: {},
    fills: [],
  },
};

/**
 * @param {string} provider
 * @returns {Constructor}
 */
export function constructorOf(provider) {
  const known = CONSTRUCTORS[provider];
  if (!known) throw new Error(`credentials.mjs does not know ${provider}`);
  return known;
}
