/** Waits until something is so; the test's own limit ends it where it never is. @param {() => boolean | Promise<boolean>} isSo */
export async function until(isSo) {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 2));
}
