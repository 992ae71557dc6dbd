// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { toMarkdown } from '@/utils/page/markdown';

function markdownOf(html: string): string {
  const root = document.createElement('article');
  root.innerHTML = html;
  return toMarkdown(root);
}

type Case = [name: string, html: string, markdown: string];

const lines = (...list: string[]) => list.join('\n');
const fence = (language: string, ...code: string[]) => lines(`\`\`\`${language}`, ...code, '```');

function cases(name: string, list: Case[]) {
  describe(name, () => {
    it.each(list)('%s', (_, html, markdown) => {
      expect(markdownOf(html)).toBe(markdown);
    });
  });
}

cases('the language of code', [
  ['language-x on code', '<pre><code class="language-rust">a</code></pre>', fence('rust', 'a')],
  ['lang-x on pre', '<pre class="lang-go prettyprint">a</pre>', fence('go', 'a')],
  [
    'highlight-source-x',
    '<div class="highlight highlight-source-shell"><pre>a</pre></div>',
    fence('shell', 'a'),
  ],
  [
    'Sphinx',
    '<div class="highlight-python notranslate"><div class="highlight"><pre>a</pre></div></div>',
    fence('python', 'a'),
  ],
  [
    'Sphinx without a language',
    '<div class="highlight-default"><div class="highlight"><pre>a</pre></div></div>',
    fence('', 'a'),
  ],
  ['highlight.js', '<pre><code class="hljs yaml">a</code></pre>', fence('yaml', 'a')],
  [
    'Pandoc',
    '<div class="sourceCode"><pre class="sourceCode haskell"><code>a</code></pre></div>',
    fence('haskell', 'a'),
  ],
  ['Hexo', '<figure class="highlight css"><pre>a</pre></figure>', fence('css', 'a')],
  ['data-lang', '<pre><code data-lang="toml">a</code></pre>', fence('toml', 'a')],
  ['data-language on a wrapper', '<div data-language="sql"><pre>a</pre></div>', fence('sql', 'a')],
  [
    'shiki',
    '<pre class="shiki nord" data-language="tsx"><code><span class="line">a</span></code></pre>',
    fence('tsx', 'a'),
  ],
  ['SyntaxHighlighter', '<pre class="brush: java;">a</pre>', fence('java', 'a')],
  ['Wikipedia', '<div class="mw-highlight mw-highlight-lang-lua"><pre>a</pre></div>', fence('lua', 'a')],
  ['plain text is no language', '<pre><code class="language-plaintext">a</code></pre>', fence('', 'a')],
]);

