// The provider's own layer 7 filter, which may ask a visitor for a cookie before it lets a request through.

import { Refusal } from "../answers.js";

/** @typedef {import("./settings.js").CombahtonSettings} CombahtonSettings */

const COOKIE = "layer7-validate";

/** @param {Refusal} refusal */
export const isChallenge = ({ code }) => code === "layer7_challenge";

/**
 * @param {CombahtonSettings} settings
 * @returns {import("../checks.js").Check}
 */
export const letThrough =
  (settings) =>
  ({ headers }) => {
    if (settings.challenge === null) return;
    const cookies = (headers.cookie ?? "").split(";").map((cookie) => cookie.trim());
    if (!cookies.includes(`${COOKIE}=${settings.challenge}`)) {
      throw new Refusal(settings.challengeStatus, "layer7_challenge", "The cookie is missing.");
    }
  };

/**
 * @param {CombahtonSettings} settings
 * @returns {import("../answers.js").Answer}
 */
export const challengePage = ({ challenge, challengeStatus }) => ({
  status: challengeStatus,
  bytes: Buffer.from(`<!DOCTYPE html>
<html>
<head><title>Authentication required</title></head>
<body>
<h1>Authentication required</h1>
<p>Your browser is being checked. Please wait.</p>
<script>document.cookie="${COOKIE}=${challenge}; path=/; max-age=3600";location.reload();</script>
</body>
</html>
`),
  contentType: "text/html; charset=utf-8",
  unchecked: true,
});
