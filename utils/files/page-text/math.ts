import { elementsIn, type PageElement, textIn } from './tree';

/** A formula: as its author wrote it in LaTeX, else as it is told to the blind, else its signs in a row. */
export function mathOf(math: PageElement): string {
  for (const element of elementsIn(math)) {
    const isLatex = /tex/i.test(element.attributes.encoding ?? '');
    if (element.name === 'annotation' && isLatex) return `$${textIn(element).replace(/\s+/g, ' ').trim()}$`;
  }
  const alternative = math.attributes.alttext?.trim() || math.attributes['data-latex']?.trim();
  if (alternative) return /[\\^_{}]/.test(alternative) ? `$${alternative}$` : alternative;
  return textIn({ ...math, children: math.children.map(withoutAnnotations) })
    .replace(/\s+/g, ' ')
    .trim();
}

function withoutAnnotations(node: PageElement['children'][number]): PageElement['children'][number] {
  if (typeof node === 'string') return node;
  if (node.name.startsWith('annotation')) return '';
  // Powers and fractions keep apart what they would otherwise run together.
  const between = /^m(frac|sup|sub|under|over)$/.exec(node.name)?.[1];
  const children = node.children.map(withoutAnnotations);
  if (!between) return { ...node, children };
  const sign = { frac: '/', sup: '^', over: '^', sub: '_', under: '_' }[between] ?? '';
  const parts = children.filter((child) => typeof child !== 'string' || child.trim() !== '');
  return { ...node, children: parts.flatMap((child, index) => (index === 0 ? [child] : [sign, child])) };
}
