/** One attempt: the request goes out and the whole answer comes in, in time, or not. */
import { environment } from "../environment.js";
import { Answer } from "./answer.js";
import { type Cause, causesOf } from "./cause.js";

/** A request, to be sent once. */
export interface AttemptRequest {
  method: string;
  url: string;
  /** The address with secret values redacted, where it has any. */
  redactedUrl: string | undefined;
  headers: Record<string, string>;
  body: string | undefined;
  timeoutMs: number;
  /** Whether sending it twice is not the same as sending it once. */
  nonRepeatable: boolean;
  /** Whether a success is a file. */
  wantsFile: boolean;
}

/** Why there is no answer: `HostFailure` in src/platform/js/host.rs. */
export interface NoAnswer {
  isTimeout: boolean;
  causes: Cause[];
  /** What was thrown. */
  thrown?: unknown;
}

type Fetch = (input: string, init: RequestInit) => Promise<Response>;

/** An attempt that is under way. */
export class Attempt {
  readonly #controller = new AbortController();
  readonly #timer: ReturnType<typeof setTimeout>;

  /** Exactly one of `onAnswer` and `onNone` is told, unless it is cancelled. */
  constructor(
    request: AttemptRequest,
    fetch: Fetch | undefined,
    onAnswer: (answer: Answer) => void,
    onNone: (why: NoAnswer) => void,
  ) {
    // Told from here, so that a fetch that does not heed its signal cannot hold up the call.
    this.#timer = setTimeout(() => {
      onNone({ isTimeout: true, causes: [] });
      this.#controller.abort(new DOMException("The answer took too long", "TimeoutError"));
    }, request.timeoutMs);
    // Called without a receiver: as a method it is an illegal invocation in Workers and browsers.
    this.#run(request, fetch ?? globalThis.fetch, onAnswer, onNone);
  }

  cancel(reason: unknown): void {
    clearTimeout(this.#timer);
    this.#controller.abort(reason);
  }

  async #run(
    request: AttemptRequest,
    fetch: Fetch,
    onAnswer: (answer: Answer) => void,
    onNone: (why: NoAnswer) => void,
  ): Promise<void> {
    const { signal } = this.#controller;
    let answer: Answer;
    try {
      const response = await fetch(request.url, requestInit(request, signal));
      const isFile = request.wantsFile && response.ok;
      const body = isFile ? new Uint8Array(await response.arrayBuffer()) : `${await response.text()}`;
      answer = new Answer(response.status, headersOf(response), request.redactedUrl ?? request.url, body);
    } catch (thrown) {
      // What throws at once is told later all the same: not before anybody waits for it.
      await undefined;
      if (signal.aborted) return;
      clearTimeout(this.#timer);
      onNone({ isTimeout: false, causes: causesOf(thrown), thrown });
      return;
    }
    if (signal.aborted) return;
    clearTimeout(this.#timer);
    onAnswer(answer);
  }
}

/** A fetch of the program's own may answer with what is only like a `Response`. */
function headersOf({ headers }: Response): Headers {
  return headers instanceof Headers ? headers : new Headers([...headers]);
}

function requestInit(
  { method, headers, body, nonRepeatable }: AttemptRequest,
  signal: AbortSignal,
): RequestInit {
  const init: RequestInit = { method, headers, signal, redirect: "manual" };
  if (body !== undefined) init.body = body;
  environment?.adapt?.(init, nonRepeatable);
  return init;
}
