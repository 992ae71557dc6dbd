import { Check } from 'lucide-react';
import { memo, useId, useState } from 'react';
import type { Candidate, Gathering } from '@/utils/chat/gathering';
import { t } from '@/utils/i18n';
import { beginningOf, formatMoment, formatTokens, hostOf } from '../format';
import { useActions } from '../panel/actions';
import { missingFrom, partly } from '../panel/read-tag';
import { LetterTile } from '../ui/letter-tile';
import { WaitingMoon } from '../ui/moon';
import { SourceNumber } from '../ui/source-number';
import { namesOf } from './names';
import { needsYes, type PickState } from './pick-states';
import { headOf } from './picker-rows';
import { type RowAction, troubleActions, troubleWords } from './row-trouble';

/** Titles are as long as pages make them; a row shows one line. */
const longestTitle = 300;

export const candidateTitle = ({ title, url, kind }: Candidate): string =>
  beginningOf(
    title.trim() || hostOf(url) || t(kind === 'tab' ? 'picker.unnamedTab' : 'page.untitled'),
    longestTitle,
  );

export interface RowProps {
  candidate: Candidate;
  /** The id of its group, whose name screen readers hear with it. */
  group: string;
  state: PickState;
  /** It has the focus, or gets it next: the others are passed over by Tab. */
  isActive: boolean;
  gathering: Gathering;
  onTick: (candidate: Candidate, on: boolean) => void;
}

/** One thing to pick: the whole row is its checkbox; below stands what is in the way and what may help. */
export const CandidateRow = memo(function CandidateRow(props: RowProps) {
  const { candidate, group, state, isActive, gathering, onTick } = props;
  const actions = useActions();
  const [isAsking, setAsking] = useState(false);
  const about = useId();
  const { ticked, status, item } = state;
  const title = candidateTitle(candidate);
  const isFixed = status === 'barred' || status === 'in-chat' || (status === 'reading' && !item);
  const tabId = candidate.kind === 'tab' ? candidate.tabId : undefined;
  const toggle = () => {
    if (isFixed) return;
    if (!ticked && needsYes(candidate, state)) setAsking(!isAsking);
    else onTick(candidate, !ticked);
  };
  const answer = (isYes: boolean) => () => {
    setAsking(false);
    if (isYes) onTick(candidate, true);
  };
  const helps: RowAction[] = isAsking
    ? [
        { label: t('picker.sensitiveYes'), run: answer(true) },
        { label: t('picker.sensitiveNo'), run: answer(false) },
      ]
    : item?.status === 'trouble'
      ? troubleActions(item, tabId, gathering, actions)
      : [];
  const host = hostOf(candidate.url);
  return (
    <div className={status === 'barred' ? 'picker-row is-barred' : 'picker-row'}>
      {/* biome-ignore lint/a11y/useSemanticElements: the row is the box, and an input cannot hold it */}
      <button
        type="button"
        role="checkbox"
        aria-checked={ticked}
        aria-disabled={isFixed || undefined}
        aria-label={host && host !== title ? `${title}, ${host}` : title}
        aria-describedby={`${headOf(group)} ${about}`}
        data-stop=""
        tabIndex={isActive ? 0 : -1}
        className="picker-pick"
        onClick={toggle}
      >
        <span className="picker-box" aria-hidden="true">
          {ticked && <Check className="icon" />}
        </span>
        <LetterTile url={candidate.url} title={title} />
        <span className="grow">
          <bdi className="ellipsis row-text">{title}</bdi>
          <span className="picker-facts" id={about}>
            <Facts {...props} host={host} />
            {isAsking && <span className="picker-why">{t('picker.sensitive')}</span>}
          </span>
        </span>
        <Size state={state} candidate={candidate} />
      </button>
      {helps.length > 0 && (
        <span className="picker-helps">
          {helps.map(({ label, run }) => (
            <button
              key={label}
              type="button"
              className="text-button"
              tabIndex={isActive ? 0 : -1}
              aria-label={t('picker.helpFor', { action: label, title })}
              onClick={({ currentTarget }) => {
                run();
                // The button goes when it has helped; its row stays.
                currentTarget.closest('.picker-row')?.querySelector<HTMLElement>('[data-stop]')?.focus();
              }}
            >
              {label}
            </button>
          ))}
        </span>
      )}
    </div>
  );
});

const barredWords = {
  'browser-page': 'picker.barred.browser-page',
  'never-read': 'picker.barred.never-read',
  'file-access': 'picker.barred.file-access',
} as const;

/** What is known of it, or what is in the way. */
function Facts({ candidate, state, host }: RowProps & { host: string }) {
  const { item, status } = state;
  if (item?.status === 'trouble') return <span className="picker-why">{troubleWords(item)}</span>;
  const words = [host];
  if (candidate.kind === 'tab') {
    if (candidate.isFront) words.push(t('picker.front'));
    if (candidate.barred) words.push(t(barredWords[candidate.barred]));
    else if (candidate.isAsleep && status === 'free') words.push(t('picker.why.asleep'));
  } else if (candidate.kind === 'source') words.push(formatMoment(candidate.readAt));
  else if (candidate.kind === 'chat') words.push(formatMoment(candidate.updatedAt));
  if (status === 'queued') words.push(t('picker.queued'));
  if (status === 'in-chat') words.push(t('picker.inChat'));
  if (status === 'reading') {
    const progress = item?.status === 'reading' ? item.progress : undefined;
    words.push(
      progress && 'page' in progress ? t('picker.readingPages', { ...progress }) : t('picker.reading'),
    );
  }
  const read = state.source?.entry.source;
  const missing = read && missingFrom(read);
  return (
    <>
      <span className="ellipsis">{words.filter(Boolean).join(' · ')}</span>
      {/* What is said of the text itself is never cut short. */}
      {missing && <span>{partly(read, missing)}</span>}
      {state.twins && <span>{t('picker.sameText', { names: namesOf(state.twins) })}</span>}
    </>
  );
}

function Size({ state, candidate }: Pick<RowProps, 'state' | 'candidate'>) {
  const { status, source, ticked, item } = state;
  if (status === 'queued' || status === 'reading') {
    const progress = item?.status === 'reading' ? item.progress : undefined;
    const share =
      status === 'queued' ? 0 : progress && 'page' in progress ? progress.page / progress.pages : undefined;
    return <WaitingMoon share={share} />;
  }
  if (source)
    return (
      <span className="picker-size">
        ≈{formatTokens(source.tokens)}
        {ticked && <SourceNumber number={source.number} />}
      </span>
    );
  return candidate.kind === 'source' ? (
    <span className="picker-size">≈{formatTokens(candidate.tokens)}</span>
  ) : null;
}
