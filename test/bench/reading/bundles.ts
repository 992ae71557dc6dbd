import { resolve } from 'node:path';
import { rolldown } from 'rolldown';

const repository = resolve(import.meta.dirname, '../../..');

/** Puts a function `globalThis[name]` into a page. Each returns what its reader makes of the document: Markdown. */
const entries = {
  ours: `
    import { readPage } from '@/utils/page';
    globalThis.readOurs = async (mode) => {
      const { text, gaps } = await readPage(document, { mode });
      return { text: text.replace(/^¶\\d+ /gm, ''), gaps };
    };`,
  rivals: `
    import { Readability } from '@mozilla/readability';
    import TurndownService from 'turndown';
    import Defuddle from 'defuddle/full';
    globalThis.readReadability = async () => {
      const article = new Readability(document.cloneNode(true)).parse();
      return { text: article?.content ? new TurndownService().turndown(article.content) : '' };
    };
    globalThis.readDefuddle = async () => {
      const { content } = new Defuddle(document, { url: document.URL, markdown: true, useAsync: false }).parse();
      return { text: content };
    };
    globalThis.readInnerText = async () => ({ text: document.body?.innerText ?? '' });`,
};

/** The source of a module as one script to run in a page; `@/` is the repository. */
export async function bundle(source: string): Promise<string> {
  const build = await rolldown({
    input: 'entry',
    cwd: repository,
    platform: 'browser',
    resolve: { alias: { '@': repository } },
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? resolve(repository, 'bench-entry.ts') : undefined),
        load: (id) => (id.endsWith('bench-entry.ts') ? source : undefined),
      },
    ],
    logLevel: 'silent',
  });
  const { output } = await build.generate({ format: 'iife' });
  await build.close();
  return output[0].code;
}

export const bundleOurs = () => bundle(entries.ours);
export const bundleRivals = () => bundle(entries.rivals);
