import { isForeign, isFrame } from '../frame-document';

/** Square pixels from which on a frame is a text rather than an advertisement (300 by 250) or a counter. */
const least = 100_000;

/** Frames of other sites, and how many of them a reader would miss. */
export function createForeignFrames(say: (count: number) => void) {
  const frames = new Set<Element>();
  let said = 0;
  return {
    add: (frame: Element) => void frames.add(frame),
    /** Says how many there are, when that is another number than before, or `again`. */
    tell(again = false): void {
      let count = 0;
      for (const frame of frames) {
        const isThere =
          frame.isConnected && isFrame(frame, frame.localName.toUpperCase()) && isForeign(frame);
        if (!isThere) frames.delete(frame);
        else if (frame.clientWidth * frame.clientHeight >= least) count++;
      }
      if (count === said && !again) return;
      said = count;
      say(count);
    },
    clear(): void {
      frames.clear();
      said = 0;
    },
  };
}
