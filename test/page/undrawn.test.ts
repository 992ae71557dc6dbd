import { describe, expect, it } from 'vitest';
import { readPage } from '@/utils/page';
import { flatten } from '@/utils/page/flatten';
import { findUndrawn } from '@/utils/page/undrawn';
import { pageOf } from '../fixtures/documents';

const lineHeight = 20;
const line = (name: string, index: number) =>
  `<div class="${name}" data-box="${index * lineHeight},${lineHeight}">let ship${index} = ${index}</div>`;
const lines = (name: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => line(name, from + index - 1)).join('');
const numbers = (name: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `<div class="${name}">${from + index}</div>`).join('');

/** A page laid out by its own word: `data-box` has the top and the height of an element, in pixels. */
function laidOut(html: string): Document {
  const live = pageOf(`<body>${html}</body>`);
  const { Element } = live.defaultView as unknown as { Element: typeof globalThis.Element };
  Element.prototype.getBoundingClientRect = function () {
    const [top = 0, height = 0] = (this.getAttribute('data-box') ?? '').split(',').map(Number);
    return { left: 0, right: 100, width: 100, x: 0, y: top, top, bottom: top + height, height } as DOMRect;
  };
  return live;
}

const undrawn = async (html: string) => {
  const found = findUndrawn(await flatten(laidOut(html)));
  return found.map((editor) => editor.lines ?? 'some');
};

const codeMirror6 = (from: number, to: number, gaps: string) =>
  `<div class="cm-editor"><div class="cm-scroller"><div class="cm-gutters"><div class="cm-gutter cm-lineNumbers"><div class="cm-gutterElement" style="visibility: hidden">9999</div>${numbers('cm-gutterElement', from, to)}</div></div><div class="cm-content">${gaps}${lines('cm-line', from, to)}</div></div></div>`;
const codeMirror5 = (from: number, to: number, all: number) =>
  `<div class="CodeMirror"><div class="CodeMirror-sizer" data-box="-4,${all * lineHeight + 8}"><div class="CodeMirror-lines" style="padding: 4px 0"><div class="CodeMirror-code">${numbers('CodeMirror-linenumber', from, to)}${lines('CodeMirror-line', from, to)}</div></div></div></div>`;
const monaco = (from: number, to: number, height: number) =>
  `<div class="monaco-editor" data-box="0,400"><div class="margin-view-overlays">${numbers('line-numbers', from, to)}</div><div class="view-lines" data-box="0,${height}">${lines('view-line', from, to)}</div></div>`;
const ace = (from: number, to: number, all: number) =>
  `<div class="ace_editor"><div class="ace_gutter">${numbers('ace_gutter-cell', from, to)}</div><div class="ace_text-layer">${lines('ace_line', from, to)}</div><div class="ace_scrollbar ace_scrollbar-v"><div class="ace_scrollbar-inner" style="height: ${all * lineHeight}px"></div></div></div>`;

describe('an editor of code', () => {
  it.each([
    [
      'CodeMirror 6 with lines below',
      codeMirror6(1, 30, '<div class="cm-gap" style="height: 900px"></div>'),
      ['1–30'],
    ],
    ['CodeMirror 6 that is whole', codeMirror6(1, 30, ''), []],
    ['CodeMirror 5 with lines below', codeMirror5(1, 30, 80), ['1–30']],
    ['CodeMirror 5 with lines above', codeMirror5(51, 80, 80), ['51–80']],
    ['CodeMirror 5 that is whole', codeMirror5(1, 30, 30), []],
    ['Monaco with lines below', monaco(1, 20, 100 * lineHeight), ['1–20']],
    ['Monaco with lines above', monaco(81, 100, 100 * lineHeight), ['81–100']],
    ['Monaco with one line more and room below', monaco(1, 20, 21 * lineHeight + 380), ['1–20']],
    ['Monaco that is whole, with room to scroll', monaco(1, 20, 20 * lineHeight + 380), []],
    ['Monaco that is whole, without room', monaco(1, 20, 20 * lineHeight), []],
    ['Ace with lines below', ace(1, 30, 90), ['1–30']],
    ['Ace with lines above', ace(61, 90, 90), ['61–90']],
    ['Ace that is whole', ace(1, 30, 30), []],
  ])('says which lines it has drawn: %s', async (_, html, expected) => {
    expect(await undrawn(html)).toEqual(expected);
  });

  it('without numbers is known to go on all the same', async () => {
    const html = codeMirror5(1, 30, 80).replace(/<div class="CodeMirror-linenumber">\d+<\/div>/g, '');
    expect(await undrawn(html)).toEqual(['some']);
  });

  it('is a gap of the page, and its lines are in the text', async () => {
    const { text, gaps } = await readPage(laidOut(codeMirror5(1, 30, 80) + codeMirror5(7, 9, 80)));
    expect(text).toContain('let ship0 = 0\nlet ship1 = 1');
    expect(gaps).toContainEqual({ why: 'undrawn-lines', size: 2, sample: '1–30, 7–9' });
  });
});
