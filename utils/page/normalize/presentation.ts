import type { Changes } from './changes';
import { eachOf, foldedText } from './dom';

/** Links beside headings that lead to the headings themselves. */
const permalinks =
  'a.headerlink, a.anchor, a.anchorjs-link, a.hash-link, a.header-anchor, a.permalink, a.heading-anchor, a.direct-link, h1 a[href*="#"], h2 a[href*="#"], h3 a[href*="#"], h4 a[href*="#"], h5 a[href*="#"], h6 a[href*="#"]';
const permalinkSign = /^(?:(?:[¶#§🔗⚓\s\u200B]|\uFE0E|\uFE0F)*|link|permalink|direct link to.*|anchor)$/iu;

/** Takes out what belongs to the page and not to its text: edit links, signs that link a heading to itself. */
export function* removePresentation(page: Document, changes: Changes): Generator<void> {
  yield* eachOf(page, '.mw-editsection, .mw-editsection-like', (element) =>
    changes.remove(element, 'edit link'),
  );
  yield* eachOf(page, permalinks, (link) => {
    if (
      (link.textContent?.length ?? 0) < 80 &&
      permalinkSign.test(foldedText(link)) &&
      !link.querySelector('img[alt]:not([alt=""])')
    )
      changes.remove(link, 'link of a heading to itself');
  });
}
