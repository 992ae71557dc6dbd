import { afterEach, describe, expect, it } from 'vitest';
import { citedText } from '@/utils/chat/export/cited-text';
import { answerAsMarkdown, chatAsMarkdown, type ShownChat } from '@/utils/chat/export/markdown';
import { setLanguage } from '@/utils/i18n';
import type { Source } from '@/utils/source';
import { cpuTime } from '../../cpu-time.ts';
import { anAnswer, aSending, aTurn } from '../../fixtures/records';
import { sourceOf } from '../../fixtures/sources';

const time = new Date(2026, 10, 28, 10, 42).getTime();
afterEach(() => setLanguage('en'));

const mills = () =>
  sourceOf(
    [
      { text: '# Tide mills', kind: 'heading' },
      'The **pond** at Carrow earns back its [turbine](https://example.org/t) in eleven years; the same pond needed thirty when it was last costed.',
      'Sluices kill eels.\nAt two of the nine sites.',
    ],
    { title: 'The return of the *tide* mill', url: 'https://example.org/mills_(2026)#top', readAt: time },
  );
const notes = () =>
  sourceOf(
    ['九座磨坊正在发电。', 'An image ![spy](https://evil.example/x.png) and <script>alert(1)</script>.'],
    {
      title: 'notes.pdf',
      url: undefined,
      kind: 'file',
      pages: 2,
      readAt: time,
      gaps: [
        { why: 'scanned-pages', size: 1, sample: '2' },
        { why: 'furniture', size: 900 },
      ],
    },
  );

async function shown(): Promise<ShownChat> {
  const sources = [await mills(), await notes()];
  return {
    title: '  Mills <b>&</b>\n[eels] ',
    sources,
    sourcesFor: () => sources,
    turns: [
      {
        turn: aTurn({ question: 'Summarise this page', askedAt: time }),
        answer: anAnswer({
          model: 'kimi-k2.5',
          thinking: 'A thought that is nobody’s business.',
          text: '**Mills come back** 1 ¶2. They kill eels 1 ¶3, and nine of them run 2 ¶1.\n\n- so it says 1 ¶2\n\n```\ncode 1 ¶2\n```',
        }),
      },
      {
        turn: aTurn({
          id: 'turn-2',
          question: 'And this?\n\n![x](https://evil.example/q.png)',
          askedAt: time,
          images: [{ type: 'image', mediaType: 'image/png', data: 'AAAA' }],
        }),
        answer: anAnswer({ reason: 'cut-off', text: 'Nobody knows 1 ¶99', model: 'kimi-k2.5' }),
      },
      { turn: aTurn({ id: 'turn-3', question: 'Never answered', askedAt: time }) },
    ],
  };
}

describe('a chat as Markdown', () => {
  it('has sources, questions, answers, links that work and the passages that were cited', async () => {
    expect(await chatAsMarkdown(await shown(), time)).toMatchSnapshot();
  });

  it('speaks Chinese', async () => {
    await setLanguage('zh_CN');
    const text = await chatAsMarkdown(await shown(), time);
    expect(text).toContain('## 来源');
    expect(text).toContain('## 引用的原文');
    expect(text).toMatchSnapshot();
  });

  it('has no thinking, and nothing in it loads by itself or is markup', async () => {
    const text = await chatAsMarkdown(await shown(), time);
    expect(text).not.toContain('business');
    expect(text).not.toMatch(/(?<!\\)!\[/);
    expect(text).not.toMatch(/(?<!\\)<(?:b|script)/);
    expect(text).not.toContain('A thought');
  });

  it('says when an answer was read in passes, or when the server cut what was sent', async () => {
    const chat = await shown();
    const [first] = chat.turns;
    if (first?.answer) {
      first.answer.passes = { plan: [[], []], notes: [] };
      first.answer.sendings = [aSending({ alarm: { reported: 10, expected: 1_000 } })];
    }
    const text = await chatAsMarkdown(chat, time);
    expect(text).toContain('*Read in 2 passes, not together*');
    expect(text).toContain('cannot be trusted');
  });

  it('calls every source by the number under which it was sent', async () => {
    const chat = await shown();
    const [one, two] = chat.sources as [Source, Source];
    const spare = await sourceOf(['Never cited.'], { title: 'Spare', readAt: time });
    const sent = (id: string, index: number) => ({ id, index, title: '', characters: 1, tokens: 1 });
    // The first of three was sent as 3, the second as 2; what was sent as 1 is not part of this branch.
    const bySource = [sent('of another branch', 1), sent(two.id, 2), sent(one.id, 3)];
    const sending = aSending({ estimate: { ...aSending().estimate, bySource } });
    const leftOut = { ...one, id: '', text: '', segments: [] };
    const text = await chatAsMarkdown(
      {
        ...chat,
        sources: [one, two, spare],
        sourcesFor: () => [leftOut, two, one],
        turns: [
          { turn: aTurn(), answer: anAnswer({ text: 'They kill eels 3 ¶3. So 2 ¶1.', sendings: [sending] }) },
        ],
      },
      time,
    );
    const lines = text.split('\n');
    expect(lines.filter((line) => /^(?:\d+\.|- \*\*\d)/.test(line)).map((line) => line.slice(0, 24))).toEqual(
      [
        expect.stringMatching(/^- \*\*2\*\* notes/),
        expect.stringMatching(/^- \*\*3\*\* \[The return/),
        expect.stringMatching(/^- \*\*4\*\*.*Spare/),
      ],
    );
    expect(text).toMatch(/They kill eels \[3 ¶3\]/);
    expect(text).toMatch(/\*\*2 ¶1\*\* notes\.pdf/);
    expect(text).toMatch(/\*\*\[3 ¶3\]\([^)]*(?:%29[^)]*)*\)\*\* The return/);
  });

  it('is made of records that lack what older ones had not', async () => {
    const turns = [{ turn: aTurn({ question: '' }), answer: anAnswer({ text: '', reason: undefined }) }];
    const text = await chatAsMarkdown({ title: '', turns, sources: [], sourcesFor: () => [] }, time);
    expect(text).toContain('# Chat without a title');
    expect(text).toContain('*No answer*');
  });
});

