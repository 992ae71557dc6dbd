/** Paragraphs of DrawingML, in which presentations keep their words. */

import { inlineMarkdown, type Run } from '../document/inline';
import { numeral } from '../document/numerals';
import type { XmlElement } from '../markup';
import { latexOfMath } from '../office/math';
import { childOf, chosen, descendantsOf, elementsOf, textIn } from '../office/package';
import { inSigns } from '../office/symbols';

export interface DrawnParagraph {
  text: string;
  /** From 0. */
  depth: number;
  /** `1.` for a number, '' for a bullet, undefined where the paragraph itself says neither. */
  mark?: string;
  /** It says that it has no bullet. */
  isPlain: boolean;
}

const numberings: Record<string, [format: string, before: string, after: string]> = Object.assign(
  Object.create(null),
  {
    arabicPeriod: ['decimal', '', '.'],
    arabicParenR: ['decimal', '', ')'],
    arabicParenBoth: ['decimal', '(', ')'],
    arabicPlain: ['decimal', '', ''],
    alphaLcPeriod: ['lowerLetter', '', '.'],
    alphaLcParenR: ['lowerLetter', '', ')'],
    alphaLcParenBoth: ['lowerLetter', '(', ')'],
    alphaUcPeriod: ['upperLetter', '', '.'],
    alphaUcParenR: ['upperLetter', '', ')'],
    alphaUcParenBoth: ['upperLetter', '(', ')'],
    romanLcPeriod: ['lowerRoman', '', '.'],
    romanLcParenR: ['lowerRoman', '', ')'],
    romanLcParenBoth: ['lowerRoman', '(', ')'],
    romanUcPeriod: ['upperRoman', '', '.'],
    romanUcParenR: ['upperRoman', '', ')'],
    romanUcParenBoth: ['upperRoman', '(', ')'],
    circleNumDbPlain: ['decimalEnclosedCircle', '', ''],
    circleNumWdBlackPlain: ['decimalEnclosedCircle', '', ''],
    ea1ChsPlain: ['chineseCounting', '', ''],
    ea1ChsPeriod: ['chineseCounting', '', '.'],
    ea1JpnChsDbPeriod: ['chineseCounting', '', '.'],
  },
);

/** The paragraphs of a text body (`p:txBody`, `a:txBody`), those without words left out. */
export function drawnParagraphs(
  body: XmlElement | undefined,
  linkOf: (id: string | undefined) => string | undefined,
): DrawnParagraph[] {
  const paragraphs: DrawnParagraph[] = [];
  const counters: (number | undefined)[] = [];
  for (const element of elementsOf(body)) {
    if (element.name !== 'a:p') continue;
    const text = inlineMarkdown(runsOf(element, linkOf));
    if (text === '') continue;
    const properties = childOf(element, 'a:pPr');
    const depth = Math.max(0, Math.min(8, Number(properties?.attributes.lvl ?? 0) || 0));
    const auto = childOf(properties, 'a:buAutoNum');
    counters.length = depth + 1;
    let mark: string | undefined;
    if (auto) {
      const [format, before, after] = numberings[auto.attributes.type ?? ''] ?? ['decimal', '', '.'];
      counters[depth] = (counters[depth] ?? (Number(auto.attributes.startAt ?? 1) || 1) - 1) + 1;
      mark = before + numeral(counters[depth] ?? 1, format) + after;
    } else {
      counters[depth] = undefined;
      if (childOf(properties, 'a:buChar') || childOf(properties, 'a:buBlip')) mark = '';
    }
    paragraphs.push({
      text,
      depth,
      ...(mark === undefined ? {} : { mark }),
      isPlain: childOf(properties, 'a:buNone') !== undefined,
    });
  }
  return paragraphs;
}

function runsOf(paragraph: XmlElement, linkOf: (id: string | undefined) => string | undefined): Run[] {
  const runs: Run[] = [];
  for (const element of elementsOf(paragraph)) {
    if (element.name === 'a:br') runs.push({ text: '\n' });
    else if (element.name === 'a:r' || element.name === 'a:fld') {
      const properties = childOf(element, 'a:rPr');
      const { b, i, strike, baseline } = properties?.attributes ?? {};
      const raised = Number(baseline ?? 0);
      const font = childOf(properties, 'a:sym')?.attributes.typeface ?? '';
      runs.push({
        text: inSigns(textIn(childOf(element, 'a:t')), font),
        bold: b === '1' || b === 'true',
        italic: i === '1' || i === 'true',
        strike: strike !== undefined && strike !== 'noStrike',
        ...(raised > 0 ? { raised: 'up' } : raised < 0 ? { raised: 'down' } : {}),
        link: linkOf(childOf(properties, 'a:hlinkClick')?.attributes['r:id']),
      });
    } else if (
      element.name === 'mc:AlternateContent' ||
      element.name.endsWith(':m') ||
      element.name === 'm:oMath'
    ) {
      const maths = element.name === 'm:oMath' ? [element] : chosenMath(element);
      for (const math of maths) runs.push({ text: `$${latexOfMath(math)}$`, isReady: true });
    }
  }
  return runs;
}

const chosenMath = (element: XmlElement): XmlElement[] =>
  (element.name === 'mc:AlternateContent' ? chosen(element) : [element]).flatMap((one) =>
    one.name === 'm:oMath' ? [one] : descendantsOf(one, 'm:oMath'),
  );
