/** Observers look on: what they throw must not make a call that was carried out look failed. */
export function notify<Event>(observer: ((event: Event) => void) | undefined, event: Event): void {
  try {
    const watched: unknown = observer?.(event);
    if (watched instanceof Promise) watched.catch(() => {});
  } catch {
    // Nobody to tell.
  }
}
