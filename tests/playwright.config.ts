import { defineConfig } from 'playwright/test'
import { chromiumOptions } from './support/chromium.ts'

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  // Only what hangs is ended: at a load of 30 on two processors the longest spec took 84 s, ten times as long as on an idle one.
  timeout: 180_000,
  // What is tried again waits for the window: a second between two looks would be most of the time.
  expect: { timeout: 30_000, toPass: { intervals: [20, 50, 100] } },
  // Each worker drives a browser, an engine and a feed server.
  workers: 3,
  forbidOnly: true,
  // A busy machine of continuous integration gets a second try; what needed one is named as flaky in the sums.
  retries: process.env.CI ? 1 : 0,
  use: {
    launchOptions: chromiumOptions(),
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    // A trace of every test is two fifths of the work: the browser draws and packs a picture of each change of the page.
    // `--trace on` makes them for the specs it is given with.
    trace: process.env.CI ? 'on-first-retry' : 'off',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'components', testMatch: 'components/**/*.spec.ts' },
    { name: 'shell', testMatch: 'shell/**/*.spec.ts' },
    { name: 'e2e', testMatch: 'e2e/**/*.spec.ts' },
  ],
})
