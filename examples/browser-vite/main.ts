// A page that lists the domain names of a Combell account, twenty at a time.

import {
  AuthenticationError,
  Combell,
  ConnectionError,
  type Domain,
  HostwireError,
  RateLimitError,
} from "hostwire/combell";

const PAGE_SIZE = 20;

/** The element with this id. An id that index.html lacks is a mistake that should show at once. */
function element<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`index.html has no ${kind.name} #${id}`);
  return found;
}

const form = element("login", HTMLFormElement);
const status = element("status", HTMLParagraphElement);
const rows = element("domains", HTMLTableSectionElement);
const previous = element("previous", HTMLButtonElement);
const next = element("next", HTMLButtonElement);
const stop = element("stop", HTMLButtonElement);

// All that the page remembers. Nothing goes into localStorage, cookies or the address: a reload forgets it.
let combell: Combell | undefined;
let skip = 0;
let running = new AbortController();

form.addEventListener("submit", (event) => {
  event.preventDefault(); // the browser would send the form, secret and all, to this page's own server
  const fields = new FormData(form);
  rows.replaceChildren(); // another key may be of another account
  previous.disabled = next.disabled = true;
  try {
    combell = new Combell({
      apiKey: String(fields.get("apiKey")),
      apiSecret: String(fields.get("apiSecret")),
      // Where it is not set when the page is built: Combell's own API.
      baseUrl: import.meta.env.VITE_COMBELL_BASE_URL,
      // Without this the constructor throws in a web page, because whoever opens a page can read everything in
      // it. That is right here: it is the users' own key, typed in by themselves. It is right for an internal
      // tool of this kind, and never where the key is part of the page.
      allowBrowser: true,
      // Should something in this page go wrong, it still cannot change or order anything.
      allow: ["read"],
    });
  } catch (error) {
    return tell(explain(error), true);
  }
  show(0);
});
previous.addEventListener("click", () => show(skip - PAGE_SIZE));
next.addEventListener("click", () => show(skip + PAGE_SIZE));
stop.addEventListener("click", () => running.abort());

/** Fetches a page of the list and puts it into the table. */
async function show(from: number): Promise<void> {
  if (!combell) return;
  running.abort(); // an earlier page that is still on its way is not wanted any more
  running = new AbortController();
  const { signal } = running;
  tell("Loading …");
  stop.disabled = false;
  try {
    const page = await combell.domains.list({ skip: from, take: PAGE_SIZE }, { signal });
    skip = from;
    rows.replaceChildren(...page.items.map(row));
    previous.disabled = skip === 0;
    next.disabled = !page.hasNextPage;
    tell(
      page.items.length === 0
        ? "There are none."
        : `${skip + 1} to ${skip + page.items.length} of ${page.total}`,
    );
  } catch (error) {
    // An aborted call rejects with the signal's own reason. If a newer one runs by now, it has the say.
    if (running.signal !== signal) return;
    if (signal.aborted) tell("Stopped.");
    else tell(explain(error), true);
  }
  if (running.signal === signal) stop.disabled = true;
}

function row({ domain_name = "", expiration_date = "", will_renew }: Domain): HTMLTableRowElement {
  const line = document.createElement("tr");
  const renewed = will_renew === true ? "yes" : will_renew === false ? "no" : "unknown";
  for (const text of [domain_name, expiration_date.slice(0, 10), renewed]) {
    // insertCell and textContent, never innerHTML: what comes from elsewhere is text, not markup.
    line.insertCell().textContent = text;
  }
  return line;
}

function tell(text: string, isError = false): void {
  status.textContent = text;
  status.classList.toggle("error", isError);
}

/** What a user of the page can do about a failure. */
function explain(error: unknown): string {
  if (error instanceof AuthenticationError) return "Combell does not know this key and secret.";
  if (error instanceof RateLimitError) return "Too many calls. Try again in a minute.";
  if (error instanceof ConnectionError) {
    // A browser does not tell a page which of the two it is; its console does.
    return "Combell could not be reached, or does not let web pages call it (CORS).";
  }
  if (error instanceof HostwireError) return error.message;
  throw error;
}
