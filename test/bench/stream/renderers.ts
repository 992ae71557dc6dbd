import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';
import { localeParts } from '../../../wxt.config.ts';

/** The renderers that are compared, each built as one script that puts `globalThis.render` into a page. */

const repository = resolve(import.meta.dirname, '../../..');

/** Every renderer is drawn by React, in one go at every flush, as the panel is. */
const around = (imports: string, element: string) => `
  import { createElement } from 'react';
  import { createRoot } from 'react-dom/client';
  import { flushSync } from 'react-dom';
  ${imports}
  const root = createRoot(document.getElementById('answer'));
  globalThis.render = (text, streaming) => flushSync(() => root.render(${element}));`;

const sources: Record<string, string> = {
  // With a source behind it, so that every citation is looked up as in the panel.
  ours: around(
    `import { Markdown } from '@/components/answer/markdown/markdown';
     import { SourcesProvider } from '@/components/answer/sources-context';
     import { ActionsProvider } from '@/components/panel/actions';
     import { setLanguage } from '@/utils/i18n';
     import { numberPassages } from '@/utils/source';
     await setLanguage('en');
     const passages = Array.from({ length: 60 }, (_, n) => ({ kind: 'paragraph', text: 'The mill turned for eleven years, and then it stood; page ' + n }));
     const source = { id: 'a', kind: 'tab', title: 'Mills', url: 'https://example.org/', lang: 'en', gaps: [], ...numberPassages(passages) };
     const sources = [{ source, tokens: 1000 }];
     const actions = {};`,
    `createElement(ActionsProvider, { value: actions },
       createElement(SourcesProvider, { value: sources }, createElement(Markdown, { text, streaming })))`,
  ),
  Streamdown: around(
    `import { Streamdown } from 'streamdown';`,
    'createElement(Streamdown, { parseIncompleteMarkdown: streaming }, text)',
  ),
  'react-markdown': around(
    `import Markdown from 'react-markdown';
     import remarkGfm from 'remark-gfm';
     const plugins = [remarkGfm];`,
    'createElement(Markdown, { remarkPlugins: plugins }, text)',
  ),
};

/** Outside an extension there are no settings to read. */
const emptyBrowser = `
  const event = { addListener() {}, removeListener() {} };
  const area = { get: async () => ({}), set: async () => {}, onChanged: event };
  export const browser = { runtime: { id: 'bench' }, storage: { local: area, session: area, sync: area } };`;

export const rendererNames = Object.keys(sources);

export interface Renderer {
  name: string;
  /** Everything it consists of, by file name; it begins with `entry.js`. */
  files: Map<string, string>;
  styles: string;
  /** Of all that it loads to draw plain Markdown, React included. */
  bytes: number;
  zippedBytes: number;
}

export async function buildRenderer(name: string): Promise<Renderer> {
  const build = await rolldown({
    input: 'entry',
    cwd: repository,
    platform: 'browser',
    resolve: { alias: { '@': repository } },
    transform: { define: { 'process.env.NODE_ENV': '"production"', 'import.meta.env.FIREFOX': 'false' } },
    plugins: [
      { name: localeParts.name, load: localeParts.load },
      {
        name: 'entry',
        resolveId(id) {
          if (id === 'entry') return resolve(repository, 'bench-entry.ts');
          const [, locale] = /^@\/(assets\/locales\/\w+\.json\?part=\w+)$/.exec(id) ?? [];
          if (locale) return resolve(repository, locale);
          return id === 'wxt/browser' || id === '@wxt-dev/browser' ? '\0no-browser' : undefined;
        },
        load(id) {
          if (id === '\0no-browser') return emptyBrowser;
          // Styles of formulas, which nothing here has.
          if (id.endsWith('.css')) return { code: '', moduleType: 'js' };
          return id.endsWith('bench-entry.ts') ? sources[name] : undefined;
        },
      },
    ],
    logLevel: 'silent',
  });
  // Not one file: what a renderer loads only when an answer needs it does not count.
  const { output } = await build.generate({ format: 'esm', minify: true, entryFileNames: 'entry.js' });
  await build.close();
  const chunks = output.filter((part) => part.type === 'chunk');
  const first = new Set<string>();
  const visit = (fileName: string) => {
    const chunk = chunks.find((one) => one.fileName === fileName);
    if (!chunk || first.has(fileName)) return;
    first.add(fileName);
    chunk.imports.forEach(visit);
  };
  visit('entry.js');
  const loaded = chunks.filter(({ fileName }) => first.has(fileName)).map(({ code }) => code);
  return {
    name,
    files: new Map(chunks.map(({ fileName, code }) => [fileName, code])),
    styles: name === 'ours' ? styles() : '',
    bytes: loaded.reduce((sum, code) => sum + code.length, 0),
    zippedBytes: loaded.reduce((sum, code) => sum + gzipSync(code).length, 0),
  };
}

const styles = () =>
  ['tokens', 'base', 'answer']
    .map((name) => readFileSync(resolve(repository, `assets/styles/${name}.css`), 'utf8'))
    .join('\n');
