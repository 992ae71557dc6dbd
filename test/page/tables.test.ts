// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { toMarkdown } from '@/utils/page/markdown';

function markdownOf(html: string): string {
  const root = document.createElement('article');
  root.innerHTML = html;
  return toMarkdown(root);
}

const table = (...rows: string[]) => rows.join('\n');
const row = (...cells: string[]) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
const head = (...cells: string[]) => `<tr>${cells.map((cell) => `<th>${cell}</th>`).join('')}</tr>`;

describe('a table', () => {
  it('keeps its grid', () => {
    const html = `<table><thead>${head('Port', 'Tide')}</thead><tbody>${row('Hart', '4.1 m')}${row('Pell', '3.9 m')}</tbody></table>`;
    expect(markdownOf(html)).toBe(
      table('| Port | Tide |', '| --- | --- |', '| Hart | 4.1 m |', '| Pell | 3.9 m |'),
    );
  });

  it('without a head takes its first row for one', () => {
    const html = `<table>${row('a', 'b')}${row('c', 'd')}</table>`;
    expect(markdownOf(html)).toBe(table('| a | b |', '| --- | --- |', '| c | d |'));
  });

  it('sets its caption before it', () => {
    const html = `<table><caption>Tides of\n <b>May</b></caption>${head('a', 'b')}${row('1', '2')}</table>`;
    expect(markdownOf(html)).toBe(table('Tides of **May**', '', '| a | b |', '| --- | --- |', '| 1 | 2 |'));
  });

  it('keeps pipes in cells apart from its own', () => {
    const html = `<table>${head('a|b', 'c')}${row('x || y', '<code>p|q</code>')}</table>`;
    expect(markdownOf(html)).toBe(table('| a\\|b | c |', '| --- | --- |', '| x \\|\\| y | `p\\|q` |'));
  });

  it('keeps the lines of a cell in its row', () => {
    const html = `<table>${head('a', 'b')}${row('one<br>two', '<p>three</p><p>four</p>')}</table>`;
    expect(markdownOf(html)).toBe(table('| a | b |', '| --- | --- |', '| one two | three four |'));
  });

  it('fills rows that are too short', () => {
    const html = `<table>${head('a', 'b', 'c')}${row('1')}</table>`;
    expect(markdownOf(html)).toBe(table('| a | b | c |', '| --- | --- | --- |', '| 1 |  |  |'));
  });

  it('keeps empty cells in their places', () => {
    const html = `<table>${head('', 'b', '')}${row('', '', '3')}</table>`;
    expect(markdownOf(html)).toBe(table('|  | b |  |', '| --- | --- | --- |', '|  |  | 3 |'));
  });

  it('keeps links and emphasis in cells', () => {
    const html = `<table>${head('a')}${row('<a href="https://example.org/x"><b>x</b></a>')}</table>`;
    expect(markdownOf(html)).toContain('| [**x**](https://example.org/x) |');
  });

  it('reads the characters of icon fonts without losing the words after them', () => {
    const icons = '\uE000\uE001\uE002\uE003';
    const html = `<table>${head('a', 'b')}${row(`<span>${icons}</span> kept`, `\uE002 also`)}${row('next', 'row')}</table>`;
    expect(
      markdownOf(html)
        .replace(/[\uE000-\uF8FF]/g, '')
        .replace(/ {2,}/g, ' '),
    ).toBe(table('| a | b |', '| --- | --- |', '| kept | also |', '| next | row |'));
  });

  it('is not broken by characters that may frame cells on the way', () => {
    const marks = '\u0001\uE000\uE003\uFDD0\uFDD2\uFDD3\u{10FFF0}1,1\u{10FFF1}\u{10FFF2}\u{10FFF3}\u{10FFF4}';
    const html = `<table>${head('a', 'b')}${row(`x${marks}y`, `${marks}z`)}</table>`;
    const words = markdownOf(html).replace(/[^\w|\n, -]/gu, '');
    expect(words).toBe(table('| a | b |', '| --- | --- |', '| x1,1y | 1,1z |'));
  });
});

