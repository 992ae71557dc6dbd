import { linked, toInlineMarkdown } from './turndown';

export type Mark = 'strong' | 'em' | 'del' | 'code' | 'a';

/** A run of inline content as `InlineWriter` makes it: text in marks, with line breaks and images. */
export interface InlineElement {
  name: Mark | 'br' | 'img' | 'root';
  attributes: Record<string, string>;
  children: (InlineElement | string)[];
  parent: InlineElement | undefined;
}

/**
 * Markdown of a run. Marks around plain words are nearly all there is, and are written here; making a document for
 * Turndown takes many times as long. Whatever is less common (images, white space at odd places, backticks in code)
 * is left to Turndown, which writes the rest in the same way. `scratch` is an empty document.
 */
export function treeMarkdown(root: InlineElement, scratch: Document): string {
  const text = childrenMarkdown(root);
  if (text === undefined) return toInlineMarkdown(toDom(root, scratch));
  return text.replace(/^\n+/, '').trimEnd();
}

/** White space that Turndown would move or fold. */
const oddSpace = /[\t\r\n]| {2}/;

/** Undefined when something in it is for Turndown. Marks are never deep: `InlineWriter` opens a dozen at most. */
function childrenMarkdown({ children }: InlineElement): string | undefined {
  let markdown = '';
  let endsInSpace = true;
  for (const child of children) {
    if (typeof child === 'string') {
      if (oddSpace.test(child) || (endsInSpace && child.startsWith(' '))) return undefined;
      markdown += child;
      endsInSpace = child.endsWith(' ');
    } else if (child.name === 'br') {
      if (markdown.endsWith(' ')) return undefined;
      if (!markdown.endsWith('\n')) markdown += '\n';
      endsInSpace = true;
    } else {
      const written = markMarkdown(child);
      if (written === undefined) return undefined;
      markdown += written;
      endsInSpace = false;
    }
  }
  return markdown;
}

function markMarkdown(element: InlineElement): string | undefined {
  const content = childrenMarkdown(element);
  if (content === undefined || content === '' || content.trim() !== content) return undefined;
  switch (element.name) {
    case 'strong':
      return `**${content}**`;
    case 'em':
      return `*${content}*`;
    case 'del':
      return `~~${content}~~`;
    case 'a':
      return linked(content, element.attributes.href ?? '');
    case 'code':
      return content.includes('`') ? undefined : `\`${content.replaceAll('\n', ' ')}\``;
    default:
      return undefined;
  }
}

function toDom({ name, attributes, children }: InlineElement, scratch: Document): Element {
  const element = scratch.createElement(name === 'root' ? 'div' : name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  for (const child of children) element.append(typeof child === 'string' ? child : toDom(child, scratch));
  return element;
}
