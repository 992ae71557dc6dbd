import { describe, expect, it } from 'vitest';
import { readWord } from '@/utils/files/word';
import { cpuTime } from '../cpu-time';
import {
  makeWord,
  numbered,
  paragraph,
  run,
  style,
  table,
  type WordParts,
  wordPart,
} from '../fixtures/files/office';
import { Random } from '../fixtures/random';

const read = (parts: WordParts, name = 'letter.docx') => readWord(makeWord(parts), { name });
const texts = async (parts: WordParts) => (await read(parts)).text.replace(/^¶\d+ /gm, '').split('\n\n');
const body = (content: string) => texts({ body: content });

const styles = [
  '<w:style w:styleId="a"><w:name w:val="Normal"/></w:style>',
  '<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>',
  '<w:style w:styleId="own"><w:name w:val="Kapitel"/><w:basedOn w:val="berschrift1"/></w:style>',
  '<w:style w:styleId="plain"><w:name w:val="No heading"/><w:basedOn w:val="berschrift1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>',
  '<w:style w:styleId="zh2"><w:name w:val="标题 2"/></w:style>',
  '<w:style w:styleId="t"><w:name w:val="Title"/></w:style>',
  '<w:style w:styleId="q"><w:name w:val="Quote"/></w:style>',
  '<w:style w:styleId="code"><w:name w:val="HTML Preformatted"/></w:style>',
  '<w:style w:styleId="secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>',
  '<w:style w:styleId="strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>',
  '<w:style w:styleId="x"><w:name w:val="X"/><w:basedOn w:val="y"/></w:style>',
  '<w:style w:styleId="y"><w:name w:val="Y"/><w:basedOn w:val="x"/></w:style>',
].join('');

