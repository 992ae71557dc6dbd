/** Gives buttons made of `<input>` their words as text; other fields have theirs from flattening. */
export function normalizeFields(page: Document): void {
  for (const field of page.querySelectorAll('input[value]')) {
    const type = field.getAttribute('type')?.toLowerCase() ?? '';
    if (/^(?:submit|button|reset)$/.test(type) && !field.hasChildNodes())
      field.append(field.getAttribute('value') ?? '');
  }
}
