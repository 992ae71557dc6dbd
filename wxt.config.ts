import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'wxt';

/**
 * The wall behind the renderer: even if model output reached the DOM as markup, nothing could load or run.
 * `connect-src` is open because the user chooses the model's host, names files for a PDF that a tab shows, and `blob:`
 * for the markup behind a link, which the browser parses as an inert document;
 * only our own modules can call fetch.
 * No `frame-ancestors`: the overlay page has to load inside web pages.
 */
const contentSecurityPolicy = (development: boolean, browser: string) =>
  [
    "default-src 'none'",
    // WebAssembly reads words in pictures and decodes what scanners write; all of it is in our own files.
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' https: http: file: blob:${development ? ' ws:' : ''}`,
    "worker-src 'self'",
    // One frame: the sandboxed page that draws diagrams, which Firefox does not have.
    ...(browser === 'firefox' ? [] : ["frame-src 'self'"]),
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    // One policy, for the addresses of our workers: utils/browser/worker-address.ts.
    ...(development ? [] : ["require-trusted-types-for 'script'", 'trusted-types wholemoon-worker']),
  ].join('; ');

/**
 * The page that draws diagrams runs a large library on what a model wrote. It has an origin of its own, may run the
 * file it came with, and can reach nothing: not the network, not the browser, not the panel.
 */
