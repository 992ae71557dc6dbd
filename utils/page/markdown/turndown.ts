import TurndownService from 'turndown';

const service = createService();

/** Markdown of a small tree that `InlineWriter` made: nothing in it has to be escaped, folded or dropped. */
export function toInlineMarkdown(root: Element): string {
  return service.turndown(root as HTMLElement);
}

function createService(): TurndownService {
  const turndown = new TurndownService({ emDelimiter: '*', br: '' });
  // The model reads the text itself: `snake_case` stays `snake_case`.
  turndown.escape = (text) => text;
  turndown.addRule('strike', {
    filter: 'del',
    replacement: (content) => (content.trim() ? `~~${content}~~` : ''),
  });
  turndown.addRule('image', {
    filter: 'img',
    replacement: (_, node) => {
      const alternative = (node as Element).getAttribute('alt') ?? '';
      const address = (node as Element).getAttribute('src') ?? '';
      return address ? `![${alternative}](${address})` : `![${alternative}]`;
    },
  });
  turndown.addRule('link', {
    filter: 'a',
    replacement: (content, node) => linked(content, (node as Element).getAttribute('href') ?? ''),
  });
  return turndown;
}

/** Words as a link; an address that is its own words is written once. */
export function linked(content: string, address: string): string {
  const words = content.trim();
  if (words === '' || words === address) return words;
  return `[${words.replace(/\s*\n\s*/g, ' ')}](${address})`;
}
