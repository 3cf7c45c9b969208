/** An answer, read to its end: `HostAnswer` in src/platform/js/host.rs. */
export class Answer {
  /** What its JSON says; undefined where it is none. */
  readonly data: unknown;
  readonly #text: string | undefined;

  constructor(
    readonly status: number,
    readonly headers: Headers,
    /** Address of the request, with secret values redacted. */
    readonly url: string,
    /** Text, or the bytes of a file. */
    body: string | Uint8Array,
  ) {
    if (typeof body === "string") {
      this.#text = body;
      this.data = parse(body);
    } else {
      this.bytes = body;
    }
  }

  /** The body where it is a file. */
  readonly bytes: Uint8Array | undefined;

  get isFile(): boolean {
    return this.bytes !== undefined;
  }

  get isEmpty(): boolean {
    return (this.bytes ?? this.#text)?.length === 0;
  }

  text(): string {
    return this.#text ?? new TextDecoder().decode(this.bytes);
  }

  header(name: string): string | undefined {
    return this.headers.get(name) ?? undefined;
  }

  /** Names and values in turn. */
  allHeaders(): string[] {
    return [...this.headers].flat();
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
