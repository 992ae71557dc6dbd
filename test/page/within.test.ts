import { describe, expect, it } from 'vitest';
import { readSelection } from '@/utils/page/selection';
import { createWithin } from '@/utils/page/within';
import { pageOf } from '../fixtures/documents';
import fc from '../fixtures/property';

/** What the DOM itself says of a node and a range. It counts siblings, and is right. */
function placeByRange(element: Element, range: Range): 'outside' | 'part' | 'whole' {
  if (!range.intersectsNode(element)) return 'outside';
  const around = element.ownerDocument.createRange();
  around.selectNode(element);
  const isWhole = range.compareBoundaryPoints(0, around) <= 0 && range.compareBoundaryPoints(2, around) >= 0;
  return isWhole ? 'whole' : 'part';
}
function partByRange(node: Text, range: Range): string {
  if (!range.intersectsNode(node)) return '';
  const start = range.startContainer === node ? range.startOffset : 0;
  const end = range.endContainer === node ? range.endOffset : node.length;
  return node.data.slice(start, end);
}

const nodesOf = (root: Node): Node[] => [root, ...[...root.childNodes].flatMap(nodesOf)];

type Tree = string | Tree[];
const trees = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    fc.string({ maxLength: 4 }),
    fc.array(tie('tree'), { maxLength: 5 }),
  ),
})).tree;

function grow(document: Document, tree: Tree): Node {
  if (typeof tree === 'string') return document.createTextNode(tree);
  const element = document.createElement('div');
  for (const branch of tree) element.appendChild(grow(document, branch));
  return element;
}

describe('what ranges hold', () => {
  it('is what the DOM says of them, node for node', () => {
    const document = pageOf('<body></body>');
    fc.assert(
      fc.property(
        fc.array(trees, { minLength: 1, maxLength: 5 }),
        fc.infiniteStream(fc.nat()),
        (forest, numbers) => {
          document.body.replaceChildren(...forest.map((tree) => grow(document, tree)));
          const nodes = nodesOf(document.documentElement);
          const point = (): [Node, number] => {
            const node = nodes[numbers.next().value % nodes.length] as Node;
            const length = node.nodeType === 3 ? (node as Text).length : node.childNodes.length;
            return [node, numbers.next().value % (length + 1)];
          };
          const range = document.createRange();
          range.setStart(...point());
          const end = point();
          if (range.comparePoint(...end) >= 0) range.setEnd(...end);
          const within = createWithin([range]);
          for (const node of nodes) {
            if (node.nodeType === 3)
              expect(within.partOf(node as Text)).toBe(partByRange(node as Text, range));
            else expect(within.placeOf(node as Element)).toBe(placeByRange(node as Element, range));
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is nothing of another tree, and what several ranges have together', () => {
    const page = pageOf(
      '<body><p>one</p><p>two</p><p>three</p><form><input name="parentNode"></form></body>',
    );
    const [one, two, three] = page.querySelectorAll('p');
    if (!one || !two || !three) return expect.fail('all are there');
    const [first, last] = [page.createRange(), page.createRange()];
    first.selectNodeContents(one);
    last.selectNode(three);
    const within = createWithin([first, last]);
    expect([one, two, three].map(within.placeOf)).toEqual(['part', 'outside', 'whole']);
    expect(within.placeOf(pageOf('<p>elsewhere</p>').body)).toBe('outside');
    // As browsers do: a field is a property of its form.
    const form = page.querySelector('form') as HTMLFormElement;
    Object.defineProperty(form, 'parentNode', { value: form.firstChild });
    expect(within.placeOf(form)).toBe('outside');
  });

  it('takes what comes to the page meanwhile for a part of its surroundings', () => {
    const page = pageOf('<body><p>one</p><p>two</p><p>three</p></body>');
    const [, two, three] = page.querySelectorAll('p');
    const range = page.createRange();
    range.setStart(two as Node, 0);
    range.setEnd(three as Node, 1);
    const within = createWithin([range]);
    expect(within.placeOf(two as Element)).toBe('part');
    const late = ['after two', 'after that'].map((text) => {
      const element = page.createElement('p');
      element.textContent = text;
      page.body.insertBefore(element, three as Node);
      return element;
    });
    expect(late.map(within.placeOf)).toEqual(['whole', 'whole']);
  });
});

/** How often the nodes of a page are asked for a neighbour, and ranges for a place, while a selection is read. */
async function stepsFor(children: number): Promise<{ neighbours: number; ranges: number }> {
  const page = pageOf(
    `<title>Long</title><body><p>Start</p>${'<i>word </i>'.repeat(children)}<p>End</p></body>`,
  );
  const [start, end] = page.querySelectorAll('p');
  const range = page.createRange();
  range.setStart(start?.firstChild as Node, 2);
  range.setEnd(end?.firstChild as Node, 1);
  page.getSelection()?.addRange(range);
  const counts = { neighbours: 0, ranges: 0 };
  const { Node: nodes, Range: ofRanges } = page.defaultView as unknown as {
    Node: typeof Node;
    Range: typeof Range;
  };
  for (const name of ['nextSibling', 'previousSibling', 'parentNode'] as const) {
    const { get } = Object.getOwnPropertyDescriptor(nodes.prototype, name) as { get: () => Node | null };
    Object.defineProperty(nodes.prototype, name, {
      configurable: true,
      get() {
        counts.neighbours++;
        return get.call(this);
      },
    });
  }
  for (const name of ['intersectsNode', 'compareBoundaryPoints', 'selectNode', 'comparePoint'] as const) {
    const before = ofRanges.prototype[name] as () => unknown;
    const counting = function (this: Range, ...given: []) {
      counts.ranges++;
      return before.apply(this, given);
    };
    Object.defineProperty(ofRanges.prototype, name, { value: counting });
  }
  const reading = await readSelection(page);
  expect(reading?.text.match(/word/g)).toHaveLength(children);
  expect(reading?.text).toMatch(/^¶1 art/);
  expect(reading?.text).toMatch(/E$/);
  return counts;
}

it('takes steps in step with the siblings of what is selected, and asks ranges nothing that grows', async () => {
  const [some, more] = [await stepsFor(500), await stepsFor(2_000)];
  expect(more.neighbours).toBeGreaterThan(2_000);
  expect(more.neighbours / some.neighbours).toBeLessThan(4.5);
  // Each of these counts siblings inside the browser.
  expect([some.ranges, more.ranges]).toEqual([0, 0]);
});
