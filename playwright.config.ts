import { defineConfig, devices } from '@playwright/test';
import { chromiumPath } from './tests/support/browser.ts';
import { phoneFace } from './tests/support/phone-face.ts';

const launchOptions = {
  executablePath: await chromiumPath(),
  args: ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'], // no test leaves this machine
};
const pictures = process.env.PICTURES ? [] : ['pictures.spec.ts']; // taken when they are asked for

export default defineConfig({
  testDir: 'tests',
  testMatch: '**/*.spec.ts',
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  reporter: 'list',
  snapshotPathTemplate: '{testDir}/{testFileDir}/{arg}{ext}',
  use: {
    locale: 'fr-FR',
    launchOptions,
  },
  projects: [
    {
      name: 'ordinateur',
      testIgnore: [/tests.(accessibility|pixels)./, /other-languages/], // narrow whatever the device
      use: { viewport: { width: 1280, height: 800 } },
    },
    {
      name: 'téléphone',
      testIgnore: /tests.(accessibility|pixels)./,
      use: { ...devices['Galaxy S8'], viewport: { width: 390, height: 844 } },
    },
    // These choose the size, the colours and the mode themselves, in the letters of this machine: wide on a server.
    {
      name: 'accès',
      testDir: 'tests/accessibility',
      testIgnore: ['first-screen.spec.ts', ...pictures],
    },
    {
      name: 'lettres de téléphone',
      testDir: 'tests/accessibility',
      testMatch: ['first-screen.spec.ts', 'pictures.spec.ts'],
      testIgnore: pictures,
      use: { launchOptions: { ...launchOptions, env: phoneFace() } },
    },
    { name: 'pixels', testDir: 'tests/pixels' },
  ],
});
