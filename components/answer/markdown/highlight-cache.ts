import type { ColouredLine } from '@/utils/chat/code-colours';

/** Blocks that were coloured last, so that a chat one comes back to does not flash. */
const kept = new Map<string, ColouredLine[]>();
const mostKept = 60;

export const colouredLines = (name: string, text: string): ColouredLine[] | undefined =>
  kept.get(`${name}\n${text}`);

export function keepColoured(name: string, text: string, lines: ColouredLine[]): void {
  kept.set(`${name}\n${text}`, lines);
  if (kept.size <= mostKept) return;
  for (const oldest of kept.keys()) {
    kept.delete(oldest);
    break;
  }
}