cases('the lines of code', [
  ['<br>', '<pre>a<br>b<br><br>c</pre>', fence('', 'a', 'b', '', 'c')],
  ['a division each', '<pre><div>a</div><div><br></div><div>b</div></pre>', fence('', 'a', '', 'b')],
  [
    'spans without line feeds',
    '<pre><code><span class="line">a</span><span class="line"></span><span class="line">b</span></code></pre>',
    fence('', 'a', '', 'b'),
  ],
  [
    'spans with line feeds between',
    '<pre><code><span class="line">a</span>\n<span class="line"></span>\n<span class="line">b</span></code></pre>',
    fence('', 'a', '', 'b'),
  ],
  [
    'spans with line feeds inside',
    '<pre><code><span class="line">a\n</span><span class="line">\n</span><span class="line">b\n</span></code></pre>',
    fence('', 'a', '', 'b'),
  ],
  [
    'spans and <br>',
    '<pre><span class="line">a</span><br><span class="line">  b</span><br></pre>',
    fence('', 'a', '  b'),
  ],
  [
    'several code elements',
    '<pre><code>a</code><code>  b</code><code></code><code>c</code></pre>',
    fence('', 'a', '  b', '', 'c'),
  ],
  [
    'WeChat',
    '<section class="code-snippet__fix"><ul class="code-snippet__line-index"><li></li><li></li></ul><pre class="code-snippet__js" data-lang="js"><code><span>let a;</span></code><code><span>a = 1;</span></code></pre></section>',
    fence('js', 'let a;', 'a = 1;'),
  ],
  [
    'a gutter beside the code',
    '<table class="highlight"><tr><td class="gutter"><pre><span class="line">1</span><br><span class="line">2</span></pre></td><td class="code"><pre><span class="line">a</span><br><span class="line">b</span></pre></td></tr></table>',
    fence('', 'a', 'b'),
  ],
  [
    'Pygments',
    '<div class="highlight-c"><table class="highlighttable"><tr><td class="linenos"><div class="linenodiv"><pre>1\n2</pre></div></td><td class="code"><div><pre>a\nb</pre></div></td></tr></table></div>',
    fence('c', 'a', 'b'),
  ],
  [
    'Rouge',
    '<div class="language-ruby highlighter-rouge"><div class="highlight"><pre><code><table class="rouge-table"><tbody><tr><td class="rouge-gutter gl"><pre>1\n2\n</pre></td><td class="rouge-code"><pre>a\nb\n</pre></td></tr></tbody></table></code></pre></div></div>',
    fence('ruby', 'a', 'b'),
  ],
  [
    'highlight.js with numbers',
    '<pre><code class="hljs php"><table class="hljs-ln"><tr><td class="hljs-ln-numbers" data-line-number="1"></td><td class="hljs-ln-code">a</td></tr><tr><td class="hljs-ln-numbers" data-line-number="2"></td><td class="hljs-ln-code">  b</td></tr></table></code></pre>',
    fence('php', 'a', '  b'),
  ],
  [
    'a file on GitHub',
    '<table class="highlight js-file-line-container"><tr><td class="blob-num" data-line-number="1"></td><td class="blob-code blob-code-inner">if x:</td></tr><tr><td class="blob-num" data-line-number="2"></td><td class="blob-code blob-code-inner">  y()</td></tr></table>',
    fence('', 'if x:', '  y()'),
  ],
  [
    'numbers before each line',
    '<pre><span class="line"><span class="lineno">1</span>a</span><span class="line"><span class="lineno">2</span>b</span></pre>',
    fence('', 'a', 'b'),
  ],
  ['code with breaks and no pre', '<p><code>a<br>b</code></p>', fence('', 'a', 'b')],
  [
    'CodeMirror 5',
    '<div class="CodeMirror"><textarea>junk</textarea><div class="CodeMirror-gutters"></div><div class="CodeMirror-code"><div><div class="CodeMirror-linenumber">1</div><pre class="CodeMirror-line"><span>a {</span></pre></div><div><pre class="CodeMirror-line"><span>\u200b</span></pre></div><div><pre class="CodeMirror-line"><span>}</span></pre></div></div></div>',
    fence('', 'a {', '', '}'),
  ],
  [
    'CodeMirror 6',
    '<div class="cm-editor"><div class="cm-scroller"><div class="cm-gutters"><div>1</div></div><div class="cm-content" data-language="python"><div class="cm-line">a:</div><div class="cm-line"><br></div><div class="cm-line">  b</div></div></div></div>',
    fence('python', 'a:', '', '  b'),
  ],
  [
    'Monaco',
    '<div class="monaco-editor" data-mode-id="go"><div class="margin">1 2</div><div class="view-lines"><div class="view-line"><span>a\u00a0:=\u00a01</span></div><div class="view-line"><span>\u00a0\u00a0b</span></div></div></div>',
    fence('go', 'a := 1', '  b'),
  ],
  [
    'a button to copy',
    '<div class="highlight"><pre><code>a</code><button>Copy</button></pre><button class="copy">Copy</button></div>',
    fence('', 'a'),
  ],
  [
    'words to copy',
    '<div class="code-block"><div class="bar"><span>复制代码</span></div><pre>a</pre></div>',
    fence('', 'a'),
  ],
  ['a poem', '<pre>Roses are red,\n   violets blue</pre>', fence('', 'Roses are red,', '   violets blue')],
]);

