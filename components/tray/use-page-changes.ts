import { useEffect, useRef, useState } from 'react';
import type { ReadyPage } from '@/utils/chat/active-page';
import type { NextSource } from '@/utils/chat/next-request';
import { createPageChanges, type PageChange, type PageChanges } from '@/utils/chat/page-changes';

const none: ReadonlyMap<string, PageChange> = new Map();

/** What has changed of the pages that go with the next question, looked at for as long as the component is there. */
export function usePageChanges(
  sources: readonly NextSource[],
  front: ReadyPage | undefined,
  onChanges: (changes: ReadonlyMap<string, PageChange>) => void,
): ReadonlyMap<string, PageChange> {
  const [changes, setChanges] = useState(none);
  const watching = useRef<PageChanges>(undefined);
  const say = useRef(onChanges);
  say.current = onChanges;
  useEffect(() => {
    const created = createPageChanges();
    watching.current = created;
    const stop = created.subscribe(() => {
      setChanges(created.get());
      say.current(created.get());
    });
    return () => {
      stop();
      created.close();
    };
  }, []);
  useEffect(() => {
    const source = front?.newer?.source ?? front?.page.source;
    // The page in front that no question has sent yet goes as it stands when the question is sent.
    const goes = front?.page.source.id;
    const entries = sources.filter(({ entry, out, sent }) => !out && (sent || entry.source.id !== goes));
    watching.current?.watch(
      entries.map(({ entry }) => entry),
      front && source ? { tabId: front.tab.id, source } : undefined,
    );
  }, [sources, front]);
  return changes;
}
