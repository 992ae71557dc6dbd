import { describe, expect, it } from 'vitest';
import { runThrough } from '@/utils/page/select/steps';
import { findUnloaded } from '@/utils/page/unloaded';
import { pageOf } from '../fixtures/documents';

const found = (html: string) => runThrough(findUnloaded(pageOf(`<body>${html}</body>`)));

describe('a page that holds only a part of a list', () => {
  it.each([
    [
      'counts the entries that are missing',
      '<div role="feed"><article aria-setsize="40">a</article><article aria-setsize="40">b</article></div>',
      38,
    ],
    [
      'counts the rows that are missing',
      '<table role="grid" aria-rowcount="100"><tr><td>a</td></tr></table>',
      99,
    ],
    [
      'does not know how many when the page does not',
      '<div role="feed"><article aria-setsize="-1">a</article></div>',
      0,
    ],
    ['is known by its button', '<button>Load more comments</button>', 0],
    ['is known by its button in Chinese', '<div role="button">查看更多评论</div>', 0],
    ['is known by a link that stays on the page', '<a href="#">Show 12 more replies</a>', 0],
  ])('%s', (_, html, size) => {
    expect(found(html)).toEqual([{ why: 'not-loaded', size }]);
  });

  it.each([
    ['a link to another page', '<a href="/archive">Load more</a>'],
    ['a disclosure, whose text is there', '<button aria-expanded="false">Show more</button>'],
    [
      'a sentence',
      '<button>Read more about how the harbour came to be what it is today, and who built it</button>',
    ],
    ['a whole list', '<ul><li aria-setsize="2">a</li><li aria-setsize="2">b</li></ul>'],
    ['a paragraph', '<p>Show more</p>'],
    [
      'a number that is none',
      '<ul><li aria-setsize="many">a</li></ul><table role="grid" aria-rowcount="1e308"><tr><td>a</td></tr></table>',
    ],
  ])('is not %s', (_, html) => {
    expect(found(html)).toEqual([]);
  });
});
