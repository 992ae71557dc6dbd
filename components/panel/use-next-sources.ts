import { useCallback, useMemo, useRef, useState } from 'react';
import type { ActivePageState } from '@/utils/chat/active-page';
import { nextPlace, withAttached, withoutPicks, withReadAgain } from '@/utils/chat/attaching';
import type { ConversationState } from '@/utils/chat/conversation-state';
import type { NextSource } from '@/utils/chat/next-request';
import { nextSources, sourcesOfQuestion, switched, type Wish } from '@/utils/chat/next-sources';
import { sourceOfText, tidied } from '@/utils/chat/pasted-text';
import type { MeasuredSource } from '@/utils/context/compose';
import { t } from '@/utils/i18n';
import { draftStore, type SourceChoices } from '@/utils/store/drafts';
import type { PickRecord } from '@/utils/store/records';
import { useSourceChoices } from './use-source-choices';

/** The draft of a chat that does not exist yet. */
export const newChat = 'new';

const pageOf = (state: ActivePageState) => (state.status === 'ready' ? state.page : undefined);

/** The sources of the next question: which go, which stay out, and what is attached to it. */
export function useNextSources(draftId: string, chat: ConversationState, pageState: ActivePageState) {
  const { isLoaded, choices, newest, change, measure, carry } = useSourceChoices(draftId);
  const [attaching, setAttaching] = useState(0);
  const underWay = useRef<Promise<unknown>>(Promise.resolve());
  const page = pageOf(pageState);
  const { turns, sources } = chat;
  const plan = useMemo(() => nextSources({ turns, sources }, choices, page), [turns, sources, choices, page]);
  const isEmpty = chat.turns.length === 0;
  // What was taken away may come back, so its picks are remembered as long as the panel is open.
  const picks = useMemo(() => {
    const ids = new Set(choices.attached.map(({ source }) => source.id));
    const out = new Set(choices.leftOut.map((name) => `page:${name}`));
    return (choices.picks ?? []).filter(({ id, key }) => ids.has(id) && !out.has(key));
  }, [choices]);

  const wishFor = (wishes: [MeasuredSource, Wish][]) =>
    void change((before) => {
      let after: SourceChoices = before;
      for (const [entry, wish] of wishes)
        after = { ...after, ...switched(after, entry, wish, { page: plan.page, isEmpty }) };
      return after;
    }).catch(() => {});

  const attachEntries = (
    list: readonly (readonly [entry: MeasuredSource, pick: Omit<PickRecord, 'id'>])[],
  ): Promise<void> =>
    change((before) =>
      list.reduce((choices: SourceChoices, [entry, pick]) => withAttached(choices, entry, pick), before),
    );

  /** Resolves when the text is kept; it is measured after that. */
  const attach = async (text: string): Promise<MeasuredSource | undefined> => {
    const words = tidied(text);
    if (!words) return undefined;
    setAttaching((count) => count + 1);
    try {
      const number = newest().attached.length + 1;
      const place = nextPlace();
      const title = number > 1 ? t('paste.titleNumber', { number }) : t('paste.title');
      const entry = await sourceOfText(words, title);
      await attachEntries([[entry, { key: entry.source.id, place }]]);
      follow(measure(entry));
      return entry;
    } finally {
      setAttaching((count) => count - 1);
    }
  };
  const follow = (work: Promise<unknown>) => {
    underWay.current = Promise.allSettled([underWay.current, work]);
  };

  return {
    isLoaded,
    plan,
    /** The page in front goes with the question. */
    takesPage: plan.page !== undefined && !plan.omit.has(plan.page.source.id),
    /** Texts that are being made into sources. */
    attaching,
    /** What goes with a question that is sent now, with this reading of the page; `alone` without what is attached. */
    question: (page: MeasuredSource | undefined, alone = false) =>
      sourcesOfQuestion(nextSources(chat, { ...newest(), ...(alone ? { attached: [] } : {}) }, page)),
    /** Resolves when everything that is being attached is there, with its size. */
    async whenAttached(): Promise<void> {
      for (let awaited: Promise<unknown> | undefined; awaited !== underWay.current; ) {
        awaited = underWay.current;
        await awaited;
      }
    },
    carry,
    /** What is attached, by what it was picked: two tabs with the same text are one source. */
    picks,
    /** All that is attached, also what an earlier question has sent. */
    attachedAll: choices.attached,
    /** What stays out of an answer that is given once more. */
    leftOut: useCallback(() => newest().leftOut, [newest]),
    /** What the questions that follow are to have of a source. */
    wish: (entry: MeasuredSource, wish: Wish) => wishFor([[entry, wish]]),
    /** Puts a source into the requests that follow, or leaves it out of them. */
    setOut: (entry: MeasuredSource, out: boolean) => wishFor([[entry, out ? 'out' : 'in']]),
    /** Asks about all of these, or about none: what was sent stays in the request then, the rest stays out. */
    askAbout: (list: NextSource[], asked: boolean) =>
      wishFor(
        list
          // What was taken out stays out: bringing it back has a price.
          .filter((source) => !(source.sent && source.out))
          .map(({ entry, sent }) => [entry, asked ? 'in' : sent ? 'aside' : 'out']),
      ),
    /** Makes a text a source of the next question. */
    attach: (text: string) => {
      const work = attach(text);
      follow(work);
      return work;
    },
    /** Makes sources that were read elsewhere some of the next question. The same text once more is the same source. */
    attachEntries,
    attachEntry: (entry: MeasuredSource, pick: Omit<PickRecord, 'id'>) => attachEntries([[entry, pick]]),
    /** A page was read again: what was sent stays, what was not is replaced. `key`: that of its tab. */
    readAgain: ({ source }: MeasuredSource, entry: MeasuredSource, key: string): Promise<void> =>
      change((before) => withReadAgain(before, source.id, entry, key)),
    /** Takes away what was picked under these keys and nothing else has brought. */
    detachPicked: (keys: readonly string[]) =>
      void change((before) => withoutPicks(before, keys)).catch(() => {}),
    /** Takes a source away that has not been sent. */
    detach: ({ source }: MeasuredSource) =>
      void change(({ attached, leftOut }) => ({
        attached: attached.filter((entry) => entry.source.id !== source.id),
        leftOut: leftOut.filter((id) => id !== source.id),
      })).catch(() => {}),
    /** Brings it back, to where it stood. */
    reattach: (entry: MeasuredSource) =>
      void change((before) => {
        const { id } = entry.source;
        const pick = before.picks?.find((known) => known.id === id) ?? { key: id, place: nextPlace() };
        return withAttached(before, entry, pick);
      }).catch(() => {}),
    /** A new chat is about the page in front again. What is attached stays. */
    forget: useCallback(() => {
      const none = { leftOut: [], added: [] };
      void (draftId === newChat ? change(() => none) : draftStore.forgetChoices(newChat)).catch(() => {});
    }, [draftId, change]),
  };
}