describe('cells that span', () => {
  it('several columns are repeated in each', () => {
    const html = `<table><tr><th colspan="2">ab</th><th>c</th></tr>${row('1', '2', '3')}</table>`;
    expect(markdownOf(html)).toBe(table('| ab | ab | c |', '| --- | --- | --- |', '| 1 | 2 | 3 |'));
  });

  it('several rows are repeated in each, so that no value slides', () => {
    const html = `<table>${head('a', 'b', 'c')}<tr><td rowspan="2">x</td><td>1</td><td rowspan="3">y</td></tr><tr><td>2</td></tr><tr><td>z</td><td>3</td></tr></table>`;
    expect(markdownOf(html)).toBe(
      table('| a | b | c |', '| --- | --- | --- |', '| x | 1 | y |', '| x | 2 | y |', '| z | 3 | y |'),
    );
  });

  it('rows and columns at once fill their rectangle', () => {
    const html = `<table>${head('a', 'b', 'c')}<tr><td colspan="2" rowspan="2">x</td><td>1</td></tr><tr><td>2</td></tr>${row('3', '4', '5')}</table>`;
    expect(markdownOf(html)).toBe(
      table('| a | b | c |', '| --- | --- | --- |', '| x | x | 1 |', '| x | x | 2 |', '| 3 | 4 | 5 |'),
    );
  });

  it('down into a row that is too short to reach them stay in their column', () => {
    const html = `<table>${head('a', 'b', 'c')}<tr><td>1</td><td>2</td><td rowspan="2">y</td></tr>${row('3')}${row('4', '5', '6')}</table>`;
    expect(markdownOf(html)).toBe(
      table('| a | b | c |', '| --- | --- | --- |', '| 1 | 2 | y |', '| 3 |  | y |', '| 4 | 5 | 6 |'),
    );
  });

  it('down over a row without cells of its own end there', () => {
    const html = `<table>${head('a', 'b')}<tr><td rowspan="2">x</td><td rowspan="2">y</td></tr><tr></tr>${row('1', '2')}</table>`;
    expect(markdownOf(html)).toBe(table('| a | b |', '| --- | --- |', '| x | y |', '| x | y |', '| 1 | 2 |'));
  });

  it('beyond the end of the table add nothing', () => {
    const html = `<table>${head('a', 'b')}<tr><td rowspan="9">x</td><td>1</td></tr>${row('2')}</table>`;
    expect(markdownOf(html)).toBe(table('| a | b |', '| --- | --- |', '| x | 1 |', '| x | 2 |'));
  });

  it.each(['0', '-3', 'many', ''])('by %j count as one', (value) => {
    const html = `<table>${head('a', 'b')}<tr><td colspan="${value}" rowspan="${value}">1</td><td>2</td></tr></table>`;
    expect(markdownOf(html)).toContain('| 1 | 2 |');
  });

  it('by a huge number do not explode', () => {
    const html = `<table>${head('a', 'b')}<tr><td colspan="1000000" rowspan="1000000">1</td></tr>${row('2')}</table>`;
    expect(markdownOf(html).length).toBeLessThan(3_000);
  });
});

