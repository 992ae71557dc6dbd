import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';
import { localeParts } from '../wxt.config.ts';

const repository = resolve(import.meta.dirname, '..');

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
          exclude: ['test/end-to-end/**'],
          setupFiles: ['test/language.ts'],
          // Vitest by itself would leave one processor idle, which of two is half of them.
          maxWorkers: '100%',
          // A property with hundreds of cases on a busy machine is slow, not hung.
          testTimeout: 30_000,
        },
      },
      resolve(import.meta.dirname, 'end-to-end/vitest.config.ts'),
    ],
  },
});
