import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { expect, it } from 'vitest';
import { IntlMessageFormat as PlainMessage } from '@/utils/browser/plain-messages';
import { languages } from '@/utils/i18n';
import { ofBackground } from '../../wxt.config';

const folder = resolve(import.meta.dirname, '../../assets/locales');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const values = { title: 'A “title” {n} ’s', number: 12_345 };

it.each(files)('says in %s all that the service worker says as pages would', (file) => {
  const { tag } = languages[file.replace('.json', '') as keyof typeof languages];
  const tree = JSON.parse(readFileSync(resolve(folder, file), 'utf8'));
  for (const key of ofBackground) {
    const [group = '', name = ''] = key.split('.');
    const message: string = tree[group][name];
    const said = new PlainMessage(message, tag).format(values);
    expect(said).toBe(new IntlMessageFormat(message, tag, undefined, { ignoreTag: true }).format(values));
  }
});

it('does not say half of a message', () => {
  expect(() => new PlainMessage('Of {title}', 'en').format({})).toThrow('title');
});
