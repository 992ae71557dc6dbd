import { JSDOM } from 'jsdom';
import { describe, expect, it, vi } from 'vitest';
import { createLimits } from '@/utils/page/translate/follow-limits';
import { createFollowedTranslator } from '@/utils/page/translate/followed';
import type { FromPage, PageUnit } from '@/utils/page/translate/types';
import { translated } from './steps';

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
/** A little more than it takes to notice a change that has come to rest. */
const rest = () => wait(700);

/** A page whose translations come at once. */
async function openTranslated(body: string) {
  const { window } = new JSDOM(`<!doctype html><html lang="en"><body>${body}</body></html>`, {
    url: 'https://example.org/one',
  });
  const document = window.document as unknown as Document;
  let sent: FromPage[] = [];
  const translator = createFollowedTranslator(document, {
    send(message) {
      sent.push(message);
      if (message.type !== 'units') return;
      const placements = message.units.map(({ id, text }) => ({ unit: id, text: translated(text) }));
      translator.receive({ type: 'place', placements });
    },
  });
  translator.receive({
    type: 'start',
    lang: 'zh-Hans',
    display: 'both',
    labels: { again: 'Again', busy: 'Busy' },
  });
  const isPlaced = () => document.querySelector('wholemoon-t') && !document.querySelector('[data-state]');
  for (const end = Date.now() + 5_000; !isPlaced() && Date.now() < end; ) await wait(5);
  await translator.written();
  const find = (selector: string) => document.querySelector(selector) as HTMLElement;
  return {
    window,
    document,
    translator,
    find,
    signs: () =>
      [...document.querySelectorAll('wholemoon-t-again')].map((sign) => sign.getAttribute('aria-label')),
    shown: () => [...document.querySelectorAll('wholemoon-t')].map(({ textContent }) => textContent),
    /** What was said since it was asked last. */
    said() {
      const said = sent.filter(({ type }) => !/^(?:order|written)$/.test(type));
      sent = [];
      return said;
    },
  };
}

const textsIn = (said: FromPage[]): string[] =>
  said.flatMap((message) =>
    message.type === 'units' ? message.units.map(({ text }: PageUnit) => text) : [],
  );

