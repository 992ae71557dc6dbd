/** @vitest-environment jsdom */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followAnswer } from '@/components/panel/follow-answer';

/** jsdom lays nothing out: turns have the heights given here, one below the other, in a view of 400 pixels. */

const viewHeight = 400;
let heights: number[];
let resized: () => void;
let scroller: HTMLElement;
let content: HTMLElement;
let behind: boolean;
let following: ReturnType<typeof followAnswer>;

const topOf = (index: number) => heights.slice(0, index).reduce((sum, height) => sum + height, 0);
const contentHeight = () => topOf(heights.length);
const box = (element: Element, top: () => number, height: () => number) => {
  element.getBoundingClientRect = () => ({ top: top(), bottom: top() + height() }) as DOMRect;
};

/** Lays out a conversation whose answer in turn `live` streams, and follows it. */
function open(turnHeights: number[], live = turnHeights.length - 1) {
  heights = turnHeights;
  scroller = document.createElement('main');
  content = document.createElement('div');
  let position = 0;
  Object.defineProperties(scroller, {
    clientHeight: { get: () => viewHeight },
    scrollHeight: { get: contentHeight },
    scrollTop: {
      get: () => Math.min(position, Math.max(0, contentHeight() - viewHeight)),
      set: (to: number) => {
        position = Math.max(0, Math.min(to, contentHeight() - viewHeight));
      },
    },
  });
  box(
    scroller,
    () => 0,
    () => viewHeight,
  );
  for (const index of heights.keys()) {
    const turn = document.createElement('div');
    turn.className = 'turn';
    turn.innerHTML = `<p class="question">Q</p><article aria-busy="${index === live}"><a aria-expanded="false">¶1</a></article>`;
    const top = () => topOf(index) - scroller.scrollTop;
    box(turn, top, () => heights[index] ?? 0);
    box(turn.querySelector('.question') as Element, top, () => 40);
    content.append(turn);
  }
  scroller.append(content);
  document.body.append(scroller);
  following = followAnswer(scroller, content, (is) => {
    behind = is;
  });
}

const grow = (index: number, pixels: number) => {
  heights[index] = (heights[index] ?? 0) + pixels;
  resized();
};
/** What browsers do when content above the view changes its height: the position moves, the view does not. */
const growAbove = (index: number, pixels: number) => {
  heights[index] = (heights[index] ?? 0) + pixels;
  scroller.scrollTop += pixels;
  scroller.dispatchEvent(new Event('scroll'));
  resized();
};
const readerScrolls = (pixels: number) => {
  scroller.scrollTop += pixels;
  scroller.dispatchEvent(new Event('scroll'));
};
const questionAt = (index: number) => topOf(index) - scroller.scrollTop;
const leftBelow = () => contentHeight() - scroller.scrollTop - viewHeight;

beforeEach(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(run: () => void) {
        resized = run;
      }
      observe() {}
      disconnect() {}
    },
  );
});
afterEach(() => {
  following.stop();
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

describe('an answer that streams', () => {
  it('is followed until its question stands at the top, and then left there', () => {
    open([600, 100]);
    expect(leftBelow()).toBe(0);
    grow(1, 200);
    expect(leftBelow()).toBe(0);
    expect(behind).toBe(false);
    grow(1, 600);
    expect(questionAt(1)).toBe(8);
    expect(behind).toBe(true);
    grow(1, 600);
    expect(questionAt(1)).toBe(8);
  });

  it('is followed along its end by a reader who went there', () => {
    open([600, 900]);
    following.goToEnd();
    expect(leftBelow()).toBe(0);
    grow(1, 500);
    expect(leftBelow()).toBe(0);
    readerScrolls(-300);
    grow(1, 500);
    expect(leftBelow()).toBe(800);
    expect(behind).toBe(true);
    readerScrolls(800);
    grow(1, 100);
    expect(leftBelow()).toBe(0);
  });

  it('is still followed when a picture above it was loaded or a turn was measured', () => {
    open([600, 100]);
    growAbove(0, 333);
    grow(1, 200);
    expect(leftBelow()).toBe(0);
    grow(1, 900);
    expect(questionAt(1)).toBe(8);
    growAbove(0, -200);
    expect(questionAt(1)).toBe(8);
  });

  it('does not run away from a quote that was opened at its end', () => {
    open([600, 900]);
    following.goToEnd();
    content.querySelectorAll<HTMLElement>('[aria-expanded]')[1]?.click();
    const before = scroller.scrollTop;
    grow(1, 250);
    expect(scroller.scrollTop).toBe(before);
    expect(behind).toBe(true);
    following.goToEnd();
    expect(leftBelow()).toBe(0);
    grow(1, 250);
    expect(leftBelow()).toBe(0);
  });

  it('is followed where it is when it is given again in the middle of a chat', () => {
    open([500, 100, 2_000], 1);
    // All of it is in view: nothing moves.
    expect(scroller.scrollTop).toBe(0 + Math.max(0, topOf(2) + 32 - viewHeight));
    grow(1, 1_000);
    expect(questionAt(1)).toBe(8);
    expect(behind).toBe(true);
    following.goToEnd();
    expect(topOf(2) - scroller.scrollTop).toBe(viewHeight - 32);
    expect(behind).toBe(false);
  });
});
