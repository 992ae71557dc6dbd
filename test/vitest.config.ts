import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';
import { localeParts } from '../wxt.config.ts';

const repository = resolve(import.meta.dirname, '..');
const endToEnd = 'test/end-to-end/**/*.test.{ts,tsx}';

/**
 * Two projects: `unit` runs in Node with the extension API replaced by a fake (a file that needs a DOM says
 * `@vitest-environment jsdom` in a docblock); `end-to-end` drives the built extension in real browsers.
 */
export default defineConfig({
  test: {
    projects: [
      {
        plugins: [WxtVitest({ root: repository }), localeParts],
        resolve: { alias: { '@': repository } },
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [endToEnd],
          setupFiles: ['test/language.ts'],
          // A property with hundreds of cases on a busy machine is slow, not hung.
          testTimeout: 30_000,
        },
      },
      {
        resolve: { alias: { '@': repository } },
        test: {
          name: 'end-to-end',
          include: [endToEnd],
          // WXT's plugin above defines `import.meta.env.FIREFOX`, which Vitest also writes into the environment.
          env: { FIREFOX: process.env.FIREFOX ?? '' },
          // One browser at a time: windows that compete for the processor make timings meaningless.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          retry: 0,
        },
      },
    ],
  },
});
