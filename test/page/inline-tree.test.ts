import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { type InlineElement, type Mark, treeMarkdown } from '@/utils/page/markdown/inline-tree';
import { InlineWriter } from '@/utils/page/markdown/inline-writer';
import { toInlineMarkdown } from '@/utils/page/markdown/turndown';

const scratch = new JSDOM('').window.document;

/** Numbers that look random and are the same in every run (Lehmer's generator). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

const words = [
  'ferry',
  ' two ',
  '渡船',
  'a ',
  ' b',
  '`',
  'x*y',
  '|',
  '\u00A0',
  'https://a.test/',
  '\n',
  '、',
  '',
];
const marks: Mark[] = ['strong', 'em', 'del', 'code', 'a'];

function writeAtRandom(seed: number): InlineElement {
  const next = numbers(seed);
  const writer = new InlineWriter();
  const open: Mark[] = [];
  for (let step = 3 + next(12); step > 0; step--) {
    const what = next(12);
    if (what < 4) writer.text(words[next(words.length)] ?? '');
    else if (what === 4) writer.raw(words[next(words.length)] ?? '');
    else if (what === 5) writer.lineBreak();
    else if (what === 6) writer.space();
    else if (what === 7 && next(4) === 0) writer.image('picture', next(2) ? 'https://a.test/i.png' : '');
    else if (what < 10) {
      const mark = marks[next(marks.length)] ?? 'em';
      open.push(mark);
      writer.open(mark, mark === 'a' ? { href: 'https://a.test/' } : {});
    } else writer.close(open.pop() ?? 'em');
  }
  while (open.length > 0) writer.close(open.pop() ?? 'em');
  writer.plainText();
  return writer.root;
}

function toDom({ name, attributes, children }: InlineElement): Element {
  const element = scratch.createElement(name === 'root' ? 'div' : name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  for (const child of children) element.append(typeof child === 'string' ? child : toDom(child));
  return element;
}

describe('a run of inline content', () => {
  it('is written as Turndown writes it, whatever is in it', () => {
    const different: string[] = [];
    for (let seed = 1; seed <= 5_000; seed++) {
      const root = writeAtRandom(seed * 7_919);
      const ours = treeMarkdown(root, scratch);
      const theirs = toInlineMarkdown(toDom(root));
      if (ours !== theirs) different.push(`${seed}: ${toDom(root).innerHTML} → ${ours} ≠ ${theirs}`);
    }
    expect(different.slice(0, 5)).toEqual([]);
  });
});
