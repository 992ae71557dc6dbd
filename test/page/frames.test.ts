import { describe, expect, it } from 'vitest';
import type { PageReading } from '@/utils/page';
import { framePath, isReadByParent, mergeFrames } from '@/utils/page/frames';
import { numberPassages, type Passage } from '@/utils/source';
import { pageOf } from '../fixtures/documents';

const long = 'A sentence that is long enough to be read, as pages in frames are and buttons are not. '.repeat(
  2,
);
const reading = (texts: string[], frames: PageReading['frames'] = []): PageReading => ({
  kind: 'tab',
  title: 'Page',
  gaps: [{ why: 'hidden', size: 3 }],
  coverage: { visible: 100, read: 90 },
  choices: { article: 10, everything: 20 },
  ...numberPassages(texts.map((text): Passage => ({ text, kind: 'text' }))),
  frames,
  elements: [],
});
const place = (after: number, ...path: number[]) => ({ path, after, size: 300_000, host: '' });

describe('mergeFrames', () => {
  it('hands on a page without frames', () => {
    const { frames, elements, ...rest } = reading(['One', 'Two']);
    expect(mergeFrames(reading(['One', 'Two']), [])).toEqual(rest);
  });

  it('puts the text of each frame where the frame stands, numbered anew', () => {
    const top = reading(['One', 'Two', 'Three'], [place(1, 0), place(3, 2)]);
    const merged = mergeFrames(top, [
      { path: [2], reading: reading([`Last ${long}`]) },
      { path: [0], reading: reading([`First ${long}`, 'Second'], [place(2, 0, 1)]) },
      { path: [0, 1], reading: reading([`Inner ${long}`]) },
    ]);
    expect(merged.segments.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(merged.text.match(/¶\d+ \w+/g)).toEqual([
      '¶1 One',
      '¶2 First',
      '¶3 Second',
      '¶4 Inner',
      '¶5 Two',
      '¶6 Three',
      '¶7 Last',
    ]);
    // What is missing in the frames is missing in the page.
    expect(merged.gaps).toEqual([{ why: 'hidden', size: 4 * 3 }]);
    expect(merged.coverage).toEqual({ visible: 400, read: 360 });
    expect(merged.choices).toEqual({ article: 40, everything: 80 });
  });

  it('counts frames that could not be read, unless they are too small to hold anything', () => {
    const tiny = { path: [1], after: 1, size: 30, host: '' };
    const merged = mergeFrames(reading(['One', 'Two'], [place(1, 0), tiny]), []);
    expect(merged.gaps).toContainEqual({ why: 'frame', size: 1 });
  });

  it('counts and names frames in parts of the page that were left out', () => {
    const frames = [
      { path: [0], size: 300_000, host: 'board.example' },
      { path: [1], size: 300_000, host: 'board.example' },
      { path: [2], size: 100, host: 'counter.example' },
      { ...place(1, 3), host: 'form.example' },
    ];
    const inner = { path: [0], reading: reading([`Board ${long}`]) };
    const merged = mergeFrames(reading(['One', 'Two'], frames), [inner]);
    expect(merged.gaps).toContainEqual({ why: 'frame', size: 3, sample: 'board.example, form.example' });
    expect(merged.text).toBe('¶1 One\n\n¶2 Two');
  });

  it('passes over a frame that was read and holds a button', () => {
    const merged = mergeFrames(reading(['One'], [place(1, 0)]), [{ path: [0], reading: reading(['Like']) }]);
    expect(merged.text).toBe('¶1 One');
    expect(merged.gaps).not.toContainEqual({ why: 'frame', size: 1 });
  });
});

describe('a frame', () => {
  it('knows its way from the top, and whether the document around it reads it', () => {
    const { defaultView: top } = pageOf('<body><iframe></iframe><iframe></iframe></body>');
    const inner = top?.document.querySelectorAll('iframe')[1]?.contentWindow;
    if (!top || !inner) return expect.fail('jsdom has frames');
    expect(framePath(top as unknown as Window)).toEqual([]);
    expect(framePath(inner)).toEqual([1]);
    expect(isReadByParent(top as unknown as Window)).toBe(false);
    expect(isReadByParent(inner)).toBe(true);
    const foreign = {
      parent: {
        get document(): Document {
          throw new DOMException('Blocked', 'SecurityError');
        },
      },
    };
    expect(isReadByParent(foreign as unknown as Window)).toBe(false);
  });
});
