/** HTML files as they lie on a disk: saved pages, reports, exported notes. Nothing in them runs, nothing is loaded. */

import { documentReading } from './document/reading';
import { decodeText } from './encoding';
import { htmlPassages } from './html/passages';
import type { ReadFile } from './types';

export { type HtmlText, htmlPassages } from './html/passages';

export const readHtml: ReadFile = async (bytes, { name, mediaType }) => {
  const { text, encoding, isGuess } = decodeText(bytes, { declared: declaredEncoding(bytes, mediaType) });
  const isXhtml = /\.xhtml$/i.test(name) || /^\s*<\?xml\b/.test(text.slice(0, 200));
  const { passages, gaps, lang } = htmlPassages(text, { isXhtml });
  return documentReading({
    name,
    passages,
    gaps,
    ...(lang ? { lang } : {}),
    notes: isGuess ? [{ what: 'decoded', sample: encoding }] : [],
  });
};

/** Bytes in which a document says its encoding, as the standard has it, and some more for long heads. */
const headLength = 4_096;

/** What a server, the document's declaration of XML or a meta element says. */
function declaredEncoding(bytes: Uint8Array, mediaType = ''): string | undefined {
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, headLength));
  return (
    /charset\s*=\s*["']?([\w.:-]+)/i.exec(mediaType)?.[1] ??
    /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)/.exec(head)?.[1] ??
    /<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head)?.[1]
  );
}
