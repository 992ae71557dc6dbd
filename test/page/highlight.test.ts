import { describe, expect, it } from 'vitest';
import { plainPassage } from '@/utils/citations';
import { readPage } from '@/utils/page';
import { findPassage, highlightPassage } from '@/utils/page/highlight';
import { passageText } from '@/utils/source';
import { fixturePage, pageOf } from '../fixtures/documents';

const found = (html: string, passage: string) =>
  findPassage(pageOf(`<body>${html}</body>`).body, passage)?.toString();

describe('findPassage', () => {
  it('finds a paragraph from its first letter to its last', async () => {
    expect(found('<p>Before.</p><p>The tide turns.</p><p>After.</p>', 'The tide turns.')).toBe(
      'The tide turns',
    );
  });

  it('finds a passage across inline elements', async () => {
    const html = '<p>The <b>ti</b>de <a href="#">tu<i>rn</i>s</a> at six.</p>';
    expect(found(html, 'The tide turns at six.')).toBe('The tide turns at six');
  });

  it('finds a passage whose white space is different', async () => {
    const html = '<p>The\n   tide\u00a0turns</p>\n<p>at six</p>';
    expect(found(html, 'The tide turns at  six')).toMatch(/^The\s+tide\sturns\s+at six$/);
  });

  it('finds a passage whose marks are different', async () => {
    const html = '<p>“The tide turns” – twice; see <em>there</em>.</p>';
    expect(found(html, '"The **tide** turns" - twice, see *there*')).toBe(
      'The tide turns” – twice; see there',
    );
  });

  it('finds Chinese, Japanese and Korean text', async () => {
    const html =
      '<p>前文。</p><p>潮水<b>每天</b>涨落两次。</p><p>潮は満ち引きする。</p><p>조수는 바뀐다.</p>';
    expect(found(html, '潮水每天涨落两次。')).toBe('潮水每天涨落两次');
    expect(found(html, '潮は満ち引きする。')).toBe('潮は満ち引きする');
    expect(found(html, '조수는 바뀐다.')).toBe('조수는 바뀐다');
  });

  it('finds letters outside the basic plane', async () => {
    expect(found('<p>a𠮷野</p><p>𠮷b</p>', '𠮷野')).toBe('𠮷野');
    expect(found('<p>x𠮷</p>', '𠮷')).toBe('𠮷');
  });

  it('paints the beginning when the end of a long passage has changed', async () => {
    const start = 'The keeper of the light writes down every ship that passes the point. '.repeat(3);
    const range = found(`<p>${start}Old end.</p>`, `${start}New end.`);
    expect(range?.length).toBeGreaterThan(120);
    expect(start.startsWith(range ?? 'missing')).toBe(true);
  });

  it.each([
    ['a passage that is not there', 'The moon turns.'],
    ['a short passage whose end has changed', 'The tide turns back.'],
    ['an empty passage', ''],
    ['a passage without letters', '— … ¶ 🌕'],
  ])('finds nothing for %s', (_, passage) => {
    expect(found('<p>The tide turns.</p>', passage)).toBeUndefined();
  });

  it('does not look into scripts and styles', async () => {
    const html = '<script>the tide turns</script><style>the tide turns</style><p>Nothing.</p>';
    expect(found(html, 'the tide turns')).toBeUndefined();
  });

  it('finds every passage of a page that was read', async () => {
    const page = fixturePage('article.html');
    const reading = await readPage(page);
    const missing = reading.segments.filter(
      ({ number }) => !findPassage(page.body, plainPassage(passageText(reading, number) ?? '')),
    );
    expect(missing).toEqual([]);
  });

  it('finds a block of code by what is cited of it', async () => {
    const page = pageOf(
      '<body><h1>How to</h1><p>First of all, run this in a shell and wait.</p><pre><code class="language-sh">npm install\nnpm start</code></pre></body>',
    );
    const reading = await readPage(page);
    const code = reading.segments.find(({ kind }) => kind === 'code');
    const passage = plainPassage(passageText(reading, code?.number ?? 0) ?? '');
    expect(findPassage(page.body, passage)?.toString()).toBe('npm install\nnpm start');
  });
});

describe('highlightPassage', () => {
  it('says whether the page has the words, and scrolls to them', async () => {
    const page = pageOf('<body><p>One.</p><p id="two">Two words.</p></body>');
    const seen: string[] = [];
    for (const element of page.querySelectorAll('p')) {
      element.scrollIntoView = () => void seen.push(element.id);
    }
    // jsdom has no CSS object; a browser always has one.
    Object.defineProperty(page.defaultView, 'CSS', { value: {} });
    expect(highlightPassage(page, 'Two words')).toBe(true);
    expect(highlightPassage(page, 'Three words')).toBe(false);
    expect(seen).toEqual(['two']);
  });

  it('looks first at the elements that the passage was read from', async () => {
    const page = pageOf(
      '<body><p id="one">Same words.</p><p id="two">Same words.</p><p id="three">∑</p></body>',
    );
    const seen: string[] = [];
    for (const element of page.querySelectorAll('p')) {
      element.scrollIntoView = () => void seen.push(element.id);
    }
    Object.defineProperty(page.defaultView, 'CSS', { value: {} });
    const [, two, three] = page.querySelectorAll('p');
    expect(highlightPassage(page, 'Same words.', two ? [two] : [])).toBe(true);
    // A formula has other letters in the text than on the page.
    expect(highlightPassage(page, '$\\sum$', three ? [three] : [])).toBe(true);
    expect(seen).toEqual(['two', 'three']);
  });
});