const katex = (latex: string, drawn: string) =>
  `<span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>x</mi></mrow><annotation encoding="application/x-tex">${latex}</annotation></semantics></math></span><span class="katex-html" aria-hidden="true">${drawn}</span></span>`;

cases('mathematics', [
  ['KaTeX', `<p>So ${katex('x^2', 'x2')} holds.</p>`, 'So $x^2$ holds.'],
  [
    'KaTeX on its own line',
    `<p>So</p><span class="katex-display">${katex('\\int_0^1 x\\,dx', '∫x')}</span>`,
    lines('So', '', '$$', '\\int_0^1 x\\,dx', '$$'),
  ],
  [
    'KaTeX without its source',
    '<p><span class="katex"><span class="katex-mathml"><math><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow></math></span><span class="katex-html">x2</span></span></p>',
    '$x^2$',
  ],
  [
    'MathJax 2',
    '<p>a <span class="MathJax_Preview">p</span><span class="MathJax">drawn</span><script type="math/tex">y_i</script> b</p>',
    'a $y_i$ b',
  ],
  [
    'MathJax 2 on its own line',
    '<div><div class="MathJax_Display"><span class="MathJax">drawn</span></div><script type="math/tex; mode=display">y = 1</script></div>',
    lines('$$', 'y = 1', '$$'),
  ],
  [
    'MathJax 2 without its source',
    '<p><span class="MathJax"><nobr>drawn</nobr><span class="MJX_Assistive_MathML"><math><mfrac><mi>a</mi><mi>b</mi></mfrac></math></span></span></p>',
    '$\\frac{a}{b}$',
  ],
  [
    'MathJax 3',
    '<p>a <mjx-container class="MathJax"><mjx-math><mjx-mi><mjx-c class="mjx-c1D465"></mjx-c></mjx-mi></mjx-math><mjx-assistive-mml><math><msqrt><mi>x</mi></msqrt></math></mjx-assistive-mml></mjx-container></p>',
    'a $\\sqrt{x}$',
  ],
  [
    'MathJax 3 with nothing but drawn characters',
    '<p><mjx-container><mjx-math><mjx-msup><mjx-mi><mjx-c class="mjx-c1D465 TEX-I"></mjx-c></mjx-mi><mjx-script><mjx-mn><mjx-c class="mjx-c32"></mjx-c></mjx-mn></mjx-script></mjx-msup><mjx-mo><mjx-c class="mjx-c3D"></mjx-c></mjx-mo><mjx-mn><mjx-c class="mjx-c34"></mjx-c></mjx-mn></mjx-math></mjx-container></p>',
    '$x^2 = 4$',
  ],
  [
    'MathJax 3 with a drawn fraction',
    '<p><mjx-container><mjx-math><mjx-mfrac><mjx-frac><mjx-num><mjx-nstrut></mjx-nstrut><mjx-mi><mjx-c class="mjx-c1D44E"></mjx-c></mjx-mi></mjx-num><mjx-dbox><mjx-dtable><mjx-line></mjx-line><mjx-row><mjx-den><mjx-dstrut></mjx-dstrut><mjx-mi><mjx-c class="mjx-c1D44F"></mjx-c></mjx-mi></mjx-den></mjx-row></mjx-dtable></mjx-dbox></mjx-frac></mjx-mfrac></mjx-math></mjx-container></p>',
    '$\\frac{a}{b}$',
  ],
  ['MathML with its source', '<p><math alttext="E=mc^{2}"><mi>E</mi></math></p>', '$E=mc^{2}$'],
  [
    'MathML on its own line',
    '<math display="block"><munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><msub><mi>a</mi><mi>i</mi></msub></math>',
    lines('$$', '\\sum_{i = 1}^n a_i', '$$'),
  ],
  [
    'MathML with Greek letters',
    '<p><math><mi>α</mi><mo>≤</mo><mi>β</mi></math></p>',
    '$\\alpha \\leq \\beta$',
  ],
  [
    'MathML with a table',
    '<p><math><mo>(</mo><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>0</mn></mtd></mtr><mtr><mtd><mn>0</mn></mtd><mtd><mn>1</mn></mtd></mtr></mtable><mo>)</mo></math></p>',
    '$(\\begin{matrix} 1 & 0 \\\\ 0 & 1 \\end{matrix})$',
  ],
  [
    'MathML with accents and functions',
    '<p><math><mi>sin</mi><mover><mi>x</mi><mo>¯</mo></mover></math></p>',
    '$\\sin\\bar{x}$',
  ],
  [
    'Wikipedia',
    '<p><span class="mwe-math-element"><span class="mwe-math-mathml-inline"><math><semantics><mi>E</mi><annotation encoding="application/x-tex">{\\displaystyle E}</annotation></semantics></math></span><img class="mwe-math-fallback-image-inline" alt="{\\displaystyle E}" src="e.svg"></span></p>',
    `$${'{\\displaystyle E}'}$`,
  ],
  [
    'Wikipedia with nothing but the image',
    '<p><img class="mwe-math-fallback-image-inline" alt="{\\displaystyle E}" src="e.svg"></p>',
    `$${'{\\displaystyle E}'}$`,
  ],
  [
    'a numbered equation of LaTeXML',
    '<table class="ltx_equation ltx_eqn_table"><tbody><tr class="ltx_eqn_row"><td class="ltx_eqn_cell ltx_eqn_center_padleft"></td><td class="ltx_eqn_cell"><math alttext="a=b" display="block"><mi>a</mi></math></td><td class="ltx_eqn_cell ltx_eqn_eqno"><span class="ltx_tag">(3)</span></td></tr></tbody></table>',
    lines('$$', 'a=b \\tag{3}', '$$'),
  ],
  ['an image of a formula', '<p><img class="latex" alt="\\alpha" src="a.png"> grows</p>', '$\\alpha$ grows'],
  ['Zhihu', '<p>其中<span class="ztext-math" data-tex="x_1"><span>x1</span></span>为</p>', '其中$x_1$为'],
  ['TeX in the text', '<p>where $a_1 * b_2$ and \\(c\\) are_so</p>', 'where $a_1 * b_2$ and \\(c\\) are_so'],
  [
    'a formula inside a paragraph',
    `<p>So <span class="katex-display">${katex('a', 'a')}</span> holds.</p>`,
    lines('So', '', '$$', 'a', '$$', '', 'holds.'),
  ],
]);

