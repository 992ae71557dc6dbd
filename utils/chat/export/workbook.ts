/**
 * Spreadsheets in Office Open XML (ECMA-376): sheets of text, numbers and addresses. Texts are inline strings, which no
 * program takes for a formula, and there is no way to write one.
 */

import { startsFormula } from './csv';
import { xmlText } from './xml-text';
import { zip } from './zip';

/** `figures`: as numbers stand in a column of numbers, at the end of the line, and words at its start. */
export type CellAlign = 'center' | 'end' | 'figures';

export type CellStyle = 'plain' | 'head' | 'best' | 'quiet' | 'struck' | 'link';

export interface SheetCell {
  text: string;
  /** The number that the text is, and how it is shown. */
  number?: { value: number; format: string };
  style?: CellStyle;
  /** Where it stands in its cell; without it words begin at the start, and so do numbers among words. */
  align?: CellAlign;
  /** An address on the web that it leads to. */
  address?: string;
}

export interface Sheet {
  name: string;
  /** Of each column, in characters. */
  widths: number[];
  /** The first is the head, which stays in sight, as the first column does. */
  rows: SheetCell[][];
  /** Its columns are read from the right. */
  rightToLeft?: boolean;
}

/** Limits of Excel: characters of a cell, of an address, addresses of a sheet. Longer texts go on in the row below. */
const longestText = 32_000;
const longestAddress = 2_000;
const mostAddresses = 60_000;

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The file of a workbook. */
export function workbook(sheets: Sheet[]): Promise<Blob> {
  const styles = createStyles();
  const written = sheets.map((sheet) => sheetXml(sheet, styles.indexOf));
  const names = sheetNames(sheets.map(({ name }) => name));
  const entries = [
    {
      name: '[Content_Types].xml',
      text: `${xml}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/>${sheets.map((_, index) => `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="${type}.worksheet+xml"/>`).join('')}</Types>`,
    },
    {
      name: '_rels/.rels',
      text: relations([{ id: 'rId1', type: 'officeDocument', target: 'xl/workbook.xml' }]),
    },
    {
      name: 'xl/workbook.xml',
      text: `${xml}<workbook xmlns="${main}" xmlns:r="${office}"><bookViews><workbookView/></bookViews><sheets>${names.map((name, index) => `<sheet name="${escaped(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      text: relations([
        ...sheets.map((_, index) => ({
          id: `rId${index + 1}`,
          type: 'worksheet',
          target: `worksheets/sheet${index + 1}.xml`,
        })),
        { id: `rId${sheets.length + 1}`, type: 'styles', target: 'styles.xml' },
      ]),
    },
    { name: 'xl/styles.xml', text: styles.xml() },
    ...written.flatMap(({ text, addresses }, index) => [
      { name: `xl/worksheets/sheet${index + 1}.xml`, text },
      ...(addresses.length > 0
        ? [
            {
              name: `xl/worksheets/_rels/sheet${index + 1}.xml.rels`,
              text: relations(
                addresses.map((target, place) => ({
                  id: `rId${place + 1}`,
                  type: 'hyperlink',
                  target,
                  isExternal: true,
                })),
              ),
            },
          ]
        : []),
    ]),
  ];
  return zip(entries, `${type}.sheet`);
}

function relations(list: { id: string; type: string; target: string; isExternal?: boolean }[]): string {
  const lines = list.map(
    ({ id, type: kind, target, isExternal }) =>
      `<Relationship Id="${id}" Type="${office}/${kind}" Target="${escaped(target)}"${isExternal ? ' TargetMode="External"' : ''}/>`,
  );
  return `${xml}<Relationships xmlns="${packages}/relationships">${lines.join('')}</Relationships>`;
}

