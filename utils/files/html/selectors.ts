/** The selectors of CSS that the rules use: names, classes, attributes, `:not()`, and the three simple combinators. */

interface Selectable {
  readonly localName: string;
  readonly parentElement: Selectable | null;
  readonly previousElementSibling: Selectable | null;
  getAttribute(name: string): string | null;
}

type Matcher = (element: Selectable) => boolean;

const known = new Map<string, Matcher>();

/**
 * Whether an element fits a selector. Selectors are written in the program and never come from a file.
 * @throws Error for what it does not know, so that a test finds it
 */
export function matcherOf(selector: string): Matcher {
  let matcher = known.get(selector);
  if (!matcher) {
    const each = split(selector).map(complexOf);
    matcher = (element) => each.some((fits) => fits(element));
    known.set(selector, matcher);
  }
  return matcher;
}

/** At the commas that stand neither in brackets nor in quotes. */
function split(selector: string): string[] {
  return (selector.match(/(?:\[[^\]]*\]|\([^)]*\)|[^,[(])+/g) ?? []).map((part) => part.trim());
}

const compound = /(?:[\w*-]|[.#][\w-]+|\[[^\]]*\]|:not\([^)]*\))+/y;

function complexOf(selector: string): Matcher {
  let matcher: Matcher | undefined;
  let at = 0;
  while (at < selector.length) {
    const combinator = /\s*([>+])\s*|\s+/y;
    combinator.lastIndex = at;
    const between = combinator.exec(selector);
    if (between) at = combinator.lastIndex;
    compound.lastIndex = at;
    const part = compound.exec(selector)?.[0];
    if (!part) throw new Error(`unknown selector ${selector}`);
    at = compound.lastIndex;
    matcher = combine(matcher, between?.[1] ?? ' ', compoundOf(part));
  }
  if (!matcher) throw new Error('empty selector');
  return matcher;
}

function combine(before: Matcher | undefined, combinator: string, fits: Matcher): Matcher {
  if (!before) return fits;
  if (combinator === '>') return (element) => fits(element) && isFit(before, element.parentElement);
  if (combinator === '+') return (element) => fits(element) && isFit(before, element.previousElementSibling);
  return (element) => {
    if (!fits(element)) return false;
    for (let parent = element.parentElement; parent; parent = parent.parentElement) {
      if (before(parent)) return true;
    }
    return false;
  };
}

const isFit = (fits: Matcher, element: Selectable | null) => element !== null && fits(element);

function compoundOf(text: string): Matcher {
  const tests: Matcher[] = [];
  const pieces = text.match(/:not\([^)]*\)|\[[^\]]*\]|[.#]?[\w*-]+/g) ?? [];
  for (const piece of pieces) tests.push(simpleOf(piece));
  return (element) => tests.every((test) => test(element));
}

function simpleOf(piece: string): Matcher {
  if (piece.startsWith(':not(')) {
    const inner = compoundOf(piece.slice(5, -1));
    return (element) => !inner(element);
  }
  if (piece.startsWith('[')) return attributeOf(piece.slice(1, -1));
  if (piece.startsWith('#')) return (element) => element.getAttribute('id') === piece.slice(1);
  if (piece.startsWith('.')) {
    const name = piece.slice(1);
    return (element) => hasWord(element.getAttribute('class'), name);
  }
  const name = piece.toLowerCase();
  return name === '*' ? () => true : (element) => element.localName === name;
}

function attributeOf(text: string): Matcher {
  const parts = /^([\w-]+)\s*(?:([~^$*|]?=)\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))\s*(i)?)?$/.exec(text);
  if (!parts?.[1]) throw new Error(`unknown selector [${text}]`);
  const [, name, operator, double, single, bare, isFolded] = parts;
  const fold = (value: string) => (isFolded ? value.toLowerCase() : value);
  const wanted = fold(double ?? single ?? bare ?? '');
  return (element) => {
    const written = element.getAttribute(name);
    if (written === null) return false;
    const value = fold(written);
    switch (operator) {
      case undefined:
        return true;
      case '=':
        return value === wanted;
      case '^=':
        return wanted !== '' && value.startsWith(wanted);
      case '$=':
        return wanted !== '' && value.endsWith(wanted);
      case '*=':
        return wanted !== '' && value.includes(wanted);
      case '~=':
        return hasWord(value, wanted);
      default:
        return value === wanted || value.startsWith(`${wanted}-`);
    }
  };
}

function hasWord(list: string | null, word: string): boolean {
  if (!list?.includes(word)) return false;
  return list.split(/[\t\n\f\r ]+/).includes(word);
}
