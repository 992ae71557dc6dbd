// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import { replaceWords } from '@/utils/page/overlay/replace';
import { findSelected } from '@/utils/page/overlay/selected';
import { takeWords, widen, wordsIn } from '@/utils/page/overlay/words';

const draw = (html: string) => {
  const body = new DOMParser().parseFromString(html, 'text/html').body;
  document.body.replaceChildren(...body.childNodes);
};
const textOf = (selector: string, index = 0) => document.querySelector(selector)?.childNodes[index] as Text;
function range(start: Node, from: number, end: Node, to: number): Range {
  const made = document.createRange();
  made.setStart(start, from);
  made.setEnd(end, to);
  return made;
}

beforeEach(() => {
  document.documentElement.lang = 'en';
});

describe('a selection that cuts words', () => {
  it('is widened to their ends', () => {
    draw('<p>The chair ruled that the motion had lapsed.</p>');
    const text = textOf('p');
    const cut = range(text, 6, text, 26);
    expect(widen(cut, 'en')).toBe(true);
    expect(String(cut)).toBe('chair ruled that the motion');
    expect(widen(cut, 'en')).toBe(false);
  });

  it('over the borders of elements', () => {
    draw('<p>a <i>har</i>bour <b>mas</b>ter’s report</p>');
    const cut = range(textOf('i'), 2, textOf('b'), 1);
    widen(cut, 'en');
    expect(String(cut)).toBe('harbour master’s');
  });

  it('by the words of a language without spaces', () => {
    draw('<p lang="zh">会议主席宣布动议失效。</p>');
    const text = textOf('p');
    const cut = range(text, 3, text, 5);
    widen(cut, 'zh');
    expect(String(cut)).toBe('主席宣布');
  });

  it('and not over line breaks and blocks, nor for an end in front of a block', () => {
    draw('<div><p>first</p>mo<br>tion <p>last</p></div>');
    const cut = range(textOf('div', 1), 0, textOf('div', 1), 2);
    expect(widen(cut, 'en')).toBe(false);
    draw('<p>one two</p><p>three four</p>');
    const tripled = range(textOf('p'), 0, document.querySelectorAll('p')[1] as Element, 0);
    expect(widen(tripled, 'en')).toBe(false);
    expect(wordsIn(tripled)).toBe('one two');
  });

  it('keeps what is a tag of no language from stopping it', () => {
    draw('<p lang="not a tag">The chair ruled.</p>');
    const cut = range(textOf('p'), 5, textOf('p'), 7);
    expect(takeWords(cut)).toMatchObject({ text: 'chair', chosen: 'ha', lang: 'not a tag' });
  });
});

describe('the words of a selection', () => {
  it('have an empty line between blocks, a line break where the page has one, and no scripts', () => {
    draw(
      '<h2>Item  4</h2>\n<p>The\n basin,<br>dredged<script>x()</script>.</p><ul><li>one</li><li>two</li></ul><p>out</p>',
    );
    const all = range(document.body, 0, document.querySelectorAll('p')[1] as Element, 0);
    expect(wordsIn(all)).toBe('Item 4\n\nThe basin,\ndredged.\n\none\n\ntwo');
  });

  it('come with what stands around them, and whether they can be replaced', () => {
    draw('<p>Item 4 was deferred. <a href="#">The chair</a> ruled on it.</p><p>Next.</p>');
    expect(takeWords(range(textOf('a'), 0, textOf('a'), 9))).toEqual({
      text: 'The chair',
      before: 'Item 4 was deferred. ',
      after: ' ruled on it.',
      lang: 'en',
      canReplace: true,
    });
    const two = range(textOf('a'), 0, textOf('p:last-child'), 4);
    expect(takeWords(two)).toMatchObject({ text: 'The chair ruled on it.\n\nNext', canReplace: false });
  });

  it('are none where there is nothing to read', () => {
    draw('<p> </p><p>x</p>');
    expect(takeWords(range(textOf('p'), 0, textOf('p'), 1))).toBeUndefined();
  });

  it('of 100,000 characters are taken whole', () => {
    draw(
      Array.from(
        { length: 2_000 },
        (_, n) => `<p>Paragraph ${n} of a very long page, with some words.</p>`,
      ).join(''),
    );
    const words = takeWords(range(document.body, 0, document.body, 2_000));
    expect(words?.text.split('\n\n')).toHaveLength(2_000);
    expect(words?.text.length).toBeGreaterThan(90_000);
  });
});

describe('replacing', () => {
  it('writes into the texts of the page and takes back what it wrote, to the letter', () => {
    draw('<p>Then <a href="#x">the <b>chair</b></a> ruled on it.</p>');
    const before = document.body.outerHTML;
    const chosen = range(textOf('a'), 0, textOf('p', 2), 6);
    const done = replaceWords(chosen, '主席裁定');
    expect(document.querySelector('p')?.textContent).toBe('Then 主席裁定 on it.');
    expect(document.querySelector('a b')).not.toBeNull();
    expect(String(chosen)).toBe('主席裁定');
    done?.restore();
    expect(document.body.outerHTML).toBe(before);
    expect(String(chosen)).toBe('the chair ruled');
  });

  it('leaves alone what the page has written meanwhile', () => {
    draw('<p>the chair ruled</p>');
    const done = replaceWords(range(textOf('p'), 0, textOf('p'), 9), '主席');
    textOf('p').data = 'something new';
    done?.restore();
    expect(document.querySelector('p')?.textContent).toBe('something new');
  });
});

describe('what is selected', () => {
  const select = (made: Range) => {
    getSelection()?.removeAllRanges();
    getSelection()?.addRange(made);
  };
  const none = () => null;

  it('is found in the page, in fields, and not where a secret is typed', () => {
    draw(
      '<p>the chair ruled</p><textarea>first\nsecond line</textarea><input type="password" value="secret">',
    );
    select(range(textOf('p'), 0, textOf('p'), 9));
    expect(findSelected(document, none)).toMatchObject({ status: 'text' });
    const area = document.querySelector('textarea') as HTMLTextAreaElement;
    area.focus();
    area.setSelectionRange(0, 12);
    expect(findSelected(document, none)).toMatchObject({ status: 'field', text: 'first\nsecond' });
    getSelection()?.removeAllRanges();
    const secret = document.querySelector('input') as HTMLInputElement;
    secret.focus();
    secret.setSelectionRange(0, 6);
    expect(findSelected(document, none)).toEqual({ status: 'none' });
  });

  it('in a frame of the same site is found from outside, and alone when the click was there', () => {
    draw('<p>outside words</p><iframe></iframe>');
    const inner = document.querySelector('iframe')?.contentDocument as Document;
    inner.body.textContent = 'inside the frame';
    const made = inner.createRange();
    made.selectNodeContents(inner.body);
    inner.getSelection()?.addRange(made);
    const found = findSelected(document, none);
    expect(found.status === 'text' && String(found.range)).toBe('inside the frame');
    select(range(textOf('p'), 0, textOf('p'), 7));
    const inFrame = findSelected(document, none, true);
    expect(inFrame.status === 'text' && String(inFrame.range)).toBe('inside the frame');
  });
});
