import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createOutput } from "./output.js";

/**
 * @param {{ isTTY?: boolean, columns?: number }} screen
 * @param {Record<string, string>} [env]
 */
function open(screen, env = {}) {
  let text = "";
  const output = createOutput(
    {
      ...screen,
      write: (part) => {
        text += part;
      },
    },
    env,
  );
  return { output, text: () => text };
}

describe("output", () => {
  it("redraws what is under way on a terminal", () => {
    const { output, text } = open({ isTTY: true, columns: 80 }, { NO_COLOR: "1" });
    output.progress("one");
    output.progress("two");
    output.line("done");
    assert.equal(text(), "\r\x1b[2K     one\r\x1b[2K     two\r\x1b[2Kdone\n");
  });

  it("prints lines into a pipe", () => {
    const { output, text } = open({});
    output.progress("one");
    output.progress("two");
    output.title("done");
    assert.equal(text(), "     one\n     two\n\ndone\n\n");
  });

  it("has colour on a terminal only, and not where NO_COLOR or a dumb one says no", () => {
    const coloured = (/** @type {ReturnType<typeof open>} */ { output, text }) => {
      output.success("done", "1 ms");
      return text().includes("\x1b");
    };
    assert.equal(coloured(open({ isTTY: true, columns: 80 })), true);
    assert.equal(coloured(open({ isTTY: true, columns: 80 }, { NO_COLOR: "1" })), false);
    assert.equal(coloured(open({ isTTY: true, columns: 80 }, { TERM: "dumb" })), false);
    assert.equal(coloured(open({})), false);
  });

  it("keeps columns in line and within the screen", () => {
    const { output, text } = open({ isTTY: true, columns: 41 }, { NO_COLOR: "1" });
    output.table(
      [
        ["a", "x"],
        ["bbb", "y".repeat(60)],
      ],
      2,
    );
    output.fields({ label: "word ".repeat(12).trim() }, { indent: 2 });
    const lines = text().split("\n");
    assert.equal(lines[0], "  a     x");
    assert.ok(lines[1]?.startsWith("  bbb   yyy") && lines[1].endsWith("y…"));
    assert.ok(lines.every((line) => line.length <= 40));
  });

  it("lets no terminal command through that a provider answered", () => {
    const { output, text } = open({});
    output.table([["\x1b[2Jboo"]], 0);
    assert.equal(text(), "?[2Jboo\n");
  });
});
