import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { compile } from 'svelte/compiler';

const folder = new URL('../fixtures/pages/translate/', import.meta.url);
const at = (name: string) => fileURLToPath(new URL(name, folder));

/** The pages, by what is the matter with each. */
export const translatePages = [
  'prose',
  'encyclopedia',
  'code-docs',
  'issue-thread',
  'maths-paper',
  'feed-react',
  'feed-vue',
  'feed-svelte',
  'tables',
  'navigation-heavy',
  'shadow',
  'frames',
  'arabic',
  'hebrew',
  'japanese',
  'paragraphs',
  'cards',
  'routes',
  'later',
  'strict',
  'sandboxed',
  'isolated',
] as const;

export type TranslatePage = (typeof translatePages)[number];

const headers: Partial<Record<TranslatePage, Record<string, string>>> = {
  strict: {
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'; form-action 'none'",
  },
  sandboxed: { 'content-security-policy': 'sandbox allow-scripts' },
  isolated: {
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-opener-policy': 'same-origin',
  },
};

export interface TranslateServer {
  /** `http://127.0.0.1:…`; each page has its name as its path. */
  origin: string;
  /** The same server under another host name: another site. */
  otherOrigin: string;
  close(): Promise<void>;
}

/** Serves the pages on which translation is tried out, on a free port of 127.0.0.1. */
export async function startTranslateServer(): Promise<TranslateServer> {
  const feeds = new Map<string, string>(
    await Promise.all(
      ['react', 'vue', 'svelte'].map(async (name) => [`/feeds/${name}.js`, await bundle(name)] as const),
    ),
  );
  let otherOrigin = '';
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (path === '/favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    // Its rooms are drawn by the page itself.
    const name = path.startsWith('/routes/') ? 'routes' : basename(path, '.html');
    const script = feeds.get(path) ?? (path.endsWith('.js') ? readIfThere(name) : undefined);
    const content = script ?? pageOf(name, otherOrigin);
    const type = script === undefined ? 'text/html' : 'text/javascript';
    response
      .writeHead(content === undefined ? 404 : 200, {
        'content-type': `${type}; charset=utf-8`,
        'cross-origin-resource-policy': 'cross-origin',
        ...(script === undefined ? headers[name as TranslatePage] : {}),
      })
      .end(content ?? 'No such page');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  otherOrigin = `http://localhost:${port}`;
  return {
    origin: `http://127.0.0.1:${port}`,
    otherOrigin,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

const readIfThere = (name: string) => (existsSync(at(name)) ? readFileSync(at(name), 'utf8') : undefined);

function pageOf(name: string, otherOrigin: string): string | undefined {
  if (name === 'paragraphs') return paragraphsPage();
  const [, library] = /^feed-(\w+)$/.exec(name) ?? [];
  if (library) return feedPage(library);
  return readIfThere(`${name}.html`)?.replace('{other}', otherOrigin);
}

/** Drawn by its script: without one there is nothing to read in it. */
const feedPage = (library: string) => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>What the village says</title><script src="/fixture.js"></script></head>
<body>
<main><h1>What the village says</h1><div id="root"></div></main>
<script src="/feeds/${library}.js"></script>
</body>
</html>
`;

const beginnings = [
  'The ferry',
  'An old lamp',
  'Her cousin',
  'The council',
  'A marsh goose',
  'Nobody',
  'The miller',
];
const middles = [
  'waits for',
  'has forgotten',
  'speaks of',
  'was seen beside',
  'would not part with',
  'looks after',
];
const ends = [
  'the bell of the landing stage',
  'a grey glove',
  'the soup of last week',
  'forty one lamps',
  'the tide',
];

/** Two thousand paragraphs, all different, with links and emphasis in them. */
function paragraphsPage(): string {
  const pick = (list: string[], index: number) => list[index % list.length];
  const paragraphs = Array.from({ length: 2_000 }, (_, index) => {
    const sentence = `${pick(beginnings, index)} ${pick(middles, index * 5 + 1)} <em>${pick(ends, index * 3)}</em>`;
    return `<p>${sentence}, as it says on page ${index + 1} of <a href="/book/${index + 1}">the harbour book</a>. ${pick(beginnings, index + 3)} does not.</p>`;
  });
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>The harbour book</title><script src="/fixture.js"></script></head>
<body><main><h1>The harbour book</h1><p id="clock">Nothing has happened on the river.</p>
${paragraphs.join('\n')}
</main>
<script>
Object.assign(fixture.actions, {
  text: () => void (document.querySelector('#clock').textContent = 'Something has happened on the river.'),
  more() {
    const words = document.createElement('p');
    words.textContent = 'This is written on the last page of all.';
    document.querySelector('main').append(words);
  },
});
</script>
</body>
</html>`;
}

/** One of the feeds with the library that draws it, as sites ship it. */
async function bundle(name: string): Promise<string> {
  const build = await rolldown({
    input: at(`feeds/${name}.ts`),
    platform: 'browser',
    // The build of Vue that brings the compiler of templates along.
    resolve: { alias: { vue: 'vue/dist/vue.esm-bundler.js' } },
    transform: {
      define: {
        'process.env.NODE_ENV': '"production"',
        __VUE_OPTIONS_API__: 'false',
        __VUE_PROD_DEVTOOLS__: 'false',
        __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
      },
    },
    plugins: [
      {
        name: 'svelte',
        transform: (code, id) =>
          id.endsWith('.svelte')
            ? { code: compile(code, { filename: id, generate: 'client' }).js.code, moduleType: 'js' }
            : undefined,
      },
    ],
    logLevel: 'silent',
  });
  const { output } = await build.generate({ format: 'iife', minify: true });
  await build.close();
  return output[0].code;
}
