import { describe, expect, it } from 'vitest';
import { budgetFor, chooseSentences } from '@/utils/models/wire/excerpts/choose';
import { findPassages } from '@/utils/models/wire/excerpts/passages';
import { createPause } from '@/utils/models/wire/excerpts/pause';
import { lexRank, type Rows, rowsOf, similarity } from '@/utils/models/wire/excerpts/rank';
import type { Sentence } from '@/utils/models/wire/excerpts/sentences';
import { termsOf } from '@/utils/models/wire/excerpts/terms';

const pause = createPause(new AbortController().signal);

function sentences(texts: string[], perParagraph = 1): Sentence[] {
  return texts.map((text, index) => ({
    document: 0,
    paragraph: Math.floor(index / perParagraph) + 1,
    text,
    spaced: index % perParagraph > 0,
  }));
}

/** The same numbers the slow and plain way: every similarity in a table, the walk stepped 2,000 times. */
function denseLexRank(rows: Rows, jump = 0.15): number[] {
  const count = rows.starts.length - 1;
  const dense = Array.from({ length: count }, (_, row) => {
    const vector = new Array<number>(rows.columnOf.size).fill(0);
    for (let entry = rows.starts[row] ?? 0; entry < (rows.starts[row + 1] ?? 0); entry++)
      vector[rows.columns[entry] ?? 0] = rows.weights[entry] ?? 0;
    return vector;
  });
  const table = dense.map((one, row) =>
    dense.map((other, column) =>
      row === column ? 0 : one.reduce((sum, weight, term) => sum + weight * (other[term] ?? 0), 0),
    ),
  );
  const sums = table.map((line) => line.reduce((sum, value) => sum + value, 0));
  let scores = new Array<number>(count).fill(1 / count);
  for (let step = 0; step < 2000; step++)
    scores = scores.map((_, to) => {
      let sum = 0;
      for (let from = 0; from < count; from++) {
        const share = (sums[from] ?? 0) > 1e-9 ? (table[from]?.[to] ?? 0) / (sums[from] ?? 1) : 1 / count;
        sum += share * (scores[from] ?? 0);
      }
      return jump / count + (1 - jump) * sum;
    });
  return scores;
}

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
}

/** Chinese sentences of random two-character words with a long tail, as many as `characters` needs. */
function chinese(characters: number): string[] {
  const next = random(3);
  const signs =
    '山水风云星辰天地草木江河湖海城乡道路桥梁船车牛羊鱼鸟书信诗画春夏秋冬灯火声音历史文化科学经济法律教育';
  const sign = (): string => signs[Math.floor(next() * signs.length)] ?? '山';
  const words = Array.from({ length: 3000 }, () => sign() + sign());
  const list: string[] = [];
  for (let length = 0; length < characters; ) {
    const count = 8 + Math.floor(next() * 12);
    const text = Array.from({ length: count }, () => words[Math.floor(words.length * next() ** 2.5)]).join(
      '',
    );
    list.push(`${text}。`);
    length += text.length + 1;
  }
  return list;
}

describe('termsOf', () => {
  it.each([
    ['The Models’ token counts, aren’t they?', ['model', 'token', 'count']],
    [
      'Studies of GPT-4 in 2023: 200,000 tokens, 3.14',
      ['study', 'gpt', '4', '2023', '200000', 'token', '3.14'],
    ],
    ['ＡＢＣ Straße', ['abc', 'straße']],
    ['人工智能的发展', ['人工', '工智', '智能', '发展']],
    ['我的书', ['书']],
    ['2035年九座磨坊', ['2035', '座磨', '磨坊']],
    ['カタカナのテスト', ['カタ', 'タカ', 'カナ', 'ナの', 'のテ', 'テス', 'スト']],
    ['bus glass ponds cities shoes', ['bus', 'glass', 'pond', 'city', 'shoes']],
  ])('%s', (text, expected) => {
    expect(termsOf(text)).toEqual(expected);
  });

  it('adds single characters when asked', () => {
    expect(termsOf('潮水', { characters: true })).toEqual(['潮', '水', '潮水']);
  });
});

