// @vitest-environment jsdom
import { afterEach, expect, it, vi } from 'vitest';
import { shadowRootOf } from '@/utils/browser/in-page';

afterEach(() => vi.unstubAllGlobals());

it('asks the browser for the closed roots of elements of HTML, and for no others', () => {
  const roots = new WeakMap<Element, ShadowRoot>();
  const openOrClosedShadowRoot = vi.fn((element: Element) => {
    // As Chromium does.
    if (!(element instanceof HTMLElement))
      throw new TypeError('Error in invocation of dom.openOrClosedShadowRoot');
    return roots.get(element) ?? null;
  });
  vi.stubGlobal('chrome', { dom: { openOrClosedShadowRoot } });
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'closed' });
  roots.set(host, root);
  expect(shadowRootOf(host)).toBe(root);
  for (const [namespace, name] of [
    ['http://www.w3.org/2000/svg', 'svg'],
    ['http://www.w3.org/1998/Math/MathML', 'math'],
  ] as const)
    expect(shadowRootOf(document.createElementNS(namespace, name))).toBeNull();
  expect(openOrClosedShadowRoot).toHaveBeenCalledOnce();
});
