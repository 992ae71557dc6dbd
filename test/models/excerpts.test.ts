import { marked } from 'marked';
import { afterEach, describe, expect, it } from 'vitest';
import { setLanguage, t } from '@/utils/i18n';
import type { Connection, Part, Request } from '@/utils/models/types';
import { excerpts } from '@/utils/models/wire/excerpts';
import { plainText } from '@/utils/models/wire/excerpts/marks';
import { numberPassages, type Passage, passageText, type Source } from '@/utils/source';
import { cpuTime } from '../cpu-time.ts';

const connection: Connection = {
  provider: {
    id: 'excerpts',
    name: 'Excerpts',
    wire: 'excerpts',
    baseUrl: '',
    needsKey: false,
    asOf: '',
    models: [],
  },
  baseUrl: '',
  model: { id: 'excerpts', name: 'Excerpts', window: Number.POSITIVE_INFINITY },
};

afterEach(() => setLanguage('en'));

function sourceOf(passages: Passage[], { title = 'A title', lang = 'en' } = {}): Source {
  return { id: title, kind: 'tab', title, lang, gaps: [], readAt: 0, ...numberPassages(passages) };
}

function requestFor(documents: Source[], question = ''): Request {
  return { messages: [], documents, task: question ? 'answer' : 'summarize', question, reserve: 0 };
}

async function read(
  request: Request,
  signal = new AbortController().signal,
): Promise<{ text: string; parts: Part[] }> {
  const parts: Part[] = [];
  for await (const part of excerpts(request, connection, { signal })) parts.push(part);
  return { parts, text: parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join('') };
}

/** Each quote of an answer as the reader sees it, with its place. */
function quotesIn(markdown: string): { words: string; document: number; paragraph: number }[] {
  return markdown
    .split('\n\n')
    .filter((block) => block.startsWith('> '))
    .map((block) => {
      const html = marked.parse(block, { async: false }).replace(/<[^>]+>/g, '');
      const text = html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"');
      const [, words, document, paragraph] =
        /^(.*?) (?:(\d+) )?¶(\d+)$/s.exec(text.replaceAll('&#39;', "'").replaceAll('&amp;', '&').trim()) ??
        [];
      return { words: words ?? '', document: Number(document ?? 1), paragraph: Number(paragraph) };
    });
}

const subjects = [
  'The tide mill',
  'A wide pond',
  'The harbour board',
  'Every old gate',
  'The long wall',
  'An eel',
];
const acts = ['needs', 'keeps', 'shares', 'follows', 'protects', 'measures'];
const objects = [
  'the falling water',
  'a narrow creek',
  'the *silver* ledger',
  'the [high tide](https://a.b/c_d)',
];
const endings = [
  'in every season',
  'near `code_name`',
  'for the town[^1]',
  'under the moon',
  'against **heavy** storms',
];

/** An article with sections, marks of all kinds and `count` sentences, four to a paragraph. */
function article(count: number): Passage[] {
  const passages: Passage[] = [{ text: '# A title', kind: 'heading' }];
  for (let index = 0; index < count; index += 4) {
    if (index % 24 === 0) passages.push({ text: `## Section ${index / 24 + 1} of *all*`, kind: 'heading' });
    const lines = [0, 1, 2, 3].map((offset) => {
      const number = index + offset;
      const pick = (list: string[], factor: number): string =>
        list[(number * factor + (number >> 2)) % list.length] ?? '';
      return `${pick(subjects, 5)} ${pick(acts, 7)} ${pick(objects, 3)} ${pick(endings, 2)} with rule ${number}.`;
    });
    passages.push({
      text: `${index % 16 === 8 ? '> ' : ''}${lines.join(' ')}`,
      kind: index % 16 === 8 ? 'quote' : 'text',
    });
  }
  return passages;
}

