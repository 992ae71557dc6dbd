import { beforeEach, expect, it } from 'vitest';
import { forgetNetwork, publicFetch } from '@/utils/browser/public-fetch';

type Init = RequestInit & { targetAddressSpace?: string };
const isGuarded = (init?: Init) => init?.targetAddressSpace === 'public';

/** A network in which some hosts are refused when only public ones may be reached, and some are not there at all. */
function network({ refused = [] as string[], gone = [] as string[], all = false } = {}) {
  const asked: string[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const { host } = new URL(String(input));
    asked.push(`${isGuarded(init as Init) ? 'public' : 'any'} ${host}`);
    if (gone.includes(host) || (isGuarded(init as Init) && (all || refused.includes(host))))
      throw new TypeError('Failed to fetch');
    return new Response('');
  };
  return {
    asked,
    get: (host: string) =>
      publicFetch(`https://${host}/`, {}, fetch, () => true).then(
        () => true,
        () => false,
      ),
  };
}

beforeEach(forgetNetwork);

it('reaches public hosts only, once the network has shown that it tells them apart', async () => {
  const { asked, get } = network({ refused: ['router.test'] });
  expect(await get('a.test')).toBe(true);
  expect(await get('router.test')).toBe(false);
  expect(asked).toEqual(['public a.test', 'public router.test']);
});

it('reads behind a proxy, where every host looks private', async () => {
  const { asked, get } = network({ all: true });
  for (const host of ['a.test', 'b.test', 'c.test', 'd.test']) expect(await get(host)).toBe(true);
  expect(asked.at(-1)).toBe('any d.test');
  expect(asked).toHaveLength(7);
});

it('does not take hosts that are gone for a network without a difference', async () => {
  const { asked, get } = network({ gone: ['x.test', 'y.test', 'z.test'], refused: ['router.test'] });
  await get('a.test');
  for (const host of ['x.test', 'y.test', 'z.test']) expect(await get(host)).toBe(false);
  expect(await get('a.test')).toBe(true);
  expect(await get('router.test')).toBe(false);
  expect(asked).not.toContain('any router.test');
});

it('fetches as ever where the browser does not know the difference', async () => {
  const seen: (Init | undefined)[] = [];
  await publicFetch(
    'https://a.test/',
    {},
    async (_, init) => {
      seen.push(init as Init);
      return new Response('');
    },
    () => false,
  );
  expect(seen.map(isGuarded)).toEqual([false]);
});
