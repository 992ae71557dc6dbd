/** Pages of any size that we write ourselves, for measuring time. */
export interface BigPage {
  name: string;
  html: string;
}

const english =
  'The ferry crossed twice a day, and in the evening its keeper wrote down who had come over, what they carried, and what the water had been like between the two landings. ';
const chinese = '渡船每天往返两次，傍晚时分船工会记下谁过了河、带了什么东西，以及两岸之间的水势如何。';

const shell = (title: string, content: string) => `<!doctype html><html><head><meta charset="utf-8">
<title>${title}</title></head><body><header class="site-header"><nav>${links(20)}</nav></header><main>${content}</main>
<aside class="sidebar"><h3>Related</h3><ul>${links(30)}</ul></aside><footer>© The ferry house ${links(12)}</footer></body></html>`;
const links = (count: number) =>
  Array.from({ length: count }, (_, index) => `<li><a href="/p/${index}">Landing ${index}</a></li>`).join('');
const repeat = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => make(index)).join('\n');

/** An article of about this many characters. */
export function article(characters: number, sentence = english): BigPage {
  const perParagraph = sentence.length * 4;
  const content = repeat(Math.max(1, Math.round(characters / perParagraph)), (index) =>
    index % 12 === 0
      ? `<h2>Chapter ${index}</h2><p>${sentence.repeat(4)}</p>`
      : `<p>${index}. ${sentence.repeat(4)}</p>`,
  );
  return {
    name: `${characters.toLocaleString('en')} characters`,
    html: shell('The ferry', `<article><h1>The ferry</h1>${content}</article>`),
  };
}

/** Two megabytes, half of them tables. */
export function tables(): BigPage {
  const table = (number: number) =>
    `<table><thead><tr><th>Day</th><th>Landing ${number}</th><th>Carried</th><th>Water</th></tr></thead><tbody>${repeat(
      60,
      (row) => `<tr><td>${row}</td><td>${number * row}</td><td>grain and salt</td><td>2.${row} m</td></tr>`,
    )}</tbody></table>`;
  const content = repeat(230, (index) => `<h2>Year ${index}</h2><p>${english.repeat(26)}</p>${table(index)}`);
  return { name: '2 MB with tables', html: shell('The ledger', `<article>${content}</article>`) };
}

/** A discussion of ten thousand comments. */
export function comments(count = 10_000): BigPage {
  const comment = (index: number) =>
    `<div class="comment"><div class="meta"><a href="/u/${index}">keeper${index}</a> <time>${index} days ago</time></div><div class="comment-body"><p>${index}: ${english}</p></div><button>Reply</button></div>`;
  const content = `<h1>Who remembers the ferry?</h1><p>${english.repeat(3)}</p><section id="comments">${repeat(count, comment)}</section>`;
  return { name: `${count.toLocaleString('en')} comments`, html: shell('Who remembers the ferry?', content) };
}

/** A specification on one page: many small elements in sections, lists and definitions. */
export function nodes(count = 400_000): BigPage {
  const rule = (index: number) =>
    `<section id="s${index}"><h3>${index}. Rule <code>r${index}</code></h3><p>The <a href="#s${index + 1}">keeper</a> must <em>write</em> the <code>name</code> of <b>each</b> guest, and <a href="#s${index - 1}">count</a> the <i>lamps</i>.</p><ul><li>First, <code>open(${index})</code></li><li>then <a href="#x">close</a> it</li></ul><dl><dt>lamp ${index}</dt><dd>a light</dd></dl></section>`;
  // 44 nodes each.
  const content = repeat(Math.round(count / 44), rule);
  return {
    name: `${count.toLocaleString('en')} nodes`,
    html: shell('The rules', `<h1>The rules</h1>${content}`),
  };
}

export const bigPages = (): BigPage[] => [
  { ...article(200_000, chinese), name: '200,000 汉字' },
  tables(),
  comments(),
  nodes(),
];
