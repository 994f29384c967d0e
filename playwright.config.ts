import { defineConfig, type PlaywrightTestConfig } from "@playwright/test";

/*
 * The site as people use it, in a real browser beside a throwaway stack: npm run test:e2e.
 * Every journey is walked twice, by a browser that runs scripts and by one that does not.
 */
const SYSTEM_CHROMIUM = "/usr/bin/chromium";

const browser: PlaywrightTestConfig["use"] = {
  browserName: "chromium",
  viewport: { width: 1280, height: 900 },
  locale: "en-US",
  // Neither the coach's zone nor the client's: a time that is not converted shows.
  timezoneId: "America/Denver",
  launchOptions: {
    executablePath: process.env["CHROMIUM_PATH"] ?? SYSTEM_CHROMIUM,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-quic",
      "--no-first-run",
      "--disable-component-update",
      "--disable-sync",
    ],
  },
};

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results",
  forbidOnly: Boolean(process.env["CI"]),
  // What fails sometimes is broken, so nothing is tried again while one works on it. CI, on a machine
  // that others share, tries once more and calls it flaky.
  retries: process.env["CI"] ? 1 : 0,
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [["list", { printSteps: false }]],
  use: {
    ...browser,
    baseURL: process.env["APP_URL"],
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    screenshot: "only-on-failure",
    trace: "off",
  },
  projects: [
    {
      name: "without-scripts",
      use: { javaScriptEnabled: false },
      testIgnore: /\.scripts\.spec\.ts$/,
    },
    { name: "with-scripts", testIgnore: /\.no-scripts\.spec\.ts$/ },
  ],
});
