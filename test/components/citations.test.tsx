/** @vitest-environment jsdom */
import { act, createElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Markdown } from '@/components/answer/markdown/markdown';
import { moveToCitation } from '@/components/answer/move-to-citation';
import { SourcesProvider } from '@/components/answer/sources-context';
import { ActionsProvider, type PanelActions } from '@/components/panel/actions';
import type { PassagePlace, ShownPassage } from '@/utils/browser/show-passage';
import type { MeasuredSource } from '@/utils/context/compose';
import { measuredSource } from '../fixtures/sources';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

let root: Root;
let sources: MeasuredSource[];
let shown: PassagePlace[];
let outcome: ShownPassage;

const actions = {
  showPassage: async (place: PassagePlace) => {
    shown.push(place);
    return outcome;
  },
  allow: async () => false,
} as unknown as PanelActions;

beforeAll(async () => {
  sources = [
    await measuredSource([
      '# The return of the tide mill',
      'At two metres of fall, the **pond at Carrow** now earns back its turbine in eleven years.',
      'Two seasons of data are not yet a conclusion.',
      'Two seasons of data are not yet a conclusion.',
    ]),
    await measuredSource(['Eels', 'Fifty-eight dead eels were counted.'], { title: 'Eels' }),
  ];
});
beforeEach(() => {
  document.body.replaceChildren();
  const main = document.body.appendChild(document.createElement('main'));
  main.className = 'thread';
  root = createRoot(main);
  shown = [];
  outcome = 'shown';
  Element.prototype.scrollIntoView = () => {};
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      disconnect() {}
    },
  );
});
afterEach(() => act(async () => root.unmount()));

const draw = (text: string, { streaming = false, of = sources.slice(0, 1) } = {}) =>
  act(async () =>
    root.render(
      createElement(
        ActionsProvider,
        { value: actions },
        createElement(SourcesProvider, { value: of }, createElement(Markdown, { text, streaming })),
      ),
    ),
  );
const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
const one = (selector: string) => document.querySelector<HTMLElement>(selector);
const texts = (selector: string) => all(selector).map((element) => element.textContent);
const click = async (element: Element | null | undefined, init: MouseEventInit = { detail: 1 }) => {
  const event = new MouseEvent('click', { bubbles: true, cancelable: true, ...init });
  await act(async () => void element?.dispatchEvent(event));
  return event;
};
const key = (element: Element | null, name: string) =>
  act(
    async () =>
      void element?.dispatchEvent(
        new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }),
      ),
  );

const fake = 'It is “a conclusion beyond any doubt” ¶3.';

describe('citations of an answer', () => {
  it('are checked across bold words, links and code', async () => {
    await draw(
      'It pays: *“the **pond at Carrow** now earns back”* [`¶2`](https://bad.example/x). And **¶3**.',
    );
    expect(texts('a.citation')).toEqual(['¶2', '¶3']);
    expect(one('button')).toBeNull();
    await click(one('a.citation'));
    expect(texts('.quote-card mark')).toEqual(
      ['pond at Carrow now earns back'].map((words) => `the ${words}`),
    );
  });

  it('are not struck out while their block is being written', async () => {
    for (let end = 1; end <= fake.length; end++) {
      await draw(fake.slice(0, end), { streaming: true });
      expect(all('.citation-missing')).toEqual([]);
    }
    await draw(`${fake}\n\nAnd then`, { streaming: true });
    expect(texts('.citation-missing')).toEqual(['¶3']);
    await draw(fake);
    expect(texts('.citation-missing')).toEqual(['¶3']);
  });

  it('of a quotation without marks are checked as a whole, and never struck out for it', async () => {
    await draw('> Two seasons of data are not yet a conclusion. ¶3\n\n> In short, wait and see. ¶2');
    await click(all('a.citation')[0]);
    expect(texts('.quote-card mark')).toEqual(['Two seasons of data are not yet a conclusion']);
    expect(all('.citation-missing')).toEqual([]);
  });

  it('with the same mark open each their own words', async () => {
    await draw('“at two metres of fall” ¶2 and “in eleven years” ¶2');
    await click(all('a.citation')[1]);
    expect(texts('mark')).toEqual(['in eleven years']);
    await click(all('a.citation')[0]);
    expect(texts('mark')).toEqual(['At two metres of fall']);
    expect(all('.quote-card')).toHaveLength(1);
    await click(all('a.citation')[0]);
    expect(all('.quote-card')).toHaveLength(0);
  });

  it('lead to the page by their own address when a key is held', async () => {
    await draw('“in eleven years” ¶2');
    const event = await click(one('a.citation'), { detail: 1, ctrlKey: true });
    expect(event.defaultPrevented).toBe(false);
    expect(one('.quote-card')).toBeNull();
    expect((one('a.citation') as HTMLAnchorElement).href).toBe(
      'https://example.org/page#:~:text=in%20eleven%20years',
    );
  });

  it('say which source is meant, where there are several', async () => {
    await draw('“Fifty-eight dead eels” 2 ¶2. Nothing is said of which ¶2. Left out [3 ¶1].', {
      of: sources,
    });
    await click(one('a.citation'));
    expect(one('.quote-card bdi')?.textContent).toBe('Eels');
    await click(all('a.citation')[1]);
    expect(one('.quote-card')?.textContent).toContain('does not say which source it means');
    expect(one('.citation-missing')?.title).toBe('3 ¶1: this source was not sent with the answer');
  });

  it('hand the page the very words, and which of equal passages is meant', async () => {
    await draw('“not yet a conclusion” ¶4');
    const link = one('a.citation');
    await click(link, { detail: 0 });
    await click(link, { detail: 0 });
    expect(shown).toMatchObject([
      { url: 'https://example.org/page', quotes: ['not yet a conclusion'], occurrence: 1, page: undefined },
    ]);
    // What the page is told never has the question or the answer in it.
    expect(Object.keys(shown[0] ?? {}).sort()).toEqual([
      'address',
      'occurrence',
      'page',
      'plain',
      'quotes',
      'url',
      'words',
    ]);
  });

  it('say how showing them ended', async () => {
    outcome = 'changed';
    await draw('It pays ¶2');
    await click(one('a.citation'));
    await click(one('.quote-card .button-solid'));
    expect(one('[role="status"]')?.textContent).toBe(
      'This sentence is no longer on the page. Above is what was read.',
    );
    expect(one('.quote-words')?.textContent).toContain('At two metres of fall');
  });

  it('close with Esc from the link and from the card, and have the focus again', async () => {
    await draw('It pays ¶2');
    const link = one('a.citation');
    link?.focus();
    await click(link);
    await key(link, 'Escape');
    expect(one('.quote-card')).toBeNull();
    await click(link);
    one('.quote-close')?.focus();
    await key(one('.quote-close'), 'Escape');
    expect(one('.quote-card')).toBeNull();
    expect(document.activeElement).toBe(link);
  });

  it('are gone through one by one, struck-out places left aside', async () => {
    await draw('One ¶2, two ¶3, none ¶99, three ¶4.');
    const marks = () => document.activeElement?.textContent;
    expect(moveToCitation(1)).toBe(true);
    expect(marks()).toBe('¶2');
    moveToCitation(1);
    moveToCitation(1);
    expect(marks()).toBe('¶4');
    expect(moveToCitation(1)).toBe(false);
    moveToCitation(-1);
    expect(marks()).toBe('¶3');
  });
});
