// Sends the webhook, as another program would: npm run send -- shop.example.com A 192.0.2.1

import { createHmac, randomUUID } from "node:crypto";

const [name, type, content] = process.argv.slice(2);
const { WEBHOOK_URL = "http://localhost:8787", WEBHOOK_SECRET } = process.env;

if (!WEBHOOK_SECRET || !content) {
  console.error("Usage: WEBHOOK_SECRET=whsec_... npm run send -- <name> <type> <content>");
  process.exit(2);
}

const body = JSON.stringify({ name, type, content });
const id = randomUUID();
const timestamp = Math.floor(Date.now() / 1000);
const key = Buffer.from(WEBHOOK_SECRET.replace(/^whsec_/, ""), "base64");
const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");

const response = await fetch(WEBHOOK_URL, {
  method: "POST",
  headers: {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": `v1,${signature}`,
  },
  body,
});
console.log(response.status, await response.text());
if (!response.ok) process.exitCode = 1;
