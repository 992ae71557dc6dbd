import { describe, expect, it } from 'vitest';
import { openPage, translated } from './steps';

const all = (text: string, unit = 1) => ({ type: 'place' as const, placements: [{ unit, text }] });

const paper = `
  <h1 id="top">Minutes of <em>the</em> meeting</h1>
  <p class="lead">The <a id="a" href="/chair" name="x" onclick="go()">Chair</a> opened <b>it</b> at <code id="c">rev-4</code>.</p>
  <div>Loose words<p>A paragraph</p>after it</div>
  <ul><li>One thing<ul><li><a href="/b">A whole link</a></li></ul></li></ul>
  <table><tbody><tr><td>A cell</td><td>2024</td></tr></tbody></table>`;

describe('both', () => {
  it('stands inside the block, behind the run, and touches nothing of the page', async () => {
    const page = openPage(paper);
    const units = await page.start();
    const nodes = [...page.document.querySelectorAll('body *')];
    await page.tell({
      type: 'place',
      placements: units.map(({ id, text }) => ({ unit: id, text: translated(text) })),
    });
    const own = [...page.document.querySelectorAll('wholemoon-t')];
    expect(own.map(({ parentElement, textContent }) => [parentElement?.localName, textContent])).toEqual([
      ['h1', '译7 译2 译3 译7'],
      ['p', '译3 译5 译6 译2 译2 rev-4.'],
      ['div', '译5 译5'],
      ['p', '译1 译9'],
      ['div', '译5 译2'],
      ['li', '译3 译5'],
      ['a', '译1 译5 译4'],
      ['td', '译1 译4'],
    ]);
    expect(own[2]?.nextElementSibling?.localName).toBe('p');
    for (const element of own) {
      expect(element.getAttribute('translate')).toBe('no');
      expect(element.getAttribute('lang')).toBe('zh-Hans');
      expect(element.getAttribute('dir')).toBe('ltr');
    }
    expect(
      [...page.document.querySelectorAll('body *')].filter((element) => nodes.includes(element)),
    ).toEqual(nodes);
  });

  it('has the links and the code of the page, without what names them or runs in them', async () => {
    const page = openPage(paper);
    await page.start();
    await page.tell(all('<3/> 由 <1>主席</1> <2>开</2>', 2));
    const own = page.document.querySelector('p wholemoon-t');
    expect(own?.innerHTML).toBe('<code>rev-4</code> 由 <a href="/chair">主席</a> <b>开</b>');
  });

  it('takes what a model says for text', async () => {
    const page = openPage('<p>Some words here</p>');
    await page.start();
    await page.tell(all('<img src=x onerror=alert(1)> <b>x</b> <script>alert(1)</script>'));
    const own = page.document.querySelector('wholemoon-t') as Element;
    expect(own.children).toHaveLength(0);
    expect(own.textContent).toBe('<img src=x onerror=alert(1)> <b>x</b> <script>alert(1)</script>');
  });

  it('fills the slots when the numbers are wrong, and lists the links when there are no marks; both are counted', async () => {
    const page = openPage(
      '<p>See <a href="/1">one</a> now</p><p>See <a href="/2">two</a> and <a href="/3">three</a> now</p>',
    );
    await page.start();
    await page.tell(all('看 <7>一</7> 吧', 1));
    await page.tell(all('看看', 2));
    const [first, second] = page.document.querySelectorAll('wholemoon-t');
    expect(first?.innerHTML).toBe('看 <a href="/1">一</a> 吧');
    expect(second?.innerHTML).toBe('看看 <a href="/2">two</a> <a href="/3">three</a>');
    expect(page.sent.at(-1)).toEqual({ type: 'written', exact: 0, slots: 1, plain: 1 });
  });

  it('underlines terms, and replaces a translation by a newer one', async () => {
    const page = openPage('<p>The chair spoke of <a href="/c">the chair</a></p>');
    await page.start();
    await page.tell({
      type: 'place',
      placements: [
        {
          unit: 1,
          text: '主席谈到<1>主席职权</1>，主席',
          terms: [
            { words: '主席', id: 't1' },
            { words: '主席职权', id: 't2' },
          ],
        },
      ],
    });
    const terms = [...page.document.querySelectorAll('wholemoon-t-term')];
    expect(
      terms.map((term) => [term.textContent, term.getAttribute('data-term'), term.getAttribute('tabindex')]),
    ).toEqual([
      ['主席', 't1', '0'],
      ['主席职权', 't2', null],
      ['主席', 't1', '-1'],
    ]);
    await page.tell(all('椅子<1>子</1>'));
    expect([...page.document.querySelectorAll('wholemoon-t')].map(({ textContent }) => textContent)).toEqual([
      '椅子子',
    ]);
  });

  it('shows lines in waiting, and a sign that asks again', async () => {
    const page = openPage('<p>Some words here</p><p>Other words here</p>');
    await page.start();
    await page.tell({ type: 'waiting', units: [1, 2] });
    expect(page.document.querySelectorAll('wholemoon-t[data-state=waiting]')).toHaveLength(2);
    await page.tell({ type: 'failed', units: [2] });
    await page.tell(all('一些话'));
    const sign = page.document.querySelector('wholemoon-t-again') as HTMLElement;
    expect(sign.getAttribute('aria-label')).toBe('Translate again');
    expect(sign.getAttribute('tabindex')).toBe('0');
    await page.tell({ type: 'failed', units: [] });
    expect([...page.document.querySelectorAll('wholemoon-t')].map(({ textContent }) => textContent)).toEqual([
      '一些话',
    ]);
  });

  it('says which way it is written', async () => {
    const page = openPage('<p>Some words here</p>');
    await page.start({ lang: 'ar' });
    await page.tell(all('بعض الكلمات'));
    expect(page.document.querySelector('wholemoon-t')?.getAttribute('dir')).toBe('rtl');
  });
});

