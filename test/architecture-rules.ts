/** The import table and the other rules of the house, as data and two functions. */

export const maximumLines = 300;

export type Area =
  | 'entrypoints'
  | 'components'
  | 'source'
  | 'errors'
  | 'i18n'
  | 'page'
  | 'files'
  | 'prompts'
  | 'context'
  | 'models'
  | 'citations'
  | 'compare'
  | 'chat'
  | 'translate'
  | 'search'
  | 'store'
  | 'browser';

/**
 * Who may import whom. `types` lists areas from which only types may be taken: they vanish in the build.
 * Some entries go beyond the first plan, with their reasons:
 * - models -> i18n: the built-in reader (Excerpts) speaks to the user, so its sentences come from the locales;
 * - chat -> i18n: the question behind a shortcut is asked in the language of the interface;
 * - store -> types of context and models: what is kept on disk is what was sent and what came back;
 * - translate -> chat: a translation is made with the same connection, prefix and accounts as a chat about the page;
 * - search -> store: which engine is asked, and its key;
 * - translate -> compare: it reads the JSON of models as leniently;
 * - chat, browser -> files: what kinds of files there are, and what a file is by its first bytes; readers run in workers;
 * - chat -> types of translate: a translation may become a chat;
 * - browser -> store: the list of sites that are never read is held to where pages are read, so that no way to a page
 *   can forget to ask.
 */
const table: Record<Area, { may: Area[]; types?: Area[] | 'any' }> = {
  entrypoints: {
    may: [
      'components',
      'chat',
      'translate',
      'page',
      'files',
      'browser',
      'store',
      'i18n',
      'errors',
      'source',
      'citations',
    ],
    types: 'any',
  },
  components: {
    may: [
      'chat',
      'translate',
      'store',
      'context',
      'citations',
      'compare',
      'search',
      'source',
      'errors',
      'i18n',
      'models',
    ],
    types: 'any',
  },
  chat: {
    may: [
      'context',
      'prompts',
      'models',
      'page',
      'files',
      'citations',
      'compare',
      'search',
      'browser',
      'store',
      'source',
      'errors',
      'i18n',
    ],
    types: ['translate'],
  },
  translate: {
    may: [
      'chat',
      'compare',
      'context',
      'prompts',
      'models',
      'page',
      'citations',
      'browser',
      'store',
      'source',
      'errors',
      'i18n',
    ],
  },
  context: { may: ['prompts', 'source', 'errors'], types: ['models'] },
  models: { may: ['source', 'errors', 'i18n'] },
  prompts: { may: ['source', 'errors'], types: ['models', 'translate'] },
  page: { may: ['source', 'errors'] },
  // Pages and documents are written down by the same rules of Markdown.
  files: { may: ['page', 'source', 'errors'] },
  search: { may: ['browser', 'page', 'store', 'source', 'errors'], types: ['models', 'files'] },
  browser: { may: ['page', 'files', 'store', 'source', 'errors'] },
  store: { may: ['source', 'errors'], types: ['models', 'context', 'translate'] },
  citations: { may: ['source'] },
  compare: { may: ['citations', 'source'] },
  source: { may: [] },
  errors: { may: [] },
  i18n: { may: [] },
};

/** Components may look up providers, which are data; wires and streams are the business of chat. */
const componentsFromModels = /^utils\/models\/(providers\/index|providers|types)$/;

