import { afterEach, describe, expect, it } from 'vitest';
import { readPage } from '@/utils/page';
import { findPassage, findQuotes } from '@/utils/page/find-passage';
import { startGrowth } from '@/utils/page/growth';
import { readSelection } from '@/utils/page/selection';
import { settled as pageSettled } from '@/utils/page/settle';
import type { Display } from '@/utils/page/translate/types';
import { setWritten } from '@/utils/page/written';
import { openPage, translated, turn } from './translate/steps';

const body = `<main><h1>The keeper of the lamp</h1>
<p id="one">Every evening the keeper climbs <b>all of the stairs</b> to the lamp, and <a href="/down">comes down</a> at dawn.</p>
<p id="two">The second paragraph follows the first one.</p>
<p id="three">What is put <i>here first</i> comes <b>later</b> there<span hidden>, unseen</span>.</p>
<button>Load more</button></main>`;

/** With every paragraph translated; in the third the words have changed places, so that it is put aside as a whole. */
async function translatedPage(display: Display) {
  const page = openPage(body);
  const before = await readPage(page.document);
  const units = await page.start({ extent: 'all' });
  const textOf = (text: string) =>
    text.startsWith('What') ? '<2>译1</2> 译2 <1>译3</1>。' : translated(text);
  await page.tell({
    type: 'place',
    placements: units.map(({ id, text }) => ({ unit: id, text: textOf(text) })),
  });
  await page.tell({ type: 'display', display });
  const find = (selector: string) => page.document.querySelector(selector) as HTMLElement;
  const select = (start: [Node, number], end: [Node, number]) => {
    const range = page.document.createRange();
    range.setStart(...start);
    range.setEnd(...end);
    page.document.getSelection()?.removeAllRanges();
    page.document.getSelection()?.addRange(range);
    return readSelection(page.document);
  };
  return { ...page, before, find, select };
}

afterEach(() => setWritten(undefined));

describe.each(['both', 'translation', 'original'] as const)('a page that shows %s', (display) => {
  it('is read as it was before', async () => {
    const { document, before, undo } = await translatedPage(display);
    expect(document.querySelectorAll('wholemoon-t').length > 0).toBe(display !== 'original');
    const strip = ({ elements: _, ...reading }: Awaited<ReturnType<typeof readPage>>) => reading;
    expect(strip(await readPage(document))).toEqual(strip(before));
    await undo();
    expect(strip(await readPage(document))).toEqual(strip(before));
  });

  it('has the places of its passages', async () => {
    const { document, find } = await translatedPage(display);
    const range = findPassage(document.body, 'The second paragraph follows the first one.');
    expect(range?.startContainer).toBe(find('#two').firstChild);
    expect(range?.endContainer).toBe(find('#two').firstChild);
    const quotes = findQuotes(document.body, 'What is put here first comes later there.', ['comes later']);
    expect(find('#three').contains(quotes?.[0]?.commonAncestorContainer ?? null)).toBe(true);
    // Where the words cannot be seen, their translation is what is shown.
    if (display === 'translation') expect(quotes?.[0]?.toString()).toBe('译1 译2 译3。');
    else expect(quotes?.[0]?.toString()).toBe('comes later');
  });
});

describe('a selection', () => {
  it('over text and translation is the text', async () => {
    const { find, select } = await translatedPage('both');
    const own = find('#one wholemoon-t');
    const reading = await select([find('#one').firstChild as Text, 6], [own.firstChild as Text, 3]);
    expect(reading?.text).toContain('evening the keeper climbs **all of the stairs** to the lamp');
    expect(reading?.text).toContain('at dawn.');
    expect(reading?.text).not.toContain('译');
  });

  it('in a translation is all that was translated', async () => {
    const { find, select } = await translatedPage('both');
    const own = find('#two wholemoon-t').firstChild as Text;
    const reading = await select([own, 1], [own, 4]);
    expect(reading?.text).toContain('The second paragraph follows the first one.');
    expect(reading?.text).not.toContain('译');
  });

  it('of words that a translation was written over is the text that they stand for', async () => {
    const { find, select } = await translatedPage('translation');
    const text = find('#two').firstChild as Text;
    expect(text.data).toContain('译');
    const reading = await select([text, 1], [text, 4]);
    expect(reading?.text).toContain('The second paragraph follows the first one.');
  });

  it('of a translation that took the place of its text is the text', async () => {
    const { find, select } = await translatedPage('translation');
    const own = find('#three wholemoon-t');
    const reading = await select([own, 0], [own, own.childNodes.length]);
    expect(reading?.text).toContain('What is put *here first* comes **later** there.');
  });
});

it('translations are no growth of a page, and do not keep it from coming to rest', async () => {
  const { document, find, tell } = await translatedPage('original');
  const world: Parameters<typeof startGrowth>[1] = {};
  startGrowth(document, world);
  const rest = pageSettled(document).then(() => performance.now());
  const start = performance.now();
  for (const display of ['both', 'translation', 'both'] as const) {
    await tell({ type: 'display', display });
    await new Promise((resolve) => setTimeout(resolve, 120));
  }
  expect((await rest) - start).toBeLessThan(400);
  await turn();
  expect(world?.wholemoonGrowth?.added).toBe(0);
  find('#two').append('Four');
  await turn();
  expect(world?.wholemoonGrowth?.added).toBe(4);
});
