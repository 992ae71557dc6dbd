/** Languages whose code is coloured: their names, what models call them, and which grammar in code-grammars.ts reads them. */

interface CodeLanguage {
  name: string;
  /** What stands behind the fence, in small letters. */
  aliases: readonly string[];
  grammar: string;
}

const languages = [
  { name: 'C', aliases: ['c', 'h'], grammar: 'c' },
  { name: 'C++', aliases: ['cpp', 'c++', 'cc', 'cxx', 'hpp'], grammar: 'cpp' },
  { name: 'C#', aliases: ['csharp', 'cs', 'c#'], grammar: 'csharp' },
  { name: 'CSS', aliases: ['css'], grammar: 'css' },
  { name: 'Diff', aliases: ['diff', 'patch'], grammar: 'diff' },
  { name: 'Dockerfile', aliases: ['dockerfile', 'docker'], grammar: 'docker' },
  { name: 'Go', aliases: ['go', 'golang'], grammar: 'go' },
  { name: 'HTML', aliases: ['html', 'htm'], grammar: 'html' },
  { name: 'Java', aliases: ['java'], grammar: 'java' },
  // The grammar of TypeScript reads JavaScript as well.
  { name: 'JavaScript', aliases: ['javascript', 'js', 'mjs', 'cjs', 'node'], grammar: 'typescript' },
  { name: 'JSON', aliases: ['json', 'jsonc', 'json5', 'jsonl'], grammar: 'json' },
  { name: 'JSX', aliases: ['jsx'], grammar: 'tsx' },
  { name: 'Kotlin', aliases: ['kotlin', 'kt', 'kts'], grammar: 'kotlin' },
  { name: 'LaTeX', aliases: ['latex', 'tex'], grammar: 'latex' },
  { name: 'Lua', aliases: ['lua'], grammar: 'lua' },
  { name: 'Markdown', aliases: ['markdown', 'md'], grammar: 'markdown' },
  { name: 'PHP', aliases: ['php'], grammar: 'php' },
  { name: 'Python', aliases: ['python', 'py', 'python3', 'py3'], grammar: 'python' },
  { name: 'R', aliases: ['r'], grammar: 'r' },
  { name: 'Ruby', aliases: ['ruby', 'rb'], grammar: 'ruby' },
  { name: 'Rust', aliases: ['rust', 'rs'], grammar: 'rust' },
  {
    name: 'Shell',
    aliases: ['bash', 'sh', 'shell', 'zsh', 'shellscript', 'console'],
    grammar: 'shellscript',
  },
  { name: 'SQL', aliases: ['sql', 'mysql', 'postgresql', 'sqlite'], grammar: 'sql' },
  { name: 'Swift', aliases: ['swift'], grammar: 'swift' },
  { name: 'TOML', aliases: ['toml', 'ini'], grammar: 'toml' },
  { name: 'TSX', aliases: ['tsx'], grammar: 'tsx' },
  { name: 'TypeScript', aliases: ['typescript', 'ts', 'mts'], grammar: 'typescript' },
  { name: 'XML', aliases: ['xml', 'svg', 'xhtml'], grammar: 'xml' },
  { name: 'YAML', aliases: ['yaml', 'yml'], grammar: 'yaml' },
] as const satisfies readonly CodeLanguage[];

export type GrammarName = (typeof languages)[number]['grammar'];

const byAlias = new Map<string, (typeof languages)[number]>(
  languages.flatMap((language) => language.aliases.map((alias) => [alias, language] as const)),
);

/** The language a fence names, when its code can be coloured. */
export const codeLanguage = (name: string): (typeof languages)[number] | undefined =>
  byAlias.get(name.toLowerCase());
