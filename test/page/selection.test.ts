import { describe, expect, it } from 'vitest';
import { readSelection } from '@/utils/page/selection';
import { passageText } from '@/utils/source';
import { pageOf } from '../fixtures/documents';

const html = `<title>The light</title><nav>Home About</nav><article><h1>The light</h1>
<p id="one">The keeper of the light writes down <b>every ship</b> that passes.</p>
<h2 id="two">At night</h2>
<ul><li>First he looks at the <i>tide</i>.</li><li id="last">Then he sleeps.</li></ul>
<p id="hidden" style="display:none">Nobody sees this sentence.</p>
<p id="end">The end of the page.</p></article><textarea id="field">typed words
and more</textarea><input id="secret" type="password" value="hunter2">`;

const textNode = (element: Element | null, index = 0) => element?.childNodes[index] as Text;

function select(document: Document, start: [Node, number], end: [Node, number]) {
  const range = document.createRange();
  range.setStart(...start);
  range.setEnd(...end);
  document.getSelection()?.addRange(range);
}

const passagesOf = async (document: Document) => {
  const reading = await readSelection(document);
  return reading?.segments.map(({ number }) => passageText(reading, number));
};

describe('a selection', () => {
  it('is read to the letter, from the middle of one paragraph to the middle of another', async () => {
    const page = pageOf(html);
    const get = (id: string) => page.getElementById(id);
    select(page, [textNode(get('one')), 4], [textNode(get('last')), 4]);
    const reading = await readSelection(page);
    expect(reading).toMatchObject({
      kind: 'selection',
      title: 'The light',
      url: 'https://example.org/page',
      gaps: [],
    });
    expect(await passagesOf(page)).toEqual([
      'keeper of the light writes down **every ship** that passes.',
      '## At night',
      '- First he looks at the *tide*.',
      '- Then',
    ]);
  });

  it('leaves out and counts what nobody can see in it', async () => {
    const page = pageOf(html);
    select(page, [page.getElementById('two') as Node, 0], [textNode(page.getElementById('end')), 7]);
    const reading = await readSelection(page);
    expect(reading?.text).not.toContain('Nobody sees');
    expect(reading?.text).toContain('The end');
    expect(reading?.text).not.toContain('of the page');
    expect(reading?.gaps).toEqual([{ why: 'hidden', size: 23 }]);
  });

  it('may be a single word', async () => {
    const page = pageOf(html);
    select(page, [textNode(page.getElementById('one')), 4], [textNode(page.getElementById('one')), 10]);
    expect(await passagesOf(page)).toEqual(['keeper']);
  });

  it('may stand in a field for text, but never in one for passwords', async () => {
    const page = pageOf(html);
    const field = page.getElementById('field') as HTMLTextAreaElement;
    field.focus();
    field.setSelectionRange(6, 15);
    expect(await passagesOf(page)).toEqual(['words', 'and']);
    const secret = page.getElementById('secret') as HTMLInputElement;
    secret.focus();
    secret.setSelectionRange(0, 7);
    expect(await readSelection(page)).toBeUndefined();
  });

  it('is nothing where nothing is selected', async () => {
    const page = pageOf(html);
    expect(await readSelection(page)).toBeUndefined();
    const end = textNode(page.getElementById('end'));
    select(page, [end, 3], [end, 3]);
    expect(await readSelection(page)).toBeUndefined();
  });

  it('may be five megabytes of a page', async () => {
    const sentence = 'The keeper of the light writes down every ship that passes the point at night.';
    const body = Array.from({ length: 6_000 }, (_, index) => `<p>${index}. ${sentence.repeat(11)}</p>`).join(
      '',
    );
    const page = pageOf(`<title>Long</title><article>${body}</article>`);
    page.getSelection()?.selectAllChildren(page.body);
    const reading = await readSelection(page);
    expect(reading?.characters).toBeGreaterThan(5_000_000);
    expect(reading?.segments).toHaveLength(6_000);
  }, 30_000);
});
