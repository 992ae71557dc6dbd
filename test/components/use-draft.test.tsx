/** @vitest-environment jsdom */
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, expect, it, vi } from 'vitest';
import { useDraft } from '@/components/panel/use-draft';
import { draftStore } from '@/utils/store/drafts';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

it('keeps what was typed when the stored draft comes late, also after it was written', async () => {
  vi.useFakeTimers();
  const stored = Promise.withResolvers<{ text: string; images: [] }>();
  vi.spyOn(draftStore, 'read').mockReturnValue(stored.promise as never);
  const write = vi.spyOn(draftStore, 'write').mockResolvedValue(undefined as never);
  let draft: ReturnType<typeof useDraft> | undefined;
  const Field = () => {
    draft = useDraft('chat');
    return null;
  };
  const root = createRoot(document.body.appendChild(document.createElement('div')));
  await act(async () => root.render(<Field />));
  act(() => draft?.setDraft('typed at once'));
  act(() => vi.advanceTimersByTime(1_000));
  expect(write.mock.calls.at(-1)?.slice(0, 2)).toEqual(['chat', 'typed at once']);
  await act(async () => stored.resolve({ text: 'as it was before', images: [] }));
  expect(draft?.draft).toBe('typed at once');
  await act(async () => root.unmount());
});