describe('translation only', () => {
  it('stands in the texts of the page when nothing changes places', async () => {
    const page = openPage('<p> The <a href="/c">Chair</a> opened <b>it</b>. </p>');
    const link = page.document.querySelector('a');
    await page.start({ display: 'translation' });
    await page.tell(all('这位<1>主席</1>打开了<2>它</2>。'));
    const paragraph = page.document.querySelector('p') as Element;
    expect(paragraph.innerHTML).toBe(' 这位<a href="/c">主席</a>打开了<b>它</b>。 ');
    expect(page.document.querySelector('a')).toBe(link);
    expect(paragraph.getAttribute('lang')).toBe('zh-Hans');
    expect(paragraph.getAttribute('dir')).toBe('ltr');
  });

  it('stands in the place of the text when links change places', async () => {
    const page = openPage('<div>Before <a href="/1">one</a> and <a href="/2">two</a><p>Block</p></div>');
    await page.start({ display: 'translation' });
    await page.tell(all('<2>二</2>与<1>一</1>', 1));
    const own = page.document.querySelector('wholemoon-t') as Element;
    expect(own.innerHTML).toBe('<a href="/2">二</a>与<a href="/1">一</a>');
    expect(own.getAttribute('data-form')).toBe('instead');
    const seen = [...(page.document.querySelector('div') as Element).childNodes].filter(
      (node) => !(node as Element).hasAttribute?.('data-wholemoon-off') && node.textContent,
    );
    expect(seen.map(({ textContent }) => textContent)).toEqual(['二与一', 'Block']);
  });
});

/**
 * Why a translation whose words change places stands in its block and not as a copy of the block behind it: what an app
 * does to its blocks it does by their nodes, and a copy is none of them.
 */
