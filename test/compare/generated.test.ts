import { describe, expect, it } from 'vitest';
import { type ComparisonCell, checkCell } from '@/utils/compare';
import { numberPassages, type Source } from '@/utils/source';
import { Random } from '../fixtures/random';

/**
 * Documents with facts whose figures are known, cells that state them in the ways in which models do, and cells that are
 * invented. What is right must never be called missing, and what is invented must never be called verified.
 */

const source = (title: string, lang: string, passages: string[]): Source => ({
  id: title,
  readAt: 0,
  kind: 'tab',
  title,
  lang,
  gaps: [],
  ...numberPassages(passages.map((text) => ({ text, kind: 'text' }))),
});

const months = 'January February March April May June July August September October November December'.split(
  ' ',
);
const han = '零一二三四五六七八九';
const grouped = (value: number, mark = ',') => String(value).replace(/\B(?=(\d{3})+$)/g, mark);
const wide = (text: string) =>
  text.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
const hanOf = (value: number): string =>
  value < 10
    ? (han[value] ?? '')
    : value < 100
      ? `${value >= 20 ? han[Math.floor(value / 10)] : ''}十${value % 10 ? han[value % 10] : ''}`
      : `${han[Math.floor(value / 100)]}百${value % 100 ? (value % 100 < 10 ? `零${han[value % 100]}` : `${han[Math.floor((value % 100) / 10)]}十${value % 10 ? han[value % 10] : ''}`) : ''}`;

interface Fact {
  sentence: string;
  quote: string;
  /** Ways to state it. */
  right: string[];
  /** Ways to state something else of the same kind. */
  wrong: string[];
}

function englishFacts(random: Random): Fact[] {
  const between = (from: number, to: number) => from + random.below(to - from);
  const other = (value: number) => Math.round(value * (random.below(2) ? 1.37 : 0.61)) + 1;
  const price = between(1_050, 9_900);
  const grams = between(120, 990);
  const hours = between(21, 99);
  const share = between(12, 98);
  const million = between(11, 99) / 10;
  const day = between(10, 28);
  const month = between(0, 12);
  const year = between(2001, 2026);
  const storage = 2 ** between(5, 10);
  const low = between(30, 60);
  const high = low + between(11, 40);
  return [
    {
      sentence: `In most shops it sells for €${grouped(price)} including tax.`,
      quote: `sells for €${grouped(price)}`,
      right: [
        `€${price}`,
        `€${grouped(price)}`,
        `${grouped(price)} €`,
        `EUR ${price}`,
        `${grouped(price, '.')} €`,
        `${price} euros`,
        `about €${grouped(price)}`,
        wide(`€${price}`),
        `€ ${grouped(price, ' ')}`,
      ],
      wrong: [`€${other(price)}`, `€${grouped(other(price))}`, `$${price}`, `${grouped(other(price))} euros`],
    },
    {
      sentence: `With its battery the whole device weighs ${grams} grams.`,
      quote: `weighs ${grams} grams`,
      right: [
        `${grams} g`,
        `${grams}g`,
        `${grams} grams`,
        `${grams / 1000} kg`,
        `${grams}克`,
        `weighs ${grams} g`,
      ],
      wrong: [`${other(grams)} g`, `${grams} kg`, `${other(grams)} grams`, `${grams / 100} kg`],
    },
    {
      sentence: `The maker says that a charge lasts ${hours} hours of reading.`,
      quote: `lasts ${hours} hours`,
      right: [
        `${hours} hours`,
        `${hours} h of reading`,
        `up to ${hours} hours`,
        `${hours}小时`,
        `${hours * 60} minutes`,
      ],
      wrong: [`${other(hours)} hours`, `${hours} days`, `${other(hours)}小时`],
    },
    {
      sentence: `It uses ${share} percent less power than the last one.`,
      quote: `${share} percent less power`,
      right: [`${share}%`, `${share} % less`, `${share} percent`, `${share}％`],
      wrong: [`${(share + 31) % 97 || 5}%`, `${(share + 17) % 89 || 7} percent`],
    },
    {
      sentence: `So far ${million} million of them have been sold.`,
      quote: `${million} million of them`,
      right: [
        `${million} million`,
        grouped(Math.round(million * 1e6)),
        `${Math.round(million * 100)}万`,
        `${million}M`,
        `${million} Mio.`,
      ],
      wrong: [`${(million + 3.3).toFixed(1)} million`, grouped(Math.round((million + 2.7) * 1e6))],
    },
    {
      sentence: `It came out on ${months[month]} ${day}, ${year}, in Europe.`,
      quote: `came out on ${months[month]} ${day}, ${year}`,
      right: [
        `${months[month]} ${day}, ${year}`,
        `${day} ${months[month]} ${year}`,
        `${year}-${String(month + 1).padStart(2, '0')}-${day}`,
        `${year}年${month + 1}月${day}日`,
        `${months[month]} ${year}`,
        `${months[month]?.slice(0, 3)} ${day}`,
        String(year),
      ],
      wrong: [
        `${months[month]} ${day === 28 ? 27 : day + 1}, ${year}`,
        `${year}-${String(((month + 3) % 12) + 1).padStart(2, '0')}-${day}`,
        `${months[(month + 5) % 12]} ${year}`,
        `${year + 31}`,
      ],
    },
    {
      sentence: `There are ${storage} GB of storage for books.`,
      quote: `${storage} GB of storage`,
      right: [`${storage} GB`, `${storage}GB`, `${storage} gb of storage`],
      wrong: [`${storage * 2 + 1} GB`, `${storage} MB`, `${storage + 3}GB`],
    },
    {
      sentence: `It works in rooms of ${low} to ${high} square metres, with six levels of light.`,
      quote: `${low} to ${high} square metres`,
      right: [`${low}–${high} m²`, `${low}-${high} square metres`, `${low} to ${high}`, `6 levels of light`],
      wrong: [`${low}–${high + 43} m²`, `${low + 111} square metres`],
    },
  ];
}

