import { describe, expect, it } from 'vitest';
import { createVisibility } from '@/utils/page/visibility';
import { pageOf } from '../fixtures/documents';

/** Without layout: what style and boxes decide is tried in a real browser, in test/end-to-end/concealed.test.ts. */

const bodyOf = (html: string) => pageOf(`<!doctype html><html><body>${html}</body></html>`);

function judge(html: string) {
  const page = bodyOf(html);
  const element = page.querySelector('#it') ?? expect.fail('No #it');
  const visibility = createVisibility(page);
  return {
    is: visibility.of(element),
    reason: visibility.reason(element),
    ends: visibility.hidesSubtree(element),
  };
}

describe('visibility by attributes', () => {
  it.each([
    ['visible', 'a paragraph', '<p id="it">a</p>'],
    ['visible', 'what only assistive technology skips', '<p id="it" aria-hidden="true">a</p>'],
    ['hidden', 'text that is not displayed', '<p id="it" style="display: none">a</p>'],
    ['hidden', 'text inside what is not displayed', '<div hidden><p><b id="it">a</b></p></div>'],
    ['hidden', 'text that is invisible', '<p id="it" style="visibility: hidden">a</p>'],
    ['hidden', 'text inside what is invisible', '<div style="visibility: hidden"><p id="it">a</p></div>'],
    ['hidden', 'text without opacity', '<div style="opacity: 0"><p id="it">a</p></div>'],
    [
      'visible',
      'visible text inside invisible text',
      '<div style="visibility: hidden"><p id="it" style="visibility: visible">a</p></div>',
    ],
    ['collapsed', 'the rest of closed details', '<details><summary>More</summary><p id="it">a</p></details>'],
    [
      'collapsed',
      'a second summary',
      '<details><summary>More</summary><summary id="it">a</summary></details>',
    ],
    ['visible', 'open details', '<details open><summary>More</summary><p id="it">a</p></details>'],
    [
      'visible',
      'the summary of closed details',
      '<details><summary id="it">More</summary><p>a</p></details>',
    ],
    ['collapsed', 'a tab that is not in front', '<div role="tabpanel" hidden><p id="it">a</p></div>'],
    [
      'collapsed',
      'what a button controls',
      '<button aria-controls="x it">More</button><p id="it" hidden>a</p>',
    ],
    ['collapsed', 'what a link leads to', '<a href="#it">More</a><p id="it" hidden>a</p>'],
    ['collapsed', 'an accordion by its class', '<div class="faq-answer" hidden><p id="it">a</p></div>'],
    [
      'collapsed',
      'an accordion by its parent',
      '<div class="accordion"><p>b</p><p id="it" hidden>a</p></div>',
    ],
    [
      'collapsed',
      'what follows a control',
      '<h3><button aria-expanded="false">More</button></h3><div id="it" hidden>a</div>',
    ],
    ['collapsed', 'a paragraph behind a button', '<button>More</button><div hidden><p id="it">a</p></div>'],
    [
      'collapsed',
      'the next page of a text',
      '<div data-page="1">b</div><div data-page="2" hidden><p id="it">a</p></div>',
    ],
    ['collapsed', 'text that search may find', '<p id="it" hidden="until-found">a</p>'],
    [
      'collapsed',
      'an article that a script shows',
      '<div id="js_content" style="visibility: hidden"><p id="it">a</p></div>',
    ],
    [
      'hidden',
      'hidden text in a closed disclosure',
      '<details><summary>M</summary><p id="it" hidden>a</p></details>',
    ],
    [
      'hidden',
      'hidden text beside an accordion',
      '<div class="accordion"><p>b</p></div><p id="it" hidden>a</p>',
    ],
    ['hidden', 'a menu behind a button', '<button>Menu</button><ul id="it" hidden><li>a</li></ul>'],
    [
      'hidden',
      'a dialog that a button names',
      '<button data-target="#it">Open</button><div id="it" role="dialog" hidden>a</div>',
    ],
    [
      'hidden',
      'a menu that opens',
      '<a aria-expanded="false">Menu</a><ul class="sub-menu" id="it" hidden><li>a</li></ul>',
    ],
  ])('is %s for %s', (expected, _, html) => {
    expect(judge(html).is).toBe(expected);
  });

  it('says why text is hidden, and of other text nothing', () => {
    expect(judge('<p id="it" hidden>a</p>').reason).toBe('not displayed');
    expect(judge('<p id="it" style="visibility: hidden">a</p>').reason).toBe('invisible');
    expect(judge('<p id="it" style="opacity: 0">a</p>').reason).toBe('transparent');
    expect(judge('<p id="it">a</p>').reason).toBe('');
    expect(judge('<details><summary>More</summary><p id="it">a</p></details>').reason).toBe('');
  });

  it('ends a walk where nothing below can be seen', () => {
    expect(judge('<div id="it" hidden><p>a</p></div>').ends).toBe(true);
    expect(judge('<div hidden><p id="it">a</p></div>').ends).toBe(true);
    expect(judge('<div id="it" style="visibility: hidden"><p>a</p></div>').ends).toBe(false);
    expect(judge('<div id="it" role="tabpanel" hidden><p>a</p></div>').ends).toBe(false);
    expect(judge('<div id="it"><p>a</p></div>').ends).toBe(false);
  });

  it('goes through slots and shadow roots', () => {
    const page = bodyOf('<div id="host"><p id="it">a</p></div>');
    const host = page.querySelector('#host') ?? expect.fail('No host');
    const root = host.attachShadow({ mode: 'open' });
    const panel = page.createElement('div');
    panel.hidden = true;
    const word = page.createElement('b');
    panel.append(page.createElement('slot'), word);
    root.append(panel);
    const visibility = createVisibility(page);
    expect(visibility.of(page.querySelector('#it') ?? expect.fail('No #it'))).toBe('hidden');
    expect(visibility.of(word)).toBe('hidden');
    expect(visibility.of(host)).toBe('visible');
  });

  it('looks at each element once', () => {
    const page = bodyOf('<p id="it">a</p>');
    const paragraph = page.querySelector('p') ?? expect.fail('No paragraph');
    let asked = 0;
    const hasAttribute = paragraph.getAttribute.bind(paragraph);
    paragraph.getAttribute = (name) => {
      if (name === 'hidden') asked++;
      return hasAttribute(name);
    };
    const visibility = createVisibility(page);
    expect([visibility.of(paragraph), visibility.of(paragraph)]).toEqual(['visible', 'visible']);
    const first = asked;
    visibility.reason(paragraph);
    expect(asked).toBe(first);
  });

  it('reaches the bottom of a deep page', () => {
    const page = bodyOf('<div id="top" hidden></div>');
    let deepest: Element = page.querySelector('#top') ?? expect.fail('No #top');
    for (let depth = 0; depth < 2_000; depth++) {
      const child = page.createElement('div');
      deepest.appendChild(child);
      deepest = child;
    }
    expect(createVisibility(page).of(deepest)).toBe('hidden');
  });

  it('leaves the page alone', () => {
    const page = bodyOf('<p style="display:none">secret</p><div role="tabpanel" hidden>tab</div>');
    const before = page.body.innerHTML;
    const visibility = createVisibility(page);
    for (const element of page.querySelectorAll('*')) visibility.of(element);
    expect(page.body.innerHTML).toBe(before);
  });
});
