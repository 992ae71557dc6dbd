/** The files of the next question, whichever way each has come so far, as rows in the order of their numbers. Pure. */

import { familyOf } from '@/utils/chat/file-family';
import type { Gathered } from '@/utils/chat/gathering';
import type { PendingImage } from '@/utils/chat/images';
import type { NextSource } from '@/utils/chat/next-request';
import type { MeasuredSource } from '@/utils/context/compose';
import { imageTokens } from '@/utils/context/tokens';
import type { FileFamily } from '@/utils/files/types';
import type { PickRecord } from '@/utils/store/records';
import { isFile } from './has-files';

export type FileRow = {
  /** The same from the moment in which it was handed over until it is sent: its place in the order of all of them. */
  id: string;
  name: string;
  family?: FileFamily;
} & (
  | { is: 'queued' | 'reading' | 'trouble'; item: Gathered }
  /** `tokens` as the model counts them. */
  | { is: 'read'; entry: MeasuredSource; pick: PickRecord; tokens: number }
  /** The same text as a source that is here already, under its number where it has one. */
  | { is: 'twin'; pick: PickRecord; number?: number }
  | { is: 'picture'; image: PendingImage; tokens: number }
);

export interface FilesOf {
  gathered: readonly Gathered[];
  /** Attached to the draft, those included that an earlier question has sent. */
  attached: readonly MeasuredSource[];
  picks: readonly PickRecord[];
  images: readonly PendingImage[];
  /** The sources of the next question with their numbers; absent until a model is known. */
  next?: readonly NextSource[];
  /** Ids of sources that an earlier question has sent. */
  sent: ReadonlySet<string>;
  /** Ids of sources that stay out. */
  omit: ReadonlySet<string>;
}

export function fileRows({ gathered, attached, picks, images, next = [], sent, omit }: FilesOf): FileRow[] {
  const placed: { place: number; row: FileRow }[] = [];
  const places = new Set(picks.map(({ place }) => place));
  for (const item of gathered) {
    if (item.kind !== 'file') continue;
    if (item.status === 'ready' && !places.has(item.place)) {
      // It is being attached: the row does not go and come again.
      const { entry, place, id, title } = item;
      const pick = { key: item.key ?? id, id: entry.source.id, place, ...(title && { title }) };
      const row = { id: String(place), name: title ?? entry.source.title, tokens: entry.tokens, entry, pick };
      placed.push({ place, row: { ...row, family: familyOf(item.file?.type), is: 'read' } });
    }
    if (!/^(queued|reading|trouble)$/.test(item.status)) continue;
    const name = item.file?.name ?? item.title ?? '';
    const is = item.status as 'queued' | 'reading' | 'trouble';
    placed.push({
      place: item.place,
      row: { id: String(item.place), name, family: familyOf(item.file?.type), is, item },
    });
  }
  const bySource = new Map(attached.map((entry) => [entry.source.id, entry]));
  const numbered = new Map(next.map((source) => [source.entry.source.id, source]));
  const held = new Set<string>();
  for (const pick of picks.toSorted((one, other) => one.place - other.place)) {
    const entry = bySource.get(pick.id);
    if (!entry || !isFile(entry.source) || omit.has(pick.id)) continue;
    const { source, tokens } = entry;
    const known = numbered.get(source.id);
    const row = {
      id: String(pick.place),
      name: pick.title ?? source.title,
      family: familyOf(source.file?.type ?? ''),
    };
    if (sent.has(source.id) || held.has(source.id))
      placed.push({ place: pick.place, row: { ...row, is: 'twin', pick, number: known?.number } });
    else {
      const isRead = { is: 'read', entry, pick, tokens: known?.tokens ?? tokens } as const;
      placed.push({ place: pick.place, row: { ...row, ...isRead } });
    }
    held.add(source.id);
  }
  placed.sort((one, other) => one.place - other.place);
  const pictures = images.map(
    (image, index): FileRow => ({
      id: `picture ${index}`,
      name: image.name,
      family: 'picture',
      is: 'picture',
      image,
      tokens: imageTokens,
    }),
  );
  return [...placed.map(({ row }) => row), ...pictures];
}

/** Tokens of all that has been read. */
export const tokensOf = (rows: readonly FileRow[]): number =>
  rows.reduce((sum, row) => sum + ('tokens' in row ? row.tokens : 0), 0);

/** How many have come to an end, one way or the other. */
export const doneOf = (rows: readonly FileRow[]): number =>
  rows.filter(({ is }) => is !== 'queued' && is !== 'reading').length;
