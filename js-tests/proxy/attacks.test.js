// Attacks that come down to one request: each is refused as it should be, told of once, and reaches no provider.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ATTACKS, OPENED } from "./attack-rows.js";
import { kindOf, rawProblem, rawStatus, read, sendRaw, setUp, TOKEN } from "./setup.js";

const { start, sent } = await setUp();
const cors = { origins: ["https://app.example.com"] };
const { url, call, events } = await start({ allow: OPENED, cors, limits: { rate: false } });

/** @param {import("./attack-rows.js").RawAsk} ask */
function written({ target = "/combell/dnsRecords.list", method = "POST", host, headers = [], body = "" }) {
  const isMeasured = headers.some((line) => /^(content-length|transfer-encoding)/.test(line));
  const lines = [
    `${method} ${target} HTTP/1.1`,
    `host: ${host ?? new URL(url).host}`,
    `authorization: Bearer ${TOKEN}`,
    ...headers,
    ...(isMeasured ? [] : [`content-length: ${body.length}`]),
  ];
  return [Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), body];
}

/** @param {import("./attack-rows.js").Attack} attack */
async function attempt({ ask, raw }) {
  if (raw) {
    const isHead = raw.method === "HEAD";
    const text = await sendRaw(url, written(raw), isHead ? (part) => part.includes("\r\n\r\n") : undefined);
    const data = rawProblem(text);
    return { status: rawStatus(text), kind: data ? kindOf({ data }) : "", data, text };
  }
  const answer = await read(await call(ask));
  return { status: answer.status, kind: kindOf(answer), data: answer.data, text: answer.all };
}

describe("An attack of one request", () => {
  for (const attack of ATTACKS) {
    it(`is refused: ${attack.name.slice(0, 100)}`, async () => {
      events.denied.length = 0;
      const { status, kind, data, text } = await attempt(attack);
      assert.deepEqual([status, kind], [attack.status, attack.kind]);
      assert.deepEqual(sent(), []);
      if (data) {
        assert.equal(data.status, status);
        assert.deepEqual(
          events.denied.map((event) => [event.status, `proxy_${event.code}`]),
          [[status, data.code]],
        );
      }
      assert.doesNotMatch(text, /sandbox-key|sandbox-secret|token-of|AAAA|192\\/);
    });
  }

  it("leaves the proxy at work", async () => {
    assert.equal((await call()).status, 200);
    assert.deepEqual(sent(), ["dnsRecords.list"]);
  });
});
