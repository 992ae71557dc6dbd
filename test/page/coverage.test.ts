import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { isFurniture, measureCoverage, visibleText } from '@/utils/page/coverage';
import { pageOf } from '../fixtures/documents';

const body = (html: string) => pageOf(`<!doctype html><html><body>${html}</body></html>`);

function element(html: string, selector: string): Element {
  return body(html).querySelector(selector) ?? expect.fail(`No ${selector}`);
}

describe('furniture', () => {
  it.each([
    ['navigation', '<nav>a</nav>', 'nav'],
    ['a sidebar', '<aside>a</aside>', 'aside'],
    ['a button', '<button>a</button>', 'button'],
    ['the header of the site', '<header>a</header>', 'header'],
    ['the footer of the site', '<div><footer>a</footer></div>', 'footer'],
    ['a search box', '<div role="search">a</div>', 'div'],
    ['a dialog', '<dialog open>a</dialog>', 'dialog'],
    ['a cookie banner', '<div class="cookie-banner">a</div>', 'div'],
    ['a consent dialog by its id', '<div id="onetrust-consent-sdk">a</div>', 'div'],
    ['a consent dialog of a vendor', '<div class="qc-cmp2-container">a</div>', 'div'],
    ['a notice about cookies', '<section id="gdpr_notice">a</section>', 'section'],
  ])('is %s', (_, html, selector) => {
    expect(isFurniture(element(html, selector))).toBe(true);
  });

  it.each([
    ['the header of an article', '<article><header>a</header></article>', 'header'],
    ['the footer of a section', '<section><footer>a</footer></section>', 'footer'],
    ['a paragraph', '<p>a</p>', 'p'],
    ['an address', '<div class="content">a</div>', 'div'],
    ['a component of Adobe Experience Manager', '<div class="cmp-text">a</div>', 'div'],
    ['a recipe for cookies', '<div class="recipe cookie-recipe">a</div>', 'div'],
    ['a page about consent', '<div id="informed-consent-in-medicine">a</div>', 'div'],
    ['a drawing', '<svg class="icon"><g></g></svg>', 'svg'],
  ])('is not %s', (_, html, selector) => {
    expect(isFurniture(element(html, selector))).toBe(false);
  });
});

describe('visibleText', () => {
  it('counts characters without white space, prose and furniture apart', () => {
    const page = body('<nav>Home <b>About</b></nav><p>One  two</p>\n<p>three</p><footer>end</footer>');
    expect(visibleText(page)).toEqual({ prose: 11, furniture: 12, hidden: 0, pieces: ['Onetwo', 'three'] });
  });

  it('counts furniture inside furniture once, and prose after it as prose', () => {
    const page = body('<nav><ul><li><button>a</button>b</li></ul><p>c</p></nav><div><p>d</p></div>');
    expect(visibleText(page)).toMatchObject({ prose: 1, furniture: 3 });
  });

  it('does not count what nobody reads', () => {
    const page = body(
      '<p>a</p><script>x()</script><style>p{}</style><template>t</template><textarea>t</textarea><select><option>o</option></select><noscript>n</noscript><svg><title>t</title><desc>d</desc></svg>',
    );
    expect(visibleText(page)).toEqual({ prose: 1, furniture: 0, hidden: 0, pieces: ['a'] });
  });

  it('asks the visibility it is given', () => {
    const page = body('<p id="shown">shown</p><p id="secret">secret</p>');
    const visible = visibleText(page, (node) => (node.id === 'secret' ? 'hidden' : 'visible'));
    expect(visible).toEqual({ prose: 5, furniture: 0, hidden: 6, pieces: ['shown'] });
  });

  it('finds nothing on a page without a body', () => {
    const { document } = new JSDOM('<feed/>', { contentType: 'application/xml' }).window;
    expect(visibleText(document)).toEqual({ prose: 0, furniture: 0, hidden: 0, pieces: [] });
  });
});

describe('measureCoverage', () => {
  const measure = (page: string, content: string) =>
    measureCoverage(visibleText(body(page)), element(`<main>${content}</main>`, 'main'));

  it('is whole when every piece is in the content, however it is spaced', () => {
    expect(measure('<p>One two</p><p>three</p>', '<p> One\ntwo </p><p>three</p><p>more</p>')).toEqual({
      visible: 11,
      read: 11,
      sample: undefined,
      extra: 4,
    });
  });

  it('counts a piece as often as it occurs on the page', () => {
    const page = '<p>Total</p><p>Total</p><p>Total</p>';
    expect(measure(page, '<p>Total</p>')).toEqual({ visible: 15, read: 5, sample: 'Total', extra: 0 });
    expect(measure(page, '<p>Total</p><p>Total</p><p>Total</p>')).toMatchObject({ read: 15 });
  });

  it('shows the first long piece that is missing', () => {
    const long = 'This sentence is long enough to be shown to someone.';
    const later = 'This one is even longer than the one before it, but it comes later.';
    const page = `<p>kept</p><p>short</p><p>${long}</p><p>${later}</p>`;
    expect(measure(page, '<p>kept</p>').sample).toBe(long.replaceAll(' ', ''));
  });

  it('is nothing of nothing on an empty page', () => {
    expect(measure('', '')).toEqual({ visible: 0, read: 0, sample: undefined, extra: 0 });
  });

  it('is linear in the page', () => {
    const html = Array.from({ length: 3_000 }, (_, index) => `<p>Paragraph ${index}</p>`).join('');
    const start = performance.now();
    expect(measure(html, html)).toMatchObject({ sample: undefined });
    expect(performance.now() - start).toBeLessThan(4_000);
  });
});
