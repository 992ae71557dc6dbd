import { Link, X } from 'lucide-react';
import { useState } from 'react';
import type { Gathering } from '@/utils/chat/gathering';
import { isOnlyLinks, linksIn } from '@/utils/chat/links-in-question';
import { t } from '@/utils/i18n';
import { hostOf } from '../format';
import { useActions } from '../panel/actions';
import { focusComposer } from '../panel/focus-composer';
import { useWatched } from '../use-watched';

/** Offers to read what the links in the question lead to. The question stays as it is, unless it is nothing but links. */
export function LinkOffer({
  draft,
  onDraft,
  gathering,
  known,
}: {
  draft: string;
  onDraft: (text: string) => void;
  gathering: Gathering;
  /** Addresses of what is read already. */
  known: readonly (string | undefined)[];
}) {
  const { allow } = useActions();
  const items = useWatched(gathering);
  const [declined, setDeclined] = useState<readonly string[]>([]);
  const had = [...known, ...declined, ...items.map(({ url }) => url)];
  const links = linksIn(draft).filter((link) => !had.includes(link) && !had.includes(URL.parse(link)?.href));
  const [first] = links;
  if (first === undefined) return null;
  const read = () => {
    // The click is the one that the browser wants to see before it asks; without leave, what was to be read says so.
    void allow(...links).then(() => {
      for (const link of links) void gathering.readLink(crypto.randomUUID(), link);
    });
    if (isOnlyLinks(draft, links)) onDraft('');
    focusComposer();
  };
  return (
    <div className="pasted-note">
      <Link className="icon icon-small" aria-hidden="true" />
      <button type="button" className="text-button" onClick={read}>
        {links.length === 1
          ? t('paste.readLink', { host: hostOf(first) ?? first })
          : t('paste.readLinks', { count: links.length })}
      </button>
      <span className="grow" />
      <button
        type="button"
        className="chip-close"
        aria-label={t('action.close')}
        onClick={() => {
          setDeclined([...declined, ...links]);
          focusComposer();
        }}
      >
        <X className="icon icon-small" aria-hidden="true" />
      </button>
    </div>
  );
}
