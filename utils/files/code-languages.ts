/** Which language a file of code is written in, told by its name and its first line. Data only. */

/** Languages of programs: the word behind a fence, and the endings of names. */
const programs: Record<string, string> = {
  ada: 'adb ads',
  assembly: 'asm s nasm',
  awk: 'awk',
  bash: 'sh bash zsh ksh bats command',
  bat: 'bat cmd',
  c: 'c h',
  clojure: 'clj cljs cljc edn',
  cmake: 'cmake',
  cobol: 'cob cbl cpy',
  coffeescript: 'coffee',
  cpp: 'cpp cc cxx c++ hpp hh hxx h++ inl ino ipp tpp cppm ixx',
  crystal: 'cr',
  csharp: 'cs csx',
  css: 'css',
  cuda: 'cu cuh',
  cython: 'pyx pxd pxi',
  d: 'd',
  dart: 'dart',
  dockerfile: 'dockerfile containerfile',
  elisp: 'el',
  elixir: 'ex exs',
  elm: 'elm',
  erlang: 'erl hrl',
  fish: 'fish',
  fortran: 'f f77 f90 f95 f03 f08 for',
  fsharp: 'fs fsx fsi',
  gdscript: 'gd',
  gherkin: 'feature',
  gleam: 'gleam',
  glsl: 'glsl vert frag geom comp',
  go: 'go',
  graphql: 'graphql gql',
  groovy: 'groovy gradle',
  handlebars: 'hbs handlebars mustache',
  haskell: 'hs lhs',
  hlsl: 'hlsl fx',
  java: 'java jsp',
  javascript: 'js mjs cjs es6',
  jinja: 'j2 jinja jinja2',
  jsx: 'jsx',
  julia: 'jl',
  kotlin: 'kt kts',
  less: 'less',
  lisp: 'lisp lsp cl asd',
  lua: 'lua',
  makefile: 'mk mak make',
  matlab: 'm mlx',
  metal: 'metal',
  nim: 'nim nims',
  nix: 'nix',
  objectivec: 'mm',
  ocaml: 'ml mli',
  pascal: 'pas pp dpr lpr',
  perl: 'pl pm t',
  php: 'php phtml php3 php4 php5 phps',
  powershell: 'ps1 psm1 psd1',
  prisma: 'prisma',
  prolog: 'pro',
  protobuf: 'proto',
  pug: 'pug jade',
  python: 'py pyi pyw py3 gyp gypi bzl star',
  qml: 'qml',
  r: 'r rmd rnw',
  racket: 'rkt',
  ruby: 'rb rake gemspec podspec erb ru',
  rust: 'rs',
  sass: 'sass',
  scala: 'scala sc sbt',
  scheme: 'scm ss',
  scss: 'scss',
  smalltalk: 'st',
  solidity: 'sol',
  sql: 'sql psql pgsql mysql ddl dml plsql pks pkb hql',
  stata: 'do ado',
  stylus: 'styl',
  svelte: 'svelte',
  swift: 'swift',
  tcl: 'tcl',
  terraform: 'tf tfvars hcl',
  thrift: 'thrift',
  tsx: 'tsx',
  typescript: 'ts mts cts',
  v: 'vsh',
  vb: 'vb vbs bas cls frm',
  verilog: 'v sv svh vh',
  vhdl: 'vhd vhdl',
  vim: 'vim',
  vue: 'vue',
  wgsl: 'wgsl',
  wat: 'wat wast',
  zig: 'zig',
  astro: 'astro',
};

/** Languages of data, of settings and of marked text. */
const data: Record<string, string> = {
  bibtex: 'bib',
  csv: 'csv',
  desktop: 'desktop service',
  diff: 'diff patch',
  gettext: 'po pot',
  html: 'html htm xhtml',
  http: 'http rest',
  ini: 'ini cfg conf cnf properties prefs inf reg editorconfig gitconfig gitmodules gitattributes npmrc env',
  json: 'json jsonc json5 jsonl ndjson geojson topojson webmanifest har map avsc ipynb_checkpoint',
  latex: 'tex sty cls ltx dtx bbl',
  log: 'log',
  markdown: 'md markdown mdx',
  mermaid: 'mmd mermaid',
  plantuml: 'puml plantuml',
  dot: 'dot gv',
  rst: 'rst',
  asciidoc: 'adoc asciidoc',
  org: 'org',
  toml: 'toml',
  tsv: 'tsv tab',
  xml: 'xml xsd xsl xslt svg plist rss atom gpx kml wsdl pom csproj vbproj fsproj vcxproj props targets xaml resx config nuspec storyboard xib opf ncx dtd xliff xlf tmx',
  yaml: 'yaml yml',
  ics: 'ics ical',
  vcard: 'vcf',
  ignore: 'gitignore dockerignore npmignore eslintignore prettierignore gcloudignore',
};

