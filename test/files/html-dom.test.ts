// @vitest-environment jsdom
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asDocument, asElement } from '@/utils/files/html/dom';
import { parseHtml } from '@/utils/files/html/parse';
import { renderPassages } from '@/utils/page/markdown';
import { normalize } from '@/utils/page/normalize';

const pages = resolve(import.meta.dirname, '../fixtures/pages');

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : path.endsWith('.html') ? [path] : [];
  });
}

function markdownOf(page: Document, root: Element): string[] {
  normalize(page);
  return [...renderPassages(root, () => false)].map(({ text }) => text);
}

/** What the rules make of a page must not depend on who parsed it. */
describe('a page parsed without a browser', () => {
  it.each(filesBelow(pages).map((path) => [path.slice(pages.length + 1), path]))(
    '%s reads as in one',
    (_, path) => {
      const html = readFileSync(path, 'utf8');
      const parsed = new DOMParser().parseFromString(html, 'text/html');
      const light = parseHtml(html);
      expect(markdownOf(asDocument(light), asElement(light.body))).toEqual(markdownOf(parsed, parsed.body));
    },
  );
});
