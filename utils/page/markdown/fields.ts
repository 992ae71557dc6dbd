/** What a form field shows, or undefined when that is the text in it. */
export function fieldText(element: Element): string | undefined {
  if (element.localName === 'option') return optionText(element);
  if (element.localName !== 'input' || element.hasChildNodes()) return undefined;
  const type = element.getAttribute('type')?.toLowerCase() ?? 'text';
  if (type === 'checkbox' || type === 'radio') return element.hasAttribute('checked') ? ' [x] ' : ' [ ] ';
  if (/^(?:hidden|password|file|image|range|color)$/.test(type)) return '';
  return ` ${element.getAttribute('value') ?? ''} `;
}

/** The options of a list stand in a row; a flat page holds only those that are chosen. */
function optionText(element: Element): string {
  const label = element.textContent?.trim() || element.getAttribute('label') || '';
  const isFirst = element.previousElementSibling === null;
  return isFirst || !label ? label : `, ${label}`;
}
