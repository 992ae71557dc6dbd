import { TextAlignStart, X } from 'lucide-react';
import type { Gathered, Gathering } from '@/utils/chat/gathering';
import { plainPassage } from '@/utils/citations';
import type { MeasuredSource } from '@/utils/context/compose';
import { t } from '@/utils/i18n';
import { passageText, type Source } from '@/utils/source';
import { beginningOf, hostOf } from '../format';
import { LetterTile } from '../ui/letter-tile';
import { WaitingMoon } from '../ui/moon';
import { useActions } from './actions';
import { shareOf } from './pdf-progress';
import { ReadTag } from './read-tag';
import { TroubleNotice } from './trouble-notice';

/** What came from outside the panel and goes with the next question: how much of it was read, and what was in the way. */
export function GatheredList({
  items,
  attached,
  gathering,
  onDetach,
  onSummarize,
}: {
  /** Still on their way. */
  items: Gathered[];
  /** Texts of links and selections that are there. */
  attached: MeasuredSource[];
  gathering: Gathering;
  onDetach: (entry: MeasuredSource) => void;
  /** Absent while nothing else can be sent. */
  onSummarize?: (entry: MeasuredSource) => void;
}) {
  return (
    <section className="gathered" aria-label={t('gathered.label')}>
      {attached.map((entry) =>
        entry.source.kind === 'link' ? (
          <LinkCard
            key={entry.source.id}
            entry={entry}
            onRemove={() => onDetach(entry)}
            onSummarize={onSummarize && (() => onSummarize(entry))}
          />
        ) : (
          <SelectionCard key={entry.source.id} source={entry.source} onRemove={() => onDetach(entry)} />
        ),
      )}
      {items.map((item) => {
        const remove = () => gathering.remove(item.id);
        if (item.status === 'reading') return <Reading key={item.id} item={item} onStop={remove} />;
        if (item.status === 'trouble')
          return <Trouble key={item.id} item={item} gathering={gathering} onRemove={remove} />;
        return null;
      })}
    </section>
  );
}

function Trouble({
  item: { id, kind, key, url, trouble },
  gathering,
  onRemove,
}: {
  item: Gathered & { status: 'trouble' };
  gathering: Gathering;
  onRemove: () => void;
}) {
  const { openLink } = useActions();
  const openInTab = () => {
    if (url) openLink(url);
    onRemove();
  };
  // What the browser did not give once it does not give again.
  const isMoot = /^(selection-|image-kind)/.test(trouble.code);
  return (
    <TroubleNotice
      trouble={trouble}
      on={{
        retry: isMoot ? undefined : () => gathering.retry(id),
        open: (kind === 'link' || trouble.code === 'tab-closed') && url ? openInTab : undefined,
        wake: key === undefined ? undefined : () => gathering.wake(key),
        allow: key === undefined ? undefined : () => void gathering.allowPicked(),
        dismiss: onRemove,
      }}
    />
  );
}

function Reading({ item, onStop }: { item: Gathered & { status: 'reading' }; onStop: () => void }) {
  const host = hostOf(item.url);
  const { progress } = item;
  const pages = progress && 'page' in progress ? progress : undefined;
  const sentence =
    item.kind === 'picture'
      ? t('gathered.picture')
      : pages
        ? t('gathered.readingPages', { host, ...pages })
        : t('gathered.reading', { host });
  return (
    <p className="answer-status" role="status">
      <WaitingMoon share={progress && shareOf(progress)} />
      <span className="grow">{sentence}</span>
      <button type="button" className="text-button" onClick={onStop}>
        {t('action.stop')}
      </button>
    </p>
  );
}

function LinkCard({
  entry: { source },
  onRemove,
  onSummarize,
}: {
  entry: MeasuredSource;
  onRemove: () => void;
  onSummarize?: () => void;
}) {
  const title = source.title || hostOf(source.url) || t('page.untitled');
  return (
    <article className="gathered-card">
      <LetterTile url={source.url} title={title} large />
      <h2 lang={source.lang}>
        <bdi>{title}</bdi>
      </h2>
      <Remove title={title} onRemove={onRemove} />
      <p className="page-card-facts">
        <span>{hostOf(source.url)}</span>
        <span aria-hidden="true">·</span>
        {source.pages !== undefined && (
          <>
            <span>{t('pdf.pages', { count: source.pages })}</span>
            <span aria-hidden="true">·</span>
          </>
        )}
        <span>{t('page.words', { count: source.words })}</span>
        <ReadTag source={source} />
      </p>
      {onSummarize && (
        <button type="button" className="row" onClick={onSummarize}>
          <TextAlignStart className="icon icon-large" aria-hidden="true" />
          <span className="grow">{t('gathered.summarizeLink')}</span>
        </button>
      )}
    </article>
  );
}

/** The beginning of the selected text is shown to tell which one it is; the whole of it goes along. */
function SelectionCard({ source, onRemove }: { source: Source; onRemove: () => void }) {
  return (
    <article className="gathered-card gathered-selection">
      <blockquote lang={source.lang}>
        <bdi>{opening(source)}</bdi>
      </blockquote>
      <Remove title={source.title} onRemove={onRemove} />
      <p className="page-card-facts">
        <span>{t('gathered.selection')}</span>
        <span aria-hidden="true">·</span>
        <span>{t('page.words', { count: source.words })}</span>
        <ReadTag source={source} />
      </p>
    </article>
  );
}

function Remove({ title, onRemove }: { title: string; onRemove: () => void }) {
  return (
    <button
      type="button"
      className="chip-close"
      aria-label={t('composer.remove', { title })}
      onClick={onRemove}
    >
      <X className="icon icon-small" aria-hidden="true" />
    </button>
  );
}

/** Passages that fill more than the lines that are shown. */
const shownPassages = 4;
/** Letters of each of them; the style sheet ends the last line that has room. */
const mostShown = 400;

const opening = (source: Source): string =>
  source.segments
    .slice(0, shownPassages)
    .map(({ number }) => plainPassage(beginningOf(passageText(source, number) ?? '', mostShown)))
    .join(' ');
