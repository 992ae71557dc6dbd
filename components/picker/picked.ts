import type { Gathered } from '@/utils/chat/gathering';

/** What is on its way because it was picked or handed over, and not because a link or a picture was sent here. */
export const isPicked = ({ key, kind, status }: Gathered): boolean =>
  (key !== undefined || kind === 'file') && status !== 'unpicked';

/** Not there yet, and nothing stands in its way. */
export const isOnWay = ({ status }: Gathered): boolean =>
  status === 'queued' || status === 'reading' || status === 'ready';

/** Keys that the picker gives; those of links and texts that came by other ways look otherwise. */
export const isPickerKey = (key: string): boolean => /^(tab|bookmarks|history|source|chat):/.test(key);
