/** One message: who wrote to whom, what it says, and what is attached to it. */

import PostalMime, { type Attachment, decodeWords, type Email } from 'postal-mime';
import { countWords, type FileNote, type Gap, type Passage } from '../../source';
import { namesSample } from '../file-reading';
import { readPart } from '../folder/part';
import { addGaps } from '../gaps';
import { htmlPassages } from '../html/passages';
import { plainPassages } from '../text/plain';
import { withLineFeeds } from '../text-chunks';
import type { FileContext } from '../types';
import { inUtf8 } from './encoding';

export interface Message {
  passages: Passage[];
  gaps: Gap[];
  notes: FileNote[];
  /** Its body is encrypted, and nothing of it can be read. */
  isLocked: boolean;
}

/** Parts in parts that are looked into; mail of people has five or six. */
const deepestPart = 100;

/**
 * Reads a message with its attachments.
 * @param context as `insideContext` makes it
 * @throws Error when it is no message; AppError file-bomb of what is attached
 */
export async function readMessage(bytes: Uint8Array<ArrayBuffer>, context: FileContext): Promise<Message> {
  const email = await PostalMime.parse(inUtf8(bytes), {
    forceRfc822Attachments: true,
    maxNestingDepth: deepestPart,
    attachmentEncoding: 'arraybuffer',
  });
  const message: Message = { passages: [], gaps: [], notes: [], isLocked: false };
  const { attachments } = email;
  const names = namesOf(attachments);
  message.passages.push(...headOf(email, names));
  const body = bodyOf(email, message.gaps);
  message.passages.push(...body);
  const isSealed = attachments.some(({ mimeType }) =>
    /^application\/(x-)?pkcs7-mime|pgp-encrypted/.test(mimeType),
  );
  message.isLocked = isSealed && body.length === 0;
  const left: Record<'pictures' | 'embedded-files' | 'unread-files', string[]> = {
    pictures: [],
    'embedded-files': [],
    'unread-files': [],
  };
  for (const [index, attachment] of attachments.entries()) {
    const name = names[index] ?? '';
    const content = new Uint8Array(attachment.content as ArrayBuffer);
    const { mimeType: mediaType } = attachment;
    const inside = await readPart(content, name, { isDocument: true, context, mediaType });
    if ('passages' in inside) {
      message.passages.push({ text: `## ${oneLine(name)}`, kind: 'heading', place: { path: name } });
      for (const passage of inside.passages) message.passages.push(passage);
      addGaps(message.gaps, inside.gaps);
      message.notes.push(...inside.notes);
    } else if (inside.why === 'picture') {
      // What is shown in the body was counted there.
      if (!attachment.related || !email.html || email.text) left.pictures.push(name);
    } else if (inside.why === 'kind') left['embedded-files'].push(name);
    else if (inside.why !== 'empty' && inside.why !== 'blank') left['unread-files'].push(name);
  }
  for (const why of ['pictures', 'embedded-files', 'unread-files'] as const)
    addGaps(message.gaps, [{ why, size: left[why].length, sample: namesSample(left[why]) }]);
  return message;
}

const oneLine = (text: string) => text.replace(/[\s\u0085]+/g, ' ').trim();

/** The headers that people read, as they are written, below the subject. */
function headOf({ headers, subject }: Email, attachments: readonly string[]): Passage[] {
  const lines = ['From', 'Sender', 'Reply-To', 'To', 'Cc', 'Bcc', 'Date'].flatMap((name) => {
    const values = headers.filter(({ key }) => key === name.toLowerCase());
    return values.map(({ value }) => `${name}: ${oneLine(decodeWords(value))}`);
  });
  const title = oneLine(subject ?? '');
  if (title) lines.push(`Subject: ${title}`);
  if (attachments.length > 0) lines.push(`Attachments: ${attachments.map(oneLine).join(', ')}`);
  return [
    ...(title ? [{ text: `# ${title}`, kind: 'heading' as const }] : []),
    ...(lines.length > 0 ? [{ text: lines.join('\n'), kind: 'text' as const }] : []),
  ];
}

/** So many words more make the page of a message more than its text. */
const muchMore = 30;

/** What it says: the text, unless it stands for a page that says more. */
function bodyOf({ text, html }: Email, gaps: Gap[]): Passage[] {
  const plain = text === undefined ? [] : plainPassages(withLineFeeds(text).replace(/^\s*\n|\s+$/g, ''));
  const written = plain.map(
    ({ text: words, kind }): Passage => ({ text: words, kind: words.startsWith('>') ? 'quote' : kind }),
  );
  if (html === undefined) return written;
  const words = (passages: readonly Passage[]) =>
    passages.reduce((sum, one) => sum + countWords(one.text), 0);
  const own = words(written);
  const saysAll = (more: number) => written.length > 0 && (own * 2 >= more || more - own < muchMore);
  // A page has at the most the words between its tags: as a rule that is enough to know.
  if (saysAll(countWords(html.replace(/<[^<>]*>/g, ' ')))) return written;
  const page = htmlPassages(html);
  if (saysAll(words(page.passages))) return written;
  addGaps(gaps, page.gaps);
  return page.passages;
}

const endings: Record<string, string> = {
  'message/rfc822': 'eml',
  'text/plain': 'txt',
  'text/html': 'html',
  'text/calendar': 'ics',
  'text/csv': 'csv',
  'application/pdf': 'pdf',
  'image/png': 'png',
  'image/jpeg': 'jpg',
};

/** A name for each attachment, good as a path and unique in its message. */
function namesOf(attachments: readonly Attachment[]): string[] {
  const taken = new Map<string, number>();
  return attachments.map(({ filename, mimeType }, index) => {
    const given = oneLine((filename ?? '').replace(/[/\\\0]/g, '_'));
    const ending = endings[mimeType];
    // Forwarded messages are often called by their subject alone.
    const isBare = mimeType === 'message/rfc822' && !/\.eml$/i.test(given);
    const name =
      given === '' ? `attachment-${index + 1}${ending ? `.${ending}` : ''}` : isBare ? `${given}.eml` : given;
    const count = (taken.get(name) ?? 0) + 1;
    taken.set(name, count);
    return count === 1 ? name : name.replace(/(\.[^.]*)?$/, ` (${count})$1`);
  });
}
