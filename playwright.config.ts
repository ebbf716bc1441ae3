import { defineConfig, devices } from '@playwright/test';
import { chromiumPath } from './tests/support/browser.ts';

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
    launchOptions: {
      executablePath: await chromiumPath(),
      args: ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'], // no test leaves this machine
    },
  },
  projects: [
    {
      name: 'ordinateur',
      testIgnore: /tests.(accessibility|pixels)./,
      use: { viewport: { width: 1280, height: 800 } },
    },
    {
      name: 'téléphone',
      testIgnore: /tests.(accessibility|pixels)./,
      use: { ...devices['Galaxy S8'], viewport: { width: 390, height: 844 } },
    },
    // One project: these tests choose the size, the colours and the mode themselves.
    {
      name: 'accès',
      testDir: 'tests/accessibility',
      testIgnore: process.env.PICTURES ? [] : ['pictures.spec.ts'],
    },
    { name: 'pixels', testDir: 'tests/pixels' },
  ],
});