describe('a page that is translated', () => {
  it('gets back what it wiped away with the same words, without a question', async () => {
    const page = await openTranslated('<p id="a">The first line.</p><p id="b">The second line.</p>');
    page.said();
    page.find('#a').textContent = 'The first line.';
    page.find('#b wholemoon-t').remove();
    await rest();
    await page.translator.written();
    expect(page.shown()).toEqual([translated('The first line.'), translated('The second line.')]);
    expect(page.said()).toEqual([]);
  });

  it('tells new words with a new number, and what is gone', async () => {
    const page = await openTranslated('<ul><li>The first line.</li><li id="b">The second line.</li></ul>');
    page.said();
    (page.find('#b').firstChild as Text).data = 'The second line is another.';
    page.find('ul').insertAdjacentHTML('beforeend', '<li>The third line.</li>');
    page.find('li').remove();
    await rest();
    const said = page.said();
    expect(textsIn(said).sort()).toEqual(['The second line is another.', 'The third line.']);
    expect(said.flatMap((message) => (message.type === 'gone' ? message.units : [])).sort()).toEqual([1, 2]);
    expect(
      said.flatMap((message) => (message.type === 'units' ? message.units.map(({ id }) => id) : [])),
    ).toEqual(expect.arrayContaining([3, 4]));
  });

  it('may be put in another order and drawn anew, and nothing is told', async () => {
    const page = await openTranslated(
      '<ul><li>One thing here.</li><li>Another thing.</li></ul><div id="root"><p>Drawn by a script.</p></div>',
    );
    page.said();
    const list = page.find('ul');
    list.append(list.firstElementChild as Element);
    page.find('#root').innerHTML = '<p>Drawn by a script.</p>';
    await rest();
    await page.translator.written();
    const all = ['Another thing.', 'One thing here.', 'Drawn by a script.'].map(translated);
    await vi.waitFor(() => expect(page.shown()).toEqual(all), { timeout: 5_000 });
    expect(page.said()).toEqual([]);
  });

  it('that changes again and again waits behind a sign', async () => {
    const page = await openTranslated('<p>Seen a moment ago.</p><p>Something else.</p>');
    page.said();
    for (const count of ['one', 'two', 'three', 'four', 'five']) {
      (page.find('p').firstChild as Text).data = `Seen ${count} moments ago.`;
      await rest();
    }
    await page.translator.written();
    expect(textsIn(page.said())).toEqual(
      ['one', 'two', 'three'].map((count) => `Seen ${count} moments ago.`),
    );
    expect(page.signs()).toEqual(['Busy']);
    page.translator.release(page.find('p'));
    expect(textsIn(page.said())).toEqual(['Seen five moments ago.']);
    await wait(30);
    expect(page.signs()).toEqual([]);
  });

  it('is told to have become another one, before its text is', async () => {
    const page = await openTranslated('<main><p>The first room.</p></main>');
    page.said();
    page.window.history.pushState({}, '', '/two');
    page.document.title = 'Two';
    page.find('main').innerHTML = '<p>The second room.</p>';
    page.window.dispatchEvent(new page.window.Event('popstate'));
    await rest();
    const said = page.said();
    expect(said[0]).toEqual({ type: 'moved', url: 'https://example.org/two', title: 'Two' });
    expect(textsIn(said)).toEqual(['The second room.']);
  });

  it('is left alone when another translator begins', async () => {
    const page = await openTranslated('<p id="a">The first line.</p>');
    page.said();
    page.document.documentElement.classList.add('translated-ltr');
    await wait(0);
    page.find('#a').insertAdjacentHTML('afterend', '<p>More words here.</p>');
    await rest();
    expect(page.said()).toEqual([{ type: 'other' }]);
  });

  it('is not watched any more once it is what it was', async () => {
    const page = await openTranslated('<p id="a">The first line.</p>');
    page.translator.receive({ type: 'undo' });
    await wait(30);
    page.said();
    page.find('#a').insertAdjacentHTML('afterend', '<p>More words here.</p>');
    await rest();
    expect(page.said()).toEqual([]);
  });

  it('shows text later that was hidden at first', async () => {
    const page = await openTranslated('<p>In sight.</p><p id="late" hidden>Out of sight.</p>');
    page.said();
    page.find('#late').hidden = false;
    await rest();
    expect(textsIn(page.said())).toEqual(['Out of sight.']);
  });
});

describe('a host that changes', () => {
  const host = () => new JSDOM('<p>0</p>').window.document.querySelector('p') as unknown as HTMLElement;

  it('is free again after ten quiet seconds', () => {
    const element = host();
    const limits = createLimits();
    const visits = [0, 1_000, 2_000, 3_000].map((at) => {
      element.textContent = `${at}`;
      return limits.visit(element, at);
    });
    expect(visits).toEqual(['free', 'free', 'free', 'busy']);
    expect(limits.visit(element, 4_000)).toBe('busy');
    expect(limits.next(4_000)).toBe(9_000);
    expect(limits.rested(12_999)).toEqual([]);
    expect(limits.rested(13_000)).toEqual([element]);
    expect(limits.visit(element, 13_100)).toBe('same');
  });

  it('is not translated for ever, however slowly it changes', () => {
    const element = host();
    const limits = createLimits();
    const visits = Array.from({ length: 14 }, (_, index) => {
      element.textContent = `${index}`;
      return limits.visit(element, index * 60_000);
    });
    expect(visits.filter((verdict) => verdict === 'free')).toHaveLength(12);
    expect(visits.at(-1)).toBe('busy');
    expect(limits.rested(10_000_000)).toEqual([]);
    expect(limits.next(10_000_000)).toBeUndefined();
  });
});
