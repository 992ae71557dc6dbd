// @vitest-environment jsdom

import { afterEach, describe, expect, it } from 'vitest';
import { openOverlay } from '@/utils/page/overlay';
import type { FromHost, ToHost } from '@/utils/page/overlay/types';

const window_ = { width: 1_000, height: 800 };
/** Closes what a test has opened: a bar looks after itself in intervals, also when its document has gone. */
const closings: (() => void)[] = [];

/** Opens a bar in this document and speaks for the frame in it. */
async function openBar(world: Parameters<typeof openOverlay>[1]['world'] = {}) {
  Object.defineProperty(document.documentElement, 'clientWidth', {
    value: window_.width,
    configurable: true,
  });
  window.innerHeight = window_.height;
  const heard: FromHost[] = [];
  let speak: (message: ToHost) => void = () => {};
  const outcome = await openOverlay(
    { id: 'one', view: 'page', toggles: true },
    {
      document,
      world,
      address: 'about:blank',
      shadowRootOf: () => null,
      isAlive: () => true,
      listen: async (receive) => {
        speak = receive;
        return { send: (message) => heard.push(message), onEnd: () => {} };
      },
    },
  );
  closings.push(() => speak({ type: 'close' }));
  const bar = () => document.querySelector<HTMLElement>('wholemoon-overlay');
  const at = () => ({ left: bar()?.style.left, top: bar()?.style.top });
  return { outcome, world, heard, speak: (message: ToHost) => speak(message), bar, at };
}

afterEach(() => {
  for (const close of closings.splice(0)) close();
  for (const element of document.querySelectorAll('wholemoon-overlay')) element.remove();
});

describe('the bar in a page', () => {
  it('stands below in the middle, and where it was told to', async () => {
    const { speak, at } = await openBar();
    speak({ type: 'size', height: 48, width: 300 });
    expect(at()).toEqual({ left: '350px', top: '736px' });
    speak({ type: 'stand', x: 0, y: 0 });
    expect(at()).toEqual({ left: '16px', top: '16px' });
    speak({ type: 'stand', x: 9, y: Number.NaN });
    expect(at()).toEqual({ left: '684px', top: '16px' });
  });

  it('says where it was let go, within the window', async () => {
    const { speak, heard, at, bar } = await openBar();
    speak({ type: 'size', height: 48, width: 300 });
    // No layout here: it is taken hold of at the upper left corner.
    (bar() as HTMLElement).getBoundingClientRect = () =>
      ({ left: 350, top: 736, width: 300, height: 48, right: 650, bottom: 784 }) as DOMRect;
    speak({ type: 'drag', x: -334, y: -360 });
    expect(at()).toEqual({ left: '16px', top: '376px' });
    speak({ type: 'drag', x: 5_000, y: 5_000 });
    speak({ type: 'drop' });
    expect(heard.at(-1)).toEqual({ type: 'stands', x: 1, y: 1 });
  });

  it('is told when it is asked for again, and there is one', async () => {
    const first = await openBar();
    const second = await openBar(first.world);
    expect(second.outcome).toEqual({ status: 'shown' });
    expect(first.heard.at(-1)).toEqual({ type: 'called', toggles: true });
    expect(document.querySelectorAll('wholemoon-overlay')).toHaveLength(1);
    first.speak({ type: 'close' });
    const third = await openBar(first.world);
    expect(third.heard.at(-1)?.type).toBe('room');
    expect(document.querySelectorAll('wholemoon-overlay')).toHaveLength(1);
  });
});
