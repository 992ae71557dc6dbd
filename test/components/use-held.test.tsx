/** @vitest-environment jsdom */
import { act, createElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useHeld } from '@/components/panel/use-held';
import type { Gathered } from '@/utils/chat/gathering';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

const item = (key: string, status: string): Gathered =>
  ({ id: key, key, kind: 'tab', place: 1, status }) as Gathered;

let root: Root;
let sent: string[];
let holding: ReturnType<typeof useHeld>;

function Holder({
  items,
  draftId = 'new',
  isBusy = false,
}: {
  items: Gathered[];
  draftId?: string;
  isBusy?: boolean;
}) {
  holding = useHeld(items, { draftId, isBusy, send: (task) => void sent.push(task) });
  return null;
}
const show = (items: Gathered[], more: object = {}) =>
  act(async () => root.render(createElement(Holder, { items, ...more })));

beforeEach(() => {
  sent = [];
  root = createRoot(document.body.appendChild(document.createElement('div')));
});
afterEach(() => act(async () => root.unmount()));

describe('a question about what was picked', () => {
  it('is asked at once when all of it is there', async () => {
    await show([]);
    await act(async () => holding.hold('compare'));
    expect(sent).toEqual(['compare']);
  });

  it('waits for what is still being read, and not for links that came by other ways', async () => {
    const { key: _, ...link } = item('link', 'reading');
    await show([link as Gathered]);
    await act(async () => holding.hold('answer'));
    expect(sent).toEqual(['answer']);
    await show([item('tab:1', 'queued'), item('tab:2', 'reading')]);
    await act(async () => holding.hold('compare'));
    expect(holding.held?.waitsFor).toBe(2);
    // It has arrived when it is attached, and no earlier.
    await show([item('tab:2', 'ready')]);
    expect(sent).toEqual(['answer']);
    await show([]);
    expect(sent).toEqual(['answer', 'compare']);
    expect(holding.held).toBeUndefined();
  });

  it('lets the user decide when something could not be read', async () => {
    await show([item('tab:1', 'reading'), item('tab:2', 'trouble')]);
    await act(async () => holding.hold('timeline'));
    await show([item('tab:2', 'trouble')]);
    expect(sent).toEqual([]);
    expect(holding.held?.missing.map(({ key }) => key)).toEqual(['tab:2']);
    await act(async () => holding.held?.goOn());
    expect(sent).toEqual(['timeline']);
    // Whoever asks something of their own has seen what is missing.
    await act(async () => holding.hold('answer'));
    expect(sent).toEqual(['timeline', 'answer']);
    await act(async () => holding.hold('overview'));
    await act(async () => holding.held?.cancel());
    await show([]);
    expect(sent).toEqual(['timeline', 'answer']);
  });

  it('is not asked in another chat, nor into an answer that is being written', async () => {
    await show([item('tab:1', 'reading')]);
    await act(async () => holding.hold('compare'));
    await show([], { draftId: 'other' });
    expect(sent).toEqual([]);
    await show([], { isBusy: true });
    expect(sent).toEqual([]);
    await show([]);
    expect(sent).toEqual(['compare']);
  });
});
