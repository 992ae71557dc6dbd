import { expect, it } from 'vitest';
import { titleOf } from '@/utils/page/title';
import { pageOf } from '../fixtures/documents';

it.each([
  [
    'the heading that is part of the page’s title',
    '<title>The light at Carrow - Harbour News</title><h1>The light at Carrow</h1>',
    'The light at Carrow',
  ],
  [
    'the second heading when the first is the site’s name',
    '<title>The light at Carrow - News</title><h1>News</h1><h1>The light at Carrow</h1>',
    'The light at Carrow',
  ],
  [
    'what social networks are told',
    '<meta property="og:title" content="The light at Carrow"><title>The light at Carrow | News</title>',
    'The light at Carrow',
  ],
  [
    'the page’s title without the site’s name',
    '<meta property="og:site_name" content="News"><title>The light - part 2 - News</title>',
    'The light - part 2',
  ],
  [
    'the page’s title as it is when nothing is known of the site',
    '<title>Light - part 2</title><h1>Other</h1>',
    'Light - part 2',
  ],
  ['a short Chinese heading', '<title>灯塔守望者_海港日报</title><h1>灯塔守望者</h1>', '灯塔守望者'],
  ['the first heading when there is no title', '<h1>A heading</h1>', 'A heading'],
  ['the host when there is nothing', '<p>Text</p>', 'example.org'],
])('is %s', (_, html, title) => {
  const page = pageOf(html);
  expect(titleOf(page, page.querySelectorAll('h1'))).toBe(title);
});
