import { describe, expect, it } from 'vitest';
import { readPage } from '@/utils/page';
import { isClobbered, own } from '@/utils/page/clobbered';
import { pageOf } from '../fixtures/documents';

const prose = '<p>The keeper of the light writes down every ship that passes the point at night.</p>'.repeat(
  8,
);
/** As browsers do: a field is a property of its form. */
function name(live: Document): Document {
  for (const form of live.querySelectorAll('form')) {
    for (const input of form.querySelectorAll('input')) {
      Object.defineProperty(form, input.name, { value: input });
    }
  }
  return live;
}

const fields = (...names: string[]) => names.map((name) => `<input name="${name}">`).join('');

describe('a form whose fields are named after what readers ask for', () => {
  it('is told from an ordinary one', () => {
    const live = pageOf(`<form>${fields('email')}</form><form>${fields('email', 'id')}</form>`);
    const [bad, good] = live.querySelectorAll('form');
    if (!bad || !good) return expect.fail('both are there');
    for (const form of [bad, good]) Object.defineProperty(form, 'email', { value: form.firstChild });
    Object.defineProperty(bad, 'childNodes', { value: bad.firstChild });
    expect(isClobbered(bad)).toBe(true);
    expect(isClobbered(good)).toBe(false);
    expect(own(bad, 'childNodes')).toHaveLength(1);
  });

  it.each([
    'nodeName',
    'childNodes',
    'firstChild',
    'parentElement',
    'getAttribute',
    'matches',
    'namespaceURI',
  ])('is read whole: %s', async (property) => {
    const { text } = await readPage(name(pageOf(`<form>${fields(property)}<h2>Order</h2>${prose}</form>`)));
    expect(text.match(/The keeper of the light/g)).toHaveLength(8);
  });

  it('hides what it hides', async () => {
    const hidden = `<form style="display: none">${fields('childNodes', 'parentElement', 'matches')}<p>Behind it</p></form>`;
    const { text } = await readPage(name(pageOf(`<article>${prose}</article>${hidden}`)));
    expect(text).not.toContain('Behind it');
  });
});
