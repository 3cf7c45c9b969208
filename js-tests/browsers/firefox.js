// Firefox for tests: headless, over WebDriver BiDi, which needs no driver beside it.

import puppeteer from "puppeteer-core";

/** @returns {Promise<import("puppeteer-core").Browser>} */
export const launchFirefox = () =>
  puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
    headless: true,
  });
