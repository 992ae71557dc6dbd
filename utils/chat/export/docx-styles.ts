/** What documents of Word have in common: their looks, the signs of their lists, how far they are indented. */

/** Twips (twentieths of a point), by which lists and quotations are indented at each level. */
export const indentStep = 360;
/** Lists of Word have nine levels. */
export const deepestLevel = 8;

export const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
export const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Fonts for Han, Kana and Hangul that come with Word, by language, and the tags that Word knows. */
const eastAsian: Record<string, { font: string; tag: string }> = {
  'zh-Hant': { font: 'Microsoft JhengHei', tag: 'zh-TW' },
  zh: { font: 'Microsoft YaHei', tag: 'zh-CN' },
  ja: { font: 'Yu Gothic', tag: 'ja-JP' },
  ko: { font: 'Malgun Gothic', tag: 'ko-KR' },
};
const rightToLeft: Record<string, string> = { ar: 'ar-SA', he: 'he-IL', fa: 'fa-IR', ur: 'ur-PK' };

/** What `w:lang` and `w:rFonts` say of a language (BCP 47); the fonts of Latin and Arabic letters stay as they are. */
export function languageOf(lang: string | undefined): { lang: string; font?: string; tag?: string } {
  if (!lang) return { lang: '' };
  const isTraditional = /^zh\b.*\b(?:Hant|TW|HK|MO)\b/i.test(lang);
  const primary = lang.toLowerCase().split('-')[0] ?? '';
  const east = isTraditional ? eastAsian['zh-Hant'] : eastAsian[primary];
  if (east) return { lang: `<w:lang w:eastAsia="${east.tag}"/>`, ...east };
  const bidi = rightToLeft[primary];
  if (bidi) return { lang: `<w:lang w:bidi="${bidi}"/>` };
  return { lang: /^[a-z]{2,3}$/.test(primary) && primary !== 'und' ? `<w:lang w:val="${primary}"/>` : '' };
}

const mono = '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/>';
const heading = (level: number, size: number) =>
  `<w:style w:type="paragraph" w:styleId="Heading${level}"><w:name w:val="heading ${level}"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="${Math.max(160, 400 - level * 60)}" w:after="80"/><w:outlineLvl w:val="${level - 1}"/></w:pPr><w:rPr><w:b/><w:bCs/><w:sz w:val="${size}"/><w:szCs w:val="${size}"/></w:rPr></w:style>`;
const paragraph = (id: string, name: string, properties: string, runs = '') =>
  `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>${properties}</w:pPr>${runs ? `<w:rPr>${runs}</w:rPr>` : ''}</w:style>`;
const character = (id: string, name: string, runs: string) =>
  `<w:style w:type="character" w:styleId="${id}"><w:name w:val="${name}"/><w:rPr>${runs}</w:rPr></w:style>`;
const side = (color: string) =>
  `<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="${color}"/></w:pBdr>`;

/** `lang`: of the document. Words in other languages say so where they stand. */
export function stylesXml(lang: string | undefined): string {
  const { font = 'Microsoft YaHei', tag = 'zh-CN' } = languageOf(lang);
  return `${head}<w:styles xmlns:w="${word}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="${font}" w:cs="Arial"/><w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="en-US" w:eastAsia="${tag}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="288" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>${[
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>',
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
    `<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>${['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map((edge) => `<w:${edge} w:val="single" w:sz="4" w:space="0" w:color="C5D2D8"/>`).join('')}</w:tblBorders></w:tblPr></w:style>`,
    paragraph(
      'Title',
      'Title',
      '<w:keepNext/><w:spacing w:after="80"/>',
      '<w:b/><w:bCs/><w:sz w:val="36"/><w:szCs w:val="36"/>',
    ),
    ...[32, 28, 25, 23, 22, 22].map((size, index) => heading(index + 1, size)),
    paragraph('About', 'About', '', '<w:color w:val="5A6C75"/><w:sz w:val="18"/><w:szCs w:val="18"/>'),
    paragraph('Remark', 'Remark', side('E0A423')),
    paragraph(
      'Quote',
      'Quote',
      `${side('C5D2D8')}<w:ind w:left="${indentStep}"/>`,
      '<w:color w:val="42545D"/>',
    ),
    paragraph('ListParagraph', 'List Paragraph', '<w:spacing w:after="60"/>'),
    paragraph(
      'TableText',
      'Table Text',
      '<w:spacing w:before="30" w:after="30" w:line="252" w:lineRule="auto"/>',
      '<w:sz w:val="20"/><w:szCs w:val="20"/>',
    ),
    paragraph(
      'Code',
      'Code',
      '<w:shd w:val="clear" w:color="auto" w:fill="F2F6F8"/><w:spacing w:line="252" w:lineRule="auto"/>',
      `${mono}<w:noProof/><w:sz w:val="19"/><w:szCs w:val="19"/>`,
    ),
    paragraph('PassageHead', 'Passage Head', '<w:keepNext/><w:spacing w:before="160" w:after="40"/>'),
    character('CodeWords', 'Code Words', `${mono}<w:noProof/>`),
    character('Hyperlink', 'Hyperlink', '<w:color w:val="0F5F7F"/><w:u w:val="single"/>'),
    character('Cited', 'Cited', '<w:color w:val="0F5F7F"/>'),
    character('Facts', 'Facts', '<w:color w:val="5A6C75"/><w:sz w:val="18"/><w:szCs w:val="18"/>'),
  ].join('')}</w:styles>`;
}

/** Each list of an answer, so that each counts for itself. */
export interface NumberedList {
  ordered: boolean;
  start: number;
  level: number;
}

const levels = (sign: (level: number) => string) =>
  Array.from({ length: deepestLevel + 1 }, (_, level) => {
    const left = indentStep * (level + 1) + 60;
    return `<w:lvl w:ilvl="${level}"><w:start w:val="1"/>${sign(level)}<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="${left}" w:hanging="${indentStep}"/></w:pPr></w:lvl>`;
  }).join('');

export function numberingXml(lists: readonly NumberedList[]): string {
  const bullets = levels(
    (level) => `<w:numFmt w:val="bullet"/><w:lvlText w:val="${['•', '◦', '▪'][level % 3]}"/>`,
  );
  const numbers = levels((level) => `<w:numFmt w:val="decimal"/><w:lvlText w:val="%${level + 1}."/>`);
  const own = lists.map(
    ({ ordered, start, level }, index) =>
      `<w:num w:numId="${index + 1}"><w:abstractNumId w:val="${ordered ? 1 : 0}"/>${ordered ? `<w:lvlOverride w:ilvl="${level}"><w:startOverride w:val="${start}"/></w:lvlOverride>` : ''}</w:num>`,
  );
  return `${head}<w:numbering xmlns:w="${word}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/>${bullets}</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="hybridMultilevel"/>${numbers}</w:abstractNum>${own.join('')}</w:numbering>`;
}
