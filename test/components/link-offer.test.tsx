// @vitest-environment jsdom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, it, vi } from 'vitest';
import { LinkOffer } from '@/components/composer/link-offer';
import { ActionsProvider } from '@/components/panel/actions';
import type { Gathering } from '@/utils/chat/gathering';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

it('reads what the links lead to at a click, clears a question of nothing else, and can be declined', async () => {
  const readLink = vi.fn(async () => {});
  const items: never[] = [];
  const gathering = { get: () => items, subscribe: () => () => {}, readLink } as unknown as Gathering;
  const allow = vi.fn(async () => true);
  const onDraft = vi.fn();
  const root = createRoot(document.body.appendChild(document.createElement('div')));
  const show = (draft: string, known: string[] = []) =>
    act(async () =>
      root.render(
        <ActionsProvider value={{ allow } as never}>
          <LinkOffer draft={draft} onDraft={onDraft} gathering={gathering} known={known} />
        </ActionsProvider>,
      ),
    );
  const click = (place: number) => act(async () => document.querySelectorAll('button')[place]?.click());
  await show('https://a.test/x\nhttps://b.test/y');
  expect(document.body.textContent).toBe('Read these 2 pages');
  await click(0);
  expect(allow).toHaveBeenCalledWith('https://a.test/x', 'https://b.test/y');
  expect(readLink.mock.calls.map((call) => (call as unknown[])[1])).toEqual([
    'https://a.test/x',
    'https://b.test/y',
  ]);
  expect(onDraft).toHaveBeenCalledWith('');
  await show('Compare https://a.test/x with https://c.test/', ['https://a.test/x']);
  expect(document.body.textContent).toBe('Read this page: c.test');
  await click(0);
  expect(onDraft).toHaveBeenCalledTimes(1);
  await click(1);
  expect(document.body.textContent).toBe('');
});