describe('summary', () => {
  it('says what it is, how much it chose, and quotes under the headings of the article', async () => {
    const { text, parts } = await read(requestFor([sourceOf(article(96))]));
    const blocks = text.split('\n\n');
    const quotes = quotesIn(text);
    expect(blocks[0]).toBe(t('excerpts.about'));
    expect(blocks[1]).toBe(t('excerpts.summary', { count: 13, total: 96 }));
    expect(blocks[2]).toBe('### Section 1 of all');
    expect(blocks[3]).toMatch(/^> /);
    expect(blocks.at(-1)).toBe(t('excerpts.follow'));
    expect(
      blocks.filter((block) => block.startsWith('#')).every((block) => /^### Section \d of all$/.test(block)),
    ).toBe(true);
    expect(quotes.map(({ paragraph }) => paragraph)).toEqual(
      quotes.map(({ paragraph }) => paragraph).sort((one, other) => one - other),
    );
    expect(parts.at(-1)).toEqual({ type: 'end', reason: 'stop' });
    expect(parts.filter((part) => part.type === 'end')).toHaveLength(1);
  });

  it('quotes to the letter from the passages it names', async () => {
    const source = sourceOf(article(200));
    const quotes = quotesIn((await read(requestFor([source]))).text);
    expect(quotes.length).toBeGreaterThan(8);
    for (const { words, paragraph } of quotes) {
      const kind = source.segments[paragraph - 1]?.kind;
      expect(plainText(passageText(source, paragraph) ?? '', kind)).toContain(words);
    }
  });

  it('keeps words that look like Markdown', async () => {
    const odd = [
      '1984. A novel by O_r_w_e_l_l about <b>tags</b> & &amp; entities.',
      '# of items * 2 equals [x] for `y` at https://a_b.c/d_e_f today.',
    ];
    const texts = odd.map((text) => text.replace(/[\\`*_[\]<&]/g, '\\$&'));
    const { text } = await read(
      requestFor([sourceOf(texts.map((words) => ({ text: words, kind: 'text' })))]),
    );
    expect(quotesIn(text).map(({ words }) => words)).toEqual(odd);
  });

  it('is the same every time', async () => {
    const documents = [sourceOf(article(160))];
    expect((await read(requestFor(documents))).text).toBe((await read(requestFor(documents))).text);
  });

  it('shows a short text whole, neighbours in one quote, without spaces that are not there', async () => {
    await setLanguage('zh_CN');
    const source = sourceOf(
      [
        { text: '天黑了。下雨了。', kind: 'text' },
        { text: '门开了。', kind: 'text' },
      ],
      { lang: 'zh' },
    );
    const { text } = await read(requestFor([source]));
    expect(text.split('\n\n')).toEqual([
      t('excerpts.about'),
      t('excerpts.summaryAll', { total: 3 }),
      '> 天黑了。下雨了。 ¶1',
      '> 门开了。 ¶2',
      t('excerpts.follow'),
    ]);
  });

  it('numbers several documents and lets each speak', async () => {
    const documents = [
      sourceOf(article(48), { title: 'First *one*' }),
      sourceOf(article(400), { title: 'Second' }),
    ];
    const { text } = await read(requestFor(documents));
    expect(text).toContain('## 1 · First \\*one\\*');
    expect(text).toContain('## 2 · Second');
    const quotes = quotesIn(text);
    expect(quotes.filter(({ document }) => document === 1).length).toBeGreaterThanOrEqual(3);
    expect(quotes.filter(({ document }) => document === 2).length).toBeGreaterThanOrEqual(3);
    expect(text).toMatch(/^> .* 2 ¶\d+$/m);
  });

  it('ends with an error when there is nothing to quote', async () => {
    for (const documents of [[], [sourceOf([])], [sourceOf([{ text: '## Only', kind: 'heading' }])]])
      expect((await read(requestFor(documents))).parts).toEqual([
        { type: 'end', reason: 'error', trouble: { code: 'empty-answer', facts: {} } },
      ]);
  });
});

describe('answer', () => {
  const passages: Passage[] = [
    ...article(80),
    { text: '## The lagoon', kind: 'heading' },
    {
      text: 'The lagoon failed. Mud refilled it every winter, and *nobody* could pay the dredgers.',
      kind: 'text',
    },
  ];

  it('quotes the passages nearest to the question, the nearest first', async () => {
    const source = sourceOf(passages);
    const { text, parts } = await read(requestFor([source], 'Why did mud ruin the lagoon?'));
    expect(text.split('\n\n')).toEqual([
      t('excerpts.about'),
      t('excerpts.passages', { count: 1 }),
      `> The lagoon failed. Mud refilled it every winter, and nobody could pay the dredgers. ¶${source.segments.length}`,
      t('excerpts.follow'),
    ]);
    expect(parts.at(-1)).toEqual({ type: 'end', reason: 'stop' });
  });

  it('names the document among several', async () => {
    const documents = [sourceOf(article(40)), sourceOf(passages, { title: 'Other' })];
    const [quote] = quotesIn((await read(requestFor(documents, 'lagoon dredgers'))).text);
    expect(quote).toMatchObject({ document: 2, paragraph: passages.length });
  });

  it('says so when no passage shares a word', async () => {
    const { text, parts } = await read(requestFor([sourceOf(passages)], 'Quantenphysik?'));
    expect(text).toBe(`${t('excerpts.about')}\n\n${t('excerpts.nothing')}`);
    expect(parts.at(-1)).toEqual({ type: 'end', reason: 'stop' });
  });
});

describe('the stream', () => {
  it('ends as aborted before the first word, and in the middle', async () => {
    const request = requestFor([sourceOf(article(96))]);
    expect((await read(request, AbortSignal.abort())).parts).toEqual([{ type: 'end', reason: 'aborted' }]);

    const controller = new AbortController();
    const parts: Part[] = [];
    for await (const part of excerpts(request, connection, { signal: controller.signal })) {
      parts.push(part);
      if (parts.length === 3) controller.abort();
    }
    expect(parts).toHaveLength(4);
    expect(parts.at(-1)).toEqual({ type: 'end', reason: 'aborted' });
  });

  it('is heard while it ranks: a stop ends the work long before it would be done', async () => {
    const controller = new AbortController();
    const book = sourceOf(bookOf(400_000), { lang: 'zh' });
    setTimeout(() => controller.abort(), 20);
    const { parts } = await read(requestFor([book]), controller.signal);
    expect(parts.at(-1)).toEqual({ type: 'end', reason: 'aborted' });
    expect(parts.length).toBeLessThan(4);
  });

  it('gives the event loop a task between two parts', async () => {
    let tasks = 0;
    let running = true;
    const count = (): void => {
      tasks++;
      if (running) setImmediate(count);
    };
    setImmediate(count);
    const { parts } = await read(requestFor([sourceOf(article(96))]));
    running = false;
    expect(tasks).toBeGreaterThanOrEqual(parts.length - 1);
  });

  it('reads 200,000 Chinese characters in under 3 s, and four times the text in less than eight times the time', async () => {
    const timeOf = async (characters: number): Promise<number> => {
      const request = requestFor([sourceOf(bookOf(characters), { lang: 'zh' })]);
      const times: number[] = [];
      for (let run = 0; run < 3; run++) {
        const started = cpuTime();
        expect((await read(request)).parts.at(-1)).toEqual({ type: 'end', reason: 'stop' });
        times.push(cpuTime() - started);
      }
      return Math.min(...times);
    };
    const short = await timeOf(50_000);
    const long = await timeOf(200_000);
    console.log(
      `Excerpts: 50,000 Han characters in ${short.toFixed(0)} ms, 200,000 in ${long.toFixed(0)} ms`,
    );
    expect(long).toBeLessThan(3000);
    expect(long / short).toBeLessThan(8);
  }, 30_000);
});

/** Random Chinese in paragraphs of four sentences. */
function bookOf(characters: number): Passage[] {
  const signs =
    '山水风云星辰天地草木江河湖海城乡道路桥梁船车牛羊鱼鸟书信诗画春夏秋冬灯火声音历史文化科学经济法律教育';
  let state = 5;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * limit);
  };
  const words = Array.from({ length: 4000 }, () => `${signs[below(50)]}${signs[below(50)]}`);
  const passages: Passage[] = [];
  for (let length = 0; length < characters; length += passages.at(-1)?.text.length ?? 1) {
    const line = (): string =>
      Array.from({ length: 8 + below(12) }, () => words[below(below(4000) + 1)]).join('');
    passages.push({ text: `${line()}。${line()}。${line()}。${line()}。`, kind: 'text' });
  }
  return passages;
}
