// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { toMarkdown } from '@/utils/page/markdown';

function markdownOf(html: string): string {
  const root = document.createElement('article');
  root.innerHTML = html;
  return toMarkdown(root);
}

const squeeze = (text: string) => text.replace(/\s+/g, '');

describe('structure', () => {
  it.each([
    ['headings', '<h1>One</h1><h4>Four</h4>', '# One\n\n#### Four'],
    ['paragraphs', '<p>One.</p><p>Two.</p>', 'One.\n\nTwo.'],
    [
      'emphasis',
      '<p>A <b>bold</b>, <em>slanted</em> and <s>gone</s> word.</p>',
      'A **bold**, *slanted* and ~~gone~~ word.',
    ],
    ['a quote', '<blockquote><p>Said.</p></blockquote>', '> Said.'],
    ['a rule', '<p>a</p><hr><p>b</p>', 'a\n\n---\n\nb'],
    ['a link', '<p>See <a href="https://example.org/a">this</a>.</p>', 'See [this](https://example.org/a).'],
    ['a link without words', '<p>Share <a href="https://example.org/x"></a>it.</p>', 'Share it.'],
  ])('keeps %s', (_, html, markdown) => {
    expect(markdownOf(html)).toBe(markdown);
  });

  it.each([
    [
      'blocks',
      '<a href="https://example.org/a"><h3>Title</h3><p>One.</p></a>',
      '### [Title](https://example.org/a)\n\nOne.',
    ],
    ['a division', '<a href="https://example.org/a"><div>Card</div></a>', '[Card](https://example.org/a)'],
  ])('does not tear a link around %s', (_, html, markdown) => {
    expect(markdownOf(html)).toBe(markdown);
  });

  it('indents nested lists under their items', () => {
    const html = '<ul><li>One<ol><li>Deep</li><li>Deeper</li></ol></li><li>Two</li></ul>';
    expect(markdownOf(html)).toBe('- One\n  1. Deep\n  2. Deeper\n- Two');
  });

  it('escapes nothing', () => {
    const text = 'snake_case *args **kwargs # no heading [x] 1. no list + - > < & ` ~ | \\ ¶3';
    const root = document.createElement('p');
    root.textContent = text;
    expect(toMarkdown(root)).toBe(text);
  });

  it('leaves the page as it was', () => {
    const root = document.createElement('div');
    root.innerHTML = `<p>a${' '.repeat(30)}b</p><pre>x<br>y</pre>`;
    const before = root.innerHTML;
    toMarkdown(root);
    expect(root.innerHTML).toBe(before);
  });

  it('leaves out what is not text', () => {
    const html =
      '<p>Words</p><script>alert(1)</script><style>p{}</style><template><p>no</p></template><noscript>no</noscript>';
    expect(markdownOf(html)).toBe('Words');
  });

  it('reads every line end as a line feed', () => {
    const root = document.createElement('div');
    const code = document.createElement('pre');
    code.append('one\r\ntwo\rthree');
    root.append(code);
    expect(toMarkdown(root)).toBe('```\none\ntwo\nthree\n```');
  });
});

describe('code', () => {
  it.each([
    ['the class of the code element', '<pre><code class="language-ts">a</code></pre>', 'ts'],
    ['the class of the block', '<pre class="lang-c++">a</pre>', 'c++'],
    ['the class of the parent', '<div class="highlight-source-js"><pre>a</pre></div>', 'js'],
    ['no class', '<pre>a</pre>', ''],
  ])('takes its language from %s', (_, html, language) => {
    expect(markdownOf(html)).toBe(`\`\`\`${language}\na\n\`\`\``);
  });

  it('keeps lines made with <br>, indentation and blank lines', () => {
    expect(markdownOf('<pre><code>if (a) {<br>  b();<br><br>}\n</code></pre>')).toBe(
      '```\nif (a) {\n  b();\n\n}\n```',
    );
  });

  it('keeps every character of highlighted code', () => {
    const html = '<pre><span class="k">const</span> <span>a_b</span> = <b>`x`</b> &lt;T&gt;;</pre>';
    expect(markdownOf(html)).toBe('```\nconst a_b = `x` <T>;\n```');
  });

  it('has a fence longer than any inside', () => {
    expect(markdownOf('<pre>```\ninner\n````</pre>')).toBe('`````\n```\ninner\n````\n`````');
  });

  it('is left out when it is empty', () => {
    expect(markdownOf('<p>a</p><pre> \n</pre><p>b</p>')).toBe('a\n\nb');
  });

  it('keeps white space in a block, however long the run', () => {
    expect(markdownOf(`<pre>a${' '.repeat(40)}b</pre>`)).toContain(`a${' '.repeat(40)}b`);
  });
});

