import { accents, functions, symbols } from './math-symbols';
import type { MathNode } from './math-tree';

/** LaTeX of presentation MathML. What it does not know is written as its parts, so nothing is lost. */
export function latexOf(node: MathNode): string {
  return tidy(write(node));
}

const tidy = (latex: string) => latex.replace(/ {2,}/g, ' ').trim();

const part = (node: MathNode, index: number): string => {
  const child = node.children[index];
  return child ? tidy(write(child)) : '';
};

const all = (node: MathNode): string =>
  node.children.length > 0 ? joined(node.children.map(write)) : symbols(node.text);

/** A command and a letter after it are kept apart. */
function joined(pieces: string[]): string {
  return pieces
    .map((piece, index) => (needsSpace(pieces[index - 1] ?? '', piece) ? ` ${piece}` : piece))
    .join('');
}

const needsSpace = (before: string, piece: string) =>
  /^[A-Za-z]/.test(piece) && (/\\[A-Za-z]+$/.test(before) || /^\\[A-Za-z]+[_^]/.test(before));

/** One character needs no braces as an argument; x^2 reads better than x^{2}. */
const grouped = (latex: string) => (/^[A-Za-z0-9]$|^\\[A-Za-z]+$/.test(latex) ? latex : `{${latex}}`);
const argument = (latex: string) => `{${latex}}`;
/** What carries an index is braced when it is more than a letter, a number or something in brackets. */
const base = (latex: string) =>
  /^(?:[^\s^_]|\d+|\\[A-Za-z]+(?:\{[^{}]*\})?|[A-Za-z]+)$/u.test(latex) ? latex : `{${latex}}`;

const script = (sign: '^' | '_', latex: string) => {
  if (latex === '') return '';
  return sign + (/^\\[A-Za-z]+$/.test(latex) ? argument(latex) : grouped(latex));
};

const relations = /^(?:[=<>≤≥≠≈≡∼≃≅∝∈∉⊂⊃⊆⊇→←↔⇒⇐⇔↦+−±∓×÷⋅∧∨∪∩]|:=)$/;

type Writer = (node: MathNode) => string;

const writers: Record<string, Writer> = {
  mi: ({ text, attribute }) => {
    const letters = symbols(text);
    if (functions.test(text)) return `\\${text}`;
    const variant = attribute('mathvariant');
    const plain = /^[A-Za-z0-9]+$/.test(letters);
    const command =
      plain &&
      {
        bold: 'mathbf',
        'double-struck': 'mathbb',
        script: 'mathcal',
        fraktur: 'mathfrak',
        'sans-serif': 'mathsf',
      }[variant];
    if (command) return `\\${command}{${letters}}`;
    return plain && letters.length > 1 && !/\d/.test(letters) ? `\\mathrm{${letters}}` : letters;
  },
  mn: ({ text }) => symbols(text),
  mo: ({ text }) => {
    if (functions.test(text)) return `\\${text}`;
    const operator = symbols(text);
    if (/^[A-Za-z]{2,}$/.test(operator)) return `\\operatorname{${operator}}`;
    return relations.test(text) ? ` ${operator} ` : operator;
  },
  mtext: ({ text }) => (text.trim() === '' ? ' ' : `\\text{${text.replace(/[{}]/g, '')}}`),
  ms: ({ text }) => `\\text{${text}}`,
  mspace: () => ' ',
  mfrac: (node) => {
    const isBinomial = /^0(?:\D|$)/.test(node.attribute('linethickness'));
    return `\\${isBinomial ? 'binom' : 'frac'}${argument(part(node, 0))}${argument(part(node, 1))}`;
  },
  msqrt: (node) => `\\sqrt${argument(tidy(all(node)))}`,
  mroot: (node) => `\\sqrt[${part(node, 1)}]${argument(part(node, 0))}`,
  msup: (node) => {
    const sup = part(node, 1);
    return (
      base(part(node, 0)) + (/^(?:\\prime)+$/.test(sup) ? sup.replace(/\\prime/g, "'") : script('^', sup))
    );
  },
  msub: (node) => base(part(node, 0)) + script('_', part(node, 1)),
  msubsup: (node) => base(part(node, 0)) + script('_', part(node, 1)) + script('^', part(node, 2)),
  munder: (node) => accent(node, 1) ?? limits(node, part(node, 1), ''),
  mover: (node) => accent(node, 1) ?? limits(node, '', part(node, 1)),
  munderover: (node) => limits(node, part(node, 1), part(node, 2)),
  mmultiscripts: (node) =>
    base(part(node, 0)) +
    script('_', part(node, 1)) +
    script('^', part(node, 2)) +
    joined(node.children.slice(3).map(write)),
  mfenced: (node) => {
    const [separator = ','] = node.attribute('separators').trim();
    const inner = node.children.map(write).join(separator);
    return `\\left${symbols(node.attribute('open') || '(')}${inner}\\right${symbols(node.attribute('close') || ')')}`;
  },
  mtable: (node) => {
    const rows = node.children.map((row) => row.children.map((cell) => tidy(all(cell))).join(' & '));
    return `\\begin{matrix} ${rows.join(' \\\\ ')} \\end{matrix}`;
  },
  mlabeledtr: (node) => node.children.map(write).join(' & '),
  menclose: (node) => (node.attribute('notation') === 'box' ? `\\boxed${argument(all(node))}` : all(node)),
  none: () => '',
  mprescripts: () => '',
};

function write(node: MathNode): string {
  return (writers[node.name] ?? all)(node);
}

function accent(node: MathNode, index: number): string | undefined {
  const sign = node.children[index];
  const name = sign && sign.children.length === 0 ? accents[sign.text] : undefined;
  return name && `\\${name}${argument(part(node, 0))}`;
}

/** Limits stand at sums, integrals and functions; over anything else they are set over or under it. */
function limits(node: MathNode, under: string, over: string): string {
  const operator = part(node, 0);
  if (
    /^\\(?:sum|prod|coprod|int|iint|iiint|oint|big\w+|lim\w*|max|min|sup|inf|det|gcd|Pr|operatorname\{\w+\})$/.test(
      operator,
    )
  )
    return operator + script('_', under) + script('^', over);
  const below = under ? `\\underset{${under}}${argument(operator)}` : operator;
  return over ? `\\overset{${over}}${argument(below)}` : below;
}
