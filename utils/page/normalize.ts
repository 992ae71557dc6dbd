import { Changes } from './normalize/changes';
import { normalizeCode } from './normalize/code';
import { normalizeFields } from './normalize/fields';
import { normalizeImages } from './normalize/images';
import { normalizeMath } from './normalize/math';
import { normalizeNotes } from './normalize/notes';
import { removePresentation } from './normalize/presentation';

/**
 * Changes a detached document in place, so that later steps see plain HTML whatever tool made the page: code is
 * `<pre data-language><code>` with one text, a formula is an element with `data-math` whose text is its LaTeX,
 * footnotes and their marks are named by `data-note` and `data-note-mark`. Elements of the page are kept where they
 * can be, so that passages still lead back to them. Linear in the page.
 *
 * A page that breaks one step is read without it: its words are all there. `onFailure` is told. Returns what became
 * of the words that are no longer there.
 */
export function normalize(page: Document, onFailure?: (error: unknown) => void): Changes {
  const changes = new Changes();
  for (const _ of normalizeInSteps(page, changes, onFailure));
  return changes;
}

/** The same with pauses in each step and after it. */
export function* normalizeInSteps(
  page: Document,
  changes: Changes,
  onFailure?: (error: unknown) => void,
): Generator<void> {
  for (const step of steps) {
    try {
      yield* step(page, changes);
    } catch (error) {
      onFailure?.(error);
    }
    yield;
  }
}

const steps = [
  normalizeMath,
  normalizeCode,
  removePresentation,
  normalizeNotes,
  normalizeImages,
  normalizeFields,
];
