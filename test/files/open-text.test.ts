import { describe, expect, it } from 'vitest';
import { readOpenText } from '@/utils/files/open-text';
import { cpuTime } from '../cpu-time';
import { makePackage } from '../fixtures/files/office';

const names = ['office', 'text', 'table', 'style', 'chart', 'manifest', 'presentation']
  .map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
  .join(' ');
const namespaces = `${names} xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:math="http://www.w3.org/1998/Math/MathML"`;

const styles = `<office:automatic-styles>
<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="I" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="S" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="U" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>
<style:style style:name="Q" style:family="paragraph" style:parent-style-name="Quotations"/>
<style:style style:name="C" style:family="paragraph" style:parent-style-name="Preformatted_20_Text"/>
<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")" text:display-levels="2"/></text:list-style>
<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1"/></text:list-style>
</office:automatic-styles><office:styles><style:style style:name="Title" style:family="paragraph"/><style:style style:name="Quotations" style:family="paragraph"/><style:style style:name="Preformatted_20_Text" style:display-name="Preformatted Text" style:family="paragraph"/>
<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-format="1"/><text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style></office:styles>
<office:master-styles><style:master-page><style:header><text:p>Company</text:p></style:header><style:footer><text:p>Page <text:page-number>1</text:page-number></text:p></style:footer></style:master-page></office:master-styles>`;

const flat = (body: string) =>
  new TextEncoder().encode(
    `<?xml version="1.0" encoding="UTF-8"?><office:document ${namespaces}>${styles}<office:body><office:text>${body}</office:text></office:body></office:document>`,
  );