describe('translation only in an app that moves and removes its blocks', () => {
  const body = `<ul><li>One <a href="/1">a</a> and <b>b</b></li><li>Two <a href="/2">c</a> and <b>d</b></li></ul>
    <table><tbody><tr><td>Row <a href="/3">e</a> and <b>f</b></td><td>7</td></tr></tbody></table>`;
  /** As React does with keyed items: the second comes first, then it is gone. */
  const act = (items: Iterable<Element>) => {
    const [first, second] = items;
    first?.parentNode?.insertBefore(second as Node, first);
    second?.remove();
  };
  const seen = (document: Document) =>
    [...document.querySelectorAll('ul > *')].filter((item) => !(item as HTMLElement).hidden).length;

  it('goes with its block, adds no item and no cell, and is taken out to the byte', async () => {
    const page = openPage(body);
    const units = await page.start({ display: 'translation' });
    await page.tell({
      type: 'place',
      placements: units.map(({ id }) => ({ unit: id, text: '<2>乙</2>在<1>甲</1>前' })),
    });
    expect(page.document.querySelectorAll('[data-form=instead]')).toHaveLength(3);
    expect(page.document.querySelectorAll('td')).toHaveLength(2);
    act(page.document.querySelectorAll('li'));
    expect(page.document.querySelectorAll('ul > li wholemoon-t')).toHaveLength(1);
    expect(page.document.querySelectorAll('ul > wholemoon-t')).toHaveLength(0);
    expect(seen(page.document)).toBe(1);
    await page.undo();
    const untouched = openPage(body).document;
    act(untouched.querySelectorAll('li'));
    expect(page.document.body.innerHTML).toBe(untouched.body.innerHTML);
  });

  it('would be left behind as a copy after the block, and be one cell too many', () => {
    const { document } = openPage(body);
    const items = [...document.querySelectorAll('li')];
    for (const block of document.querySelectorAll('li, td:first-child')) {
      const copy = block.cloneNode(false) as HTMLElement;
      copy.textContent = '译文';
      (block as HTMLElement).hidden = true;
      block.after(copy);
    }
    act(items);
    // One item is left, and two copies.
    expect(seen(document)).toBe(2);
    expect(document.querySelectorAll('td')).toHaveLength(3);
  });
});

describe('every way back', () => {
  const pages = {
    paper,
    'a language of its own': '<p lang="en" dir="ltr" class="">Some <i>words</i> here</p>',
    'two runs in one block': '<div>One run<p>and a block</p>another <b>run</b> here</div>',
    'neighbouring texts': '<p>a b<!-- x -->c d</p>',
  };
  const reorder = (text: string) => {
    const parts = translated(text).match(/<(\d+)>[^<]*<\/\1>|<\d+\/>|[^<]+/g) ?? [];
    return parts.reverse().join('');
  };
  describe.each(Object.entries(pages))('%s', (_, body) => {
    it.each(['both', 'translation'] as const)('%s: undo gives the page to the byte', async (display) => {
      for (const turnInto of [translated, reorder, () => '没有标记']) {
        const page = openPage(body);
        (page.document.querySelector('p') as Element).append(
          page.document.createTextNode('x'),
          page.document.createTextNode('y z'),
        );
        const before = page.document.documentElement.outerHTML;
        const texts = () => {
          const walker = page.document.createTreeWalker(page.document.body, 4);
          const found: string[] = [];
          while (walker.nextNode()) found.push((walker.currentNode as Text).data);
          return found;
        };
        const pieces = texts();
        const units = await page.start({ display });
        await page.tell({ type: 'waiting', units: units.map(({ id }) => id) });
        await page.tell({
          type: 'place',
          placements: units.slice(units.length > 1 ? 1 : 0).map(({ id, text }) => ({
            unit: id,
            text: turnInto(text),
            terms: id % 2 ? [{ words: '译', id: 't' }] : undefined,
          })),
        });
        if (units[1]) await page.tell({ type: 'failed', units: [1] });
        expect(page.document.documentElement.outerHTML).not.toBe(before);
        await page.tell({ type: 'display', display: 'original' });
        expect(page.document.documentElement.outerHTML).toBe(before);
        for (const other of ['translation', 'both', 'translation'] as const)
          await page.tell({ type: 'display', display: other });
        await page.undo();
        expect(page.document.documentElement.outerHTML).toBe(before);
        expect(texts()).toEqual(pieces);
      }
    });
  });

  it('leaves what the page has written since', async () => {
    const page = openPage('<p id="a">Some <b>words</b> here</p><p>Others here</p>');
    const units = await page.start({ display: 'translation' });
    await page.tell({
      type: 'place',
      placements: units.map(({ id, text }) => ({ unit: id, text: translated(text) })),
    });
    const paragraph = page.document.querySelector('#a') as HTMLElement;
    (paragraph.firstChild as Text).data = 'New ';
    paragraph.setAttribute('lang', 'fr');
    await page.undo();
    expect(page.document.body.innerHTML).toBe(
      '<p id="a" lang="fr">New <b>words</b> here</p><p>Others here</p>',
    );
  });

  it('starts again after an undo, with new numbers', async () => {
    const page = openPage('<p>Some words here</p>');
    await page.start();
    await page.undo();
    page.sent.length = 0;
    expect((await page.start()).map(({ id }) => id)).toEqual([2]);
  });
});
