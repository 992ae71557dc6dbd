/** What can be told of elements by their attributes and what is in them. */

import { blocks } from './names';
import { isElement, type PageElement } from './tree';

/** Links that lead somewhere outside, as an address that cannot end the brackets it stands in. */
export function outward(address: string): string | undefined {
  const clean = address.trim();
  if (!/^(https?:\/\/|mailto:|tel:)\S+$/i.test(clean)) return undefined;
  return clean.replace(/[()<>]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

export const isHidden = ({ attributes }: PageElement): boolean =>
  attributes.hidden !== undefined ||
  /(^|;)\s*(display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)/i.test(attributes.style ?? '');

/** Whether a link says where it leads in its words already. */
export function isSameAddress(words: string, address: string): boolean {
  const bare = (text: string) =>
    text
      .replace(/^(https?:\/\/|mailto:|tel:)/i, '')
      .replace(/\/$/, '')
      .replace(/\s/g, '');
  return bare(words) === bare(address);
}

export const hasBlocks = (node: PageElement): boolean =>
  node.children.some((child) => isElement(child) && (blocks.has(child.name) || hasBlocks(child)));

/** A listing with its line breaks as the line ends that they are. */
export const withBreaks = (node: PageElement): PageElement => ({
  ...node,
  children: node.children.map((child) => {
    if (!isElement(child)) return child;
    return child.name === 'br' ? '\n' : withBreaks(child);
  }),
});

/** A picture by its alternative text, which may be empty. Undefined for dots and lines that nobody is to see. */
export function pictureOf({ attributes }: PageElement): { text: string } | undefined {
  const address = attributes.src ?? attributes['xlink:href'] ?? attributes.href ?? '';
  const alternative = attributes.alt?.replace(/\s+/g, ' ').trim() ?? '';
  // Dots that tell a sender that a mail was opened, and lines and corners of a layout.
  const isSpacer = [attributes.width, attributes.height].some((size) => /^[0-3](px)?$/.test(size ?? ''));
  if (alternative === '') return isSpacer ? undefined : { text: '' };
  const name = /^data:/i.test(address)
    ? ''
    : (address.slice(address.lastIndexOf('/') + 1).split(/[?#]/)[0] ?? '');
  return { text: `![${alternative.replace(/[[\]]/g, '\\$&')}](${name.replace(/[()\s<>]/g, '_')})` };
}
