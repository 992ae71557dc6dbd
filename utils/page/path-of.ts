/** `tag#id.class` of an element, or of the parent of a text. */
export function pathOf(node: Node): string {
  const element = node.nodeType === 1 ? (node as Element) : node.parentElement;
  if (!element) return '';
  const names = (element.getAttribute('class') ?? '').split(/\s+/).filter(Boolean).slice(0, 2);
  return [element.localName, element.id && `#${element.id}`, ...names.map((name) => `.${name}`)].join('');
}