const sandboxPolicy = [
  'sandbox allow-scripts',
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const plainBrowser = {
  resolveId: (id: string) => (id === 'webextension-polyfill' ? '\0plain-browser' : undefined),
  load: (id: string) =>
    id === '\0plain-browser' ? 'export default globalThis.browser ?? globalThis.chrome;' : undefined,
};
/** Every browser we run in reads woff2; KaTeX names two older forms of each font beside it. */
const oneFormOfFonts = {
  name: 'one-form-of-fonts',
  enforce: 'pre' as const,
  transform: (code: string, id: string) =>
    /katex[^/]*\.css/.test(id)
      ? code.replace(/,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\(["'](?:woff|truetype)["']\)/g, '')
      : undefined,
};
/**
 * pdf.js needs these to know the characters of fonts that a file names and does not bring, and to decode the pictures
 * of scanners. Tesseract's engine is one file: every browser that we run in has SIMD, and the network is all we use.
 */
const bundledData = [
  { from: 'pdfjs-dist/cmaps', to: 'pdf/cmaps' },
  { from: 'pdfjs-dist/standard_fonts', to: 'pdf/standard_fonts' },
  { from: 'pdfjs-dist/wasm', to: 'pdf/wasm', only: /^(jbig2|openjpeg)\.wasm$|^LICENSE_.*(JBIG2|OPENJPEG)$/ },
  { from: 'tesseract.js-core', to: 'ocr', only: /^tesseract-core-simd-lstm\.(js|wasm)$|^LICENSE$/ },
].map(({ from, ...data }) => ({ ...data, url: new URL(`./node_modules/${from}/`, import.meta.url) }));

const localesFolder = new URL('./assets/locales/', import.meta.url);

/** What only the settings and the welcome page say; the panel opens without it. */
export const ofPages = ['settings', 'webSearch', 'privacy', 'backup', 'shortcuts', 'welcome'];
/**
 * What the panel says only when it comes to that: groups, and beginnings of keys in groups of another part. Each part comes
 * with the code that says it; see `sayAlso`.
 */
export const ofLater: Record<string, string[]> = {
  comparisons: ['comparison', 'saved'],
  troubles: ['trouble', 'scan', 'screenshot'],
  sheets: [
    'picker',
    'picked',
    'tray',
    'decision',
    'changed',
    'missing',
    'waiting',
    'trace',
    'prompts',
    'language',
    'library',
  ],
  runs: ['translation', 'bilingual', 'glossary'],
  searches: ['searchRun'],
  overlay: ['bubble'],
  files: ['files', 'places', 'viewer', 'trouble.file-', 'trouble.folder-', 'trouble.ocr-', 'trouble.pdf-'],
};

const laterPart = (is: (entry: string) => boolean) =>
  Object.keys(ofLater).find((part) => ofLater[part]?.some(is));

const partOf = (group: string, key: string) =>
  ofPages.includes(group)
    ? 'pages'
    : (laterPart((entry) => entry.includes('.') && `${group}.${key}`.startsWith(entry)) ??
      laterPart((entry) => entry === group) ??
      'panel');

/** `en.json?part=panel` and so on: a language is one file, of which a page loads what it says. */
export const localeParts = {
  name: 'locale-parts',
  enforce: 'pre' as const,
  load(id: string) {
    const [, path, part] = /^(.*\/assets\/locales\/\w+\.json)\?part=(\w+)$/.exec(id) ?? [];
    if (!path) return undefined;
    const groups = Object.entries<object>(JSON.parse(readFileSync(path, 'utf8')));
    const chosen = groups.flatMap(([name, messages]) => {
      const own = Object.entries(messages).filter(([key]) => partOf(name, key) === part);
      return own.length > 0 ? [[name, Object.fromEntries(own)]] : [];
    });
    return { code: `export default ${JSON.stringify(Object.fromEntries(chosen))}`, moduleType: 'js' };
  },
};
/**
 * All that the background script says: menus, the address bar, and names for what it brings. A service worker can load
 * nothing later, so every language is in it, and is read whenever the browser wakes it.
 */
export const ofBackground = [
  'manifest.commandSummarize',
  'manifest.commandPage',
  'menu.translate',
  'menu.askSelection',
  'menu.readLink',
  'menu.askPicture',
  'omnibox.ask',
  'omnibox.askPage',
  'gathered.selectionTitle',
  'page.untitled',
  'composer.picture',
];

/** The languages of the background script: what it says and nothing of what pages say, with as much as that takes. */
const backgroundLocales = {
  name: 'background-locales',
  enforce: 'pre' as const,
  resolveId: (id: string) =>
    id === 'intl-messageformat'
      ? fileURLToPath(new URL('./utils/browser/plain-messages.ts', import.meta.url))
      : undefined,
  load(id: string) {
    const [, path, part] = /^(.*\/assets\/locales\/\w+\.json)\?part=(\w+)$/.exec(id) ?? [];
    if (!path) return undefined;
    const all = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Record<string, string>>;
    const said: Record<string, Record<string, string | undefined>> = {};
    for (const key of part === 'panel' ? ofBackground : []) {
      const [group = '', name = ''] = key.split('.');
      said[group] = { ...said[group], [name]: all[group]?.[name] };
    }
    return { code: `export default ${JSON.stringify(said)}`, moduleType: 'js' };
  },
};

/** The form of Dexie for browsers of today, a tenth smaller. */
const dexie = fileURLToPath(new URL('./node_modules/dexie/dist/modern/dexie.mjs', import.meta.url));

export default defineConfig({
  imports: false,
  publicDir: 'assets/public',
  modules: ['@wxt-dev/module-react', '@wxt-dev/webextension-polyfill', '@wxt-dev/auto-icons'],
  autoIcons: { baseIconPath: 'assets/icon.svg', developmentIndicator: false },
  vite: () => ({
    plugins: [oneFormOfFonts, localeParts],
    resolve: { alias: [{ find: /^dexie$/, replacement: dexie }] },
    // The policy lets fonts come from files and from nowhere else, so small ones stay files too.
    build: {
      assetsInlineLimit: (path) => (path.endsWith('.woff2') ? false : undefined),
      // What a part that is loaded later needs is found when it is there: from a disk that costs nothing, while lists of
      // it are read by every page that might load the part. Only style sheets have to be named.
      modulePreload: {
        polyfill: false,
        resolveDependencies: (_, files, { hostType }) =>
          hostType === 'html' ? files : files.filter((file) => file.endsWith('.css')),
      },
    },
  }),
  zip: { excludeSources: ['test/**', '.ci/**'] },
  manifest: ({ browser, mode }) => ({
    name: '__MSG_name__',
    description: '__MSG_description__',
    default_locale: 'en',
    minimum_chrome_version: browser === 'firefox' ? undefined : '120',
    permissions: [
      'activeTab',
      'scripting',
      'storage',
      'unlimitedStorage',
      'contextMenus',
      'search',
      ...(browser === 'firefox' ? [] : ['sidePanel']),
    ],
    // Asked for when the user opens the list of tabs, bookmarks or history; none of them is there at installation.
    optional_permissions: ['tabs', 'tabGroups', 'bookmarks', 'history'],
    // Firefox has no way to files for extensions.
    optional_host_permissions: [...(browser === 'firefox' ? [] : ['file:///*']), 'https://*/*', 'http://*/*'],
    content_security_policy: {
      extension_pages: contentSecurityPolicy(mode === 'development', browser),
      ...(browser === 'firefox' ? {} : { sandbox: sandboxPolicy }),
    },
    ...(browser === 'firefox' ? {} : { sandbox: { pages: ['diagram.html'] } }),
    // The page in our frame, under an address that changes with every start of the browser. Firefox has no such addresses,
    // and gives every installation another one.
    ...(browser === 'firefox'
      ? {}
      : {
          web_accessible_resources: [
            {
              resources: ['overlay.html'],
              matches: ['http://*/*', 'https://*/*', 'file:///*'],
              use_dynamic_url: true,
            },
          ],
        }),
    action: { default_title: '__MSG_name__' },
    omnibox: { keyword: 'wm' },
    commands: {
      [browser === 'firefox' ? '_execute_sidebar_action' : '_execute_action']: {
        suggested_key: { default: 'Alt+W' },
      },
      'summarize-page': { suggested_key: { default: 'Alt+R' }, description: '__MSG_commandSummarize__' },
      'translate-page': { suggested_key: { default: 'Alt+Q' }, description: '__MSG_commandPage__' },
      'translate-selection': { suggested_key: { default: 'Alt+X' }, description: '__MSG_commandTranslate__' },
    },
    incognito: browser === 'firefox' ? 'not_allowed' : 'split',
    browser_specific_settings:
      browser === 'firefox'
        ? {
            gecko: {
              id: 'wholemoon@wholemoon.org',
              strict_min_version: '140.0',
              data_collection_permissions: { required: ['websiteContent'] },
            },
          }
        : undefined,
  }),
  hooks: {
    /**
     * The browser's own object in place of the polyfill, which is 10 kB wherever it is: all that we call gives promises
     * by itself in the browsers that we run in (`contextMenus.removeAll` before Chrome 123 gives nothing, and nothing is
     * lost by not waiting for it), and messages, for which a polyfill is needed, we send none.
     */
    'vite:build:extendConfig': (entrypoints, vite) => {
      if (entrypoints.every(({ type }) => type === 'background'))
        vite.plugins = [backgroundLocales, ...(vite.plugins ?? [])];
      vite.plugins = [...(vite.plugins ?? []), { name: 'no-polyfill', enforce: 'pre', ...plainBrowser }];
    },
    /** The page for diagrams, pdf.js's data, and the manifest's own strings from the same files as the rest of the interface. */
    'build:publicAssets': ({ config }, files) => {
      if (config.browser !== 'firefox') {
        files.push({
          relativeDest: 'diagram.html',
          absoluteSrc: fileURLToPath(new URL('./assets/diagram.html', import.meta.url)),
        });
      }
      for (const { to, url, only = /./ } of bundledData) {
        for (const name of readdirSync(url).filter((file) => only.test(file))) {
          files.push({
            relativeDest: `${to}/${name}`,
            absoluteSrc: fileURLToPath(new URL(name, url)),
          });
        }
      }
      for (const name of readdirSync(localesFolder).filter((file) => file.endsWith('.json'))) {
        const { manifest } = JSON.parse(readFileSync(new URL(name, localesFolder), 'utf8')) as {
          manifest: Record<string, string>;
        };
        const messages = Object.fromEntries(
          Object.entries(manifest).map(([key, message]) => [key, { message }]),
        );
        files.push({
          relativeDest: `_locales/${name.replace('.json', '')}/messages.json`,
          contents: JSON.stringify(messages, null, 2),
        });
      }
    },
  },
});
