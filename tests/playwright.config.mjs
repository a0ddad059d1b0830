import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";
import { BROWSER_FLAGS, findBrowser } from "./browser.mjs";

const inHouse = (path) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  testDir: inHouse("e2e"),
  globalSetup: inHouse("e2e/setup.mjs"),
  outputDir: inHouse("../test-results"),
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  reporter: [["list"], ["json", { outputFile: inHouse("../build/reports/playwright.json") }]],
  use: {
    baseURL: process.env.TILANNEKUVA_TEST_URL, // set by e2e/setup.mjs before any test is loaded
    trace: "retain-on-failure",
    launchOptions: { executablePath: await findBrowser(), args: BROWSER_FLAGS },
  },
});