describe('small things that change a meaning', () => {
  it.each([
    ['an exponent', '<p>10<sup>6</sup> grains</p>', '10^6 grains'],
    ['a negative exponent', '<p>10<sup>−3</sup> m</p>', '10^−3 m'],
    ['a footnote around its mark', '<p>True<a href="#n1"><sup>1</sup></a>.</p>', 'True[^1].'],
    ['an ordinal', '<p>the 4<sup>th</sup> of July</p>', 'the 4th of July'],
  ])('keeps %s readable', (_, html, markdown) => {
    expect(markdownOf(html)).toBe(markdown);
  });

  it('does not make a number out of a footnote mark', () => {
    expect(markdownOf('<p>In 1492<sup><a href="#n1">1</a></sup> he</p>')).toBe('In 1492[^1] he');
  });

  it('separates words at a line break', () => {
    expect(markdownOf('<p>one<br>two</p>')).toMatch(/^one\s+two$/);
  });
});

describe('images', () => {
  it.each([
    [
      'with an alternative text',
      '<img alt="A ship" src="https://example.org/s.png">',
      '![A ship](https://example.org/s.png)',
    ],
    ['with a data address', '<img alt="A ship" src="data:image/png;base64,AAAA">', '![A ship]'],
    ['without an address', '<img alt="A  tall\nship">', '![A tall ship]'],
    ['without an alternative text', '<img src="https://example.org/s.png">', ''],
  ])('are read %s', (_, html, markdown) => {
    expect(markdownOf(`<p>Before ${html}</p>`)).toBe(`Before ${markdown}`.trim());
  });

  it('stay in their links', () => {
    const html = '<a href="https://example.org/"><img alt="Home" src="h.png"></a>';
    expect(markdownOf(`<p>${html}</p>`)).toBe('[![Home](h.png)](https://example.org/)');
  });
});

describe('drawings', () => {
  it('are read by their labels', () => {
    const html =
      '<svg><title>Chart</title><g><text>Tide</text><path d="M0 0"/><text> 4.1 m </text></g></svg>';
    expect(markdownOf(`<figure>${html}</figure>`)).toBe('Tide · 4.1 m');
  });

  it('keep labels that are written in HTML', () => {
    const box = (text: string) => `<foreignObject><div><p>${text}</p></div></foreignObject>`;
    expect(markdownOf(`<svg><g>${box('Read the page')}${box('Ask')}</g></svg>`)).toBe('Read the page · Ask');
  });

  it('without labels are left out', () => {
    expect(markdownOf('<p>a <svg><path d="M0 0"/></svg>b</p>')).toBe('a b');
  });
});

describe('pages that are hard to read', () => {
  it('keeps the text of 3,000 nested elements', () => {
    const tag = (depth: number) => (depth % 50 === 49 ? 'blockquote' : 'div');
    const html = Array.from({ length: 3_000 }, (_, depth) => `<${tag(depth)}>word${depth} `).join('');
    const words = new Set(markdownOf(html).match(/word\d+/g));
    const missing = Array.from({ length: 3_000 }, (_, depth) => `word${depth}`).filter(
      (word) => !words.has(word),
    );
    expect(missing).toEqual([]);
  }, 30_000);

  it.each([
    ['spaces', ' '],
    ['line feeds', '\n'],
    ['spaces that do not break', '\u00a0'],
  ])('reads 200,000 %s', (_, space) => {
    const root = document.createElement('div');
    const paragraph = document.createElement('p');
    paragraph.append('a', space.repeat(200_000), 'b');
    root.append(paragraph, 'c', space.repeat(200_000));
    expect(squeeze(toMarkdown(root))).toBe('abc');
  });

  it('reads 200,000 spaces in code', () => {
    expect(markdownOf(`<pre>a${' '.repeat(200_000)}b</pre>`)).toHaveLength(200_010);
  });

  it('reads 4,000 paragraphs', () => {
    const markdown = markdownOf('<p>A paragraph with <b>some</b> words.</p>'.repeat(4_000));
    expect(markdown.split('\n\n')).toHaveLength(4_000);
  }, 60_000);
});