describe('lexRank', () => {
  const tiny = [
    'The tide mill grinds flour with the tide.',
    'A tide mill needs a pond and the tide.',
    'The pond of the mill fills at high tide.',
    'Flour is sold in the town.',
    'Completely unrelated chocolate elephants.',
  ];

  it('gives the scores of the dense matrix to 1e-9, lonely sentences included', async () => {
    const texts = [...tiny, '', 'Of the and.'];
    const rows = await rowsOf(texts, pause);
    const { scores } = await lexRank(rows, pause);
    const expected = denseLexRank(rows);
    for (const [index, score] of expected.entries()) expect(scores[index]).toBeCloseTo(score, 9);
    expect(scores.reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 9);
  });

  it('does so for a larger text, too', async () => {
    const rows = await rowsOf(chinese(3000), pause);
    const { scores } = await lexRank(rows, pause);
    const expected = denseLexRank(rows);
    expect(Math.max(...expected.map((score, index) => Math.abs(score - (scores[index] ?? 0))))).toBeLessThan(
      1e-9,
    );
  });

  it('ranks the sentence that shares most above the ones that share little or nothing', async () => {
    const rows = await rowsOf(tiny, pause);
    const { scores } = await lexRank(rows, pause);
    const order = [...scores.keys()].sort((one, other) => (scores[other] ?? 0) - (scores[one] ?? 0));
    expect(order.slice(0, 3).sort()).toEqual([0, 1, 2]);
    expect(order.at(-1)).toBe(4);
  });

  it('measures similarity as the cosine of the rows', async () => {
    const rows = await rowsOf(tiny, pause);
    expect(similarity(rows, 0, 0)).toBeCloseTo(1, 12);
    expect(similarity(rows, 0, 1)).toBeCloseTo(similarity(rows, 1, 0), 12);
    expect(similarity(rows, 0, 1)).toBeGreaterThan(similarity(rows, 0, 3));
    expect(similarity(rows, 0, 4)).toBe(0);
  });

  it('works in proportion to the text: four times the text, about four times the operations', async () => {
    const operations = async (characters: number): Promise<number> => {
      const rows = await rowsOf(chinese(characters), pause);
      return rows.columns.length * (await lexRank(rows, pause)).steps;
    };
    expect((await operations(200_000)) / (await operations(50_000))).toBeLessThan(6);
  });

  it('stops in the middle when the signal is aborted', async () => {
    const controller = new AbortController();
    const rows = await rowsOf(chinese(200_000), pause);
    const ranking = lexRank(
      rows,
      createPause(controller.signal, () => performance.now() * 1000),
    );
    controller.abort();
    await expect(ranking).rejects.toThrow(/abort/i);
  });
});

