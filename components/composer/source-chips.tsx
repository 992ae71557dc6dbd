import { Layers, Plus, RotateCw, X } from 'lucide-react';
import { Fragment } from 'react';
import type { NextSource } from '@/utils/chat/next-request';
import { t } from '@/utils/i18n';
import { beginningOf, formatTokens } from '../format';
import { SourceNumber } from '../ui/source-number';

/** Titles are as long as pages make them; a chip shows a few words, and nobody reads more in a tooltip. */
const longestTitle = 200;

/** Up to so many sources each has a chip; more of them are one, so that the question keeps its room. */
const mostChips = 3;

/** Up to so many tabs each has a chip. */
const mostTabs = 2;

/** A title as chips and labels show it. */
export const titleOf = ({ source }: NextSource['entry']): string =>
  beginningOf(source.title || t('page.untitled'), longestTitle);

/** The sources that go with the next question, and those that could. */
export function SourceChips({
  sources,
  changed,
  onOut,
  onOpen,
}: {
  /** Of these the ones in the chat stay unless the tray leaves them out. */
  sources: NextSource[];
  /** Which have changed on their pages since they were read, by their ids. */
  changed?: { has(id: string): boolean };
  onOut: (source: NextSource, out: boolean) => void;
  /** Shows all of them. */
  onOpen: () => void;
}) {
  const going = sources.filter(({ out, aside }) => !out && !aside);
  const aside = sources.filter((source) => source.aside);
  const fresh = going.filter(({ sent }) => !sent);
  const tabs = going.filter(({ entry }) => entry.source.kind === 'tab');
  const others = going.filter((source) => !tabs.includes(source));
  // Of several tabs the first has a chip, of what is new where something is.
  const isFolded = tabs.length > mostTabs && others.length < mostChips;
  const first = tabs.find(({ sent }) => !sent) ?? tabs[0];
  const alone =
    isFolded && first
      ? [first, ...others]
      : going.length <= mostChips
        ? going
        : fresh.length < mostChips
          ? fresh
          : [];
  const rest = going.length - alone.length;
  const offered = sources.filter(({ out, sent }) => out && !sent);
  const offers = offered.length + alone.length <= mostChips ? offered : [];
  return (
    <>
      {rest > 0 && !isFolded && (
        <button type="button" className="chip chip-all" aria-haspopup="dialog" onClick={onOpen}>
          <Layers className="icon icon-small" aria-hidden="true" />
          <span>{t(alone.length > 0 ? 'composer.moreSources' : 'composer.sources', { count: rest })}</span>
          <span className="meta">≈{formatTokens(sum(going) - sum(alone))}</span>
        </button>
      )}
      {alone.map((source) => (
        <Fragment key={source.entry.source.id}>
          <Chip
            source={source}
            onOut={onOut}
            onChanged={changed?.has(source.entry.source.id) ? onOpen : undefined}
          />
          {isFolded && source === first && (
            <button type="button" className="chip chip-all" aria-haspopup="dialog" onClick={onOpen}>
              <span>{t('composer.moreTabs', { count: rest })}</span>
              <span className="meta">≈{formatTokens(sum(going) - sum(alone))}</span>
            </button>
          )}
        </Fragment>
      ))}
      {aside.length > 0 && (
        <button type="button" className="chip chip-all chip-aside" aria-haspopup="dialog" onClick={onOpen}>
          <span>{t('composer.aside', { count: aside.length })}</span>
        </button>
      )}
      {offers.map((source) => (
        <Offer key={source.entry.source.id} source={source} onAdd={() => onOut(source, false)} />
      ))}
    </>
  );
}

const sum = (sources: NextSource[]) => sources.reduce((tokens, source) => tokens + source.tokens, 0);

function Chip({
  source,
  onOut,
  onChanged,
}: {
  source: NextSource;
  onOut: (source: NextSource, out: boolean) => void;
  /** Shows what has changed; absent where nothing has. */
  onChanged?: () => void;
}) {
  const title = titleOf(source.entry);
  return (
    <span className="chip">
      <SourceNumber number={source.number} />
      <bdi className="ellipsis" lang={source.entry.source.lang}>
        {title}
      </bdi>
      <span className="meta">{formatTokens(source.tokens)}</span>
      {onChanged && (
        <button
          type="button"
          className="chip-close chip-changed"
          aria-haspopup="dialog"
          aria-label={t('composer.changed', { title })}
          title={t('composer.changed', { title })}
          onClick={onChanged}
        >
          <RotateCw className="icon icon-small" aria-hidden="true" />
        </button>
      )}
      {!source.sent && (
        <button
          type="button"
          className="chip-close"
          aria-label={t('composer.remove', { title })}
          onClick={() => onOut(source, true)}
        >
          <X className="icon icon-small" aria-hidden="true" />
        </button>
      )}
    </span>
  );
}

function Offer({ source, onAdd }: { source: NextSource; onAdd: () => void }) {
  const title = titleOf(source.entry);
  return (
    <button
      type="button"
      className="chip chip-offer"
      aria-label={t('composer.add', { title })}
      onClick={onAdd}
    >
      <Plus className="icon icon-small" aria-hidden="true" />
      <bdi className="ellipsis" lang={source.entry.source.lang}>
        {title}
      </bdi>
      <span className="meta">{formatTokens(source.tokens)}</span>
    </button>
  );
}