function chineseFacts(random: Random): Fact[] {
  const between = (from: number, to: number) => from + random.below(to - from);
  const price = between(110, 990);
  const weeks = between(3, 20);
  const share = between(12, 98);
  const sold = between(11, 99) / 10;
  return [
    {
      sentence: `该机的售价为${hanOf(price)}元，含税。`,
      quote: `售价为${hanOf(price)}元`,
      right: [`${price}元`, `¥${price}`, `${hanOf(price)}元`, wide(`${price}元`), `约${price}元`],
      wrong: [`${price + 137}元`, `¥${price + 59}`, `${hanOf(price > 500 ? price - 137 : price + 137)}元`],
    },
    {
      sentence: `充一次电可以用${hanOf(weeks)}周左右。`,
      quote: `可以用${hanOf(weeks)}周`,
      right: [`${weeks}周`, `约${weeks}周`, `${weeks} weeks`, `${weeks * 7}天`],
      wrong: [`${weeks + 22}周`, `${weeks + 31} weeks`],
    },
    {
      sentence: `耗电比上一代少百分之${hanOf(share)}，很省。`,
      quote: `少百分之${hanOf(share)}`,
      right: [`${share}%`, `少${share}％`, `百分之${hanOf(share)}`],
      wrong: [`${((share + 37) % 90) + 3}%`],
    },
    {
      sentence: `累计销量达到${sold}万台以上。`,
      quote: `累计销量达到${sold}万台`,
      right: [`${sold}万台`, `${grouped(Math.round(sold * 10_000))}台`, `${Math.round(sold * 10_000)}`],
      wrong: [`${(sold + 2.3).toFixed(1)}万台`, `${grouped(Math.round((sold + 1.7) * 10_000))}台`],
    },
  ];
}

type Counts = Record<string, number>;
const count = (counts: Counts, state: string) => {
  counts[state] = (counts[state] ?? 0) + 1;
};

/** Fillers in between, with numbers of their own that no invented value is made of. */
const english = 'Nobody who has read on it at night wants another one, and this says more than any test.';
const chinese = '晚上用它看过书的人都不想再换别的。';

function run(documents: number) {
  const random = new Random(20_261_128);
  const right: Counts = {};
  const wrong: Counts = {};
  const bad: string[] = [];
  for (let number = 0; number < documents; number++) {
    const isChinese = number % 3 === 2;
    const facts = isChinese ? chineseFacts(random) : englishFacts(random);
    const passages = facts.flatMap(({ sentence }) => [isChinese ? chinese : english, sentence]);
    const sources = [source(`d${number}`, isChinese ? 'zh' : 'en', passages)];
    const check = (cell: ComparisonCell) => checkCell(cell, 1, sources).state;
    for (const [index, { quote, right: ways, wrong: inventions }] of facts.entries()) {
      const paragraph = index * 2 + 2;
      for (const text of ways) {
        const cells: ComparisonCell[] = [
          { text, quote, paragraph },
          { text, quote },
          { text, paragraph },
          { text, quote, paragraph: 1 },
        ];
        for (const cell of cells) {
          const state = check(cell);
          count(right, state);
          if (state === 'missing') bad.push(`right ${JSON.stringify(cell)} of ${passages[paragraph - 1]}`);
        }
      }
      for (const text of inventions) {
        const cells: ComparisonCell[] = [
          { text, quote, paragraph },
          { text, quote: quote.replace(/[\d.,]*\d|[一二三四五六七八九十百]+/u, text), paragraph },
          { text, paragraph },
          { text },
        ];
        for (const cell of cells) {
          const state = check(cell);
          count(wrong, state);
          if (state === 'verified') bad.push(`wrong ${JSON.stringify(cell)} of ${passages[paragraph - 1]}`);
        }
      }
    }
  }
  return { right, wrong, bad };
}

describe('generated cells', () => {
  const { right, wrong, bad } = run(300);
  const all = (counts: Counts) => Object.values(counts).reduce((sum, one) => sum + one, 0);

  it('are never called missing when they are right, and never verified when they are invented', () => {
    expect(bad).toEqual([]);
  });

  it('are verified or led to their place when they are right, nearly always', () => {
    const sure = (right.verified ?? 0) + (right.moved ?? 0);
    expect(all(right)).toBeGreaterThan(20_000);
    expect(sure / all(right)).toBeGreaterThan(0.7);
  });

  it('are found to be missing when they are invented, nearly always', () => {
    expect(all(wrong)).toBeGreaterThan(8_000);
    expect((wrong.missing ?? 0) / all(wrong)).toBeGreaterThan(0.97);
  });
});
