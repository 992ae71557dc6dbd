import { describe, expect, it } from 'vitest';
import { cpuTime } from '../../cpu-time';
import { openPage } from './steps';

const cut = async (body: string, options = {}) =>
  (await openPage(body).start(options)).map(({ text }) => text);

describe('a page is cut', () => {
  it('at blocks, with what stands in a line kept together', async () => {
    expect(
      await cut(`<h1>Minutes of <em>the</em> meeting</h1>
        <div>Loose words <b>and bold</b> ones<p>A paragraph.</p>after it</div>
        <ul><li>One thing<ul><li>Another thing</li></ul></li></ul>
        <table><tr><td>A cell</td><td><p>Another cell</p></td></tr></table>`),
    ).toEqual([
      'Minutes of <1>the</1> meeting',
      'Loose words <1>and bold</1> ones',
      'A paragraph.',
      'after it',
      'One thing',
      'Another thing',
      'A cell',
      'Another cell',
    ]);
  });

  it('says what each piece is', async () => {
    const page = openPage(
      '<h2>Title here</h2><p>Some text</p><ul><li>An item</li></ul><table><tr><th>A cell</th></tr></table><nav><a href="/">Home page</a></nav>',
    );
    expect((await page.start({ extent: 'all' })).map(({ kind }) => kind)).toEqual([
      'heading',
      'text',
      'item',
      'cell',
      'label',
    ]);
  });

  it('at two line ends and not at one', async () => {
    expect(await cut('<div>First line<br>second line<br><br>Next paragraph<br> <br>Last one</div>')).toEqual([
      'First line<1/>second line',
      'Next paragraph',
      'Last one',
    ]);
  });

  it('without what is never translated', async () => {
    expect(
      await cut(`<p>Run <code>npm install</code> and press <kbd>Enter</kbd>.</p>
        <pre>const x = 1;</pre><script>let a</script><style>p{}</style><svg><text>Drawn</text></svg>
        <p translate="no">Brand</p><p>The <span class="notranslate">Acme Corp</span> firm</p>
        <div contenteditable="true">Draft</div><textarea>Typed</textarea><input value="Typed too">
        <p hidden>Hidden</p><p style="display:none">Hidden</p><p aria-hidden="true">Hidden</p>
        <p>Formula <math><mi>x</mi></math> here<sup><a href="#n1">[1]</a></sup></p>`),
    ).toEqual(['Run <1/> and press <2/>.', 'The <1/> firm', 'Formula <1/> here<2/>']);
  });

  it('without pieces that have no words of a language', async () => {
    expect(
      await cut(
        [
          'https://example.org/a?b=c',
          '12,345',
          '@handle',
          'report.pdf',
          'src/index.ts',
          'v1.2.3',
          'a@b.org',
          '3f2a9c81d',
          '•',
          '2024-01-02 · 12:30',
          'example.com',
        ]
          .map((text) => `<p>${text}</p>`)
          .concat('<p>See report.pdf for more</p><p>defaced</p><p>水</p>')
          .join(''),
      ),
    ).toEqual(['See report.pdf for more', 'defaced', '水']);
  });

  it('from the inside of an element that holds all of a line', async () => {
    expect(
      await cut(
        '<ul><li><a href="/a">A <b>whole</b> link</a></li></ul><h2><span><a href="/b">Title</a></span> <a href="#x"> </a></h2>',
      ),
    ).toEqual(['A <1>whole</1> link', 'Title']);
  });

  it('through elements in a line that hold blocks', async () => {
    expect(
      await cut(
        '<a href="/"><div>Card title</div><div>Card text</div></a><span>Before <p>inside</p> after</span>',
      ),
    ).toEqual(['Card title', 'Card text', 'Before', 'inside', 'after']);
  });

  it('without pictures at the ends, and with those in the middle', async () => {
    expect(await cut('<p><img src="a.png"> Words <img src="b.png"> more words <svg></svg></p>')).toEqual([
      'Words <1/> more words',
    ]);
  });

  it('as its white space is drawn', async () => {
    expect(await cut('<p>  A \n  line <b> bold </b>  end&nbsp;here soft&shy;ly </p>')).toEqual([
      'A line <1>bold</1> end\u00A0here softly',
    ]);
    expect(await cut('<p style="white-space: pre-wrap">One line\nanother line</p>')).toEqual([
      'One line\nanother line',
    ]);
  });

  it('with what looks like a mark written as text', async () => {
    expect(await cut('<p>a &lt;1&gt; &amp;amp; b</p>')).toEqual(['a &lt;1> &amp;amp; b']);
  });

  it('into shadow trees, in the order of what slots show', async () => {
    const page = openPage('<x-card><span slot="title">The title</span><p>The body</p></x-card><p>After</p>');
    const host = page.document.querySelector('x-card') as Element;
    const shadow = host.attachShadow({ mode: 'open' });
    const add = (tag: string, parent: Node = shadow, text = '') => {
      const element = page.document.createElement(tag);
      element.textContent = text;
      return parent.appendChild(element);
    };
    add('slot', add('h2')).setAttribute('name', 'title');
    add('p', shadow, 'Own words');
    add('slot');
    expect((await page.start()).map(({ text }) => text)).toEqual([
      'The title',
      'Own words',
      'The body',
      'After',
    ]);
  });

  it('leaves navigation out, unless it is asked for or there is nothing else', async () => {
    const body =
      '<header><h1>Site name</h1></header><nav><a href="/">Home page</a></nav><main><p>Text here</p><button>Press me</button></main><footer>About us</footer>';
    expect(await cut(body)).toEqual(['Text here']);
    expect(await cut(body, { extent: 'all' })).toEqual([
      'Site name',
      'Home page',
      'Text here',
      'Press me',
      'About us',
    ]);
    expect(await cut('<nav><a href="/">Home page</a></nav>')).toEqual(['Home page']);
  });

  it('says the language of each piece', async () => {
    const page = openPage('<p>English words</p><p lang="fr">Mots français</p><p>中文的一段话</p>');
    expect((await page.start()).map(({ lang }) => lang)).toEqual(['en', 'fr', 'zh']);
  });

  it('in time that grows with the page and no faster', async () => {
    const time = async (body: string) => {
      const page = openPage(body);
      const begin = cpuTime();
      await page.start();
      return cpuTime() - begin;
    };
    await time('<p>warm</p>'.repeat(50));
    const few = await time('<p>A few <b>words</b> here.</p>'.repeat(200));
    const many = await time('<p>A few <b>words</b> here.</p>'.repeat(1600));
    expect(many).toBeLessThan(few * 8 * 3 + 200);
    await time(`<p>${'<span>'.repeat(400)}deep words${'</span>'.repeat(400)}</p>`);
  });
});
