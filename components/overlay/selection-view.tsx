import type { OverlayLine } from './line';
import { OverlayShell } from './shell';

/** The translation of selected text, beside it. */
export function SelectionView({ line }: { line: OverlayLine }) {
  return (
    <OverlayShell line={line} radius={12}>
      <p>…</p>
    </OverlayShell>
  );
}
