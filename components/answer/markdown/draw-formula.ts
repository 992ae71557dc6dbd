import katex from 'katex';
import 'katex/dist/katex.min.css';

/** How often macros may be expanded: papers stay below a hundred, and a formula that never ends reaches any number. */
const mostExpansions = 1_000;
/** Largest size in em that a formula may ask for. */
const largestSize = 40;

/**
 * Draws TeX into an element, node by node and without HTML. False when it is wrong, or asks for what no formula
 * needs: links, pictures, classes, styles. The element is then empty.
 */
export function drawFormula(place: HTMLElement, source: string, display: boolean): boolean {
  let isGood = true;
  // Away from the page, where nothing of a formula that is refused is ever seen.
  const drawing = document.createElement('span');
  try {
    katex.render(source, drawing, {
      displayMode: display,
      throwOnError: true,
      strict: 'ignore',
      maxExpand: mostExpansions,
      maxSize: largestSize,
      trust: () => {
        isGood = false;
        return false;
      },
    });
  } catch {
    // Wrong TeX, or brackets in brackets until the stack is full.
    isGood = false;
  }
  place.replaceChildren(...(isGood ? drawing.childNodes : []));
  return isGood;
}
