import { expect, it } from 'vitest';
import { placesOf, rememberPlaces } from '@/utils/page/places';
import { runThrough } from '@/utils/page/select/steps';
import { pageOf } from '../fixtures/documents';

it('finds the elements of a passage, each of several with the same words, as long as they are on the page', () => {
  const { body } = pageOf('<body><p>One</p><p>Same</p><p>Same</p></body>');
  const [one, first, second] = body.querySelectorAll('p');
  if (!one || !first || !second) return expect.fail('three paragraphs');
  const world = {};
  expect(placesOf('One', world)).toEqual([]);
  runThrough(rememberPlaces(['One', 'Same', 'Same'], [[one], [first], [second]], world));
  expect(placesOf('One', world)).toEqual([[one]]);
  expect(placesOf('Same', world)).toEqual([[first], [second]]);
  expect(placesOf('Other', world)).toEqual([]);
  first.remove();
  expect(placesOf('Same', world)).toEqual([[second]]);
  runThrough(rememberPlaces([], [], world));
  expect(placesOf('One', world)).toEqual([]);
});