cases('footnotes', [
  [
    'GitHub',
    '<p>True<sup><a href="#fn-1" id="r1" data-footnote-ref>1</a></sup>.</p><section data-footnotes><ol><li id="fn-1"><p>Because. <a href="#r1" data-footnote-backref>↩</a></p></li></ol></section>',
    lines('True[^1].', '', '[^1]: Because.'),
  ],
  [
    'Hugo and Pandoc',
    '<p>True<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a></p><section role="doc-endnotes"><hr><ol><li id="fn1" role="doc-endnote"><p>Because.<a href="#fnref1" class="footnote-back" role="doc-backlink">↩︎</a></p></li></ol></section>',
    lines('True[^1]', '', '---', '', '[^1]: Because.'),
  ],
  [
    'kramdown',
    '<p>True<sup id="fnref:a" role="doc-noteref"><a href="#fn:a" class="footnote" rel="footnote">1</a></sup></p><div class="footnotes"><ol><li id="fn:a" role="doc-endnote"><p>Because. <a href="#fnref:a" class="reversefootnote">&#8617;</a></p></li></ol></div>',
    lines('True[^1]', '', '[^1]: Because.'),
  ],
  [
    'Wikipedia',
    '<p>True<sup id="cite_ref-x_1-0" class="reference"><a href="#cite_note-x-1"><span>[</span>1<span>]</span></a></sup> and<sup id="cite_ref-x_1-1" class="reference"><a href="#cite_note-x-1">[1]</a></sup></p><ol class="references"><li id="cite_note-x-1"><span class="mw-cite-backlink">^ <a href="#cite_ref-x_1-0"><sup>a</sup></a> <a href="#cite_ref-x_1-1"><sup>b</sup></a></span> <span class="reference-text"><cite>Tide. 1990.</cite></span></li></ol>',
    lines('True[^1] and[^1]', '', '[^1]: Tide. 1990.'),
  ],
  [
    'Substack',
    '<p>True<a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1">1</a></p><div class="footnote"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number">1</a><div class="footnote-content"><p>Because.</p></div></div>',
    lines('True[^1]', '', '[^1]: Because.'),
  ],
  [
    'a number that links to a paragraph',
    '<p>True<a href="#n1"><sup>1</sup></a>.</p><p id="n1"><sup>1</sup> Because.</p>',
    lines('True[^1].', '', '[^1]: Because.'),
  ],
  [
    'a link that is no note',
    '<p>See <a href="#part">1</a> and <a href="https://example.org/#x">Home</a>.</p>',
    'See 1 and [Home](https://example.org/#x).',
  ],
  [
    'a reference in a manual',
    '<p>See <a class="reference internal" href="https://e.org/m#module"><code>marshal</code></a>.</p>',
    'See [`marshal`](https://e.org/m#module).',
  ],
  [
    'a heading that leads back to the contents',
    '<h2><a class="toc-backref" href="#id3" role="doc-backlink">Playbook syntax</a></h2>',
    '## Playbook syntax',
  ],
  [
    'notes stay where they are',
    '<p>A<sup><a href="#n1">1</a></sup></p><p id="n1">Note.</p><p>B</p>',
    lines('A[^1]', '', '[^1]: Note.', '', 'B'),
  ],
  [
    'LaTeXML',
    '<p>A<span class="ltx_note ltx_role_footnote"><sup class="ltx_note_mark">1</sup><span class="ltx_note_outer"><span class="ltx_note_content"><sup class="ltx_note_mark">1</sup><span class="ltx_tag ltx_tag_note">1</span>Because.</span></span></span> b</p>',
    'A^[Because.] b',
  ],
  ['edit links', '<h2>Tides<span class="mw-editsection">[<a href="/e">edit</a>]</span></h2>', '## Tides'],
  [
    'signs that link a heading to itself',
    '<h2>Tides<a class="headerlink" href="#tides">¶</a></h2><p>a</p>',
    lines('## Tides', '', 'a'),
  ],
]);