describe('a Word document', () => {
  it('has headings by style, by what the style is based on, by its name in other languages, by outline level', async () => {
    const content = [
      paragraph('Title', style('t')),
      paragraph('One', style('berschrift1')),
      paragraph('Own', style('own')),
      paragraph('二', style('zh2')),
      paragraph('Not', style('plain')),
      paragraph('Level 4', '<w:outlineLvl w:val="3"/>'),
      paragraph('Circle', style('x')),
      paragraph('Said', style('q')),
      paragraph('line 1', style('code')),
      paragraph('', style('code')),
      paragraph('  line 3', style('code')),
      paragraph('Text'),
    ].join('');
    const reading = await read({ body: content, styles });
    expect(reading.title).toBe('letter.docx');
    expect(reading.text).toBe(
      '¶1 # Title\n\n¶2 # One\n\n¶3 # Own\n\n¶4 ## 二\n\n¶5 Not\n\n¶6 #### Level 4\n\n¶7 Circle\n\n¶8 > Said\n\n¶9 ```\nline 1\n\n  line 3\n```\n\n¶10 Text',
    );
  });

  it('keeps marks around words, white space outside of them, and joins the words that Word cut', async () => {
    const content = paragraph(
      [
        run('Hel'),
        run('lo '),
        run('bo', '<w:b/>'),
        run('ld ', '<w:b/>'),
        run('it', '<w:i/>'),
        run(' x', '<w:b w:val="0"/>'),
        run('2', '<w:vertAlign w:val="superscript"/>'),
        run(' H'),
        run('2', '<w:vertAlign w:val="subscript"/>'),
        run('O '),
        run('gone', '<w:strike/>'),
        run(' strong', '<w:rStyle w:val="strong"/>'),
        '<w:r><w:t> trimmed </w:t><w:tab/><w:t>tab</w:t><w:br/><w:t>line</w:t><w:br w:type="page"/><w:t>page</w:t><w:noBreakHyphen/><w:t>soft</w:t><w:softHyphen/><w:t>ly</w:t></w:r>',
      ].join(''),
    );
    expect(await texts({ body: content, styles })).toEqual([
      'Hello **bold** *it* x^2 H₂O ~~gone~~ **strong**trimmed\ttab\nline page\u2011softly',
    ]);
  });

  it('numbers lists as Word shows them', async () => {
    const level = (index: number, format: string, text: string, more = '') =>
      `<w:lvl w:ilvl="${index}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/>${more}</w:lvl>`;
    const numbering = [
      `<w:abstractNum w:abstractNumId="1">${level(0, 'decimal', '%1.')}${level(1, 'lowerLetter', '%2)')}${level(2, 'lowerRoman', '%1.%2.%3')}</w:abstractNum>`,
      `<w:abstractNum w:abstractNumId="2">${level(0, 'bullet', '\uf0b7')}</w:abstractNum>`,
      `<w:abstractNum w:abstractNumId="3">${level(0, 'chineseCountingThousand', '第%1条')}${level(1, 'decimal', '%1.%2', '<w:isLgl/>')}</w:abstractNum>`,
      `<w:abstractNum w:abstractNumId="4">${level(0, 'upperRoman', '%1', '<w:pStyle w:val="own"/>')}</w:abstractNum>`,
      '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>',
      '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>',
      '<w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num>',
      '<w:num w:numId="4"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>',
      '<w:num w:numId="5"><w:abstractNumId w:val="4"/></w:num>',
    ].join('');
    const content = [
      paragraph('one', numbered(1)),
      paragraph('sub a', numbered(1, 1)),
      paragraph('sub b', numbered(1, 1)),
      paragraph('deep', numbered(1, 2)),
      paragraph('two', numbered(1)),
      paragraph('sub a again', numbered(1, 1)),
      paragraph('between'),
      paragraph('three', numbered(1)),
      paragraph('anew', numbered(4)),
      paragraph('and on', numbered(4)),
      paragraph('dot', numbered(2)),
      paragraph('条款', numbered(3)),
      paragraph('款', numbered(3, 1)),
      paragraph('Part', `${style('own')}<w:numPr><w:numId w:val="5"/></w:numPr>`),
      paragraph('off', '<w:numPr><w:numId w:val="0"/></w:numPr>'),
    ].join('');
    expect(await texts({ body: content, styles, numbering })).toEqual([
      '1. one\n  a) sub a\n  b) sub b\n    1.b.i deep',
      '2. two\n  a) sub a again',
      'between',
      '3. three',
      '1. anew',
      '2. and on',
      '- dot',
      '第一条 条款\n  1.1 款',
      '# I Part',
      'off',
    ]);
  });

  it('has tables with merged cells, several blocks in cells, and tables inside others', async () => {
    const merged = table([
      ['A', 'B | b', 'C'],
      [
        { content: 'down', properties: '<w:vMerge w:val="restart"/>' },
        { content: 'wide', properties: '<w:gridSpan w:val="2"/>' },
      ],
      [{ content: '', properties: '<w:vMerge/>' }, `${paragraph('one')}${paragraph('two')}`, '3'],
    ]);
    expect(await body(merged)).toEqual([
      '| A | B \\| b | C |\n| --- | --- | --- |\n| down | wide | wide |\n| down | one two | 3 |',
    ]);
    const layout = table([
      [
        `${paragraph('left')}${table([
          ['a', 'b'],
          ['c', 'd'],
        ])}${paragraph('end')}`,
        'right',
      ],
    ]);
    expect(await body(layout)).toEqual(['left', '| a | b |\n| --- | --- |\n| c | d |', 'end', 'right']);
    expect(await body(table([['only'], ['column']]))).toEqual(['only', 'column']);
    const columns = [
      `${paragraph('Skills')}${paragraph('Reading')}`,
      `${paragraph('Work')}${paragraph('Library')}`,
    ];
    expect(await body(table([columns]))).toEqual(['Skills', 'Reading', 'Work', 'Library']);
    const titled = [`${paragraph('Part', '<w:outlineLvl w:val="0"/>')}${paragraph('Words')}`, 'side'];
    expect(await body(table([titled, ['a', 'b']]))).toEqual(['# Part', 'Words', 'side', 'a', 'b']);
  });

  it('puts notes, headers, footers and comments at the end, each where the text names it', async () => {
    const note = (kind: string, id: number, content: string) =>
      `<w:${kind} w:id="${id}">${paragraph(content)}</w:${kind}>`;
    const reference = (kind: string, id: number) => `<w:r><w:${kind}Reference w:id="${id}"/></w:r>`;
    const content = [
      paragraph(`${run('Text')}${reference('footnote', 3)}${run(' and')}${reference('endnote', 1)}`),
      paragraph(
        `${run('More')}${reference('footnote', 2)}<w:r><w:footnoteReference w:customMarkFollows="1" w:id="4"/><w:t>See-the-schedule-of-1994</w:t></w:r>`,
      ),
      paragraph(
        '<w:commentRangeStart w:id="0"/><w:r><w:t>These words</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>',
      ),
    ].join('');
    const reading = await read({
      body: content,
      footnotes: `<w:footnote w:type="separator" w:id="0">${paragraph('no')}</w:footnote>${note('footnote', 2, 'second')}${note('footnote', 3, 'first')}${note('footnote', 4, 'star')}${note('footnote', 9, 'nobody')}`,
      endnotes: note('endnote', 1, 'last'),
      comments: `<w:comment w:id="0" w:author="Ann Lee" w:date="2026-03-04T10:00:00Z">${paragraph('Why?')}</w:comment>`,
      headers: [paragraph('Company'), paragraph('Company'), paragraph('')],
      footers: [paragraph('Page 3 of 9'), paragraph('3')],
    });
    expect(reading.text.replace(/^¶\d+ /gm, '').split('\n\n')).toEqual([
      'Text[^1] and[^e1]',
      'More[^2][^See-the-schedule-of-1994]',
      'These words',
      '[^1]: first',
      '[^e1]: last',
      '[^2]: second',
      '[^See-the-schedule-of-1994]: star',
      '[Header: Company]',
      '[Footer: Page 3 of 9]',
      '[Comment by Ann Lee, 2026-03-04 on “These words”: Why?]',
    ]);
    expect(reading.file.notes).toEqual([{ what: 'comments', size: 1 }]);
    expect(reading.gaps).toEqual([{ why: 'hidden', size: 6, sample: 'nobody' }]);
  });

  it('shows the results of fields and the words of links, over paragraphs and inside each other', async () => {
    const char = (type: string, more = '') =>
      `<w:r><w:fldChar w:fldCharType="${type}">${more}</w:fldChar></w:r>`;
    const code = (text: string) => `<w:r><w:instrText>${text}</w:instrText></w:r>`;
    const content = [
      paragraph(`${char('begin')}${code('TOC \\o')}${char('separate')}${run('Intro')}`),
      paragraph(
        `${char('begin')}${code('HYPERLINK &quot;https://a.test/(x)&quot;')}${char('separate')}${run('inner')}${char('end')}${run('\t5')}${char('end')}`,
      ),
      paragraph(
        `${char('begin')}${code(' IF ')}${char('begin')}${code('MERGEFIELD a')}${char('separate')}${run('unseen')}${char('end')}${char('separate')}${run('seen')}${char('end')}`,
      ),
      paragraph(
        '<w:hyperlink r:id="l1"><w:r><w:t>site</w:t></w:r></w:hyperlink><w:hyperlink w:anchor="x"><w:r><w:t xml:space="preserve"> inside</w:t></w:r></w:hyperlink><w:fldSimple w:instr="DATE"><w:r><w:t xml:space="preserve"> today</w:t></w:r></w:fldSimple>',
      ),
      paragraph(
        `${char('begin', '<w:ffData><w:checkBox><w:default w:val="1"/></w:checkBox></w:ffData>')}${code('FORMCHECKBOX')}${char('end')}${run(' yes')}`,
      ),
      paragraph(
        `${char('begin')}${code('SYMBOL 252 \\f &quot;Wingdings&quot; \\s 10')}${char('end')}<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>${run('after')}`,
      ),
    ].join('');
    expect(await texts({ body: content, related: [['l1', 'hyperlink', 'https://b.test/']] })).toEqual([
      'Intro',
      '[inner](https://a.test/%28x%29)\t5',
      'seen',
      '[site](https://b.test/) inside today',
      '☑ yes',
      '✓αafter',
    ]);
  });

  it('keeps inserted text and counts what is deleted or hidden', async () => {
    const content = [
      paragraph(
        '<w:r><w:t xml:space="preserve">a </w:t></w:r><w:ins w:id="1"><w:r><w:t>new</w:t></w:r></w:ins><w:del w:id="2"><w:r><w:delText>old words</w:delText></w:r></w:del><w:moveTo><w:r><w:t xml:space="preserve"> moved</w:t></w:r></w:moveTo><w:moveFrom><w:r><w:t>away</w:t></w:r></w:moveFrom>',
      ),
      paragraph(`${run('seen ')}${run('unseen', '<w:vanish/>')}`),
      paragraph('secret', style('secret')),
    ].join('');
    const reading = await read({ body: content, styles });
    expect(reading.text).toBe('¶1 a new moved\n\n¶2 seen');
    expect(reading.gaps).toEqual([
      { why: 'deleted-text', size: 12, sample: 'old words · away' },
      { why: 'hidden', size: 12, sample: 'unseen · secret' },
    ]);
  });

  it('reads text boxes once, pictures by their words, formulas as LaTeX, charts and diagrams by what they say', async () => {
    const box = (text: string) => `<w:txbxContent>${paragraph(text)}</w:txbxContent>`;
    const fraction =
      '<m:f><m:num><m:r><m:t>a+1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>';
    const content = [
      paragraph(
        `${run('Before')}<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>${box('In a box')}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>${box('In a box')}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>`,
      ),
      paragraph(
        '<w:r><w:drawing><wp:inline><wp:docPr descr="A moon"/><a:graphic><pic:pic/></a:graphic></wp:inline></w:drawing></w:r><w:r><w:drawing><pic:pic/></w:drawing></w:r>',
      ),
      paragraph(`<m:oMath><m:r><m:t>x=</m:t></m:r>${fraction}</m:oMath>`),
      `<m:oMathPara><m:oMath><m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub><m:r><m:t>i=1</m:t></m:r></m:sub><m:sup><m:r><m:t>n</m:t></m:r></m:sup><m:e><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:e></m:nary></m:oMath></m:oMathPara>`,
      paragraph(
        '<w:r><w:drawing><c:chart r:id="c1"/></w:drawing></w:r><w:r><w:drawing><dgm:relIds r:dm="d1"/></w:drawing></w:r>',
      ),
      paragraph(
        '<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r><w:r><w:pict><v:shape><v:textpath string="Drawn letters"/></v:shape></w:pict></w:r>',
      ),
      paragraph(
        '<w:r><w:ruby><w:rt><w:r><w:t>ぼう</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>望</w:t></w:r></w:rubyBase></w:ruby></w:r>',
      ),
      '<w:sdt><w:sdtContent><w:p><w:sdt><w:sdtContent><w:r><w:t>controlled</w:t></w:r></w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt>',
      '<w:altChunk r:id="h1"/><w:altChunk r:id="h2"/>',
    ].join('');
    const points = (...values: string[]) =>
      values.map((value, index) => `<c:pt idx="${index}"><c:v>${value}</c:v></c:pt>`).join('');
    const reading = await read(
      {
        body: content,
        related: [
          ['c1', 'chart', 'charts/chart1.xml'],
          ['d1', 'diagramData', 'diagrams/data1.xml'],
          ['h1', 'aFChunk', 'chunk.html'],
          ['h2', 'aFChunk', 'chunk.docx'],
        ],
        parts: {
          'word/charts/chart1.xml': wordPart(
            'x',
            `<c:title><a:t>Sales</a:t></c:title><c:ser><c:tx><c:v>2026</c:v></c:tx><c:cat>${points('Q1', 'Q2')}</c:cat><c:val>${points('10', '20')}</c:val></c:ser>`,
          ),
          'word/diagrams/data1.xml': wordPart(
            'x',
            '<dgm:pt><a:p><a:r><a:t>Step one</a:t></a:r></a:p></dgm:pt><dgm:pt/>',
          ),
          'word/chunk.html': '<h2>Chunk</h2><p>of a page',
          'word/chunk.docx': 'x',
          'word/vbaProject.bin': 'x',
        },
      },
      'report.docm',
    );
    expect(reading.text.replace(/^¶\d+ /gm, '').split('\n\n')).toEqual([
      'Before',
      'In a box',
      '![A moon]',
      '$x = \\frac{a + 1}{2}$',
      '$$\\sum_{i = 1}^n x^2$$',
      'Sales',
      '|  | 2026 |\n| --- | --- |\n| Q1 | 10 |\n| Q2 | 20 |',
      '- Step one',
      'Drawn letters',
      '望(ぼう)',
      'controlled',
      '## Chunk',
      'of a page',
    ]);
    expect(reading.gaps).toEqual([
      { why: 'pictures', size: 2 },
      { why: 'charts', size: 1 },
      { why: 'embedded-files', size: 2, sample: 'Excel.Sheet.12 · chunk.docx' },
      { why: 'macros', size: 1 },
    ]);
  });

  it('is read when it is strict, and when it calls its namespaces by other names', async () => {
    const strict = (await import('fflate')).zipSync({
      'word/document.xml': new TextEncoder().encode(
        '<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:r><x:t>strict</x:t></x:r></x:p></x:body></x:document>',
      ),
    });
    expect((await readWord(new Uint8Array(strict), { name: 'a.docx' })).text).toBe('¶1 strict');
  });

  it('reaches the model with every sentence in order, whatever stands between them', async () => {
    const random = new Random(11);
    const planted: string[] = [];
    const say = () => {
      const sentence = `Sentence ${planted.length} 望舒 says ${random.below(1e9)}.`;
      planted.push(sentence);
      return sentence;
    };
    const blocks: string[] = [];
    for (let index = 0; index < 400; index++) {
      const kind = random.below(6);
      if (kind === 0) blocks.push(paragraph(say(), style('berschrift1')));
      else if (kind === 1)
        blocks.push(
          table([
            [say(), say()],
            [say(), say()],
          ]),
        );
      else if (kind === 2) blocks.push(`<w:sdt><w:sdtContent>${paragraph(say())}</w:sdtContent></w:sdt>`);
      else if (kind === 3) blocks.push(paragraph(`${run(say())}<w:ins>${run(` ${say()}`)}</w:ins>`));
      else if (kind === 4)
        blocks.push(
          paragraph(
            `<w:r><w:t>x</w:t><w:drawing><wps:txbx><w:txbxContent>${paragraph(say())}</w:txbxContent></wps:txbx></w:drawing></w:r>`,
          ),
        );
      else blocks.push(paragraph(say()));
    }
    const { text } = await read({ body: blocks.join(''), styles });
    let at = 0;
    for (const sentence of planted) {
      at = text.indexOf(sentence, at);
      expect(at, sentence).toBeGreaterThanOrEqual(0);
      at += sentence.length;
    }
  });
});

