// One Chromium and one sandbox for all of it; each part leaves them as the next one expects them.

import { after, before, describe } from "node:test";
import { testActions } from "./actions.js";
import { testConfirmations } from "./confirmations.js";
import { startExtension } from "./extension.js";
import { testFailures } from "./failures.js";
import { testKeyboard } from "./keyboard.js";
import { testList } from "./list.js";
import { testLooks } from "./looks.js";
import { testOptions } from "./options.js";
import { testPackage } from "./package.js";
import { testProgress } from "./progress.js";
import { testProxy } from "./proxy.js";
import { testSecrets } from "./secrets.js";

describe("The extension", { timeout: 240_000 }, () => {
  /** @type {import("./extension.js").Extension | undefined} */
  let running;
  const extension = () => {
    if (!running) throw new Error("the extension is not running");
    return running;
  };

  before(async () => {
    running = await startExtension();
  });
  after(() => running?.close());

  testPackage(extension);
  testOptions(extension);
  testList(extension);
  testActions(extension);
  testConfirmations(extension);
  testProgress(extension);
  testFailures(extension);
  testKeyboard(extension);
  testSecrets(extension);
  testProxy(extension);
  testLooks(extension);
});
