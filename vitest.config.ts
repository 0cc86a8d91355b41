import { defineConfig } from 'vitest/config';

/**
 * `unit` runs beside the code and in-process; `browser` draws the Slack simulator's page; `e2e` deploys to the local AWS emulator once and plays through the Slack simulator.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{agents,bench,cli,core,functions,infra,local}/**/*.test.ts',
            'test/{architecture,formats,simulator,soak,stack}/**/*.test.ts',
          ],
          // By default one core is left free, which is half of a machine of two.
          maxWorkers: '100%',
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          // One browser at a time: it takes a core by itself.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/setup.ts'],
          fileParallelism: false,
          testTimeout: 90_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
