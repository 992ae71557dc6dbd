import { nameOf } from './flat-element';

/** Kinds of input whose value is text that stands on the page. Passwords and card numbers are nobody's reading. */
const textual = new Set([
  'text',
  'search',
  'email',
  'url',
  'tel',
  'number',
  'date',
  'time',
  'month',
  'week',
  'datetime-local',
]);
/** Buttons made of `<input>` show their value as their name. */
const buttons = new Set(['submit', 'button', 'reset']);
const secret = /^(cc-|current-password|new-password|one-time-code)/i;

/** What a form field shows: its value, or the chosen options. Empty when it shows nothing or nothing readable. */
export function fieldText(field: Element): string {
  if (secret.test(field.getAttribute('autocomplete') ?? '')) return '';
  switch (nameOf(field)) {
    case 'INPUT': {
      const { type, value } = field as HTMLInputElement;
      return textual.has(type) || buttons.has(type) ? value : '';
    }
    case 'TEXTAREA':
      return (field as HTMLTextAreaElement).value;
    case 'SELECT':
      return Array.from((field as HTMLSelectElement).selectedOptions, (option) => option.label).join(', ');
    default:
      return '';
  }
}
