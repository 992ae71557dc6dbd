import { Readability } from '@mozilla/readability';
import { isFurniture } from './coverage';

export interface Article {
  title: string;
  content: Element;
}

/** Readability takes cubic time in the depth of a page: 0.6 s at 200 levels, 29 s at 1,600 (Chromium 156). */
const maximumDepth = 200;

/** Readability's choice of the main text, or undefined when it finds none. Leaves `page` as it is. */
export function extractArticle(page: Document): Article | undefined {
  if (isDeeperThan(page.documentElement, maximumDepth)) return undefined;
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

function isDeeperThan(root: Element, limit: number): boolean {
  const stack: [Element, number][] = [[root, 0]];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const [element, depth] = top;
    if (depth > limit) return true;
    for (const child of element.children) stack.push([child, depth + 1]);
  }
  return false;
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
