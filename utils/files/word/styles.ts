import type { XmlElement } from '../markup';
import { childOf, elementsOf } from '../office/package';

export type StyleRole = 'quote' | 'code';

/** What a style says about the paragraphs and words that have it. */
export interface Style {
  /** 1 to 9 for headings. */
  level?: number;
  role?: StyleRole;
  numbering?: { id?: string; level?: number };
  bold?: boolean;
  italic?: boolean;
  strike?: boolean;
  isHidden?: boolean;
}

const headingNames =
  /^(?:heading|überschrift|titre|título|titolo|rubrik|overskrift|kop|nagłówek|заголовок|otsikko|标题|標題|見出し|제목|başlık|nadpis|címsor)\s*([1-9])$/iu;

/** The styles of a document, each with what it inherits. Names of headings are known in many languages. */
export function readStyles(styles: XmlElement | undefined): Map<string, Style> {
  const written = new Map<string, XmlElement>();
  for (const element of elementsOf(styles)) {
    const id = element.attributes['w:styleId'];
    if (element.name === 'w:style' && id !== undefined && !written.has(id)) written.set(id, element);
  }
  const resolved = new Map<string, Style>();
  for (const id of written.keys()) {
    // From the outermost ancestor to the style itself; a circle ends where it closes.
    const line: string[] = [];
    const seen = new Set<string>();
    for (
      let at: string | undefined = id;
      at !== undefined && written.has(at) && !seen.has(at) && !resolved.has(at);
    ) {
      seen.add(at);
      line.push(at);
      at = childOf(written.get(at), 'w:basedOn')?.attributes['w:val'];
    }
    for (const each of line.reverse()) {
      const element = written.get(each);
      const parent = childOf(element, 'w:basedOn')?.attributes['w:val'];
      resolved.set(each, { ...(parent === undefined ? {} : resolved.get(parent)), ...ownStyle(element) });
    }
  }
  return resolved;
}

function ownStyle(element: XmlElement | undefined): Style {
  const name = childOf(element, 'w:name')?.attributes['w:val']?.trim() ?? '';
  const properties = childOf(element, 'w:pPr');
  const style: Style = formatOf(childOf(element, 'w:rPr'));
  const level = outlineLevel(properties) ?? levelOfName(name);
  if (level !== undefined) style.level = level === 10 ? undefined : level;
  const numbering = numberingOf(properties);
  if (numbering) style.numbering = numbering;
  const role = roleOfName(name);
  if (role) style.role = role;
  return style;
}

export function roleOfName(name: string): StyleRole | undefined {
  if (/^(?:intense )?quot(?:e|ation)s?$|^block ?text$|^(?:明显)?引用$/i.test(name)) return 'quote';
  const isCode =
    /^(?:html preformatted|html 预设格式|source code|code(?: block)?|preformatted(?: text)?|macro text)$/i.test(
      name,
    );
  return isCode ? 'code' : undefined;
}

/** The level of a heading by the name of its style, in the languages in which Office has one. */
export function levelOfName(name: string): number | undefined {
  if (/^(?:title|titel|标题|標題|表題|제목)$/iu.test(name)) return 1;
  if (/^(?:subtitle|untertitel|副标题|副標題|副題|부제)$/iu.test(name)) return 2;
  const level = headingNames.exec(name)?.[1];
  return level === undefined ? undefined : Number(level);
}

/** 1 to 9, 10 for what is said to be no heading; undefined where nothing is said. */
export function outlineLevel(properties: XmlElement | undefined): number | undefined {
  const value = childOf(properties, 'w:outlineLvl')?.attributes['w:val'];
  if (value === undefined || !/^\d$/.test(value)) return undefined;
  return Number(value) + 1;
}

export function numberingOf(properties: XmlElement | undefined): Style['numbering'] {
  const element = childOf(properties, 'w:numPr');
  if (!element) return undefined;
  const id = childOf(element, 'w:numId')?.attributes['w:val'];
  const level = Number(childOf(element, 'w:ilvl')?.attributes['w:val'] ?? Number.NaN);
  return {
    ...(id === undefined ? {} : { id }),
    ...(Number.isInteger(level) && level >= 0 && level < 9 ? { level } : {}),
  };
}

/** The marks that properties of a run set or take away; what they do not name is absent. */
export function formatOf(properties: XmlElement | undefined): Style {
  const style: Style = {};
  for (const { name, attributes } of elementsOf(properties)) {
    const isOn = !/^(?:0|false|off|none)$/.test(attributes['w:val'] ?? '1');
    if (name === 'w:b') style.bold = isOn;
    else if (name === 'w:i') style.italic = isOn;
    else if (name === 'w:strike' || name === 'w:dstrike') style.strike = isOn || style.strike === true;
    else if (name === 'w:vanish') style.isHidden = isOn;
  }
  return style;
}
