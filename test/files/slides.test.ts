import { describe, expect, it } from 'vitest';
import { readSlides } from '@/utils/files/slides';
import { makePackage } from '../fixtures/files/office';
import { makeSlides, presentationPart, shape } from '../fixtures/files/slides';

const texts = (text: string) => text.replace(/^¶\d+ (\[slide \d+\] )?/gm, '').split('\n\n');

describe('a PowerPoint file', () => {
  it('has its slides in the order of the show, titles as headings, and every passage on its slide', async () => {
    const bytes = makeSlides([
      {
        shapes:
          shape(['Subtitle words'], 'subTitle') +
          shape(['Big', 'Title'], 'ctrTitle') +
          shape(['7'], 'sldNum'),
      },
      {
        shapes:
          shape(['Agenda'], 'title') +
          shape(
            [
              'one',
              { text: 'inner', properties: '<a:pPr lvl="1"/>' },
              { text: 'first', properties: '<a:pPr><a:buAutoNum type="alphaLcParenR"/></a:pPr>' },
              { text: 'second', properties: '<a:pPr><a:buAutoNum type="alphaLcParenR"/></a:pPr>' },
              { text: 'no bullet', properties: '<a:pPr><a:buNone/></a:pPr>' },
            ],
            'body',
          ) +
          `<p:grpSp><p:grpSpPr/><p:grpSp>${shape(['In a group'])}</p:grpSp></p:grpSp>`,
        notes: shape(['Say this.', 'And that.'], 'body') + shape(['3'], 'sldNum'),
        isHidden: true,
      },
      { shapes: shape(['第三页 望舒']) },
    ]);
    const reading = await readSlides(bytes, { name: 'talk.pptx' });
    expect(reading.title).toBe('talk.pptx');
    expect(reading.text).toBe(
      [
        '¶1 [slide 1] # Big Title',
        '¶2 Subtitle words',
        '¶3 [slide 2] [Hidden slide]',
        '¶4 # Agenda',
        '¶5 - one\n  - inner',
        '¶6 a) first',
        '¶7 b) second',
        '¶8 no bullet',
        '¶9 In a group',
        '¶10 [Notes: Say this.\nAnd that.]',
        '¶11 [slide 3] 第三页 望舒',
      ].join('\n\n'),
    );
    expect(reading.segments.map(({ place }) => place?.slide)).toEqual([1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 3]);
    expect(reading.file.units).toEqual({ slides: 3 });
    expect(reading.gaps).toEqual([]);
  });

  it('reads tables, charts, diagrams, pictures, links, formulas and comments', async () => {
    const cell = (text: string, attributes = '') =>
      `<a:tc${attributes}><a:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></a:txBody></a:tc>`;
    const shapes = [
      `<p:graphicFrame><a:tbl><a:tr>${cell('A')}${cell('B', ' gridSpan="2"')}${cell('', ' hMerge="1"')}</a:tr><a:tr>${cell('1', ' rowSpan="2"')}${cell('2')}${cell('3|4')}</a:tr><a:tr>${cell('', ' vMerge="1"')}${cell('5')}${cell('6')}</a:tr></a:tbl></p:graphicFrame>`,
      '<p:graphicFrame><c:chart r:id="c1"/></p:graphicFrame><p:graphicFrame><dgm:relIds r:dm="d1"/></p:graphicFrame>',
      '<p:pic><p:nvPicPr><p:cNvPr id="2" name="x" descr="A moon"/></p:nvPicPr></p:pic><p:pic><p:nvPicPr><p:cNvPr id="3" name="y"/></p:nvPicPr></p:pic>',
      shape([
        '<a:r><a:rPr b="1"><a:hlinkClick r:id="l1"/></a:rPr><a:t>link</a:t></a:r><a:br/><a:r><a:rPr baseline="30000"/><a:t>2</a:t></a:r>',
      ]),
      '<p:graphicFrame><mc:AlternateContent><mc:Choice><p:oleObj progId="Excel.Sheet"/></mc:Choice><mc:Fallback><p:oleObj/></mc:Fallback></mc:AlternateContent></p:graphicFrame>',
    ].join('');
    const bytes = makeSlides(
      [
        {
          shapes,
          related: [
            ['c1', 'chart', '../charts/chart1.xml'],
            ['d1', 'diagramData', '../diagrams/data1.xml'],
            ['l1', 'hyperlink', 'https://a.test/'],
            ['k1', 'comments', '../comments/comment1.xml'],
          ],
        },
      ],
      {
        main: [['a1', 'commentAuthors', 'commentAuthors.xml']],
        parts: {
          'ppt/charts/chart1.xml': presentationPart(
            'x',
            '<c:title><a:t>Sales</a:t></c:title><c:ser><c:tx><c:v>North</c:v></c:tx><c:cat><c:pt idx="0"><c:v>Q1</c:v></c:pt></c:cat><c:val><c:pt idx="0"><c:v>10</c:v></c:pt></c:val></c:ser>',
          ),
          'ppt/diagrams/data1.xml': presentationPart(
            'x',
            '<dgm:pt><a:p><a:r><a:t>Step</a:t></a:r></a:p></dgm:pt>',
          ),
          'ppt/comments/comment1.xml': presentationPart(
            'cmLst',
            '<p:cm authorId="0"><p:text>Really?</p:text></p:cm>',
          ),
          'ppt/commentAuthors.xml': presentationPart('cmAuthorLst', '<p:cmAuthor id="0" name="Ann"/>'),
          'ppt/vbaProject.bin': 'x',
        },
      },
    );
    const reading = await readSlides(bytes, { name: 'a.pptm' });
    expect(texts(reading.text)).toEqual([
      '| A | B | B |\n| --- | --- | --- |\n| 1 | 2 | 3\\|4 |\n| 1 | 5 | 6 |',
      'Sales',
      '|  | North |\n| --- | --- |\n| Q1 | 10 |',
      '- Step',
      '![A moon]',
      '[**link**](https://a.test/)\n^2',
      '[Comment by Ann: Really?]',
    ]);
    expect(reading.file.notes).toEqual([{ what: 'comments', size: 1 }]);
    expect(reading.gaps).toEqual([
      { why: 'charts', size: 1 },
      { why: 'pictures', size: 2 },
      { why: 'embedded-files', size: 1, sample: 'Excel.Sheet' },
      { why: 'macros', size: 1 },
    ]);
  });

  it('says what is wrong with it, and reads the slides that are there', async () => {
    const code = (bytes: Uint8Array<ArrayBuffer>) =>
      readSlides(bytes, { name: 'a.pptx' }).then(
        () => 'read',
        (error) => error.code,
      );
    expect(await code(new Uint8Array())).toBe('file-empty');
    expect(await code(makeSlides([{ shapes: shape(['x']) }]).slice(0, 900))).toBe('file-broken');
    expect(await code(makePackage({ 'ppt/presentation.xml': '<x/>' }))).toBe('file-broken');
    expect(await code(makeSlides([{ shapes: '<p:pic/>' }]))).toBe('file-nothing');
    const missing = makeSlides([{ shapes: shape(['here']) }, { shapes: shape(['x']) }], {
      main: [['s1', 'slide', 'slides/none.xml']],
      parts: { 'ppt/slides/slide1.xml': 'no markup' },
    });
    const { text, gaps } = await readSlides(missing, { name: 'a.pptx' });
    expect(texts(text)).toEqual(['here']);
    expect(gaps).toEqual([{ why: 'unread-parts', size: 1, sample: 'slide 2' }]);
  });
});