cases('lists', [
  [
    'definitions',
    '<dl><dt>Ebb</dt><dd>Going out.</dd><dt>Flood</dt><dt>Rise</dt><dd>Coming in.</dd><dd>Or up.</dd></dl>',
    lines('**Ebb**', ': Going out.', '', '**Flood**', '**Rise**', ': Coming in.', ': Or up.'),
  ],
  [
    'definitions with paragraphs',
    '<dl><dt>Ebb</dt><dd><p>One.</p><p>Two.</p></dd></dl>',
    lines('**Ebb**', ': One.', '', '  Two.'),
  ],
  [
    'tasks',
    '<ul><li><input type="checkbox" checked> Done</li><li><input type="checkbox"> Open</li></ul>',
    lines('- [x] Done', '- [ ] Open'),
  ],
  ['a start', '<ol start="4"><li>d</li><li>e</li></ol>', lines('4. d', '5. e')],
  ['values', '<ol><li>a</li><li value="9">b</li><li>c</li></ol>', lines('1. a', '9. b', '10. c')],
  ['counted down', '<ol reversed><li>a</li><li>b</li></ol>', lines('2. a', '1. b')],
  ['letters', '<ol type="a"><li>x</li><li>y</li></ol>', lines('a. x', 'b. y')],
  ['Roman numerals', '<ol type="I" start="4"><li>x</li><li>y</li></ol>', lines('IV. x', 'V. y')],
  [
    'paragraphs and code in an item',
    '<ul><li><p>One.</p><pre>a\n\nb</pre><p>Two.</p></li><li>Next</li></ul>',
    lines('- One.', '', '  ```', '  a', '', '  b', '  ```', '', '  Two.', '- Next'),
  ],
  [
    'a table in an item',
    '<ol><li>One<table><tr><th>a</th></tr><tr><td>1</td></tr></table></li></ol>',
    lines('1. One', '', '   | a |', '   | --- |', '   | 1 |'),
  ],
  ['a list in a list that is no item', '<ul><li>One</li><ul><li>Two</li></ul></ul>', lines('- One', '- Two')],
  ['an item without a list', '<li>One</li>', '- One'],
  [
    'a quote in an item',
    '<ul><li>He said<blockquote>No.</blockquote></li></ul>',
    lines('- He said', '', '  > No.'),
  ],
  [
    'a list in a quote',
    '<blockquote><p>Take</p><ul><li>one</li><li>two</li></ul></blockquote>',
    lines('> Take', '> - one', '> - two'),
  ],
  ['empty items', '<ul><li> </li><li>a</li></ul>', '- a'],
]);

