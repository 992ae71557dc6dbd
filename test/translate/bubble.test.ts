import { describe, expect, it } from 'vitest';
import type { Connection } from '@/utils/models/types';
import { numberPassages, type Source } from '@/utils/source';
import { type BubbleDeps, createBubble, type TranslateOptions } from '@/utils/translate/bubble';
import { locate } from '@/utils/translate/locate';
import { readPageDocument, sectionAround } from '@/utils/translate/page-source';
import type { SelectionUpdate } from '@/utils/translate/selection';

const sourceOf = (passages: string[], id = passages.join('|')): Source => ({
  kind: 'tab',
  title: 'Minutes',
  url: 'https://a.test/minutes',
  ...numberPassages(
    passages.map((text) => ({ text, kind: text.startsWith('#') ? 'heading' : 'text' }) as never),
  ),
  gaps: [],
  id,
  readAt: 1,
});
const minutes = [
  '# Minutes',
  'The Chair opened the meeting.',
  '## Item 4',
  'The **Chair** ruled that the motion had [lapsed](https://a.test/x).',
  '> The deputy took the chair.',
  '## Item 5',
  'The Chair closed the meeting.',
];
const source = sourceOf(minutes);
const selected = { text: 'The Chair ruled', before: '', after: ' that the motion', canReplace: true };

describe('the place of a selection', () => {
  it('is found whatever marks the document has', () => {
    const at = (text: string, before = '', after = '') => locate(source, { text, before, after });
    expect(at('The Chair ruled that the motion had lapsed.')).toEqual([4]);
    expect(at('the motion had lapsed.\n\nThe deputy took')).toEqual([4, 5]);
    expect(at('The Chair', '', ' closed the meeting.')).toEqual([7]);
    expect(at('The Chair', 'something else', ' closed the meeting')).toEqual([7]);
    expect(at('The Chair')).toEqual([2]);
    expect(at('closed the meeting.\n\nMinutes')).toEqual([1, 7]);
    expect(at('nowhere to be found')).toEqual([]);
    expect(at('—')).toEqual([]);
  });

  it('has a section around it, with the numbers that its paragraphs had', () => {
    const section = sectionAround(source, 4);
    expect(section?.segments.map(({ number }) => number)).toEqual([3, 4, 5]);
    expect(section?.text).toContain('¶4 The **Chair** ruled');
    expect(section?.text).not.toContain('closed');
    expect(section?.gaps).toMatchObject([
      { why: 'outside-article', size: source.characters - (section?.characters ?? 0) },
    ]);
    expect(sectionAround(source, undefined)).toBeUndefined();
    expect(sectionAround(sourceOf(['one', 'two']), 2)).toBeUndefined();
  });
});

describe('the document of a page', () => {
  const kept = { source: { ...source, title: 'Minutes, as they were called' }, tokens: 1 };
  const chats = {
    findChatOfPage: async () => ({ id: 'chat' }) as never,
    loadChat: async () => ({ sources: [kept] }) as never,
  };
  const read = (...answers: Source[]) => {
    const modes: (string | undefined)[] = [];
    const readTab = async (_: number, options: { mode?: string } = {}) => {
      modes.push(options.mode);
      return answers[Math.min(modes.length, answers.length) - 1] as Source;
    };
    return {
      modes,
      options: { read: readTab as never, chats, measure: async () => ({ tokens: 9 }) as never },
    };
  };
  const { signal } = new AbortController();
  const address = 'https://a.test/minutes#item-4';

  it('is that of its chat, to the letter, while the page says the same', async () => {
    const { options, modes } = read(source);
    const found = await readPageDocument(3, address, signal, options);
    expect(found).toEqual({ document: kept, chatId: 'chat' });
    expect(modes).toEqual([undefined]);
  });

  it('is looked for in both ways of reading', async () => {
    const { options, modes } = read(sourceOf(['other'], 'other'), source);
    expect(await readPageDocument(3, address, signal, options)).toEqual({ document: kept, chatId: 'chat' });
    expect(modes).toEqual([undefined, 'everything']);
  });

  it('is what the page says now, where that is something else', async () => {
    const other = sourceOf(['other'], 'other');
    const { options } = read(other);
    expect(await readPageDocument(3, address, signal, options)).toEqual({
      document: { source: other, tokens: 9 },
    });
  });
});