describe('an OpenDocument presentation', () => {
  it('has its slides with titles, lists, tables, notes and hidden slides', async () => {
    const namespaces = ['office', 'text', 'table', 'style', 'presentation']
      .map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
      .join(' ');
    const frame = (name: string, content: string) =>
      `<draw:frame presentation:class="${name}"><draw:text-box>${content}</draw:text-box></draw:frame>`;
    const content = `<office:document-content ${namespaces} xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"><office:automatic-styles><style:style style:name="dp2" style:family="drawing-page"><style:drawing-page-properties presentation:visibility="hidden"/></style:style></office:automatic-styles><office:body><office:presentation>
<draw:page draw:style-name="dp1">${frame('outline', '<text:list><text:list-item><text:p>point</text:p><text:list><text:list-item><text:p>under</text:p></text:list-item></text:list></text:list-item></text:list>')}${frame('title', '<text:p>First</text:p>')}<draw:custom-shape><text:p>In a <text:span>shape</text:span></text:p></draw:custom-shape><draw:g><draw:frame><draw:text-box><text:p>grouped</text:p></draw:text-box></draw:frame></draw:g><presentation:notes>${frame('notes', '<text:p>Say so</text:p>')}</presentation:notes></draw:page>
<draw:page draw:style-name="dp2"><draw:frame><table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table></draw:frame></draw:page>
</office:presentation></office:body></office:document-content>`;
    const reading = await readSlides(makePackage({ mimetype: 'x', 'content.xml': content }), {
      name: 'a.odp',
    });
    expect(reading.text).toBe(
      '¶1 [slide 1] # First\n\n¶2 - point\n  - under\n\n¶3 In a shape\n\n¶4 grouped\n\n¶5 [Notes: Say so]\n\n¶6 [slide 2] [Hidden slide]\n\n¶7 | a | b |\n| --- | --- |',
    );
    expect(reading.file.units).toEqual({ slides: 2 });
  });
});
