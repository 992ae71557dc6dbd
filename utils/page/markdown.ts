import { joinBlocks, type RenderedPassage } from './markdown/passages';
import { type Survey, surveyInSteps } from './markdown/survey';

import { Walk } from './markdown/walk';
import { normalize } from './normalize';
import { runThrough } from './select/steps';

export type { RenderedPassage } from './markdown/passages';
export { surveyInSteps } from './markdown/survey';

/**
 * The text below `root` as Markdown passages for a model to read, in document order: structure kept, nothing
 * escaped (`snake_case` stays itself), because the text is read and never rendered as Markdown. Every text node that
 * is not dropped is in exactly one passage; a node for which `isDropped` holds is left out with all that is below it.
 * Linear in the page and without recursion. A generator, so that the caller may pause between passages; who wants to
 * pause before the first of them hands in the survey.
 */
export function* renderPassages(
  root: Element,
  isDropped: (node: Node) => boolean,
  survey: Survey = runThrough(surveyInSteps(root, isDropped)),
): Generator<RenderedPassage> {
  const scratch = root.ownerDocument.implementation.createHTMLDocument('');
  const page = { isDropped, scratch, explained: new Set<string>() };
  yield* joinBlocks(new Walk(root, page, survey).blocks());
}

/** An element of any document as one Markdown text, list items on lines of their own. Leaves the document as it is. */
export function toMarkdown(element: Element): string {
  const copy = element.ownerDocument.implementation.createHTMLDocument('');
  const root = copy.importNode(element, true);
  copy.body.append(root);
  normalize(copy);
  let markdown = '';
  let before = '';
  for (const { text, kind } of renderPassages(root, () => false)) {
    if (markdown !== '') markdown += kind === 'list-item' && before === kind ? '\n' : '\n\n';
    markdown += text;
    before = kind;
  }
  return markdown;
}
