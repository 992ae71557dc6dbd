import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const repository = resolve(import.meta.dirname, '../..');
const tests = (name: string) => `test/end-to-end/${name}.test.{ts,tsx}`;

/** Files that hold how long something takes: another browser beside theirs would make their figures meaningless. */
const timed = [
  'answers',
  'concealed',
  'files-corpus',
  'file-intake',
  'long-chat',
  'long-pages',
  'persistence',
  'picker',
  'translated-pages',
  'tray',
];

const common = {
  // WXT's plugin in the unit tests defines `import.meta.env.FIREFOX`, which Vitest also writes into the environment.
  // Which of the two is loaded first is chance, so its word may stand here already.
  env: { FIREFOX: (process.env.FIREFOX ?? '').replace(/^(true|false)$/, '') },
  testTimeout: 60_000,
  hookTimeout: 60_000,
  retry: 0,
};

/** The built extension in real browsers: a test and its browser together keep about one processor busy. */
export default defineConfig({
  root: repository,
  resolve: { alias: { '@': repository } },
  test: {
    name: 'end-to-end',
    projects: [
      {
        test: {
          ...common,
          name: 'side by side',
          include: [tests('*')],
          exclude: timed.map(tests),
          maxWorkers: '100%',
        },
      },
      { test: { ...common, name: 'one by one', include: timed.map(tests), fileParallelism: false } },
    ],
  },
});