const byEnding = new Map<string, { language: string; isProgram: boolean }>();
for (const [languages, isProgram] of [
  [data, false],
  [programs, true],
] as const) {
  for (const [language, endings] of Object.entries(languages)) {
    for (const ending of endings.split(' ')) byEnding.set(ending, { language, isProgram });
  }
}

/** Files without an ending, by their whole name in small letters. */
const byName = new Map(
  Object.entries({
    brewfile: 'ruby',
    build: 'python',
    'build.bazel': 'python',
    buck: 'python',
    'cmakelists.txt': 'cmake',
    containerfile: 'dockerfile',
    dangerfile: 'ruby',
    dockerfile: 'dockerfile',
    fastfile: 'ruby',
    gemfile: 'ruby',
    gnumakefile: 'makefile',
    guardfile: 'ruby',
    jenkinsfile: 'groovy',
    justfile: 'makefile',
    makefile: 'makefile',
    meson: 'python',
    'meson.build': 'python',
    podfile: 'ruby',
    rakefile: 'ruby',
    sconstruct: 'python',
    snakefile: 'python',
    tiltfile: 'python',
    vagrantfile: 'ruby',
    workspace: 'python',
    '.bash_profile': 'bash',
    '.bashrc': 'bash',
    '.profile': 'bash',
    '.vimrc': 'vim',
    '.zshrc': 'bash',
  }),
);
const dataByName = new Map(
  Object.entries({
    codeowners: 'ignore',
    'go.mod': 'go',
    'go.sum': 'text',
    procfile: 'yaml',
    'cargo.lock': 'toml',
    'poetry.lock': 'toml',
    'uv.lock': 'toml',
    pipfile: 'toml',
    'composer.lock': 'json',
    'pipfile.lock': 'json',
    'yarn.lock': 'yaml',
    'gemfile.lock': 'text',
    '.babelrc': 'json',
    '.eslintrc': 'json',
    '.prettierrc': 'json',
    '.clang-format': 'yaml',
    '.clang-tidy': 'yaml',
  }),
);

/** What runs a script, as `#!` names it, and what that is as a language. */
const byInterpreter: [RegExp, string][] = [
  [/^(ba|z|k|da|a)?sh$/, 'bash'],
  [/^(python|pypy)[\d.]*$/, 'python'],
  [/^(node|nodejs|bun)$/, 'javascript'],
  [/^(deno|tsx|ts-node)$/, 'typescript'],
  [/^(perl|ruby|php|lua|fish|awk|tclsh|groovy|swift|julia)[\d.]*$/, ''],
  [/^[gmn]awk$/, 'awk'],
  [/^Rscript$/, 'r'],
  [/^pwsh$/, 'powershell'],
  [/^make$/, 'makefile'],
];

export interface CodeLanguage {
  /** The word behind a fence. */
  language: string;
  /** It is a program, and not data, settings or marked text. */
  isProgram: boolean;
}

/** The language that a name or path tells, or undefined. */
export function languageOfName(path: string): CodeLanguage | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const program = byName.get(name) ?? (/^(dockerfile|makefile|jenkinsfile)\./.exec(name)?.[1] || undefined);
  if (program) return { language: byName.get(program) ?? program, isProgram: true };
  const known = dataByName.get(name);
  if (known) return { language: known, isProgram: false };
  if (/^\.env\b/.test(name)) return { language: 'ini', isProgram: false };
  const dot = name.lastIndexOf('.');
  return dot < 0 ? undefined : byEnding.get(name.slice(dot + 1));
}

/** The language of a file by its name, else by the `#!` at its beginning, or undefined. */
export function languageOf(path: string, text: string): CodeLanguage | undefined {
  const named = languageOfName(path);
  if (named) return named;
  const line = /^#!\s*(?:\S*\/)?(?:env\s+(?:-\S+\s+)*)?(\S{1,40})/.exec(text.slice(0, 200))?.[1];
  const command = line?.slice(line.lastIndexOf('/') + 1) ?? '';
  const found = byInterpreter.find(([pattern]) => pattern.test(command));
  if (found)
    return { language: found[1] || command.replace(/[\d.]+$/, '').replace('tclsh', 'tcl'), isProgram: true };
  return /^<\?xml\s/.test(text) ? { language: 'xml', isProgram: false } : undefined;
}
