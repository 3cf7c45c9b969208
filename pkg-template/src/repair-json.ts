/** Reads JSON in which objects of a list may have no commas between them, which one provider is known to send. */
export function repairJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Texts are matched as wholes, so that braces inside them stay as they are.
    const parts = /"(?:[^"\\]|\\.)*"|\}\s*\{/g;
    return JSON.parse(text.replace(parts, (part) => (part.startsWith("}") ? "},{" : part)));
  }
}