describe('chooseSentences', () => {
  async function choose(
    list: Sentence[],
    wanted: number,
    heading: (at: number) => string = () => '',
  ): Promise<number[]> {
    const texts = list.map((sentence) => sentence.text);
    const rows = await rowsOf(texts, pause);
    const { scores } = await lexRank(rows, pause);
    const headingOf = ({ paragraph }: Sentence): string => heading(paragraph);
    return chooseSentences({ sentences: list, rows, scores, title: '', headingOf }, wanted, pause);
  }

  it('grows its budget slowly', () => {
    expect([1, 5, 6, 20, 80, 500, 6000, 100_000].map((total) => budgetFor(total))).toEqual([
      1, 5, 3, 8, 12, 17, 24, 24,
    ]);
    expect(budgetFor(80, 2)).toBeLessThan(12);
    expect(budgetFor(80, 100)).toBe(3);
    expect(budgetFor(2, 100)).toBe(2);
  });

  it('takes one of two sentences that say the same', async () => {
    const list = chinese(2000);
    const repeated = '潮汐磨坊在卡罗河口重新开闸发电，每天两次，从不失约。';
    const all = sentences([repeated, ...list.slice(0, 20), repeated, ...list.slice(20), repeated]);
    const chosen = await choose(all, 12);
    expect(chosen.filter((index) => all[index]?.text === repeated).length).toBeLessThanOrEqual(1);
  });

  it('quotes once what a text only repeats', async () => {
    expect(
      await choose(sentences(Array(50).fill('The same thing is said again and again.')), 11),
    ).toHaveLength(1);
  });

  it('leaves notes and references out, but not a section that is called by such a word', async () => {
    const list = sentences(chinese(4000));
    const from = Math.floor(list.length / 2);
    for (const [heading, expected] of [
      ['References', false],
      ['参考文献[编辑]', false],
      ['Notes and references', false],
      ['Related work', true],
      ['Sources of power', true],
    ] as const) {
      const chosen = await choose(list, 12, (paragraph) => (paragraph > from ? heading : ''));
      expect([heading, chosen.some((index) => index >= from)]).toEqual([heading, expected]);
    }
  });

  it('hears every part of a long text, in the order of the text', async () => {
    const list = chinese(40_000);
    const chosen = await choose(sentences(list, 4), 18);
    expect(chosen).toHaveLength(18);
    expect(chosen).toEqual([...chosen].sort((one, other) => one - other));
    for (let ninth = 0; ninth < 9; ninth++) {
      const inside = (index: number): boolean => Math.floor((index * 9) / list.length) === ninth;
      expect(chosen.some(inside)).toBe(true);
    }
  });

  it('passes over fragments, questions without need, and what is too short or too long', async () => {
    const good = chinese(3000);
    const bad = ['潮水', `${'很长的句子没有尽头，'.repeat(60)}。`, '推荐阅读 热门排行 精彩视频 更多内容'];
    const list = sentences([...bad, ...good, ...bad]);
    const chosen = await choose(list, 12);
    expect(chosen.some((index) => bad.includes(list[index]?.text ?? ''))).toBe(false);
  });

  it('shows all of a very short text', async () => {
    expect(await choose(sentences(['Short.', 'Shorter.']), 5)).toEqual([0, 1]);
  });
});

describe('findPassages', () => {
  const list = sentences(
    [
      'The lagoon was announced in 2009.',
      'It was large.',
      'Nothing more is known here.',
      'The mud filled the lagoon every winter.',
      'Dredgers could not keep up with the mud.',
      'They left.',
      'Flour was sold in the town.',
      'The town liked flour.',
      'Bread came later.',
      '卡罗的潮水很准。',
      '水位由木杆量得。',
      '没有人反对。',
    ],
    3,
  );
  const ask = (question: string, headingOf = (_: Sentence): string => '') =>
    findPassages(list, question, headingOf, pause);

  it('puts the passage with the rarest words of the question first and quotes the best sentences', async () => {
    const [first, second] = await ask('Why did the mud fill the lagoon?');
    expect(first).toMatchObject({ from: 3, to: 5 });
    expect(second).toMatchObject({ from: 0 });
    expect(first?.score).toBeGreaterThan(second?.score ?? 0);
  });

  it('finds Chinese pairs, and a single character when that is the question', async () => {
    expect((await ask('潮水准不准？'))[0]?.from).toBe(9);
    expect((await ask('水呢？')).map(({ from }) => Math.floor(from / 3))).toEqual([3]);
    expect((await ask('木杆是什么？'))[0]).toMatchObject({ from: 10 });
  });

  it('finds nothing where no word is shared, and for an empty question', async () => {
    expect(await ask('quantum chromodynamics')).toEqual([]);
    expect(await ask('什么是量子？')).toEqual([]);
    expect(await ask(' ')).toEqual([]);
  });

  it('counts the heading over a passage', async () => {
    const found = await ask('gossip', ({ paragraph }) => (paragraph === 3 ? 'Town gossip' : ''));
    expect(found.map(({ from }) => from)).toEqual([6]);
  });

  it('never quotes more than three sentences or five passages', async () => {
    const many = sentences(
      Array.from({ length: 400 }, (_, index) => `Mill ${index} has a pond.`),
      8,
    );
    const found = await findPassages(many, 'mill pond', () => '', pause);
    expect(found.length).toBeLessThanOrEqual(5);
    expect(found.every(({ from, to }) => to - from >= 1 && to - from <= 3)).toBe(true);
  });
});
