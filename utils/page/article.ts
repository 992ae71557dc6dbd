import { Readability } from '@mozilla/readability';
import { isFurniture } from './coverage';

export interface Article {
  title: string;
  content: Element;
}

/** Readability's choice of the main text, or undefined when it finds none. Leaves `page` as it is. */
export function extractArticle(page: Document): Article | undefined {
  try {
    const article = new Readability<Element>(page.cloneNode(true) as Document, {
      keepClasses: true, // the language of a code block is in its class
      serializer: (element) => element as Element, // no detour through an HTML string
    }).parse();
    if (!article?.content) return undefined;
    return { title: article.title ?? '', content: article.content };
  } catch (error) {
    // Readability recurses; a page nested thousands deep overflows the stack. The whole body is read instead.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The whole body of a copy of the page, with or without its furniture. Changes the copy. */
export function wholeBody(page: Document, { withFurniture }: { withFurniture: boolean }): Element {
  const body = page.body ?? page.documentElement;
  if (!withFurniture) {
    for (const element of [...body.querySelectorAll('*')]) {
      if (element.isConnected && isFurniture(element)) element.remove();
    }
  }
  return body;
}
