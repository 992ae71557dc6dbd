// @vitest-environment jsdom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Thread, type ThreadPlace } from '@/components/panel/thread';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

let root: Root;
let host: HTMLElement;
const place: { current: ThreadPlace | undefined } = { current: undefined };
const height = 4_000;

beforeEach(() => {
  place.current = undefined;
  host = document.body.appendChild(document.createElement('div'));
  root = createRoot(host);
  Object.defineProperty(HTMLElement.prototype, 'scrollHeight', { configurable: true, get: () => height });
});
afterEach(async () => {
  await act(async () => root.unmount());
  host.remove();
});

const show = (chatId?: string) =>
  act(async () =>
    root.render(
      <Thread live={false} label="Conversation" chatId={chatId} place={place}>
        <p>Words</p>
      </Thread>,
    ),
  );
const hide = () => act(async () => root.render(<p>Something else</p>));
const scroller = () => host.querySelector('main') ?? expect.fail('No conversation');

it('goes on where the reader was when something else was shown in its place', async () => {
  await show('a');
  expect(scroller().scrollTop).toBe(height);
  scroller().scrollTop = 700;
  await hide();
  await show('a');
  expect(scroller().scrollTop).toBe(700);
});

it('shows the end of another chat, and of one that was left', async () => {
  await show('a');
  scroller().scrollTop = 700;
  await hide();
  await show('b');
  expect(scroller().scrollTop).toBe(height);
  scroller().scrollTop = 300;
  await show('a');
  expect(scroller().scrollTop).toBe(height);
  scroller().scrollTop = 300;
  await show(undefined);
  await show('a');
  expect(scroller().scrollTop).toBe(height);
});
