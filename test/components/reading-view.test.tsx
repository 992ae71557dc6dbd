// @vitest-environment jsdom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findPassages } from '@/components/bilingual/find-bar';
import { Passage } from '@/components/bilingual/passage';
import { ReadingProvider } from '@/components/bilingual/reading-context';
import { type ReadingActions, ReadingActionsProvider } from '@/components/panel/actions';
import { sayAlso, setLanguage } from '@/utils/i18n';
import type { Passage as SourcePassage } from '@/utils/source';
import { createReadingTexts, type ReadingTexts } from '@/utils/translate/reading-texts';
import { type CutSource, cutSource } from '@/utils/translate/source-units';
import type { Display } from '@/utils/translate/types';
import { measuredSource } from '../fixtures/sources';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

let root: Root;
let texts: ReadingTexts;
let cut: CutSource;
let place: HTMLElement;
const opened: string[] = [];
const asked: number[] = [];

beforeAll(async () => {
  await setLanguage('en');
  await sayAlso('runs');
});
beforeEach(() => {
  texts = createReadingTexts();
  opened.length = 0;
  asked.length = 0;
});
afterEach(() => act(() => root.unmount()));

const actions = { openLink: (url: string) => void opened.push(url) } as unknown as ReadingActions;

async function draw(passages: SourcePassage[], display: Display = 'both', lang = 'zh-Hans'): Promise<void> {
  const entry = await measuredSource(passages, { url: 'https://a.example/docs/' });
  cut = cutSource(entry.source);
  place = document.createElement('div');
  document.body.replaceChildren(place);
  root = createRoot(place);
  const context = { entry, texts, lang, language: 'en', again: (unit: number) => void asked.push(unit) };
  await act(async () =>
    root.render(
      <ReadingActionsProvider value={actions}>
        <ReadingProvider value={context}>
          {cut.passages.map((passage) => (
            <Passage key={passage.number} passage={passage} page={passage.page} display={display} />
          ))}
        </ReadingProvider>
      </ReadingActionsProvider>,
    ),
  );
}

const put = (unit: number, text: string, terms?: { words: string; id: string }[]) =>
  act(async () => texts.take({ type: 'place', placements: [{ unit, text, ...(terms ? { terms } : {}) }] }));
const textOf = (selector: string) =>
  Array.from(place.querySelectorAll(selector), (element) => element.textContent);

describe('a passage in two languages', () => {
  it('shows what comes as it comes: a line in waiting, the words with their marks, or a sign that asks again', async () => {
    await draw([{ text: 'The [deputy](minutes.html) took **the chair**.', kind: 'text', page: 3 }]);
    expect(textOf('.page-mark, .passage-number')).toEqual(['Page 3', '¶1']);
    expect(place.querySelector('.translation')).toBeNull();
    await act(async () => texts.take({ type: 'waiting', units: [1] }));
    expect(place.querySelector('.unit-waiting')).not.toBeNull();
    await act(async () => texts.take({ type: 'failed', units: [1] }));
    await act(async () => place.querySelector<HTMLElement>('.unit-again')?.click());
    expect(asked).toEqual([1]);
    await put(1, '<2>主席职权</2>由<1>副手</1>接任', [{ words: '主席职权', id: 't1' }]);
    const translation = place.querySelector<HTMLElement>('.translated');
    expect([translation?.lang, translation?.dir, translation?.textContent]).toEqual([
      'zh-Hans',
      'ltr',
      '主席职权由副手接任',
    ]);
    expect(textOf('.translated strong, .translated .term-words')).toEqual(['主席职权', '主席职权']);
    await act(async () => place.querySelector<HTMLElement>('.translated a')?.click());
    expect(opened).toEqual(['https://a.example/docs/minutes.html']);
  });

  it('is the translation alone, or the original where there is none yet', async () => {
    await draw(
      [
        { text: '## One', kind: 'heading' },
        { text: 'Two words', kind: 'text' },
        { text: '12,500', kind: 'text' },
      ],
      'translation',
    );
    await put(1, '一');
    expect(textOf('.passage-body')).toEqual(['一', 'Two words', '12,500']);
    expect(place.querySelector('[role=heading]')?.getAttribute('aria-level')).toBe('3');
  });

  it('keeps tables, code, quotes, tasks and rules as they are', async () => {
    await draw([
      { text: '| Name | Price |\n| --- | --- |\n| Pear tree | 12 |', kind: 'table' },
      { text: '```js\nlet words = 1;\n```', kind: 'code' },
      { text: '> - [x] done it', kind: 'quote' },
      { text: '---', kind: 'text' },
    ]);
    await put(3, '梨树');
    expect(textOf('th, td')).toEqual(['Name', 'Price', 'Pear tree梨树', '12']);
    expect(textOf('pre')).toEqual(['let words = 1;']);
    expect(place.querySelector<HTMLInputElement>('blockquote input')?.checked).toBe(true);
    expect(place.querySelectorAll('hr')).toHaveLength(1);
  });

  it('runs and fetches nothing that source or model wrote', async () => {
    await draw([
      { text: 'A [b c](javascript:alert(1)) ![d e](https://t.example/p.png) <img src=x>', kind: 'text' },
    ]);
    await put(1, '<script>alert(1)</script><1>甲</1><2>乙</2><9>丙</9>');
    expect(place.querySelectorAll('a, img, script, iframe')).toHaveLength(0);
    expect(place.textContent).toContain('<script>alert(1)</script>');
  });

  it('goes from right to left in Arabic', async () => {
    await draw([{ text: 'Two words', kind: 'text' }], 'both', 'ar');
    await put(1, 'كلمتان');
    expect(place.querySelector<HTMLElement>('.translated')?.dir).toBe('rtl');
  });
});

describe('finding', () => {
  it('looks at what is shown, in both languages', async () => {
    await draw([
      { text: 'The **deputy** chair', kind: 'text' },
      { text: 'No such thing', kind: 'text' },
    ]);
    await put(2, '没有<1>主席</1>');
    expect(findPassages(cut, texts, 'both', 'DEPUTY chair')).toEqual([1]);
    expect(findPassages(cut, texts, 'both', '主席')).toEqual([2]);
    expect(findPassages(cut, texts, 'original', '主席')).toEqual([]);
    expect(findPassages(cut, texts, 'translation', 'such')).toEqual([]);
    expect(findPassages(cut, texts, 'both', ' ')).toEqual([]);
  });
});
