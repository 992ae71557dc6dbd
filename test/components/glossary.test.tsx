// @vitest-environment jsdom
import 'fake-indexeddb/auto';
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import PageGlossary from '@/components/glossary/page-glossary';
import SharedTermsList from '@/components/glossary/shared-terms-list';
import { ActionsProvider, type PanelActions } from '@/components/panel/actions';
import { sayAlso, setLanguage } from '@/utils/i18n';
import { database } from '@/utils/store/database';
import { termStore } from '@/utils/store/terms';
import { type ServedRun, serveRun } from '@/utils/store/translation-runs';
import { openGlossary, placeOf } from '@/utils/translate/glossary';
import type { RunCommand, RunTexts, TranslationRun } from '@/utils/translate/run-types';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

const url = 'https://harbour.example/minutes';
const texts: RunTexts = {
  units: [
    { id: 1, kind: 'text', text: 'The <1>chair</1> spoke.' },
    { id: 2, kind: 'text', text: 'A chair and a motion.' },
    { id: 3, kind: 'text', text: 'The motion was carried.' },
  ],
  translations: [
    [1, '<1>主席</1>发言。'],
    [2, '一把椅子和一项动议。'],
    [3, '动议通过。'],
  ],
};
const run: TranslationRun = {
  id: 'run-1',
  tabId: 7,
  windowId: 1,
  place: 'page',
  url,
  title: 'Minutes',
  lang: 'zh-Hans',
  display: 'both',
  stage: 'translating',
  terms: 2,
  inconsistent: [],
  state: { status: 'done', total: 3, done: 3, failed: [], batches: { done: 1, total: 1 }, skipped: 0 },
};

let root: Root;
let served: ServedRun | undefined;
let commands: RunCommand[];
beforeEach(async () => {
  fakeBrowser.reset();
  await database.terms.clear();
  await setLanguage('en');
  await sayAlso('runs');
  commands = [];
  root = createRoot(document.body.appendChild(document.createElement('div')));
});
afterEach(async () => {
  await act(async () => root.unmount());
  served?.close();
  served = undefined;
  document.body.replaceChildren();
});

const actions = { openSettings: () => {} } as unknown as PanelActions;
const settle = (milliseconds = 30) => act(() => new Promise((resolve) => setTimeout(resolve, milliseconds)));
const draw = (element: React.ReactNode) =>
  act(async () => root.render(<ActionsProvider value={actions}>{element}</ActionsProvider>));
const button = (name: string) =>
  [...document.querySelectorAll('button')].find(
    (one) => (one.getAttribute('aria-label') ?? one.textContent) === name,
  ) ?? expect.fail(`There is no button “${name}” in: ${document.body.textContent}`);
