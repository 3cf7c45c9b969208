/** The webhook is refused; nothing was changed. */
export class RefusedError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly headers: { [name: string]: string } = {},
  ) {
    super(message);
  }
}
