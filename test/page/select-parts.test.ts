// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { layOut as layOutInSteps } from '@/utils/page/select/blocks';
import { isConsent } from '@/utils/page/select/consent';
import { addLetters, noLetters } from '@/utils/page/select/letters';
import { loadModel } from '@/utils/page/select/model';
import { placeNames, placesIn } from '@/utils/page/select/names';
import { droppedRoots } from '@/utils/page/select/roots';
import { runThrough } from '@/utils/page/select/steps';
import { keepTogether } from '@/utils/page/select/units';

const layOut = (root: Element, votes: Set<Text> | undefined) => runThrough(layOutInSteps(root, votes));

function bodyOf(html: string): HTMLElement {
  const page = document.implementation.createHTMLDocument('');
  page.body.innerHTML = html;
  return page.body;
}
const textsOf = (html: string) =>
  layOut(bodyOf(html), undefined).blocks.map(({ texts }) => texts.map(({ data }) => data).join(''));
const long =
  'The keeper of the ferry wrote down who had crossed, what they carried and how high the water stood. ';

describe('cutting a page into blocks', () => {
  it('begins a new block at every block-level element, and keeps inline elements with their words', () => {
    expect(textsOf('<p>one <b>two</b> three</p><div>four<p>five</p>six</div>')).toEqual([
      'one two three',
      'four',
      'five',
      'six',
    ]);
  });

  it('takes a code block as one, whatever is in it', () => {
    expect(textsOf('<p>before</p><pre><div>a = 1</div><div>b = 2</div></pre><p>after</p>')).toEqual([
      'before',
      'a = 1b = 2',
      'after',
    ]);
  });

  it('counts links, items of one template and the sections around a block', () => {
    const list = '<ul><li><a href="/1">One</a></li><li><a href="/2">Two</a></li><li>Six</li></ul>';
    const { blocks, root } = layOut(bodyOf(`${list}<p>${long}</p>`), undefined);
    const [one, , six, prose] = blocks;
    expect([one?.linked, six?.linked, root.linked]).toEqual([3, 0, 6]);
    expect(one?.box.nearestItem?.group).toMatchObject({ count: 3, blocks: 3, size: 9, linked: 6 });
    expect(prose?.box.nearestItem).toBeUndefined();
    expect(root.prose).toBe(prose?.letters.size);
    expect(one?.box.sections.half).toBe(root);
  });

  it('knows which text was voted for, and how far up the votes are', () => {
    const body = bodyOf(`<main><p>${long}</p></main><aside><div><p>Notices</p></div></aside>`);
    const votes = new Set([body.querySelector('main p')?.firstChild as Text]);
    const [chosen, other] = layOut(body, votes).blocks;
    expect([chosen?.voted, other?.voted]).toEqual([chosen?.letters.size, 0]);
    expect([chosen?.box.votesAbove, other?.box.votesAbove]).toEqual([0, 3]);
  });

  it('does not mind a page that is 3,000 levels deep', () => {
    const body = bodyOf('');
    let at: Element = body;
    for (let depth = 0; depth < 3_000; depth++) {
      at.append(body.ownerDocument.createElement('div'));
      at = at.firstElementChild as Element;
    }
    at.textContent = 'The bottom';
    expect(layOut(body, undefined).blocks.map(({ start }) => start)).toEqual(['The bottom']);
  });
});

describe('letters', () => {
  it('gives Han characters and their full stop the size of two and a half Latin ones, and counts marks of both kinds', () => {
    const sum = noLetters();
    addLetters(sum, 'One, 2 Two. ');
    addLetters(sum, '船，河。');
    expect(sum).toMatchObject({ characters: 13, words: 7, digits: 1, capitals: 2, commas: 2, stops: 2 });
    expect(sum.size).toBe(9 + 2 * 2.5 + 3.5);
  });
});

describe('names', () => {
  const places = (names: string) => placeNames.filter((_, index) => placesIn(names) & (1 << index));
  it.each([
    ['site-footer', ['footer']],
    ['mainNav', ['content', 'navigation']],
    ['RelatedArticles__list', ['related', 'content', 'card']],
    ['sharebar', []],
    ['share_bar', ['share']],
  ])('%s says %j', (names, expected) => {
    expect(places(names).sort()).toEqual(expected.sort());
  });
});