/** Names of sheets have at most 31 characters, none of which means something in a formula, and no two are the same. */
function sheetNames(names: string[]): string[] {
  const taken = new Set<string>();
  return names.map((name, index) => {
    const plain =
      name
        .replace(/[[\]:*?/\\']+/g, ' ')
        .trim()
        .slice(0, 28) || `${index + 1}`;
    const own = taken.has(plain.toLowerCase()) ? `${plain} ${index + 1}` : plain;
    taken.add(own.toLowerCase());
    return own;
  });
}

function sheetXml({ widths, rows, rightToLeft }: Sheet, styleOf: StyleOf) {
  const addresses: string[] = [];
  const links: string[] = [];
  const lines: string[] = [];
  for (const row of rows) {
    // Of a text that is longer than a cell may be, the rest stands below.
    const height = Math.max(1, ...row.map(({ text }) => Math.ceil(text.length / longestText)));
    for (let part = 0; part < height; part++) {
      const number = lines.length + 1;
      const cells = row.map((cell, column) => {
        const place = `${columnName(column)}${number}`;
        const text = cell.text.slice(part * longestText, (part + 1) * longestText);
        const { style = 'plain', align, address } = cell;
        if (part === 0 && cell.number)
          return `<c r="${place}" s="${styleOf({ style, align, format: cell.number.format })}"><v>${cell.number.value}</v></c>`;
        if (text === '') return '';
        if (part === 0 && address && address.length <= longestAddress && addresses.length < mostAddresses) {
          addresses.push(address);
          links.push(`<hyperlink ref="${place}" r:id="rId${addresses.length}"/>`);
        }
        return `<c r="${place}" s="${styleOf({ style, align, isQuoted: startsFormula(text) })}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
      });
      lines.push(`<row r="${number}">${cells.join('')}</row>`);
    }
  }
  const columns = widths.map(
    (width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  );
  const text = `${xml}<worksheet xmlns="${main}" xmlns:r="${office}"><sheetViews><sheetView${rightToLeft ? ' rightToLeft="1"' : ''} workbookViewId="0"><pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/></sheetView></sheetViews><cols>${columns.join('')}</cols><sheetData>${lines.join('')}</sheetData>${links.length > 0 ? `<hyperlinks>${links.join('')}</hyperlinks>` : ''}</worksheet>`;
  return { text, addresses };
}

/** A, B, …, Z, AA */
function columnName(index: number): string {
  let name = '';
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  return name;
}

const fonts: Record<CellStyle, string> = {
  plain: '',
  head: '<b/>',
  best: '<b/>',
  quiet: '<i/><color rgb="FF5A6C75"/>',
  struck: '<strike/><color rgb="FFAE3022"/>',
  link: '<u/><color rgb="FF0F5F7F"/>',
};

interface CellLook {
  style: CellStyle;
  align?: CellAlign;
  format?: string;
  /** It stays text when a user edits it: without that, Excel would take `=1+1` for a formula then. */
  isQuoted?: boolean;
}
type StyleOf = (look: CellLook) => number;

/** Every style that is used, each once. */
function createStyles() {
  const names = Object.keys(fonts) as CellStyle[];
  const formats = new Map<string, number>();
  const used = new Map<string, number>();
  const records: string[] = [];
  const indexOf: StyleOf = ({ style, align, format = 'General', isQuoted = false }) => {
    const key = `${style} ${align} ${isQuoted} ${format}`;
    const known = used.get(key);
    if (known !== undefined) return known;
    // Numbers below 164 are formats that every program has.
    if (format !== 'General' && !formats.has(format)) formats.set(format, 164 + formats.size);
    records.push(
      `<xf numFmtId="${formats.get(format) ?? 0}" fontId="${names.indexOf(style)}" fillId="0" borderId="0" xfId="0"${isQuoted ? ' quotePrefix="1"' : ''} applyNumberFormat="1" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"${horizontal(align, format)}/></xf>`,
    );
    used.set(key, records.length - 1);
    return records.length - 1;
  };
  indexOf({ style: 'plain' });
  return {
    indexOf,
    xml: () =>
      `${xml}<styleSheet xmlns="${main}">${formats.size > 0 ? `<numFmts count="${formats.size}">${[...formats].map(([format, id]) => `<numFmt numFmtId="${id}" formatCode="${escaped(format)}"/>`).join('')}</numFmts>` : ''}<fonts count="${names.length}">${names.map((name) => `<font>${fonts[name].replace(/<color.*?>/, '')}<sz val="11"/>${/<color.*?>/.exec(fonts[name])?.[0] ?? ''}<name val="Calibri"/></font>`).join('')}</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="${records.length}">${records.join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
  };
}

/** Office Open XML knows left and right; both are turned in a sheet that is read from the right. */
function horizontal(align: CellAlign | undefined, format: string): string {
  if (align === 'center') return ' horizontal="center"';
  if (align === 'end') return ' horizontal="right"';
  return align === 'figures' || format === 'General' ? '' : ' horizontal="left"';
}

/** Text within XML; what Excel would take for an escape of its own (_x0041_) is escaped. */
const escaped = (text: string): string => xmlText(text.replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_'));
