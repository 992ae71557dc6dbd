import { t } from '../../i18n';
import { deepestLevel, indentStep, languageOf, type NumberedList } from './docx-styles';
import type { Block, Cell, Run, SavedDocument, Words } from './saved-document';
import { xmlText } from './xml-text';

/** Limits of Word: columns of a table, rows that it still lays out, characters of an address. */
const mostColumns = 63;
const mostRows = 20_000;
const longestAddress = 2_000;
/** Twips between the margins of a page of A4. */
const pageWidth = 9_026;

/** Where a block stands. */
interface Around {
  /** How many lists it is in. */
  lists: number;
  quotes: number;
  /** The number and level of the item that its first paragraph begins. */
  item?: { list: number; level: number };
}

/** What a document of Word says, and the lists and addresses that it names. */
export class DocxWriter {
  readonly lists: NumberedList[] = [];
  readonly addresses: string[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly saved: SavedDocument;

  constructor(saved: SavedDocument) {
    this.saved = saved;
  }

  body(): string {
    const { title, question, about, blocks, remarks, sources, passages, lang } = this.saved;
    const plain = (text: string): Words => ({ runs: [{ text }], ...(lang ? { lang } : {}) });
    const top: Around = { lists: 0, quotes: 0 };
    const parts = [
      this.paragraph('Title', { ...plain(title), dir: rtlOf(title) }),
      this.paragraph('About', plain(about)),
      ...(question ? [this.paragraph('Quote', { ...plain(question), dir: rtlOf(question) })] : []),
      ...blocks.map((block) => this.block(block, top)),
      ...remarks.map((remark) => this.paragraph('Remark', plain(remark))),
    ];
    if (sources.length > 0) parts.push(this.paragraph('Heading1', plain(t('saved.sources'))));
    for (const { number, title: name, address, facts, lang: own } of sources) {
      const named: Run = { text: name, ...(address ? { address } : {}), ...(own ? { lang: own } : {}) };
      const inner = `${this.run({ text: `${number}. ` })}${this.runs([named])}${run(` ${facts}`, '<w:rStyle w:val="Facts"/>')}`;
      parts.push(`<w:p><w:pPr><w:pStyle w:val="ListParagraph"/></w:pPr>${inner}</w:p>`);
    }
    if (passages.length > 0) parts.push(this.paragraph('Heading1', plain(t('saved.passages'))));
    for (const { number, mark, title: name, place, words, address, lang: own } of passages) {
      const where = [place, mark].filter(Boolean).join(' · ');
      const label: Run = { text: `[${number}]`, strong: true };
      const named: Run = { text: name, ...(address ? { address } : {}) };
      parts.push(
        `<w:p><w:pPr><w:pStyle w:val="PassageHead"/></w:pPr><w:bookmarkStart w:id="${number}" w:name="passage_${number}"/>${this.run(label)}<w:bookmarkEnd w:id="${number}"/>${run(' ', '')}${this.runs([named])}${run(` ${where}`, '<w:rStyle w:val="Facts"/>')}</w:p>`,
        this.paragraph('Quote', {
          runs: [{ text: words }],
          dir: rtlOf(words),
          ...(own ? { lang: own } : {}),
        }),
      );
    }
    return parts.join('');
  }

  private block(block: Block, around: Around): string {
    switch (block.type) {
      case 'heading':
        return this.paragraph(`Heading${Math.min(6, block.level)}`, block);
      case 'paragraph':
        return this.paragraph(styleIn(around), block, around);
      case 'list':
        return this.list(block, around);
      case 'quote': {
        const inside = { ...around, quotes: around.quotes + 1, item: undefined };
        return block.blocks.map((inner) => this.block(inner, inside)).join('');
      }
      case 'code':
      case 'formula':
        return this.paragraph('Code', { runs: [{ text: block.text }], dir: 'ltr' }, around);
      case 'table':
        return this.table(block);
      case 'rule':
        return '<w:p><w:pPr><w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="C5D2D8"/></w:pBdr></w:pPr></w:p>';
      case 'definition': {
        const { term, meanings } = block;
        const bold = { ...term, runs: term.runs.map((one) => ({ ...one, strong: true })) };
        const inside = { ...around, lists: around.lists + 1, item: undefined };
        return [
          this.paragraph(styleIn(around), bold, around),
          ...meanings.map((meaning) => this.paragraph('ListParagraph', meaning, inside)),
        ].join('');
      }
    }
  }

  private list({ ordered, start, items }: Extract<Block, { type: 'list' }>, around: Around): string {
    const level = Math.min(deepestLevel, around.lists);
    // Word counts from 0 to 32,767.
    const first = Number.isSafeInteger(start) ? Math.min(32_767, Math.max(0, start)) : 1;
    const list = this.lists.push({ ordered, start: first, level });
    return items
      .map(({ done, blocks }) => {
        const inside: Around = { lists: around.lists + 1, quotes: around.quotes };
        const [lead, ...rest] = blocks;
        const box: Run[] = done === undefined ? [] : [{ text: done ? '☑ ' : '☐ ' }];
        // A box is the sign of its item.
        const item = done === undefined ? { list, level } : undefined;
        const isWords = lead?.type === 'paragraph';
        const begun: Block = isWords
          ? { ...lead, runs: [...box, ...lead.runs] }
          : { type: 'paragraph', runs: box };
        return [
          this.block(begun, { ...inside, item }),
          ...(isWords || !lead ? rest : blocks).map((block) => this.block(block, inside)),
        ].join('');
      })
      .join('');
  }

  private paragraph(style: string, { runs, dir, lang }: Words, around?: Around): string {
    const { item, lists = 0, quotes = 0 } = around ?? {};
    const indent = lists + (style === 'Quote' ? Math.max(1, quotes) : quotes);
    // Lists are indented by their numbering, but for those in a quotation.
    const isOwn = item === undefined || quotes > 0;
    const properties = [
      `<w:pStyle w:val="${style}"/>`,
      item ? `<w:numPr><w:ilvl w:val="${item.level}"/><w:numId w:val="${item.list}"/></w:numPr>` : '',
      dir === 'rtl' ? '<w:bidi/>' : '',
      indent > 0 && around && isOwn
        ? `<w:ind w:left="${indent * indentStep + (lists > 0 ? 60 : 0)}"${item ? ` w:hanging="${indentStep}"` : ''}/>`
        : '',
    ];
    return `<w:p><w:pPr>${properties.join('')}</w:pPr>${this.runs(runs, { dir, lang })}</w:p>`;
  }

  private runs(runs: readonly Run[], within: Pick<Words, 'dir' | 'lang'> = {}): string {
    return runs
      .map((one) => {
        const made = this.run(one, within);
        if (one.passage !== undefined)
          return `<w:hyperlink w:anchor="passage_${one.passage}" w:history="1">${made}</w:hyperlink>`;
        const link = one.address === undefined ? undefined : this.linkTo(one.address);
        return link ? `<w:hyperlink r:id="link${link}" w:history="1">${made}</w:hyperlink>` : made;
      })
      .join('');
  }

  private run(
    { text, strong, em, del, code, formula, raised, lang, isolate, address, passage }: Run,
    within: Pick<Words, 'dir' | 'lang'> = {},
  ): string {
    const style =
      code || formula
        ? 'CodeWords'
        : passage !== undefined
          ? 'Cited'
          : address !== undefined && this.linkTo(address)
            ? 'Hyperlink'
            : '';
    const own = languageOf(lang ?? within.lang);
    const isRtl = (within.dir === 'rtl') !== (isolate ?? false) && !code && !formula;
    return run(
      text,
      [
        style ? `<w:rStyle w:val="${style}"/>` : '',
        own.font && !code ? `<w:rFonts w:eastAsia="${own.font}" w:hint="eastAsia"/>` : '',
        strong ? '<w:b/><w:bCs/>' : '',
        em ? '<w:i/><w:iCs/>' : '',
        del ? '<w:strike/>' : '',
        raised ? '<w:vertAlign w:val="superscript"/>' : '',
        isRtl ? '<w:rtl/>' : '',
        own.lang,
      ].join(''),
    );
  }

  /** The number of an address among those of the document; undefined for what Word could not open. */
  private linkTo(address: string): number | undefined {
    if (!/^https?:/i.test(address) || !URL.canParse(address)) return undefined;
    const { href } = new URL(address);
    if (href.length > longestAddress) return undefined;
    const known = this.numbers.get(href);
    if (known !== undefined) return known;
    const number = this.addresses.push(href);
    this.numbers.set(href, number);
    return number;
  }

  /** In several tables where Word takes no more columns or rows; each has the head, and the column that names rows. */
  private table({ head: heads, rows, dir }: Extract<Block, { type: 'table' }>): string {
    const width = Math.max(heads.length, ...rows.map((row) => row.length));
    const parts: string[] = [];
    for (let from = 0; from < width; from += mostColumns - 1) {
      const columns = Array.from(
        { length: Math.min(mostColumns - 1, width - from) },
        (_, index) => from + index,
      );
      if (from > 0) columns.unshift(0);
      for (let row = 0; row === 0 || row < rows.length; row += mostRows)
        parts.push(this.tablePart(heads, rows.slice(row, row + mostRows), columns, dir));
    }
    return parts.join('');
  }

  private tablePart(heads: Cell[], rows: Cell[][], columns: number[], dir: Words['dir']): string {
    const width = Math.floor(pageWidth / columns.length);
    const cell = (row: Cell[], column: number, isHead: boolean) => {
      const { runs = [], align, ...look } = row[column] ?? { runs: [] };
      const own = isHead ? runs.map((one) => ({ ...one, strong: true })) : runs;
      const at = align ? `<w:jc w:val="${align === 'end' ? 'right' : 'center'}"/>` : '';
      const bidi = look.dir === 'rtl' ? '<w:bidi/>' : '';
      return `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="TableText"/>${bidi}${at}</w:pPr>${this.runs(own, look)}</w:p></w:tc>`;
    };
    const line = (row: Cell[], isHead: boolean) =>
      `<w:tr><w:trPr><w:cantSplit/>${isHead ? '<w:tblHeader/>' : ''}</w:trPr>${columns.map((column) => cell(row, column, isHead)).join('')}</w:tr>`;
    const grid = columns.map(() => `<w:gridCol w:w="${width}"/>`).join('');
    // Two tables without a paragraph between them become one.
    return `<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>${dir === 'rtl' ? '<w:bidiVisual/>' : ''}<w:tblW w:w="5000" w:type="pct"/></w:tblPr><w:tblGrid>${grid}</w:tblGrid>${line(heads, true)}${rows.map((row) => line(row, false)).join('')}</w:tbl><w:p><w:pPr><w:spacing w:after="60"/></w:pPr></w:p>`;
  }
}

const styleIn = ({ lists, quotes }: Around): string =>
  quotes > 0 ? 'Quote' : lists > 0 ? 'ListParagraph' : 'Normal';

/** Line ends and tabs are elements of their own in Word. */
function run(text: string, properties: string): string {
  const pieces = text
    .replace(/\r\n?/g, '\n')
    .split(/([\n\t])/)
    .map((piece) =>
      piece === '\n'
        ? '<w:br/>'
        : piece === '\t'
          ? '<w:tab/>'
          : piece && `<w:t xml:space="preserve">${xmlText(piece)}</w:t>`,
    );
  return `<w:r>${properties ? `<w:rPr>${properties}</w:rPr>` : ''}${pieces.join('')}</w:r>`;
}

/** The direction of the first letter that has one. */
const rtlOf = (text: string): Words['dir'] => {
  const first = /[\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Syriac}\p{sc=Thaana}]|(\p{L})/u.exec(text.slice(0, 4_000));
  return first && first[1] === undefined ? 'rtl' : undefined;
};