describe('consent banners', () => {
  it.each(['cookie-banner', 'gdpr', 'onetrust-consent-sdk', 'js-cookie-notice'])('knows %s', (name) => {
    expect(isConsent(bodyOf(`<div class="${name}">x</div>`).firstElementChild as Element)).toBe(true);
  });
  it.each(['cmp-text', 'cookie-recipe', 'content', ''])('does not take “%s” for one', (name) => {
    expect(isConsent(bodyOf(`<div class="${name}">x</div>`).firstElementChild as Element)).toBe(false);
  });
});

describe('the roots of what is dropped', () => {
  const roots = (html: string, reasonOf: (text: string) => string | undefined) =>
    [...runThrough(droppedRoots(bodyOf(html), ({ data }) => reasonOf(data.trim())))].map(([node, reason]) => [
      node.nodeName,
      node.textContent,
      reason,
    ]);
  const dropX = (text: string) => (text.startsWith('x') ? 'gone' : undefined);

  it('are the largest subtrees without kept text, with everything else in them', () => {
    const html = '<nav><ul><li>x1</li><li>x2</li></ul><img></nav><p>kept <b>x3</b></p><p>x4</p>';
    expect(roots(html, dropX)).toEqual([
      ['NAV', 'x1x2', 'gone'],
      ['B', 'x3', 'gone'],
      ['P', 'x4', 'gone'],
    ]);
  });

  it('never are the whole body', () => {
    expect(roots('<p>x1</p>', dropX)).toEqual([['P', 'x1', 'gone']]);
  });

  it('have the reason of most of their text', () => {
    const html = '<div><p>aa</p><p>bbbb</p><p>a</p></div><p>kept</p>';
    const reasonOf = (text: string) => (text === 'kept' ? undefined : text.charAt(0));
    expect(roots(html, reasonOf)).toEqual([['DIV', 'aabbbba', 'b']]);
  });
});

describe('what is judged together', () => {
  const judged = (html: string, scores: number[]) =>
    [...runThrough(keepTogether(layOut(bodyOf(html), undefined), Float64Array.from(scores)))].map((score) =>
      Math.round(score),
    );

  it('are the cells of a table of data', () => {
    const table = '<table><tr><th>aa</th><th>bb</th></tr><tr><td>cc</td><td>dd</td></tr></table>';
    expect(judged(`${table}<p>ee</p>`, [4, -8, 4, 4, -9])).toEqual([1, 1, 1, 1, -9]);
  });

  it('are not the parts of a page that is laid out with a table', () => {
    const html = `<table><tr><td>Menu</td><td>${long.repeat(3)}</td></tr></table>`;
    expect(judged(html, [-5, 5])).toEqual([-5, 5]);
  });

  it('are the items of a list, unless they hold more than their own words', () => {
    expect(judged('<ul><li>aa</li><li>bb</li></ul>', [3, -5])).toEqual([-1, -1]);
    const cards = '<ul><li><h3>aa</h3><p>bb</p></li><li><h3>cc</h3><p>dd</p></li></ul>';
    expect(judged(cards, [3, -5, 3, -5])).toEqual([3, -5, 3, -5]);
  });

  it('is a heading and the text right under it', () => {
    expect(judged(`<h2>Tides</h2><p>${long}</p>`, [-5, 2])).toEqual([2, 2]);
    expect(judged(`<h2>Tides</h2><h3>High</h3><p>${long}</p>`, [-5, -5, 2])).toEqual([-5, 2, 2]);
    expect(judged('<h2>Tides</h2><p>More</p>', [-5, 2])).toEqual([-5, 2]);
  });
});

describe('a model', () => {
  // One tree of two questions: is a > 1, is b > 5? Answers of no/no, yes/no, no/yes, yes/yes: 0, 10, -20, 30.
  const bytes = [0, 0, 1, 0, 128, 138, 108, 158];
  const model = loadModel({
    features: ['a', 'b'],
    questions: '0>1 1>5',
    trees: btoa(String.fromCharCode(...bytes)),
    depth: 2,
    start: 0.5,
    unit: 0.1,
  });
  const row = (a: number, b: number) => Float32Array.from([a, b]);

  it('adds up the answers of its trees', () => {
    const scores = [row(0, 0), row(2, 0), row(1, 6), row(2, 6)].map((values) => model.score(values));
    expect(scores.map((score) => score.toFixed(1))).toEqual(['0.5', '1.5', '-1.5', '3.5']);
  });

  it('says what spoke against', () => {
    // At first 0.5 is to be expected; without a, -1; with b besides, -2. With a, 2; without b, 1.
    expect(model.reasons(row(0, 6))).toEqual(['a', 'b']);
    expect(model.reasons(row(2, 0))).toEqual(['b']);
  });
});