cases('small things', [
  ['an index', '<p>H<sub>2</sub>O and log<sub>2</sub>8 and x<sub>i</sub></p>', 'H₂O and log₂8 and x_i'],
  [
    'a power',
    '<p>10<sup>6</sup>, x<sup>n</sup>, x<sup>n+1</sup>, Ca<sup>2+</sup></p>',
    '10^6, x^n, x^(n+1), Ca^2+',
  ],
  [
    'ordinals and marks',
    '<p>1<sup>st</sup>, 2<sup>e</sup>, M<sup>me</sup>, Moon<sup>™</sup></p>',
    '1st, 2e, Mme, Moon™',
  ],
  ['ruby', '<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby></p>', '漢(かん)字(じ)'],
  ['a short quotation', '<p>He said <q>no</q>.</p>', 'He said “no”.'],
  ['a short quotation in Japanese', '<p lang="ja">彼は<q>はい</q>と</p>', '彼は「はい」と'],
  [
    'an abbreviation, once',
    '<p><abbr title="World Health Organization">WHO</abbr> and <abbr title="World Health Organization">WHO</abbr></p>',
    'WHO (World Health Organization) and WHO',
  ],
  [
    'inserted, deleted and marked text',
    '<p><ins>new</ins> <del>old</del> <mark>hit</mark></p>',
    'new ~~old~~ hit',
  ],
  ['keys', '<p>Press <kbd><kbd>Ctrl</kbd>+<kbd>C</kbd></kbd></p>', 'Press `Ctrl`+`C`'],
  ['details', '<details><summary>More</summary><p>Text.</p></details>', lines('**More**', '', 'Text.')],
  ['a dialog', '<dialog open><p>Sure?</p></dialog>', 'Sure?'],
  [
    'a figure',
    '<figure><img alt="A ship" src="https://e.org/s.png"><figcaption>At <b>sea</b></figcaption></figure>',
    lines('![A ship](https://e.org/s.png)', '', 'At **sea**'),
  ],
  ['a caption without an image', '<figure><figcaption>At sea</figcaption></figure>', 'At sea'],
  ['a break in a heading', '<h2>One<br>two</h2>', '## One two'],
  ['soft hyphens', '<p>Donau\u00addampf\u00adschiff<wbr>fahrt</p>', 'Donaudampfschifffahrt'],
  [
    'form values',
    '<form><label>Name <input value="Ada"></label> <select><option>Red</option></select><textarea>a note</textarea></form>',
    'Name Ada Red a note',
  ],
  ['buttons keep apart', '<div><button>Save</button><button>Close</button></div>', 'Save Close'],
  ['passwords stay unread', '<p>Key <input type="password" value="secret"></p>', 'Key'],
  ['an address', '<address>Pier 4<br>Hart</address>', lines('Pier 4', 'Hart')],
  [
    'quotes in quotes',
    '<blockquote>One<blockquote>Two</blockquote></blockquote>',
    lines('> One', '>', '> > Two'),
  ],
  ['spacers', '<p>&nbsp;</p><div style="height:0"> </div><p>a</p><p>\u200b</p>', 'a'],
  ['blocks in inline elements', '<span>a<div>b</div>c</span>', lines('a', '', 'b', '', 'c')],
  ['blocks in bold', '<b><p>a</p><p>b</p></b>', lines('**a**', '', '**b**')],
  ['spaces in bold', '<p>a<b> bold </b>text</p>', 'a **bold** text'],
  ['adjacent bold', '<p><b>one</b><strong>two</strong></p>', '**onetwo**'],
  ['nested bold', '<p><b>one <strong>two</strong></b></p>', '**one two**'],
  ['bold in a heading', '<h3><strong>Title</strong></h3>', '### Title'],
  ['bold in Chinese', '<p>我们<b>必须</b>读完</p>', '我们**必须**读完'],
  ['empty bold', '<p>a<b></b> <i> </i>b</p>', 'a b'],
  ['a break at the end of bold', '<p><b>one<br></b>two</p>', lines('**one**', 'two')],
  ['two breaks', '<p>One.<br><br>Two.</p>', lines('One.', '', 'Two.')],
  ['two breaks in an inline element', '<div><font>One.<br> <br>Two.</font></div>', lines('One.', '', 'Two.')],
  [
    'an element of the page’s own',
    '<my-card><my-title>One</my-title><my-text>two</my-text></my-card>',
    'One two',
  ],
  ['an element of the page’s own with blocks', '<my-card><p>One</p>two</my-card>', lines('One', '', 'two')],
  ['an unknown element in a word', '<p>un<blink>know</blink>n</p>', 'unknown'],
  ['text beside blocks', '<div>a<p>b</p>c</div>', lines('a', '', 'b', '', 'c')],
  ['rules around nothing', '<hr><p>a</p><hr><hr><p>b</p><hr>', lines('a', '', '---', '', 'b')],
  [
    'a mark of ours in the text',
    '<blockquote>a<br>¶3 b</blockquote><pre>a\n\n¶4 b</pre>',
    lines('> a', '> ¶3 b', '', '```', 'a', '', ' ¶4 b', '```'),
  ],
  ['a heading by its role', '<div role="heading" aria-level="4">Tide</div>', '#### Tide'],
  [
    'a block by its style',
    '<span data-wholemoon-display="block">a</span><span data-wholemoon-display="block">b</span>',
    lines('a', '', 'b'),
  ],
  [
    'boxes in a line',
    '<p><a data-wholemoon-display="apart">作者</a><i data-wholemoon-display="apart">张三</i></p>',
    '作者 *张三*',
  ],
  [
    'letters in boxes of their own',
    '<p><span data-wholemoon-display="apart">H</span><span data-wholemoon-display="apart">i</span></p>',
    'Hi',
  ],
  [
    'line feeds that are shown',
    '<p><span data-wholemoon-space="pre">one\ntwo</span></p>',
    lines('one', 'two'),
  ],
]);