describe('citations', () => {
  const link = 'https://example.org/p#:~:text=The%20tide%20turns';
  let page: Source;
  const cited = async (text: string) => {
    page = await sourceOf(['The tide turns.', 'Well\u2011known, isn’t it: half-light.'], {
      url: 'https://example.org/p',
    });
    return citedText(text, [page], 'not found');
  };

  it.each([
    ['It turns ¶1.', `It turns [¶1](${link}).`],
    ['It turns [¶1].', `It turns [[¶1](${link})].`],
    ['¶1', `[¶1](${link})`],
    ['Both ¶1¶1', `Both [¶1](${link})[¶1](${link})`],
    ['So ¶ 1 too', `So [¶1](${link}) too`],
    ['In 4.2 ¶1', `In 4.2 [¶1](${link})`],
    ['Nowhere ¶77.', 'Nowhere ~~¶77~~ (not found).'],
    // what is code or a link stays as it is
    ['`¶1` and ``a ` ¶1`` but ¶1', `\`¶1\` and \`\`a \` ¶1\`\` but [¶1](${link})`],
    ['An open ` tick ¶1', `An open \` tick [¶1](${link})`],
    // a link that a model makes of a citation leads to the passage all the same
    ['[see ¶1](https://evil.example/a)', `see [¶1](${link})`],
    ['[¶1](https://evil.example/a)', `[¶1](${link})`],
    ['`[¶1](https://example.org/a)`', '`[¶1](https://example.org/a)`'],
    // what is quoted has to be there
    ['“Nothing of the kind was ever said” ¶1', '“Nothing of the kind was ever said” ~~¶1~~ (not found)'],
    ['It says “the tide turns” ¶1', `It says “the tide turns” [¶1](${link})`],
    ['[see](https://example.org/¶1)', '[see](https://example.org/¶1)'],
    ['~~~\n¶1\n~~~\n¶1', `~~~\n¶1\n~~~\n[¶1](${link})`],
    ['```js\n¶1', '```js\n¶1'],
    // what would load or be markup is text
    ['![a](https://evil.example/a.png)', '\\![a](https://evil.example/a.png)'],
    ['<img src=x> 1 < 2', '\\<img src=x> 1 < 2'],
    ['`<img>` ![x]', '`<img>` \\![x]'],
  ])('%j', async (text, expected) => {
    expect((await cited(text)).text).toBe(expected);
  });

  it('lead to the words, whatever signs are in them', async () => {
    const { places } = await cited('So ¶2');
    expect(places).toMatchObject([
      {
        paragraph: 2,
        address: 'https://example.org/p#:~:text=Well%E2%80%91known%2C%20isn%E2%80%99t%20it%3A%20half%2Dlight',
      },
    ]);
  });

  it('are plain where a source has no address, and lead to the page of a PDF', async () => {
    const file = await sourceOf(['One.'], { url: 'file:///home/me/a.pdf' });
    expect(await answerAsMarkdown(anAnswer({ text: 'So ¶1' }), [file])).toBe('So ¶1');
    const pdf = await sourceOf([{ text: 'One.', kind: 'text', page: 7 }], {
      url: 'https://example.org/a.pdf',
    });
    expect(await answerAsMarkdown(anAnswer({ text: 'So ¶1' }), [pdf])).toBe(
      'So [¶1](https://example.org/a.pdf#page=7)',
    );
    const program = await sourceOf(['One.'], { url: 'javascript:alert(1)' });
    expect(await answerAsMarkdown(anAnswer({ text: 'So ¶1' }), [program])).toBe('So ¶1');
  });

  it('are checked in long sources as well, which takes a while', async () => {
    const long = await sourceOf(
      Array.from({ length: 9_000 }, (_, index) => `Passage ${index} is about the tide and the mill.`),
      { url: 'https://example.org/long' },
    );
    const text = '“Passage 8000 is about the tide” ¶1 and “that was never said by anybody” ¶2';
    expect(await answerAsMarkdown(anAnswer({ text }), [long])).toBe(
      '“Passage 8000 is about the tide” [¶8001](https://example.org/long#:~:text=Passage%208000%20is%20about%20the%20tide) and “that was never said by anybody” ~~¶2~~ (not found in the source)',
    );
  });

  it('take time in step with the length of the answer', async () => {
    const started = cpuTime();
    await cited('` ¶1 `` '.repeat(20_000));
    await cited(`${'['.repeat(50_000)}${'](x '.repeat(10_000)}`);
    expect(cpuTime() - started).toBeLessThan(3_000);
  });
});