describe('a table that only lays out the page', () => {
  it('is read as blocks when it has one column', () => {
    const html = `<table>${row('<p>One.</p>')}${row('<p>Two.</p>')}</table>`;
    expect(markdownOf(html)).toBe('One.\n\nTwo.');
  });

  it('is read as blocks when its cells hold headings, lists or several paragraphs', () => {
    const html = `<table>${row('<h2>Left</h2><p>One.</p><p>Two.</p>', '<ul><li>Three</li></ul>')}</table>`;
    expect(markdownOf(html)).toBe('## Left\n\nOne.\n\nTwo.\n\n- Three');
  });

  it('is read as blocks when it says so', () => {
    const html = `<table role="presentation"><caption>All</caption>${row('One.', 'Two.')}</table>`;
    expect(markdownOf(html)).toBe('All\n\nOne.\n\nTwo.');
  });

  it('leaves the tables inside it their grids', () => {
    const inner = `<table>${row('a', 'b')}${row('1', '2')}</table>`;
    const html = `<table>${row(`<p>Left.</p>`, inner)}</table>`;
    expect(markdownOf(html)).toBe(table('Left.', '', '| a | b |', '| --- | --- |', '| 1 | 2 |'));
  });

  it('leaves the tables with heads and captions inside it their grids, too', () => {
    const inner = `<table><caption>Inner</caption>${head('a', 'b')}${row('1', '2')}</table>`;
    const html = `<table>${row(`<p>Left.</p>`, inner)}</table>`;
    expect(markdownOf(html)).toBe(table('Left.', '', 'Inner', '', '| a | b |', '| --- | --- |', '| 1 | 2 |'));
  });

  it('keeps every word of nested layouts', () => {
    const inner = `<table>${row(`<table>${row('deep', '<h3>deeper</h3>')}</table>`, 'side')}</table>`;
    const words = markdownOf(`<table>${row(inner, '<p>end</p>')}</table>`).match(/\w+/g);
    expect(words).toEqual(['deep', 'deeper', 'side', 'end']);
  });
});

describe('large tables', () => {
  it('are read row by row', () => {
    const html = `<table>${head('a', 'b', 'c')}${row('1', '2', '3').repeat(2_000)}</table>`;
    expect(markdownOf(html).split('\n')).toHaveLength(2_002);
  }, 60_000);
});

describe('a table made of boxes with roles', () => {
  const box = (role: string, content: string) => `<div role="${role}">${content}</div>`;

  it.each(['table', 'grid', 'treegrid'])('is a table: role=%s', (role) => {
    const html = box(
      role,
      box('row', box('columnheader', 'Port') + box('columnheader', 'Tide')) +
        box('rowgroup', box('row', box('rowheader', 'Hart') + box('cell', '<div>4.1 <b>m</b></div>'))) +
        box('rowgroup', box('row', box('gridcell', 'Pell') + box('gridcell', '3.9 m'))),
    );
    expect(markdownOf(html)).toBe(
      table('| Port | Tide |', '| --- | --- |', '| Hart | 4.1 **m** |', '| Pell | 3.9 m |'),
    );
  });

  it('may have boxes without a role between its parts, spans, and cells that span columns', () => {
    const cell = (text: string, rest = '') => `<span role="cell" ${rest}>${text}</span>`;
    const html = `<section role="table"><div role="caption">Tides</div><div class="scroll">
      <div role="row"><div class="pinned">${cell('a')}</div><div>${cell('b')}${cell('c')}</div></div>
      <div role="row">${cell('d', 'aria-colspan="2"')}${cell('e')}</div></div></section>`;
    expect(markdownOf(html)).toBe(
      table('Tides', '', '| a | b | c |', '| --- | --- | --- |', '| d | d | e |'),
    );
  });

  it('keeps words that stand in it without being a cell', () => {
    const html = box('grid', `<p>Of 1901</p>${box('row', `${box('cell', 'a') + box('cell', 'b')} and c`)}`);
    expect(markdownOf(html)).toBe(table('| Of 1901 |  |  |', '| --- | --- | --- |', '| a | b | and c |'));
  });

  it('is read as blocks when its cells are pieces of a page', () => {
    const card = `<div><h3>Lamp</h3><p>${'It turns all night long. '.repeat(20)}</p></div>`;
    const html = box('grid', box('row', box('gridcell', card)) + box('row', box('gridcell', card)));
    expect(markdownOf(html)).toContain('### Lamp\n\nIt turns');
  });

  it('is no table when it is one by its name alone', () => {
    expect(markdownOf(box('grid', '<p>One</p><p>Two</p>'))).toBe('One\n\nTwo');
  });
});
