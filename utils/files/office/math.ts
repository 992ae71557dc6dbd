import { latexOf } from '../../page/normalize/math-latex';
import type { MathNode } from '../../page/normalize/math-tree';
import type { XmlElement } from '../markup';
import { childOf, elementsOf, textIn } from './package';

/** The LaTeX of a formula of Office (`m:oMath`), by way of the tree in which web pages have theirs. */
export function latexOfMath(math: XmlElement): string {
  return latexOf(row(math));
}

const node = (
  name: string,
  children: MathNode[] = [],
  text = '',
  attributes: Record<string, string> = {},
): MathNode => ({
  name,
  text,
  children,
  attribute: (key) => attributes[key] ?? '',
});

const sign = (text: string) => node('mo', [], text);

/** The parts of an element as one node. */
function row(element: XmlElement | undefined): MathNode {
  const children = elementsOf(element).flatMap(nodesOf);
  const [only] = children;
  return only && children.length === 1 ? only : node('mrow', children);
}

const part = (element: XmlElement, name: string) => row(childOf(element, name));
const value = (element: XmlElement | undefined, name: string): string | undefined =>
  childOf(element, name)?.attributes['m:val'];

const writers: Record<string, (element: XmlElement) => MathNode[]> = Object.assign(Object.create(null), {
  'm:r': (element: XmlElement) => tokens(element),
  'm:f': (element: XmlElement) => [
    node('mfrac', [part(element, 'm:num'), part(element, 'm:den')], '', {
      linethickness: value(childOf(element, 'm:fPr'), 'm:type') === 'noBar' ? '0' : '',
    }),
  ],
  'm:sSup': (element: XmlElement) => [node('msup', [part(element, 'm:e'), part(element, 'm:sup')])],
  'm:sSub': (element: XmlElement) => [node('msub', [part(element, 'm:e'), part(element, 'm:sub')])],
  'm:sSubSup': (element: XmlElement) => [
    node('msubsup', [part(element, 'm:e'), part(element, 'm:sub'), part(element, 'm:sup')]),
  ],
  'm:sPre': (element: XmlElement) => [
    node('msubsup', [node('mtext', [], ' '), part(element, 'm:sub'), part(element, 'm:sup')]),
    part(element, 'm:e'),
  ],
  'm:rad': (element: XmlElement) => {
    const degree = childOf(element, 'm:deg');
    const hasDegree = degree !== undefined && textIn(degree).trim() !== '';
    return [
      hasDegree ? node('mroot', [part(element, 'm:e'), row(degree)]) : node('msqrt', [part(element, 'm:e')]),
    ];
  },
  'm:nary': (element: XmlElement) => {
    const character = value(childOf(element, 'm:naryPr'), 'm:chr') ?? '∫';
    const limits = [sign(character), part(element, 'm:sub'), part(element, 'm:sup')];
    return [node('munderover', limits), part(element, 'm:e')];
  },
  'm:d': (element: XmlElement) => {
    const settings = childOf(element, 'm:dPr');
    const separator = value(settings, 'm:sepChr') ?? '|';
    const inner = elementsOf(element)
      .filter(({ name }) => name === 'm:e')
      .flatMap((each, index) => (index > 0 ? [sign(separator), row(each)] : [row(each)]));
    return [sign(value(settings, 'm:begChr') ?? '('), ...inner, sign(value(settings, 'm:endChr') ?? ')')];
  },
  'm:limLow': (element: XmlElement) => [node('munder', [part(element, 'm:e'), part(element, 'm:lim')])],
  'm:limUpp': (element: XmlElement) => [node('mover', [part(element, 'm:e'), part(element, 'm:lim')])],
  'm:acc': (element: XmlElement) => [
    node('mover', [part(element, 'm:e'), sign(value(childOf(element, 'm:accPr'), 'm:chr') ?? '\u0302')]),
  ],
  'm:bar': (element: XmlElement) => {
    const isTop = value(childOf(element, 'm:barPr'), 'm:pos') === 'top';
    return [node(isTop ? 'mover' : 'munder', [part(element, 'm:e'), sign(isTop ? '‾' : '_')])];
  },
  'm:groupChr': (element: XmlElement) => {
    const settings = childOf(element, 'm:groupChrPr');
    const isTop = value(settings, 'm:pos') === 'top';
    return [node(isTop ? 'mover' : 'munder', [part(element, 'm:e'), sign(value(settings, 'm:chr') ?? '⏟')])];
  },
  'm:m': (element: XmlElement) => [
    node(
      'mtable',
      elementsOf(element)
        .filter(({ name }) => name === 'm:mr')
        .map((each) => node('mtr', elementsOf(each).map(row))),
    ),
  ],
  'm:eqArr': (element: XmlElement) => [
    node(
      'mtable',
      elementsOf(element)
        .filter(({ name }) => name === 'm:e')
        .map((each) => node('mtr', [row(each)])),
    ),
  ],
});

function nodesOf(element: XmlElement): MathNode[] {
  // Settings are no part of what is written.
  if (element.name.endsWith('Pr') || element.name === 'w:del' || element.name === 'w:moveFrom') return [];
  return writers[element.name]?.(element) ?? elementsOf(element).flatMap(nodesOf);
}

/** Letters, numbers and signs of a run are typed in one string. */
function tokens(run: XmlElement): MathNode[] {
  const settings = childOf(run, 'm:rPr');
  const text = elementsOf(run)
    .filter(({ name }) => name === 'm:t' || name === 'w:t')
    .map(textIn)
    .join('');
  const isPlain = childOf(settings, 'm:nor') !== undefined;
  if (isPlain) return text === '' ? [] : [node('mtext', [], text)];
  const isUpright = value(settings, 'm:sty') === 'p';
  const nodes: MathNode[] = [];
  for (const [token] of text.matchAll(/\d+(?:[.,]\d+)*|[A-Za-z]{2,}|\p{L}\p{M}*|[^\s]|\s+/gu)) {
    if (/^\d/.test(token)) nodes.push(node('mn', [], token));
    else if (/^\s/.test(token)) nodes.push(node('mtext', [], ' '));
    else if (!/^\p{L}/u.test(token)) nodes.push(sign(token));
    else if (token.length > 1 && (isUpright || known.test(token))) nodes.push(node('mi', [], token));
    // Letters beside each other are a product.
    else for (const letter of token.match(/\p{L}\p{M}*/gu) ?? []) nodes.push(node('mi', [], letter));
  }
  return nodes;
}

const known =
  /^(?:sin|cos|tan|cot|sec|csc|arcsin|arccos|arctan|sinh|cosh|tanh|log|ln|lg|exp|lim|max|min|sup|inf|det|dim|ker|gcd|arg|deg|Pr|hom)$/;
