import { describe, expect, it } from 'vitest';
import { markIn, type Piece, searchText } from '@/utils/store/search/excerpts';
import { termsOf } from '@/utils/store/search/terms';
import { cpuTime } from '../../cpu-time.ts';

const finds = (query: string, text: string) => {
  const terms = termsOf(query);
  return terms.length > 0 && searchText(text, terms)?.terms.size === terms.length;
};
const marked = (pieces: Piece[] = []) =>
  pieces.map(({ text, marked }) => (marked ? `[${text}]` : text)).join('');
const excerpt = (query: string, text: string) => marked(searchText(text, termsOf(query))?.excerpt);

describe('what is found', () => {
  it.each([
    // case and accents
    ['eel', 'EELS at the sluice'],
    ['EEL', 'an eel'],
    ['cafe', 'The Café at noon'],
    ['café', 'cafe\u0301 with the accent set apart'],
    ['lü', 'Lǚ LU\u0308'],
    ['naive', 'a naïve reader'],
    // width
    ['GPT4', 'ＧＰＴ４ を使う'],
    ['ＧＰＴ４', 'gpt4'],
    ['カメラ', 'ｶﾒﾗの話'],
    ['ガラス', 'ｶﾞﾗｽとガラス'],
    ['ｶﾞﾗｽ', 'ガラス'],
    // Chinese has no words: any run of characters
    ['潮', '说的是潮水。'],
    ['潮水', '水位与潮 水的关系'],
    ['潮汐磨坊', '潮汐\n磨坊又回来了'],
    ['GPT模型', '用 GPT 模型读'],
    ['潮　水位', '水位 潮'],
    // spaces and signs
    ['"tide mill"', 'the tide\u00a0 mill'],
    ['“tide mill”', 'the tide\nmill'],
    ["mill's", 'the mill’s wheel'],
    ['self-made', 'a self‑made wheel'],
    ['efficient', 'an eﬃcient wheel'],
    ['final', 'the ﬁnal word'],
    ['hyphenation', 'hyphen\u00adation'],
    // any order
    ['mill tide', 'the tide turns the mill'],
    // what would be signs of a pattern
    ['a.b*c', 'the file a.b*c is there'],
    ['(x|y)[z]', 'see (x|y)[z]'],
    ['\\d+$', 'the pattern \\d+$ finds figures'],
    ['^', 'a ^ b'],
    ['$&', 'replace with $&'],
    ['C++', 'written in C++'],
    ['100%', 'at 100% of the height'],
    // pictures
    ['🌕', 'the moon 🌕 is full'],
    ['👩‍🚀', 'she is a 👩‍🚀'],
    ['❤️', 'with ❤ and ❤️'],
    ['①', 'step ①'],
    ['…', 'and so on …'],
    ['𠮷', '𠮷野家'],
  ])('%s in “%s”', (query, text) => expect(finds(query, text)).toBe(true));

  it.each([
    ['a.b', 'axb'],
    ['café', 'cafe'],
    ['tidemill', 'tide mill'],
    ['潮水', '潮位之水'],
    ['.*', 'anything'],
    ['mill eel', 'only a mill'],
    ['"mill tide"', 'tide mill, mill and tide'],
    ['\ud83c', 'the moon 🌕'],
  ])('not %s in “%s”', (query, text) => expect(finds(query, text)).toBe(false));

  it.each(['', '   ', '\u3000', '\u200b'])('nothing for %j', (query) => {
    expect(termsOf(query)).toEqual([]);
  });

  it('does not grow faster than the text for patterns that invite it to', () => {
    const started = cpuTime();
    expect(finds('潮'.repeat(200), `${'潮 '.repeat(50_000)}汐`)).toBe(true);
    expect(finds(`${'a'.repeat(300)}b`, 'a'.repeat(200_000))).toBe(false);
    expect(cpuTime() - started).toBeLessThan(3_000);
  });
});

describe('the words around it', () => {
  it('begin and end with whole words, and what was searched for is marked', () => {
    const text = `${'Nothing to see here, only water and stone. '.repeat(9)}The sluices still kill eels at two of the nine sites, and nobody counts. ${'More of the same stands below it. '.repeat(9)}`;
    expect(excerpt('eel', text)).toBe(
      '…The sluices still kill [eel]s at two of the nine sites, and nobody counts. More of the same stands below it. More of the same…',
    );
  });

  it('are those where most of the words stand together', () => {
    const text = `An eel alone. ${'x '.repeat(300)} The eel and the mill. ${'y '.repeat(300)}`;
    expect(excerpt('mill eel', text)).toContain('The [eel] and the [mill].');
  });

  it('have no marks of Markdown and no line ends', () => {
    const text = '## The **tide**\n\n- turns [the mill](https://example.org/eel "x") `twice`\n- an eel';
    expect(excerpt('eel', text)).not.toMatch(/[#*`\n]|https/);
    expect(excerpt('tide', text)).toContain('The [tide] turns the mill');
  });

  it('do not begin or end within a character', () => {
    const moons = '🌕'.repeat(200);
    const text = excerpt('eel', `${moons}eel${moons}`);
    expect(text.isWellFormed()).toBe(true);
    expect(text).toMatch(/^…🌕+\[eel\]🌕+…$/u);
  });

  it('are no address of a link that nobody reads', () => {
    expect(finds('news', 'see [the page](https://news.example.org/a)')).toBe(false);
    expect(finds('news', 'see [the news](https://news.example.org/a)')).toBe(true);
  });

  it('are cut from Chinese as well', () => {
    const text = `${'水'.repeat(300)}鳗鱼${'山'.repeat(300)}`;
    expect(excerpt('鳗鱼', text)).toBe(`…${'水'.repeat(26)}[鳗鱼]${'山'.repeat(102)}…`);
  });

  it('stand in a title as a whole', () => {
    expect(marked(markIn('<b>Tide</b> mills & tides', termsOf('tide')))).toBe(
      '<b>[Tide]</b> mills & [tide]s',
    );
    expect(markIn('Nothing', termsOf('tide'))).toEqual([{ text: 'Nothing' }]);
  });
});
