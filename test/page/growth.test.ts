import { expect, it } from 'vitest';
import { startGrowth } from '@/utils/page/growth';
import { pageOf } from '../fixtures/documents';

const settled = () => new Promise((resolve) => setTimeout(resolve));

it('counts the letters that come to a page, and nothing that is no text', async () => {
  const page = pageOf('<body><p>Before</p></body>');
  const world: Parameters<typeof startGrowth>[1] = {};
  startGrowth(page, world);
  page.body.insertAdjacentHTML('beforeend', '<div><p>Twelve chars</p></div><script>let unread</script>');
  const text = page.querySelector('p')?.firstChild;
  if (text) text.nodeValue = 'Before and after';
  await settled();
  expect(world?.wholemoonGrowth?.added).toBe(12 + 10);
  page.querySelector('div')?.remove();
  await settled();
  expect(world?.wholemoonGrowth?.added).toBe(22);
  expect(world?.wholemoonGrowth?.since).toBeLessThanOrEqual(Date.now());
  // A new reading counts from nothing, and the old observer is gone.
  const old = world?.wholemoonGrowth;
  startGrowth(page, world);
  page.body.append('More');
  await settled();
  expect([old?.added, world?.wholemoonGrowth?.added]).toEqual([22, 4]);
});