cases('links, images and embeds', [
  [
    'a link around blocks',
    '<a href="https://e.org/a"><h3>Title</h3><p>One.</p></a>',
    lines('### [Title](https://e.org/a)', '', 'One.'),
  ],
  ['a link to a script', '<p><a href="javascript:go()">Go</a></p>', 'Go'],
  [
    'an address that is its own words',
    '<p><a href="https://e.org/">https://e.org/</a></p>',
    'https://e.org/',
  ],
  ['brackets in an address', '<p><a href="https://e.org/a_(b)">x</a></p>', '[x](https://e.org/a_%28b%29)'],
  [
    'code that is a link',
    '<p><code><a href="https://e.org/a">f()</a></code></p>',
    '[`f()`](https://e.org/a)',
  ],
  [
    'a lazy image',
    '<p><img alt="A" src="data:image/gif;base64,R0" data-src="https://e.org/a.png"></p>',
    '![A](https://e.org/a.png)',
  ],
  [
    'a lazy picture',
    '<picture><source srcset="https://e.org/1.webp 1x, https://e.org/2.webp 2x"><img alt="A"></picture>',
    '![A](https://e.org/2.webp)',
  ],
  ['a pixel', '<p>a<img alt="x" width="1" height="1" src="https://e.org/p.gif"></p>', 'a'],
  [
    'a video',
    '<p><iframe title="Tides" src="https://www.youtube.com/embed/x"></iframe></p>',
    '[Video: Tides](https://www.youtube.com/embed/x)',
  ],
  [
    'a player',
    '<video src="https://e.org/v.mp4">Too old</video><audio><source src="https://e.org/a.mp3">Too old</audio>',
    '[Video](https://e.org/v.mp4)[Audio](https://e.org/a.mp3)',
  ],
  [
    'a document',
    '<object data="https://e.org/a.pdf" type="application/pdf"></object>',
    '[PDF](https://e.org/a.pdf)',
  ],
  [
    'a frame that measures',
    '<p>a</p><iframe src="https://www.googletagmanager.com/ns.html" height="0" width="0"></iframe>',
    'a',
  ],
]);

