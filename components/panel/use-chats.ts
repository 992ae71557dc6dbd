import { useEffect, useState } from 'react';
import { watchChats } from '@/utils/store/chats';
import type { ChatRecord } from '@/utils/store/records';

/** The latest chats, kept up to date; undefined until they have been read. */
export function useChats(limit: number): ChatRecord[] | undefined {
  const [chats, setChats] = useState<ChatRecord[]>();
  useEffect(() => {
    const subscription = watchChats(limit).subscribe({
      next: setChats,
      // A list that cannot be read is an empty list; opening and saving report the trouble themselves.
      error: () => setChats([]),
    });
    return () => subscription.unsubscribe();
  }, [limit]);
  return chats;
}
