import { describe, expect, it } from 'vitest';
import { placeBeside, sideOf } from '@/utils/page/overlay/placement';

const viewport = { width: 1_000, height: 800 };
const size = { width: 360, height: 200 };
const line = (left: number, top: number, right: number) => ({ left, top, right, bottom: top + 24 });

describe('the place of the bubble', () => {
  it('is under the last line, at its beginning', () => {
    const lines = [line(300, 100, 700), line(200, 124, 420)];
    expect(placeBeside(lines, size, viewport)).toEqual({ side: 'below', left: 198, top: 156, corner: 48 });
  });

  it('is above the first line where there is no room below', () => {
    const lines = [line(300, 600, 700), line(200, 700, 420)];
    expect(placeBeside(lines, size, viewport)).toMatchObject({ side: 'above', left: 298, top: 392 });
  });

  it('stays within the window at both edges, with its corner at the text', () => {
    expect(placeBeside([line(0, 100, 20)], size, viewport)).toMatchObject({ left: 12 });
    const right = placeBeside([line(900, 100, 960)], size, viewport);
    expect(right).toMatchObject({ left: 628, corner: 318 });
    expect(
      placeBeside([line(0, 100, 300)], { width: 296, height: 90 }, { width: 320, height: 600 })?.left,
    ).toBe(12);
  });

  it('begins at the right where text runs from right to left', () => {
    expect(placeBeside([line(100, 100, 700)], size, viewport, 'below', 'rtl')).toMatchObject({ left: 342 });
  });

  it('takes the side it was dragged to, where that has room, and the other one where not', () => {
    const lines = [line(400, 300, 500)];
    expect(placeBeside(lines, size, viewport, 'end')).toMatchObject({ side: 'end', left: 508, top: 300 });
    expect(placeBeside(lines, size, viewport, 'start')).toMatchObject({ side: 'start', left: 32 });
    expect(placeBeside([line(300, 300, 500)], size, viewport, 'start')).toMatchObject({ side: 'end' });
    expect(placeBeside(lines, size, viewport, 'above')).toMatchObject({ side: 'above', top: 92 });
    expect(placeBeside(lines, size, viewport, 'start', 'rtl')).toMatchObject({ side: 'start', left: 508 });
  });

  it('goes out of the window with its text, and covers the end of text that fills the window', () => {
    expect(placeBeside([line(100, -90, 400)], size, viewport)).toMatchObject({ side: 'below', top: -58 });
    expect(placeBeside([line(100, 900, 400)], size, viewport)).toMatchObject({ side: 'below', top: 932 });
    const tall = [{ left: 100, top: -200, right: 900, bottom: 1_200 }];
    expect(placeBeside(tall, size, viewport)).toEqual({
      side: 'above',
      left: 98,
      top: 588,
      corner: undefined,
    });
    expect(placeBeside([], size, viewport)).toBeUndefined();
  });
});

it('says on which side it was let go', () => {
  const text = { left: 400, top: 300, right: 600, bottom: 340 };
  const at = (left: number, top: number) => ({ left, top, right: left + 360, bottom: top + 200 });
  expect(sideOf(text, at(300, 260))).toBe('below');
  expect(sideOf(text, at(300, 100))).toBe('above');
  expect(sideOf(text, at(20, 215))).toBe('start');
  expect(sideOf(text, at(620, 215))).toBe('end');
  expect(sideOf(text, at(620, 215), 'rtl')).toBe('start');
});
