import { roman } from './roman';

/** How the items of one list are marked. */
export interface List {
  isOrdered: boolean;
  /** The number of the next item. */
  next: number;
  step: 1 | -1;
  /** The `type` attribute: `1`, `a`, `A`, `i` or `I`. */
  style: string;
}

export function listOf(element: Element): List {
  const isOrdered = element.localName === 'ol';
  const isReversed = isOrdered && element.hasAttribute('reversed');
  const start = wholeNumber(element.getAttribute('start'));
  return {
    isOrdered,
    next: start ?? (isReversed ? countItems(element) : 1),
    step: isReversed ? -1 : 1,
    style: element.getAttribute('type') ?? '1',
  };
}

/** The mark of an item, `- ` or `3. `, and the list moved on to the next. */
export function nextMarker(list: List | undefined, item: Element): string {
  if (!list?.isOrdered) return '- ';
  const number = wholeNumber(item.getAttribute('value')) ?? list.next;
  list.next = number + list.step;
  return `${numeral(number, list.style)}. `;
}

function countItems(list: Element): number {
  let count = 0;
  for (let child = list.firstElementChild; child; child = child.nextElementSibling) {
    if (child.localName === 'li') count++;
  }
  return count;
}

/** Letters and Roman numerals are shown by the page, so “see item (c)” has to find its item. */
function numeral(number: number, style: string): string {
  if (number < 1 || number > 3_999) return String(number);
  if (style === 'a') return letters(number);
  if (style === 'A') return letters(number).toUpperCase();
  if (style === 'i') return roman(number);
  if (style === 'I') return roman(number).toUpperCase();
  return String(number);
}

function letters(number: number): string {
  let text = '';
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    text = String.fromCharCode(97 + ((rest - 1) % 26)) + text;
  }
  return text;
}

function wholeNumber(value: string | null): number | undefined {
  return value !== null && /^\s*[+-]?\d{1,9}\s*$/.test(value) ? Number(value) : undefined;
}