cases('tables', [
  [
    'blocks in cells',
    '<table><tr><th>a</th><th>b</th></tr><tr><td><ul><li>x</li><li>y</li></ul></td><td><p>1</p><p>2</p></td></tr></table>',
    lines('| a | b |', '| --- | --- |', '| x y | 1 2 |'),
  ],
  [
    'a table in a cell',
    '<table><tr><th>a</th><th>b</th></tr><tr><td><table><tr><td>x</td><td>y</td></tr></table></td><td>1</td></tr></table>',
    lines('| a | b |', '| --- | --- |', '| x y | 1 |'),
  ],
  [
    'row headers',
    '<table><tr><td></td><th>a</th></tr><tr><th>r</th><td>1</td></tr></table>',
    lines('|  | a |', '| --- | --- |', '| r | 1 |'),
  ],
  ['an empty table', '<p>a</p><table><tr><td></td><td> </td></tr></table>', 'a'],
  [
    'a formula in a cell',
    `<table><tr><th>f</th></tr><tr><td>${katex('x|y', 'x')}</td></tr></table>`,
    lines('| f |', '| --- |', '| $x\\|y$ |'),
  ],
  [
    'text outside its cells',
    '<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>',
    lines('| a | b |', '| --- | --- |', '| 1 | 2 |'),
  ],
  [
    'long text is not repeated',
    `<table><tr><th>a</th><th>b</th></tr><tr><td colspan="2">${'word '.repeat(30)}</td></tr></table>`,
    lines('| a | b |', '| --- | --- |', `| ${'word '.repeat(30)}|  |`),
  ],
  [
    'posts in a table',
    `<table><tr><th>Author</th><th>Post</th></tr><tr><td>Ada</td><td><p>${'One. '.repeat(200)}</p><p>${'Two. '.repeat(200)}</p><p>Three.</p></td></tr></table>`,
    lines(
      'Author',
      '',
      'Post',
      '',
      'Ada',
      '',
      'One. '.repeat(200).trim(),
      '',
      'Two. '.repeat(200).trim(),
      '',
      'Three.',
    ),
  ],
]);
