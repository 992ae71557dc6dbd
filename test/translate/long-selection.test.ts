import { expect, it } from 'vitest';
import type { Connection } from '@/utils/models/types';
import { writableTokens } from '@/utils/translate/batches';
import { partsOf } from '@/utils/translate/parts';
import { type SelectionOptions, translateSelection } from '@/utils/translate/selection';
import { cpuTime } from '../cpu-time';
import fc from '../fixtures/property';
import { documentOf } from './scripted';

const model = { id: 'm', name: 'Model', window: 1_000_000, outputLimit: 200_000 };
const connection = {
  provider: { id: 'custom', name: 'Test', wire: 'openai-compatible' },
  baseUrl: 'http://127.0.0.1:1',
  model,
} as unknown as Connection;

async function translate(
  answers: string[],
  more: Pick<SelectionOptions, 'document' | 'selection'> & Partial<SelectionOptions>,
) {
  let calls = 0;
  const stream: SelectionOptions['stream'] = async function* () {
    const answer = answers[Math.min(calls++, answers.length - 1)] ?? '';
    for (let at = 0; at < answer.length; at += 4)
      yield { type: 'text-delta', text: answer.slice(at, at + 4) };
    yield { type: 'end', reason: 'stop' };
  };
  let last: Awaited<ReturnType<ReturnType<typeof translateSelection>['next']>>['value'];
  let updates = 0;
  for await (const update of translateSelection({
    lang: 'zh-Hans',
    connection,
    signal: new AbortController().signal,
    account: async () => ({}),
    stream,
    ...more,
  })) {
    last = update;
    updates++;
  }
  return { last, updates, calls };
}

const long = (count: number) => {
  const text = Array.from(
    { length: count },
    (_, index) => `Sentence number ${index} of a selection stands here for all to see, with enough words.`,
  ).join(' ');
  const answer = Array.from(
    { length: count },
    (_, index) => `选段的第${index}句在这里，谁都看得见，字数也足够。`,
  ).join('');
  const others = Array.from({ length: count }, (_, index) => ({
    text: `Paragraph ${index} of the document says something else entirely, about the harbour and its master.`,
  }));
  const document = documentOf([{ text }, ...others]);
  return { answer, document, selection: { text, paragraphs: [1] } };
};

it('costs four times as much for a selection four times as long, while it streams', async () => {
  const [short, longer] = [long(310), long(1_240)];
  expect(longer.selection.text.length).toBeGreaterThan(100_000);
  await translate([short.answer], short);
  const timed = async ({ answer, ...rest }: ReturnType<typeof long>) => {
    const before = cpuTime();
    const { last } = await translate([answer], rest);
    expect(last).toMatchObject({ state: 'done', text: answer });
    return cpuTime() - before;
  };
  const [once, four] = [await timed(short), await timed(longer)];
  expect(four / once).toBeLessThan(9);
  expect(four).toBeLessThan(5_000);
});

it('finds what was not selected also at the very end of a long answer', async () => {
  const { answer, document, selection } = long(200);
  const other = document.source.text.slice(
    document.source.segments[7]?.start,
    document.source.segments[9]?.end,
  );
  const { last, calls } = await translate([`${answer}${other}`], { document, selection });
  expect(last).toMatchObject({ state: 'failed', text: '', trouble: { code: 'translation-leak' } });
  expect(calls).toBe(2);
});

it('may write what the document has as its own translation beside it', async () => {
  const english =
    'The lessee shall return the berth in the state in which it was handed over, fair wear and tear excepted, and bear the cost of any repair that the harbour master thinks necessary after the inspection.';
  const chinese =
    '承租人应当按照交付时的状态归还泊位，正常磨损除外，并且承担港务长在检查之后认为必要的一切修理费用。承租人逾期不归还的，应当按日支付双倍租金，并赔偿出租人因此遭受的全部损失，包括但不限于因泊位无法另行出租而产生的损失。前款规定不影响出租人依照法律或者本合同的约定解除合同、收回泊位的权利。';
  const document = documentOf([{ text: english }, { text: chinese }]);
  const { last, calls } = await translate([chinese], {
    document,
    selection: { text: `${english} ${english}`, paragraphs: [1] },
  });
  expect(last).toMatchObject({ state: 'done', text: chinese });
  expect(calls).toBe(1);
  // In the same script as the selection it is a part of the document that nobody selected.
  const other = `${english} And more of it, which stands in another paragraph than what was selected here.`;
  const leaking = await translate([other], {
    document: documentOf([
      { text: 'A short passage of some words that was selected by the reader.' },
      { text: other },
    ]),
    selection: { text: 'A short passage of some words that was selected by the reader.', paragraphs: [1] },
  });
  expect(leaking.last).toMatchObject({ state: 'failed', trouble: { code: 'translation-leak' } });
});

it('joins parts as the selection was joined, and sentences as the script does', async () => {
  const small = { ...connection, model: { ...model, outputLimit: 300 } };
  const joined = async (text: string, answer: string) => {
    const document = documentOf([{ text }]);
    const selection = { text, paragraphs: [1] };
    const { last, calls } = await translate([answer], { document, selection, connection: small });
    expect(calls).toBeGreaterThan(1);
    return last?.text.split(answer).slice(1, -1);
  };
  const english = 'One sentence of some words stands here. '.repeat(90).trim();
  for (const joint of (await joined(english, '甲句。')) ?? []) expect(joint).toBe('');
  for (const joint of (await joined(english, 'Une phrase.')) ?? []) expect(joint).toBe(' ');
  for (const joint of (await joined('这里有一句话，不长也不短。'.repeat(60), 'A sentence.')) ?? [])
    expect(joint).toBe(' ');
  const paragraphs = `${'word '.repeat(100)}\n\n${'other '.repeat(100)}`;
  expect(await joined(paragraphs, '甲句。')).toEqual(['\n\n']);
});

it('is cut also where there is no end of a sentence, at no more than linear cost', () => {
  const most = writableTokens({ window: 200_000, outputLimit: 8_000 });
  for (const text of ['word '.repeat(20_000), '字'.repeat(100_000), 'a1B2'.repeat(25_000)]) {
    const before = cpuTime();
    const parts = partsOf(text, most);
    expect(cpuTime() - before).toBeLessThan(2_000);
    expect(parts.length).toBeGreaterThan(3);
    expect(
      parts
        .map((part) => part.text + part.after)
        .join('')
        .trim(),
    ).toBe(text.trim());
  }
  const before = cpuTime();
  expect(partsOf('This is a sentence of some words. '.repeat(30_000), 38_000).length).toBeGreaterThan(5);
  expect(cpuTime() - before).toBeLessThan(3_000);
});

it('is cut into parts of which no character is missing, whatever it is', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc.integer({ min: 1, max: 50 }),
      (text, most) => {
        const parts = partsOf(text, most, (part) => part.length);
        const letters = (all: string) => all.replace(/\s/g, '');
        expect(letters(parts.map((part) => part.text).join(''))).toBe(letters(text));
      },
    ),
  );
});
