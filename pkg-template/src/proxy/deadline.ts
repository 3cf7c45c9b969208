/** Ends a call when its caller is gone, or its time is over. */
export interface Deadline {
  signal: AbortSignal;
  /** Whether the time was over first. */
  isOver(): boolean;
  clear(): void;
}

export function deadlineOf(request: Request, timeoutMs: number): Deadline {
  const controller = new AbortController();
  let over = false;
  const timer = setTimeout(() => {
    over = !controller.signal.aborted;
    controller.abort();
  }, timeoutMs);
  const onGone = () => controller.abort(request.signal.reason);
  if (request.signal.aborted) onGone();
  request.signal.addEventListener("abort", onGone);
  return {
    signal: controller.signal,
    isOver: () => over,
    clear() {
      clearTimeout(timer);
      request.signal.removeEventListener("abort", onGone);
    },
  };
}