const read = (body: string) => readOpenText(flat(body), { name: 'a.fodt' });
const texts = async (body: string) =>
  (await read(body)).text
    .replace(/^¶\d+ /gm, '')
    .split('\n\n')
    .filter((text) => !/^\[(?:Header|Footer)/.test(text));

describe('an OpenDocument text', () => {
  it('keeps headings with their numbers, marks, spaces, quotes and listings', async () => {
    expect(
      await texts(
        `<text:p text:style-name="P1">The Title</text:p><text:h text:outline-level="1">One</text:h><text:h text:outline-level="2">Inner</text:h><text:h text:outline-level="1">Two</text:h>
<text:p>a <text:span text:style-name="B">bold</text:span> <text:span text:style-name="I">it</text:span>
  folded <text:span text:style-name="S">gone</text:span> x<text:span text:style-name="U">2</text:span><text:tab/>tab<text:line-break/>line <text:a xlink:href="https://a.test/">link</text:a> <text:date>1 May</text:date></text:p>
<text:p text:style-name="Q">said</text:p><text:p text:style-name="C">if x:</text:p><text:p text:style-name="C"><text:s text:c="4"/>y</text:p><text:p/>`,
      ),
    ).toEqual([
      '# The Title',
      '# 1 One',
      '## 1.1 Inner',
      '# 2 Two',
      'a **bold** *it* folded ~~gone~~ x^2\ttab\nline [link](https://a.test/) 1 May',
      '> said',
      '```\nif x:\n    y\n```',
    ]);
  });

  it('numbers lists as they are shown', async () => {
    const item = (text: string, more = '', value = '') =>
      `<text:list-item${value}><text:p>${text}</text:p>${more}</text:list-item>`;
    expect(
      await texts(
        `<text:list text:style-name="L1">${item('one', `<text:list>${item('in')}${item('in too')}</text:list>`)}${item('two')}</text:list><text:p>between</text:p><text:list text:style-name="L1" text:continue-numbering="true">${item('three')}${item('nine', '', ' text:start-value="9"')}</text:list><text:list text:style-name="L1">${item('anew', '<text:p>more of it</text:p>')}</text:list><text:list text:style-name="L2">${item('dot')}</text:list>`,
      ),
    ).toEqual([
      '1. one\n  1.a) in\n  1.b) in too',
      '2. two',
      'between',
      '3. three',
      '9. nine',
      '1. anew',
      'more of it',
      '- dot',
    ]);
  });

  it('has tables with spans and repeats, and tables inside others', async () => {
    const cell = (text: string, attributes = '') =>
      `<table:table-cell${attributes}><text:p>${text}</text:p></table:table-cell>`;
    const row = (...cells: string[]) => `<table:table-row>${cells.join('')}</table:table-row>`;
    expect(
      await texts(
        `<table:table><table:table-header-rows>${row(cell('A'), cell('B', ' table:number-columns-spanned="2"'), '<table:covered-table-cell/>')}</table:table-header-rows>${row(cell('x|y', ' table:number-rows-spanned="2"'), cell('1', ' table:number-columns-repeated="2"'))}${row('<table:covered-table-cell/>', cell('2'), cell('3'))}</table:table>`,
      ),
    ).toEqual(['| A | B | B |\n| --- | --- | --- |\n| x\\|y | 1 | 1 |\n| x\\|y | 2 | 3 |']);
  });

  it('puts notes, margins and comments at the end, and counts what is not in the text', async () => {
    const reading = await read(
      `<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>Ann</dc:creator></office:change-info><text:p>old words</text:p></text:deletion></text:changed-region></text:tracked-changes>
<text:p>Text<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>below</text:p></text:note-body></text:note> <text:note text:note-class="endnote"><text:note-citation>i</text:note-citation><text:note-body><text:p>last</text:p></text:note-body></text:note><office:annotation office:name="k"><dc:creator>Ann Lee</dc:creator><dc:date>2026-01-02T03:04:05</dc:date><text:p>Why?</text:p></office:annotation>these words<office:annotation-end office:name="k"/> on</text:p>
<text:p><text:span text:style-name="H">unseen</text:span>seen<text:hidden-text text:string-value="away"/></text:p><text:section text:display="none"><text:p>closed</text:p></text:section>
<text:p><draw:frame><draw:image xlink:href="x.png"/><svg:desc>A moon</svg:desc></draw:frame><draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame></text:p>
<text:p><draw:frame><draw:object><math:math><math:semantics><math:mrow><math:mi>x</math:mi><math:mo>=</math:mo><math:mfrac><math:mn>1</math:mn><math:mn>2</math:mn></math:mfrac></math:mrow><math:annotation>x = 1 over 2</math:annotation></math:semantics></math:math></draw:object></draw:frame> is it</text:p>`,
    );
    expect(reading.text.replace(/^¶\d+ /gm, '').split('\n\n')).toEqual([
      'Text[^1] [^ei]these words on',
      'seen',
      '![A moon]',
      'boxed',
      '$x = \\frac{1}{2}$ is it',
      '[^1]: below',
      '[^ei]: last',
      '[Header: Company]',
      '[Footer: Page 1]',
      '[Comment by Ann Lee, 2026-01-02 on “these words”: Why?]',
    ]);
    expect(reading.gaps).toEqual([
      { why: 'deleted-text', size: 8, sample: 'old words' },
      { why: 'hidden', size: 16, sample: 'unseen · away · closed' },
      { why: 'pictures', size: 1 },
    ]);
    expect(reading.file.notes).toEqual([{ what: 'comments', size: 1 }]);
  });

  it('is opened from its archive, and says what is wrong with it', async () => {
    const content = `<office:document-content ${namespaces}><office:body><office:text><text:p>packed</text:p><text:p><draw:frame><draw:object xlink:href="./Object 1"/></draw:frame></text:p></office:text></office:body></office:document-content>`;
    const chart = `<office:document-content ${namespaces}><office:body><office:chart><chart:chart><chart:title><text:p>Sales</text:p></chart:title><table:table><table:table-row><table:table-cell><text:p>Q1</text:p></table:table-cell><table:table-cell><text:p>10</text:p></table:table-cell></table:table-row></table:table></chart:chart></office:chart></office:body></office:document-content>`;
    const good = {
      mimetype: 'x',
      'content.xml': content,
      'Object 1/content.xml': chart,
      'Basic/Standard/Module1.xml': 'x',
      'Basic/script-lc.xml': 'x',
    };
    const reading = await readOpenText(makePackage(good), { name: 'a.odt' });
    expect(reading.text).toBe('¶1 packed\n\n¶2 Sales\n\n¶3 | Q1 | 10 |\n| --- | --- |');
    expect(reading.gaps).toEqual([
      { why: 'charts', size: 1 },
      { why: 'macros', size: 1 },
    ]);
    const code = (bytes: Uint8Array<ArrayBuffer>) =>
      readOpenText(bytes, { name: 'a.odt' }).then(
        () => 'read',
        (error) => error.code,
      );
    expect(await code(new Uint8Array())).toBe('file-empty');
    expect(await code(makePackage(good).slice(0, 500))).toBe('file-broken');
    expect(await code(makePackage({ mimetype: 'x' }))).toBe('file-broken');
    expect(await code(new TextEncoder().encode('<x/>'))).toBe('file-broken');
    expect(await code(flat(''))).toBe('read');
    const locked = `<manifest:manifest ${namespaces}><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>`;
    expect(await code(makePackage({ ...good, 'META-INF/manifest.xml': locked }))).toBe('file-locked');
  });

  it('takes linear time, however deep or crooked it is', async () => {
    const shapes = [
      (size: number) => '<text:list><text:list-item><text:p>x'.repeat(size),
      (size: number) => '<text:span>'.repeat(size),
      (size: number) => `<text:p>x${'<draw:g>'.repeat(size)}`,
      (size: number) =>
        `<text:p>${'<office:annotation office:name="a"/>'.repeat(size)}${'<text:span>x</text:span>'.repeat(size)}`,
      (size: number) =>
        `<text:p>x</text:p><table:table><table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="1000000"/></table:table-row></table:table>`.repeat(
          size / 1000,
        ),
    ];
    for (const [index, shape] of shapes.entries()) {
      const begin = cpuTime();
      await read(shape(20_000)).catch((error) => expect(error.code).toBe('file-nothing'));
      expect(cpuTime() - begin, `shape ${index}`).toBeLessThan(3_000);
    }
  });
});
