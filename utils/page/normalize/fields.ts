import { eachOf } from './dom';

/** Gives buttons made of `<input>` their words as text; other fields have theirs from flattening. */
export function* normalizeFields(page: Document): Generator<void> {
  yield* eachOf(page, 'input[value]', (field) => {
    const type = field.getAttribute('type')?.toLowerCase() ?? '';
    if (/^(?:submit|button|reset)$/.test(type) && !field.hasChildNodes())
      field.append(field.getAttribute('value') ?? '');
  });
}
