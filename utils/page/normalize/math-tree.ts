/** Presentation MathML as a small tree, whatever it was written in. */
export interface MathNode {
  /** The MathML name: `mi`, `mfrac`, `msup`. */
  name: string;
  text: string;
  children: MathNode[];
  attribute(name: string): string;
}

/** Formulas are never this deep; whatever is deeper is read as text. */
const maximumDepth = 100;

const tokens = new Set(['mi', 'mn', 'mo', 'mtext', 'ms']);
const none = () => '';

/** The tree of a `<math>` element. */
export function treeOfMathML(element: Element, depth = 0): MathNode {
  const name = element.localName.replace(/^\w+:/, '').toLowerCase();
  const isLeaf = tokens.has(name) || depth > maximumDepth;
  const isHidden = (child: Element) => /^(?:annotation|annotation-xml|mphantom)$/i.test(child.localName);
  return {
    name: depth > maximumDepth ? 'mtext' : name,
    text:
      isLeaf || element.childElementCount === 0
        ? (element.textContent ?? '').replace(/\s+/g, ' ').trim()
        : '',
    children: isLeaf
      ? []
      : Array.from(element.children)
          .filter((child) => !isHidden(child))
          .map((child) => treeOfMathML(child, depth + 1)),
    attribute: (key) => element.getAttribute(key) ?? '',
  };
}

/**
 * The tree of a formula that MathJax 3 or 4 drew. Its characters are in class names (`mjx-c1D465` is 𝑥) or, drawn
 * as SVG, in `data-c` attributes.
 */
export function treeOfMathJax(element: Element, depth = 0): MathNode {
  const name = element.getAttribute('data-mml-node') ?? element.localName.replace(/^mjx-/, '');
  const isLeaf = tokens.has(name) || depth > maximumDepth;
  return {
    name: depth > maximumDepth ? 'mtext' : name,
    text: isLeaf ? drawnText(element) : '',
    children: isLeaf ? [] : drawnChildren(element, depth),
    attribute: none,
  };
}

/** Elements of a drawing that hold parts of the formula without being one. */
const boxes = new Set([
  'script',
  'box',
  'row',
  'base',
  'over',
  'under',
  'num',
  'den',
  'frac',
  'dbox',
  'dtable',
  'sqrt',
  'table',
  'itable',
  'root',
  'g',
  'texatom',
]);

function drawnChildren(element: Element, depth: number): MathNode[] {
  const nodes: MathNode[] = [];
  const stack = [...element.children].reverse();
  for (let child = stack.pop(); child; child = stack.pop()) {
    const name = child.localName.replace(/^mjx-/, '');
    if (/^(?:assistive-mml|spacer|nstrut|dstrut|strut|line|surd|mark|mphantom|defs|rect)$/.test(name))
      continue;
    if (child.hasAttribute('data-mml-node') || /^m[a-z]+$/.test(name))
      nodes.push(treeOfMathJax(child, depth + 1));
    else if (boxes.has(name) || name === 'a') {
      const inside = [...child.children];
      if (name === 'row' || name === 'texatom' || name === 'script' || name === 'num' || name === 'den') {
        const parts =
          inside.length > 1 && name !== 'script' ? [rowOf(child, depth)] : drawnChildren(child, depth + 1);
        nodes.push(...parts);
      } else stack.push(...inside.reverse());
    } else if (/^(?:use|path|c|utext)$/.test(name)) {
      nodes.push({ name: 'mi', text: drawnText(child), children: [], attribute: none });
    }
  }
  return nodes;
}

const rowOf = (element: Element, depth: number): MathNode => ({
  name: 'mrow',
  text: '',
  children: depth > maximumDepth ? [] : drawnChildren(element, depth + 1),
  attribute: none,
});

function drawnText(element: Element): string {
  const pieces: string[] = [];
  const stack: Element[] = [element];
  for (let node = stack.pop(); node; node = stack.pop()) {
    const code =
      node.getAttribute('data-c') ??
      /(?:^|\s)mjx-c([0-9A-F]+)(?:\s|$)/i.exec(node.getAttribute('class') ?? '')?.[1];
    const point = code ? Number.parseInt(code, 16) : Number.NaN;
    if (point > 0 && point <= 0x10ffff) pieces.push(String.fromCodePoint(point));
    else if (node.childElementCount === 0) pieces.push(node.textContent ?? '');
    stack.push(...[...node.children].reverse());
  }
  return pieces.join('');
}
