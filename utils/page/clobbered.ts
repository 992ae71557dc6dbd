/**
 * Fields of a form are properties of it, before its own: `<input name="childNodes">` is what `form.childNodes` gives,
 * in extensions' worlds too. Such a form can be asked for nothing; what its prototypes say is asked instead.
 */

/** What readers ask of an element. */
const asked = [
  'nodeName',
  'localName',
  'nodeType',
  'namespaceURI',
  'ownerDocument',
  'childNodes',
  'firstChild',
  'lastChild',
  'firstElementChild',
  'children',
  'previousSibling',
  'nextSibling',
  'previousElementSibling',
  'nextElementSibling',
  'parentNode',
  'parentElement',
  'childElementCount',
  'textContent',
  'attributes',
  'hasAttributes',
  'getAttribute',
  'hasAttribute',
  'matches',
  'closest',
  'contains',
  'querySelector',
  'querySelectorAll',
  'getBoundingClientRect',
  'getAnimations',
  'checkVisibility',
  'compareDocumentPosition',
  'assignedSlot',
  'shadowRoot',
  'offsetWidth',
  'offsetHeight',
  'isConnected',
] as const;

const known = new WeakMap<Element, boolean>();

/** True for a form whose fields stand in the place of what a reader asks it for. */
export function isClobbered(element: Element): boolean {
  const name: unknown = element.nodeName;
  if (typeof name === 'string' && name !== 'FORM' && name !== 'form') return false;
  let answer = known.get(element);
  if (answer === undefined) {
    answer = asked.some((property) => !isItsOwn(element, property));
    known.set(element, answer);
  }
  return answer;
}

/** The value that an element has, whatever its fields are called. Methods are returned unbound. */
export function own<Property extends keyof Element>(element: Element, property: Property): Element[Property] {
  for (let at = Object.getPrototypeOf(element); at; at = Object.getPrototypeOf(at)) {
    const found = Object.getOwnPropertyDescriptor(at, property);
    if (found) return found.get ? found.get.call(element) : found.value;
  }
  return undefined as unknown as Element[Property];
}

/** Collections are made anew at each call in some browsers: they are told by their kind. */
function isItsOwn(element: Element, property: (typeof asked)[number]): boolean {
  const value: unknown = element[property as keyof Element];
  const right: unknown = own(element, property as keyof Element);
  return value === right || (typeof value === 'object' && String(value) === String(right));
}
