import type { LanguageRegistration } from 'shiki/types';

/** Languages whose code is coloured: their names, what models call them, and their grammars, each in its own file. */

interface CodeLanguage {
  name: string;
  /** What stands behind the fence, in small letters. */
  aliases: readonly string[];
  load: () => Promise<{ default: LanguageRegistration[] }>;
}

const languages: readonly CodeLanguage[] = [
  { name: 'C', aliases: ['c', 'h'], load: () => import('shiki/langs/c.mjs') },
  {
    name: 'C++',
    aliases: ['cpp', 'c++', 'cc', 'cxx', 'hpp'],
    load: () => import('shiki/langs/cpp.mjs'),
  },
  { name: 'C#', aliases: ['csharp', 'cs', 'c#'], load: () => import('shiki/langs/csharp.mjs') },
  { name: 'CSS', aliases: ['css'], load: () => import('shiki/langs/css.mjs') },
  { name: 'Diff', aliases: ['diff', 'patch'], load: () => import('shiki/langs/diff.mjs') },
  { name: 'Dockerfile', aliases: ['dockerfile', 'docker'], load: () => import('shiki/langs/docker.mjs') },
  { name: 'Go', aliases: ['go', 'golang'], load: () => import('shiki/langs/go.mjs') },
  { name: 'HTML', aliases: ['html', 'htm'], load: () => import('shiki/langs/html.mjs') },
  { name: 'Java', aliases: ['java'], load: () => import('shiki/langs/java.mjs') },
  // The grammar of TypeScript reads JavaScript as well.
  {
    name: 'JavaScript',
    aliases: ['javascript', 'js', 'mjs', 'cjs', 'node'],
    load: () => import('shiki/langs/typescript.mjs'),
  },
  { name: 'JSON', aliases: ['json', 'jsonc', 'json5', 'jsonl'], load: () => import('shiki/langs/json.mjs') },
  { name: 'JSX', aliases: ['jsx'], load: () => import('shiki/langs/tsx.mjs') },
  { name: 'Kotlin', aliases: ['kotlin', 'kt', 'kts'], load: () => import('shiki/langs/kotlin.mjs') },
  { name: 'LaTeX', aliases: ['latex', 'tex'], load: () => import('shiki/langs/latex.mjs') },
  { name: 'Lua', aliases: ['lua'], load: () => import('shiki/langs/lua.mjs') },
  { name: 'Markdown', aliases: ['markdown', 'md'], load: () => import('shiki/langs/markdown.mjs') },
  { name: 'PHP', aliases: ['php'], load: () => import('shiki/langs/php.mjs') },
  {
    name: 'Python',
    aliases: ['python', 'py', 'python3', 'py3'],
    load: () => import('shiki/langs/python.mjs'),
  },
  { name: 'R', aliases: ['r'], load: () => import('shiki/langs/r.mjs') },
  { name: 'Ruby', aliases: ['ruby', 'rb'], load: () => import('shiki/langs/ruby.mjs') },
  { name: 'Rust', aliases: ['rust', 'rs'], load: () => import('shiki/langs/rust.mjs') },
  {
    name: 'Shell',
    aliases: ['bash', 'sh', 'shell', 'zsh', 'shellscript', 'console'],
    load: () => import('shiki/langs/shellscript.mjs'),
  },
  {
    name: 'SQL',
    aliases: ['sql', 'mysql', 'postgresql', 'sqlite'],
    load: () => import('shiki/langs/sql.mjs'),
  },
  { name: 'Swift', aliases: ['swift'], load: () => import('shiki/langs/swift.mjs') },
  { name: 'TOML', aliases: ['toml', 'ini'], load: () => import('shiki/langs/toml.mjs') },
  { name: 'TSX', aliases: ['tsx'], load: () => import('shiki/langs/tsx.mjs') },
  {
    name: 'TypeScript',
    aliases: ['typescript', 'ts', 'mts'],
    load: () => import('shiki/langs/typescript.mjs'),
  },
  { name: 'XML', aliases: ['xml', 'svg', 'xhtml'], load: () => import('shiki/langs/xml.mjs') },
  { name: 'YAML', aliases: ['yaml', 'yml'], load: () => import('shiki/langs/yaml.mjs') },
];

const byAlias = new Map(
  languages.flatMap((language) => language.aliases.map((alias) => [alias, language] as const)),
);

/** What stands behind a fence without its settings: `js` of `js {1,3} title="x"`. */
export const fenceName = (info: string | undefined): string =>
  (info ?? '')
    .slice(0, 200)
    .trim()
    .split(/[\s{,]/, 1)[0] ?? '';

/** The language a fence names, when its code can be coloured. */
export const codeLanguage = (name: string): CodeLanguage | undefined => byAlias.get(name.toLowerCase());
