import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { selectedWords } from '@/utils/browser/selected-words';
import type { OverlayOutcome } from '@/utils/page/overlay/types';

/** The page in front has these frames, each with what its script says. */
const frames = (...outcomes: OverlayOutcome[]) => {
  fakeBrowser.scripting.executeScript = vi.fn(async (injection: { files?: string[] }) =>
    injection.files ? outcomes.map((result) => ({ result })) : [],
  ) as never;
};
const says = (text: string, isBehind = false): OverlayOutcome => ({
  status: 'words',
  selected: { text, before: '', after: '', canReplace: false },
  isBehind,
});

beforeEach(() => fakeBrowser.reset());

it('are read where they stand: with their paragraphs, and to their end', async () => {
  frames(says('Something else'), says('One paragraph.\n\nThe whole of another.'));
  expect(await selectedWords(1, 'One paragraph. The whole of anoth')).toEqual({
    words: 'One paragraph.\n\nThe whole of another.',
  });
});

it('after a key are those of the frame that has the focus', async () => {
  frames(says('Selected before', true), { status: 'elsewhere' }, says('Selected now'));
  expect(await selectedWords(1)).toEqual({ words: 'Selected now' });
  frames({ status: 'elsewhere' });
  expect(await selectedWords(1)).toEqual({});
});

it('are what the browser says where no script may run, unless that may be a beginning', async () => {
  fakeBrowser.scripting.executeScript = vi.fn(() => Promise.reject(new Error('Cannot access'))) as never;
  expect(await selectedWords(1, 'Words of a PDF')).toEqual({ words: 'Words of a PDF' });
  const long = 'x'.repeat(16_384);
  expect(await selectedWords(1, long, { isFirefox: true })).toEqual({ isCut: true });
  expect(await selectedWords(1, long, { isFirefox: false })).toEqual({ words: long });
});

it('of a page that does not answer are not waited for', async () => {
  vi.useFakeTimers();
  fakeBrowser.scripting.executeScript = vi.fn(() => new Promise(() => {})) as never;
  const found = selectedWords(1, 'Given');
  await vi.advanceTimersByTimeAsync(3_000);
  expect(await found).toEqual({ words: 'Given' });
  vi.useRealTimers();
});
