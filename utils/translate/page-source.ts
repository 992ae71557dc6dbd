/** The document around a selection: the same bytes as in the chat about its page, where that still fits. */

import { readTab } from '../browser/read-tab';
import type { MeasuredSource } from '../context/compose';
import { measureLongText } from '../context/tokens';
import { numberPassages, type Source } from '../source';
import { chatStore, pageAddress } from '../store/chats';

export interface PageDocument {
  document: MeasuredSource;
  /** The chat about the page that has the same document as its first source: its requests share their beginning. */
  chatId?: string;
}

export interface ReadPageDocument {
  read?: typeof readTab;
  chats?: Pick<typeof chatStore, 'findChatOfPage' | 'loadChat'>;
  measure?: typeof measureLongText;
}

/**
 * Reads a tab whole. What the chat about its page has sent is taken to the letter when the page still says the same,
 * with the choice of parts that it was read with.
 * @throws AppError as `readTab`
 */
export async function readPageDocument(
  tabId: number,
  address: string | undefined,
  signal: AbortSignal,
  { read = readTab, chats = chatStore, measure = measureLongText }: ReadPageDocument = {},
): Promise<PageDocument> {
  const chat = address ? await chats.findChatOfPage(address) : undefined;
  const stored = chat && (await chats.loadChat(chat.id));
  const first = stored?.sources[0];
  const isOfPage =
    first?.source.url !== undefined && pageAddress(first.source.url) === pageAddress(address ?? '');
  const kept = isOfPage ? first : undefined;
  const fresh = await read(tabId, { signal, previous: kept?.source });
  if (kept && fresh.id === kept.source.id) return { document: kept, chatId: chat?.id };
  if (kept) {
    // The reader of that chat may have wanted everything that is on the page.
    const everything = await read(tabId, { signal, previous: kept.source, mode: 'everything' });
    if (everything.id === kept.source.id) return { document: kept, chatId: chat?.id };
  }
  // Numbers that were kept for a chat whose text is another one now are of no use to anybody.
  const document = kept ? await read(tabId, { signal }) : fresh;
  return { document: { source: document, ...(await measure(document.text)) } };
}

/**
 * The section of a document that a paragraph stands in: from its heading to the next one of the same or a higher level,
 * with the paragraphs numbered as they were. For the user who has been told that the whole does not fit, and has chosen
 * this. Undefined where the document has no such part, or it is the whole.
 */
export function sectionAround(source: Source, paragraph: number | undefined): Omit<Source, 'id'> | undefined {
  const { segments, text } = source;
  const at = segments.findIndex(({ number }) => number === paragraph);
  if (at < 0) return undefined;
  const levelOf = (index: number) => {
    const segment = segments[index];
    const marks = segment && /^(#{1,6})\s/.exec(text.slice(segment.start, segment.start + 8))?.[1];
    return marks?.length;
  };
  let start = at;
  while (start > 0 && levelOf(start) === undefined) start--;
  const level = levelOf(start);
  let end = at + 1;
  while (end < segments.length && !((levelOf(end) ?? 7) <= (level ?? 6))) end++;
  if (start === 0 && end === segments.length) return undefined;
  const part = segments.slice(start, end);
  const numbered = numberPassages(
    part.map((segment) => ({
      text: text.slice(segment.start, segment.end),
      kind: segment.kind,
      ...(segment.page === undefined ? {} : { page: segment.page }),
    })),
    part.map(({ number }) => number),
  );
  const { id: _, coverage: __, choices: ___, ...rest } = source;
  return {
    ...rest,
    ...numbered,
    gaps: [...source.gaps, { why: 'outside-article', size: source.characters - numbered.characters }],
  };
}
