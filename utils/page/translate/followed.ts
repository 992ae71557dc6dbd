import { createFollower, type FollowerOptions } from './follow';
import { createPageTranslator } from './page-translator';
import type { PageTranslator, PageTranslatorOptions } from './translator';
import type { ToPage } from './types';

/** The translator of a page, and the one that follows what happens there for as long as it runs. */
export function createFollowedTranslator(
  document: Document,
  options: PageTranslatorOptions & Pick<FollowerOptions, 'now'>,
): PageTranslator {
  const translator = createPageTranslator(document, {
    ...options,
    onHidden: (element) => follower.addHidden(element),
    quietly: (write) => follower.quietly(write),
  });
  const follower = createFollower(document, translator, options);
  const { receive } = translator;
  return Object.assign(translator, {
    receive(message: ToPage) {
      receive(message);
      // Where another translator has begun it stays stopped until the page is to be translated once more.
      if (message.type === 'start') follower.start();
      else if (!translator.isRunning) follower.stop();
    },
  });
}