const click = (name: string) => act(async () => button(name).click());
const type = (label: string, words: string) =>
  act(async () => {
    const field = [...document.querySelectorAll('label')]
      .find(({ textContent }) => textContent === label)
      ?.querySelector('input');
    if (!field) return expect.fail(`There is no field “${label}”`);
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, words);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
const rows = () =>
  [...document.querySelectorAll('.term-row')].map((row) => row.textContent?.replaceAll(' ', '')) ?? [];
const shows = (words: string) =>
  expect
    .poll(
      async () => {
        await settle(10);
        return document.body.textContent;
      },
      { timeout: 3_000 },
    )
    .toContain(words);

async function learned() {
  const glossary = await openGlossary({ place: placeOf(url, 'zh-Hans') });
  glossary.learn([
    { source: 'chair', target: '主席' },
    { source: 'motion', target: '动议' },
    { source: 'quorum', target: '法定人数' },
  ]);
  await glossary.settled();
  glossary.close();
}
const drawPage = async (termId?: string) => {
  served = serveRun(run, { command: (command) => commands.push(command), texts: () => texts });
  await draw(<PageGlossary tab={{ id: 7, url }} {...(termId ? { termId } : {})} onBack={() => {}} />);
  await shows('2 times');
};

describe('the terms of a page', () => {
  it('are listed with how often they stand there, and what calls one otherwise can be mended', async () => {
    await learned();
    await drawPage();
    expect(rows()).toEqual(['chair主席2timesFixit', 'motion动议2times', 'quorum法定人数notonthispage']);
    await shows('1 paragraph uses another wording for a term.');
    await click('Fix 1 paragraph: chair');
    await expect.poll(() => commands).toEqual([{ type: 'again', units: [2] }]);
  });

  it('are edited: it is said what that translates again, and only that is', async () => {
    await learned();
    await drawPage();
    await click('Edit “motion”');
    expect(document.activeElement).toBe(document.querySelectorAll('.term-editor input')[1]);
    await type('What it is called', '提案');
    await shows('2 paragraphs already use another wording. Saving translates just those again.');
    await click('Save and fix 2');
    await expect.poll(() => commands).toEqual([{ type: 'again', units: [2, 3] }]);
    expect((await termStore.list()).find(({ source }) => source === 'motion')).toMatchObject({
      target: '提案',
      isLocked: true,
      scope: 'site',
      place: 'harbour.example',
    });
    await shows('Saved for harbour.example');
    await settle();
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Edit “motion”');
    await click('Use on every site');
    await expect
      .poll(async () => (await termStore.list(['everywhere'])).map(({ source }) => source))
      .toEqual(['motion']);
  });

  it('are locked, added and deleted', async () => {
    await learned();
    await drawPage();
    await click('Lock “chair”');
    await shows('locked by you');
    expect(button('Lock “chair”').getAttribute('aria-pressed')).toBe('true');
    await click('Add a term');
    await type('Term', 'spoke');
    await type('What it is called', '');
    expect(button('Save').hasAttribute('disabled')).toBe(true);
    await act(async () => document.querySelectorAll<HTMLInputElement>('.term-check input')[0]?.click());
    await shows('1 paragraph already uses another wording.');
    await click('Save and fix 1');
    await expect.poll(() => commands).toEqual([{ type: 'again', units: [1] }]);
    await click('Edit “spoke”');
    await click('Delete');
    await expect
      .poll(async () => (await termStore.list()).map(({ source }) => source).sort())
      .toEqual(['chair', 'motion', 'quorum']);
  });

  it('begin with the one that was clicked in the page', async () => {
    await learned();
    const [, motion] = await termStore.list();
    await drawPage(motion?.id);
    await expect
      .poll(() => document.querySelector('.term-editor')?.getAttribute('aria-label'))
      .toBe('Edit “motion”');
  });

  it('come from a file after it was looked at, all of them or none', async () => {
    await draw(<PageGlossary tab={{ id: 7, url }} onBack={() => {}} />);
    await shows('No terms yet. They appear as a page is translated');
    const field = document.querySelector<HTMLInputElement>('input[type="file"]');
    const file = new File(['source,target\nchair,主席\n,nothing\n'], 'terms.csv');
    Object.defineProperty(field, 'files', { value: [file] });
    await act(async () => field?.dispatchEvent(new Event('change', { bubbles: true })));
    await shows('1 new · 1 refused');
    expect(document.body.textContent).toContain('Line 3:');
    expect(await termStore.list()).toEqual([]);
    await click('Take over 1 term');
    await shows('locked by you');
    expect(await termStore.list()).toMatchObject([{ source: 'chair', origin: 'file', scope: 'site' }]);
  });
});

it('terms of sites and everywhere are listed in the settings, and changed there', async () => {
  await learned();
  const glossary = await openGlossary({ place: placeOf(url, 'zh-Hans') });
  await glossary.put(glossary.make('tender', '招标书', { scope: 'site' }));
  glossary.close();
  await draw(<SharedTermsList />);
  await shows('harbour.example');
  expect(rows()).toHaveLength(1);
  await click('Edit “tender”');
  await type('What it is called', '标书');
  await click('Save');
  await expect
    .poll(async () => (await termStore.list(['site'])).map(({ target }) => target))
    .toEqual(['标书']);
});
