import { describe, expect, it } from 'vitest';
import { plainPassage } from '@/utils/citations';
import { readPage } from '@/utils/page';
import { findPassage, findQuotes } from '@/utils/page/find-passage';
import { showInPage } from '@/utils/page/highlight';
import { passageText } from '@/utils/source';
import { fixturePage, pageOf } from '../fixtures/documents';

const found = (html: string, passage: string) =>
  findPassage(pageOf(`<body>${html}</body>`).body, passage)?.toString();

describe('findPassage', () => {
  it('finds the one of equal passages that is meant, and the last where there are fewer', async () => {
    const html = '<p id="a">Read more.</p><p id="b">Read more.</p><p id="c">Read more.</p>';
    const { body } = pageOf(html);
    const placeOf = (occurrence: number) =>
      findPassage(body, 'Read more.', occurrence)?.startContainer.parentElement?.id;
    expect([0, 1, 2, 7].map(placeOf)).toEqual(['a', 'b', 'c', 'c']);
  });

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

describe('findQuotes', () => {
  const quoted = (html: string, passage: string, quotes: string[], occurrence = 0) =>
    findQuotes(pageOf(`<body>${html}</body>`).body, passage, quotes, occurrence)?.map(String);

  it('finds the very words within their passage', () => {
    const html = '<p>Six boats.</p><p>At <b>six</b> boats come, at seven none.</p>';
    expect(quoted(html, 'At six boats come, at seven none.', ['six boats', 'none'])).toEqual([
      'six boats',
      'none',
    ]);
  });

  it('keeps to the passage that is meant of several with the same words', () => {
    const page = pageOf('<body><p>The tide turns.</p><p id="two">The tide turns.</p></body>');
    const [range] = findQuotes(page.body, 'The tide turns.', ['tide'], 1) ?? [];
    expect(range?.startContainer.parentElement?.id).toBe('two');
  });

  it('finds the words when the rest of the passage has changed', () => {
    expect(quoted('<p>Now the tide turns at seven.</p>', 'The tide turns at six.', ['tide turns'])).toEqual([
      'tide turns',
    ]);
  });

  it('finds nothing when one of the words is gone', () => {
    expect(quoted('<p>The tide turns.</p>', 'The tide turns at six.', ['tide', 'at six'])).toBeUndefined();
  });
});

describe('showInPage', () => {
  /** A page that notes what is scrolled to; jsdom has no layout and no CSS object. */
  const pageWith = (body: string) => {
    const page = pageOf(`<body>${body}</body>`);
    const seen: string[] = [];
    for (const element of page.querySelectorAll('*'))
      element.scrollIntoView = () => void seen.push(element.id);
    Object.defineProperty(page.defaultView, 'CSS', { value: {} });
    return { page, seen };
  };
  const show = (page: Document, plain: string, elements: Element[] = [], quotes: string[] = []) =>
    showInPage(page, { plain, quotes, occurrence: 0 }, { elements, patience: 0 });

  it('says whether the page has the words, and scrolls to them', async () => {
    const { page, seen } = pageWith('<p>One.</p><p id="two">Two words.</p>');
    expect(await show(page, 'Two words')).toBe('shown');
    expect(await show(page, 'Three words')).toBe('changed');
    expect(seen).toEqual(['two']);
  });

  it('looks first at the elements that the passage was read from', async () => {
    const { page, seen } = pageWith(
      '<p id="one">Same words.</p><p id="two">Same words.</p><p id="three">∑</p>',
    );
    const [, two, three] = page.querySelectorAll('p');
    expect(await show(page, 'Same words.', two ? [two] : [])).toBe('shown');
    // A formula has other letters in the text than on the page.
    expect(await show(page, '$\\sum$', three ? [three] : [])).toBe('shown');
    expect(seen).toEqual(['two', 'three']);
  });

  it('looks into shadow trees and frames of the same site', async () => {
    const { page } = pageWith('<div id="host"></div><iframe></iframe>');
    const shadow = page.getElementById('host')?.attachShadow({ mode: 'open' });
    shadow?.append(Object.assign(page.createElement('p'), { textContent: 'In the shadow.' }));
    for (const element of shadow?.querySelectorAll('*') ?? []) element.scrollIntoView = () => {};
    expect(await show(page, 'In the shadow.')).toBe('shown');
    const inner = page.querySelector('iframe')?.contentDocument;
    inner?.body.append(Object.assign(inner.createElement('p'), { textContent: 'In the frame.' }));
    for (const element of inner?.querySelectorAll('*') ?? []) element.scrollIntoView = () => {};
    if (inner) expect(await show(page, 'In the frame.')).toBe('shown');
  });

  it('opens what is folded around the words, and not what is folded elsewhere', async () => {
    const { page } = pageWith(
      '<details id="a"><summary>More</summary><details id="b"><p>Deep words.</p></details></details><details id="c"><summary>Shallow words.</summary></details><div id="d" hidden="until-found"><p>Late words.</p></div>',
    );
    expect(await show(page, 'Deep words.')).toBe('shown');
    expect(await show(page, 'Shallow words.')).toBe('shown');
    expect(await show(page, 'Late words.')).toBe('shown');
    expect([...page.querySelectorAll('details[open]')].map(({ id }) => id)).toEqual(['a', 'b']);
    expect(page.querySelector('[hidden]')).toBeNull();
  });

  it('waits for a page that builds itself up', async () => {
    const { page } = pageWith('<main></main>');
    setTimeout(() => {
      const late = Object.assign(page.createElement('p'), { textContent: 'Late words.' });
      late.scrollIntoView = () => {};
      page.querySelector('main')?.append(late);
    }, 50);
    const shown = showInPage(page, { plain: 'Late words.', quotes: [], occurrence: 0 }, { patience: 1_000 });
    expect(await shown).toBe('shown');
  });
});