describe('a Word document that means harm', () => {
  const code = async (parts: WordParts | Uint8Array<ArrayBuffer>) => {
    try {
      await readWord(parts instanceof Uint8Array ? parts : makeWord(parts), { name: 'a.docx' });
      return 'read';
    } catch (error) {
      return (error as { code?: string }).code ?? error;
    }
  };

  it('is refused with a reason', async () => {
    const good = makeWord({ body: paragraph('x') });
    expect(await code(new Uint8Array())).toBe('file-empty');
    expect(await code(good.slice(0, good.length - 40))).toBe('file-broken');
    expect(await code(makeWord({ body: '' }))).toBe('file-nothing');
    expect(await code({ body: '', parts: { 'word/document.xml': '<html/>' } })).toBe('file-broken');
    const compound = new Uint8Array(2048);
    compound.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    Array.from('EncryptedPackage').forEach((letter, index) => {
      compound[1024 + 2 * index] = letter.charCodeAt(0);
    });
    expect(await code(compound)).toBe('file-locked');
    expect(await code({ body: '', parts: { 'word/document.xml': new Uint8Array(50 * 2 ** 20) } })).toBe(
      'file-bomb',
    );
  });

  it('expands no entity and reads a cut part as far as it goes, and says so', async () => {
    const part = wordPart('document', `<w:body>${paragraph('&lol; kept')}`)
      .replace(/&amp;lol;/, '&lol;')
      .replace(/<\/w:document>$/, '');
    const { text, gaps } = await read({
      body: '',
      parts: { 'word/document.xml': part.replace('?>', '?><!DOCTYPE x [<!ENTITY lol "aaaaaaaaaa">]>') },
    });
    expect(text).toBe('¶1 &lol; kept');
    expect(gaps).toEqual([{ why: 'unread-parts', size: 1, sample: 'word/document.xml' }]);
  });

  it('takes linear time, however deep or crooked it is', async () => {
    const shapes = [
      (size: number) => '<w:tbl><w:tr><w:tc>'.repeat(size) + paragraph('x'),
      (size: number) => '<w:sdt><w:sdtContent>'.repeat(size) + paragraph('x'),
      (size: number) => `<w:p>${'<w:ins>'.repeat(size)}${run('x')}`,
      (size: number) =>
        `<w:p>${'<w:r><w:fldChar w:fldCharType="begin"/></w:r>'.repeat(size)}</w:p>${paragraph('x')}`,
      (size: number) =>
        `${paragraph('x')}<w:p>${Array.from({ length: size }, (_, index) => `<w:commentRangeStart w:id="${index}"/>`).join('')}${run('x').repeat(size)}</w:p>`,
      (size: number) => `<w:p>${run('x').repeat(size)}</w:p>`,
      (size: number) => `<w:p>${'<w:r><w:drawing><wps:txbx><w:txbxContent><w:p>'.repeat(size)}${run('x')}`,
      (size: number) =>
        `${paragraph('x')}<w:p><m:oMath>${'<m:sSup><m:e>'.repeat(size)}<m:r><m:t>x</m:t></m:r>`,
      (size: number) =>
        `<w:tbl>${`<w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999"/><w:vMerge w:val="restart"/></w:tcPr>${paragraph('x')}</w:tc></w:tr>`.repeat(size / 10)}</w:tbl>`,
    ];
    for (const [index, shape] of shapes.entries()) {
      const begin = cpuTime();
      const { text } = await read({ body: shape(20_000) });
      expect(text).toContain('x');
      expect(cpuTime() - begin, `shape ${index}`).toBeLessThan(4_000);
    }
  });
});