describe('a bubble', () => {
  const connection = {
    provider: { id: 'test', name: 'Test', wire: 'openai-compatible' },
    model: { id: 'm', name: 'Model', window: 1_000 },
  } as Connection;
  const make = (
    updates: (options: TranslateOptions) => AsyncIterable<SelectionUpdate>,
    more: Partial<BubbleDeps> = {},
  ) => {
    const asked: TranslateOptions[] = [];
    const seen: string[] = [];
    const bubble = createBubble(selected, 'zh-Hans', {
      readDocument: async () => ({ document: { source, tokens: 10 }, chatId: 'chat' }),
      connect: async () => connection,
      check: async () => {},
      connected: async () => [
        connection,
        { ...connection, model: { ...connection.model, name: 'Long', window: 9_000 } },
      ],
      languageOf: async () => 'en',
      isAlready: async () => false,
      firstCached: async () => true,
      translate: (options) => {
        asked.push(options);
        return updates(options);
      },
      ...more,
    });
    bubble.subscribe(() => {
      const { status } = bubble.get();
      if (seen.at(-1) !== status) seen.push(status);
    });
    return { bubble, asked, seen };
  };
  const done: SelectionUpdate = { text: '主席裁定', terms: [], state: 'done', answer: '主席裁定' };
  async function* whole() {
    yield { text: '主席', terms: [], state: 'streaming' } as SelectionUpdate;
    yield { ...done, usage: { input: 100, cached: 90 } } as SelectionUpdate;
  }

  it('reads, waits, streams and is done; what was cached is said', async () => {
    const { bubble, asked, seen } = make(whole);
    await bubble.start();
    expect(seen).toEqual(['reading', 'waiting', 'streaming', 'done']);
    expect(asked).toMatchObject([{ paragraphs: [4], lang: 'zh-Hans', chatId: 'chat', selected }]);
    expect(bubble.get()).toMatchObject({
      text: '主席裁定',
      from: 'en',
      words: source.words,
      saysCached: true,
    });
    expect(bubble.result()).toMatchObject({ chatId: 'chat', update: { answer: '主席裁定' } });
  });

  it('says so when the words need no translation, no model is connected, or the site is never read', async () => {
    const same = make(whole, { isAlready: async (_, __, lang) => lang === 'zh-Hans' });
    await same.bubble.start();
    expect(same.bubble.get().status).toBe('same');
    await same.bubble.setLanguage('en');
    expect(same.bubble.get()).toMatchObject({ status: 'done', to: 'en' });
    const anyway = make(whole, { isAlready: async () => true });
    await anyway.bubble.anyway();
    expect(anyway.bubble.get().status).toBe('done');
    const none = make(whole, {
      connect: async () =>
        ({ ...connection, provider: { ...connection.provider, wire: 'excerpts' } }) as Connection,
    });
    await none.bubble.start();
    expect(none.bubble.get().status).toBe('no-model');
    const { AppError } = await import('@/utils/errors');
    const never = make(whole, {
      readDocument: async () => Promise.reject(new AppError('never-read', { site: 'a.test' })),
    });
    await never.bubble.start();
    expect(never.bubble.get()).toMatchObject({ status: 'failed', trouble: { code: 'never-read' } });
    expect([same, none, never].flatMap(({ asked }) => asked)).toHaveLength(1);
  });

  it('offers a longer model and the section where it is too long, and sends neither unasked', async () => {
    const long = async function* ({ connection: used, document }: TranslateOptions) {
      if (used.model.window > 1_000 || document.source.id !== source.id) yield done;
      else
        yield {
          text: '',
          terms: [],
          state: 'failed',
          trouble: { code: 'too-long', facts: { needed: 2_000, limit: 1_000, model: 'Model' } },
        } as SelectionUpdate;
    };
    const { bubble, asked } = make(long);
    await bubble.start();
    expect(bubble.get()).toMatchObject({
      status: 'too-long',
      tooLong: {
        needed: 2_000,
        limit: 1_000,
        longer: [{ model: { name: 'Long' } }],
        sectionWords: sectionAround(source, 4)?.words,
      },
    });
    expect(asked).toHaveLength(1);
    await bubble.onlySection();
    expect(bubble.get()).toMatchObject({ status: 'done', isSection: true });
    expect(asked[1]?.document.source.segments.map(({ number }) => number)).toEqual([3, 4, 5]);
    expect(asked[1]).not.toHaveProperty('chatId');
    const other = make(long);
    await other.bubble.start();
    const [model] = other.bubble.get().tooLong?.longer ?? [];
    if (model) await other.bubble.withModel(model);
    expect(other.bubble.get().status).toBe('done');
  });

  it('keeps what came when it is stopped or breaks off, and what was there when a wish fails', async () => {
    const stopped = make(async function* ({ signal }) {
      yield { text: '主席', terms: [], state: 'streaming' };
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      yield done;
    });
    const running = stopped.bubble.start();
    await expect.poll(() => stopped.bubble.get().status).toBe('streaming');
    stopped.bubble.stop();
    await running;
    expect(stopped.bubble.get()).toMatchObject({ status: 'stopped', text: '主席' });
    expect(stopped.bubble.result()).toBeUndefined();
    const failing = make(async function* ({ wish }) {
      if (wish) yield { text: '', terms: [], state: 'failed', trouble: { code: 'server-error', facts: {} } };
      else yield done;
    });
    await failing.bubble.start();
    await failing.bubble.again('shorter');
    expect(failing.bubble.get()).toMatchObject({
      status: 'failed',
      text: '主席裁定',
      trouble: { code: 'server-error' },
    });
    expect(failing.asked[1]).toMatchObject({ wish: 'shorter', earlier: '主席裁定' });
  });

  it('shows other wordings beside the translation', async () => {
    const { bubble } = make(async function* ({ wish }) {
      yield wish ? { text: '', terms: [], alternatives: ['甲', '乙'], state: 'done' } : done;
    });
    await bubble.start();
    await bubble.again('alternatives');
    expect(bubble.get()).toMatchObject({ status: 'done', text: '主席裁定', alternatives: ['甲', '乙'] });
    expect(bubble.result()?.update.answer).toBe('主席裁定');
    bubble.choose('乙');
    expect(bubble.get()).toMatchObject({ text: '乙', alternatives: ['甲', '主席裁定'] });
    expect(bubble.result()?.update.answer).toBe('乙');
    bubble.choose('no such wording');
    expect(bubble.get().text).toBe('乙');
  });

  it('has its translation again when a wish is stopped, or takes the place of another', async () => {
    const { bubble, asked } = make(async function* ({ wish, signal }) {
      yield wish ? { text: '半', terms: [], state: 'streaming' } : done;
      if (wish) await new Promise((resolve) => signal.addEventListener('abort', resolve));
    });
    await bubble.start();
    void bubble.again('shorter');
    await expect.poll(() => bubble.get().text).toBe('半');
    void bubble.again('longer');
    await expect.poll(() => asked.length).toBe(3);
    expect(asked[2]).toMatchObject({ wish: 'longer', earlier: '主席裁定' });
    bubble.stop();
    expect(bubble.get()).toMatchObject({ status: 'done', text: '主席裁定' });
    expect(bubble.result()?.update.answer).toBe('主席裁定');
  });
});
