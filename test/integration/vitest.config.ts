import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';
import { localeParts } from '../../wxt.config.ts';

const repository = resolve(import.meta.dirname, '../..');

/** What needs programs of others on this computer. Not a part of `npm test`. */
export default defineConfig({
  plugins: [WxtVitest({ root: repository }), localeParts],
  resolve: { alias: { '@': repository } },
  test: {
    include: ['test/integration/*.check.ts'],
    root: repository,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