/** Packages that only some places may use. A missing place means nowhere. */
const packages: { name: RegExp; where: RegExp; said: string }[] = [
  {
    name: /^wxt\/browser$/,
    where: /^(entrypoints|utils\/browser)\//,
    said: 'wxt/browser is used only in entrypoints and utils/browser: add a function there',
  },
  {
    name: /^webextension-polyfill$/,
    where: /^$/,
    said: 'webextension-polyfill is imported nowhere: use wxt/browser',
  },
  {
    name: /^(react|react-dom)(\/|$)/,
    where: /^(components\/|entrypoints\/[^/]+\/main\.tsx$)/,
    said: 'react is used only in components and the pages’ main.tsx',
  },
  {
    name: /^(dexie|wxt\/utils\/storage)$/,
    where: /^utils\/store\//,
    said: 'dexie and storage are used only in utils/store: add a function there',
  },
  {
    name: /^pdfjs-dist(\/|$)/,
    where: /^utils\/files\/pdf\//,
    said: 'pdf.js is used only in utils/files/pdf',
  },
  {
    name: /^(fflate|htmlparser2|domhandler|@e965\/xlsx|ignore|postal-mime)(\/|$)/,
    where: /^utils\/files\//,
    said: 'libraries that read files are used only in utils/files, which runs in workers',
  },
  {
    name: /^(shiki|katex)(\/|$)/,
    where: /^components\/answer\/markdown\/(code-grammars|highlight|draw-formula)\.ts$/,
    said: 'shiki runs in the worker of components/answer/markdown/highlight.ts, katex is loaded on demand by draw-formula.ts',
  },
  {
    name: /^mermaid(\/|$)/,
    where: /^entrypoints\/diagram-drawer\.ts$/,
    said: 'mermaid runs only in the sandboxed page, entrypoints/diagram-drawer.ts',
  },
  {
    name: /^(@ai-sdk\/|ai$|zod)/,
    where: /^utils\/models\/(wire\/|endpoints\/|errors\.ts)/,
    said: 'client libraries of vendors are used only in utils/models/wire and utils/models/endpoints',
  },
];

/** The area of a file or module path from the repository root, e.g. `utils/page/index` -> `page`. */
export function areaOf(path: string): Area | undefined {
  const [top, second = ''] = path.split('/');
  if (top === 'entrypoints' || top === 'components') return top;
  if (top !== 'utils') return undefined;
  const name = second.replace(/\.tsx?$/, '');
  return name in table ? (name as Area) : undefined;
}

/** A sentence when `file` may not import `target`, undefined when it may. */
export function checkImport(file: string, target: string, typeOnly: boolean): string | undefined {
  const guarded = packages.find(({ name, where }) => name.test(target) && !where.test(file));
  if (guarded) return `${file}: ${guarded.said}`;
  const from = areaOf(file);
  if (/^(entrypoints|components|utils)\//.test(file) && !from) {
    return `${file}: this folder is not in the table of test/architecture-rules.ts: add it and say what it may know`;
  }
  const to = areaOf(target);
  if (!from || !to || from === to) return undefined;
  const { may, types } = table[from];
  if (typeOnly && (types === 'any' || types?.includes(to))) return undefined;
  if (from === 'components' && to === 'models' && !componentsFromModels.test(target)) {
    return `${file}: components may take only providers from models; streaming is the business of chat`;
  }
  if (may.includes(to)) return undefined;
  if (types !== 'any' && types?.includes(to))
    return `${file}: ${from} may take only types from ${to} (${target})`;
  return `${file}: ${from} may not import ${to} (${target}). It may use: ${may.join(', ') || 'nothing'}`;
}

const textRules: { pattern: RegExp; allowed: RegExp; said: string }[] = [
  {
    pattern: /(?<![.\w])fetch\(/,
    // Lists of models, counts and local servers are asked beside the wires, in endpoints.
    allowed: /^utils\/(models\/(wire|endpoints)|browser|search)\//,
    said: 'fetch belongs to utils/models/wire, utils/models/endpoints, utils/search and utils/browser, as a parameter with a default',
  },
  {
    pattern: /(?<![.\w])(indexedDB|localStorage)\b/,
    allowed: /^utils\/store\//,
    said: 'IndexedDB belongs to utils/store; localStorage to nobody',
  },
  {
    pattern: /\b(innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML)\b/,
    allowed: /^$/,
    said: 'innerHTML and its kin are never used: page text and model output are hostile',
  },
  {
    pattern: /\b(source|page|document|reading)\.text\.(slice|substring|substr)\(0,/,
    allowed: /^$/,
    said: 'Whole or nothing: no code path shortens a source',
  },
];

/** Sentences about the text of a file: its length, and words that belong elsewhere. Comments do not count. */
export function checkText(file: string, text: string): string[] {
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  const troubles: string[] = [];
  if (lines > maximumLines)
    troubles.push(`${file} has ${lines} lines: split it by responsibility (${maximumLines} at most)`);
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  for (const { pattern, allowed, said } of textRules) {
    if (pattern.test(code) && !allowed.test(file)) troubles.push(`${file}: ${said}`);
  }
  return troubles;
}
