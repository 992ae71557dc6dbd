import { describe, expect, it } from 'vitest';
import { type FlattenOptions, flatten } from '@/utils/page/flatten';
import { pageOf } from '../fixtures/documents';

const flat = async (html: string, options?: FlattenOptions) => {
  const live = pageOf(`<!doctype html><html><body>${html}</body></html>`);
  const page = await flatten(live, options);
  return { live, page, html: page.document.body.innerHTML };
};

describe('flatten', () => {
  it('leaves the live page as it was, and hands out another document', async () => {
    const live = pageOf('<body class="post"><p style="color: red">Text <b>bold</b></p></body>');
    const before = live.documentElement.outerHTML;
    const page = await flatten(live);
    expect(live.documentElement.outerHTML).toBe(before);
    expect(page.document).not.toBe(live);
    expect(page.document.defaultView).toBeNull();
    expect(page.document.body.className).toBe('post');
  });

  it('keeps what later steps look at and takes off what would hide text from them', async () => {
    const { html } = await flat(
      '<p class="lead" id="a" data-x="1" style="display:block" aria-hidden="true">Text</p>',
    );
    expect(html).toBe('<p class="lead" id="a" data-x="1">Text</p>');
  });

  it('knows the live node of each of its own', async () => {
    const { live, page } = await flat('<div><p>One</p><p>Two</p></div>');
    const copy = page.document.querySelectorAll('p')[1];
    expect(copy && page.liveOf(copy)).toBe(live.querySelectorAll('p')[1]);
  });

  it.each([
    ['scripts', '<script>let a</script>'],
    ['styles', '<style>p{}</style>'],
    ['templates', '<template><p>Never</p></template>'],
    ['comments', '<!-- note -->'],
    ['the fallback of a drawing board', '<canvas>No canvas</canvas>'],
    ['the fallback of a film', '<video>No video</video>'],
    ['shapes', '<svg><title>t</title><desc>d</desc><path d="M0 0"></path></svg>'],
  ])('does not take over %s', async (_, markup) => {
    const { page } = await flat(`<p>Text</p>${markup}`);
    expect(page.document.body.textContent?.trim()).toBe('Text');
  });

  it('keeps the formulas of MathJax and the words of drawings', async () => {
    const { html } = await flat(
      '<script type="math/tex">x^2</script><svg><g><g><text>Inflow</text></g></g></svg>',
    );
    expect(html).toContain('<script type="math/tex">x^2</script>');
    expect(html).toContain('<svg><text>Inflow</text></svg>');
  });

  it('opens shadow roots and puts what is slotted into its slot', async () => {
    const live = pageOf('<body><x-card><b slot="head">Head</b>Body<i slot="none">Unseen</i></x-card></body>');
    const host = live.querySelector('x-card');
    const root = host?.attachShadow({ mode: 'open' });
    if (root)
      root.innerHTML =
        '<h2><slot name="head"></slot></h2><p><slot>Nothing</slot></p><slot name="foot">Foot</slot>';
    const { document } = await flatten(live);
    expect(document.querySelector('h2')?.textContent).toBe('Head');
    expect(document.querySelector('p')?.textContent).toBe('Body');
    expect(document.body.textContent).toContain('Foot');
    expect(document.body.textContent).not.toContain('Unseen');
  });

  it('opens closed shadow roots with the help of the browser', async () => {
    const live = pageOf('<body><div></div></body>');
    const host = live.querySelector('div');
    const root = host?.attachShadow({ mode: 'closed' });
    if (root) root.innerHTML = '<p>Behind a closed door</p>';
    expect((await flatten(live)).document.body.textContent).toBe('');
    const page = await flatten(live, { shadowRootOf: (element) => (element === host ? root : null) });
    expect(page.document.body.textContent).toBe('Behind a closed door');
  });

  it('reads a frame of the same site in its place', async () => {
    const live = pageOf('<body><p>Before</p><iframe></iframe><p>After</p></body>');
    const inner = live.querySelector('iframe')?.contentDocument;
    if (inner) inner.body.innerHTML = '<p>Inside</p>';
    const page = await flatten(live);
    expect(page.document.body.textContent).toBe('BeforeInsideAfter');
    expect(page.frames).toEqual([]);
  });

  it('counts the text of a frame that nobody sees', async () => {
    const live = pageOf('<body><p>Before</p><iframe style="visibility: hidden"></iframe></body>');
    const inner = live.querySelector('iframe')?.contentDocument;
    if (inner) inner.body.innerHTML = '<p>Obey these words</p>';
    const page = await flatten(live);
    expect(page.document.body.textContent).toBe('Before');
    expect(page.hidden).toMatchObject([{ size: 14, sample: 'Obey these words' }]);
  });

  it('says where frames of other sites stand', async () => {
    const live = pageOf('<body><iframe src="https://other.example/"></iframe></body>');
    const frame = live.querySelector('iframe');
    Object.defineProperty(frame, 'contentDocument', { value: null });
    const { frames } = await flatten(live);
    expect(frames).toMatchObject([{ live: frame, path: [0] }]);
  });

  it('makes addresses absolute', async () => {
    const live = pageOf(
      '<head><base href="https://example.org/a/"></head><body><a href="b#c">B</a><img src="i.png"></body>',
    );
    const { document } = await flatten(live);
    expect(document.querySelector('a')?.getAttribute('href')).toBe('https://example.org/a/b#c');
    expect(document.querySelector('img')?.getAttribute('src')).toBe('https://example.org/a/i.png');
  });

  it('keeps what stands in form fields, but no secrets', async () => {
    const { page } = await flat(
      `<input value="Typed"><textarea>Long
text</textarea><select><option>One<option selected>Two</select><input type="checkbox" checked>
       <input type="password" value="secret"><input autocomplete="cc-number" value="4111"><input type="hidden" value="token">`,
    );
    const { body } = page.document;
    expect(body.querySelector('input')?.textContent).toBe('Typed');
    expect(body.querySelector('textarea')?.textContent).toBe('Long\ntext');
    expect(body.querySelector('select')?.textContent).toBe('Two');
    expect(body.querySelector('[type=checkbox]')?.hasAttribute('checked')).toBe(true);
    expect(body.textContent).not.toMatch(/secret|4111|token/);
  });

  it('counts hidden text and leaves it out, or brings it along marked', async () => {
    const html = '<p>Seen</p><p style="display: none">Not seen at all</p><script>let unread</script>';
    const { page } = await flat(html);
    expect(page.document.body.textContent).toBe('Seen');
    expect(page.hidden).toMatchObject([{ size: 12, sample: 'Not seen at all' }]);
    const all = await flat(html, { withHidden: true });
    expect(all.page.document.body.textContent).toBe('Seen[hidden on page] Not seen at all');
  });

  it('keeps every word of 2,000 nested elements, without nesting as deep', async () => {
    const live = pageOf('<body></body>');
    let parent: Element = live.body;
    for (let depth = 0; depth < 2_000; depth++) {
      const child = live.createElement('div');
      child.append(`word${depth} `);
      parent.append(child);
      parent = child;
    }
    const { document } = await flatten(live);
    expect(document.body.textContent?.match(/word\d+/g)).toHaveLength(2_000);
    let depth = 0;
    for (let node = document.body.firstElementChild; node; node = node.lastElementChild) depth++;
    expect(depth).toBeLessThan(400);
  });

  it('stops at its limit and says so', async () => {
    const { page } = await flat('<p>One</p>'.repeat(100), { maximumNodes: 50 });
    expect(page.isPartial).toBe(true);
    expect(page.document.querySelectorAll('p').length).toBeGreaterThan(10);
    expect((await flat('<p>One</p>', { maximumNodes: 50 })).page.isPartial).toBe(false);
  });

  it('lets the page breathe between its steps', async () => {
    let pauses = 0;
    await flat('<p>One</p>'.repeat(10), {
      slices: {
        step: async () => {
          pauses++;
        },
        rest: () => undefined,
      },
    });
    expect(pauses).toBeGreaterThan(10);
  });
});
