import { Eye, FileDiff, MessagesSquare } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ActivePageState } from '@/utils/chat/active-page';
import type { NextRequest, NextSource } from '@/utils/chat/next-request';
import type { Wish } from '@/utils/chat/next-sources';
import type { PageChange } from '@/utils/chat/page-changes';
import { sameTexts } from '@/utils/chat/same-texts';
import type { MeasuredSource } from '@/utils/context/compose';
import { sayAlso, t } from '@/utils/i18n';
import type { PickRecord } from '@/utils/store/records';
import { titleOf } from '../composer/source-chips';
import { useReadingAgain } from '../files/use-reading-again';
import { formatNumber, formatTokens } from '../format';
import { useActions } from '../panel/actions';
import { Moon } from '../ui/moon';
import { Sheet } from '../ui/sheet';
import { useMoney } from '../use-money';
import { TrayBar } from './tray-bar';
import { TrayList } from './tray-list';
import { TrayRow } from './tray-row';
import { usePageChanges } from './use-page-changes';

await sayAlso('sheets');

export interface ContextTrayProps {
  next: NextRequest;
  /** The provider that counts what it is sent; absent where nothing is sent. */
  provider?: string;
  /** Questions and answers of this chat so far. */
  messages: number;
  page: ActivePageState;
  /** Id of a page that is only offered to this chat. */
  offered?: string;
  /** Ids of sources that can be taken away. */
  attached: ReadonlySet<string>;
  onWish: (source: NextSource, wish: Wish) => void;
  /** Asks about all of these, or about none. */
  onAskAbout: (sources: NextSource[], asked: boolean) => void;
  /** What the next question would be with a source, or without it. */
  preview: (source: NextSource, out: boolean) => NextRequest | undefined;
  onDetach: (entry: MeasuredSource) => void;
  onReattach: (entry: MeasuredSource) => void;
  /** How what is attached was picked. */
  picks: readonly PickRecord[];
  /** Reads a page again that has changed; resolves when the newer reading is attached. */
  onReadAgain: (source: NextSource, change: PageChange) => Promise<void>;
  /** What has changed since it was read, by the ids of the sources: at first, and whenever more is known. */
  onChanges: (changes: ReadonlyMap<string, PageChange>) => void;
  /** Who reads files once more, and what is attached then. */
  files: Parameters<typeof useReadingAgain>;
  onExactText: () => void;
  onClose: () => void;
}

/** What the model will read with the next question: every source, its size and its switch, and what it comes to. */
export function ContextTray(props: ContextTrayProps) {
  const { next, provider, messages, page, offered, attached, onWish, onAskAbout, onClose } = props;
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [removed, setRemoved] = useState<MeasuredSource>();
  const { openPicker } = useActions();
  const { sources } = next;
  const twins = useMemo(() => sameTexts(sources), [sources]);
  const front = page.status === 'ready' ? page : undefined;
  const tabs = useMemo(() => tabsOf(props.picks), [props.picks]);
  const again = useReadingAgain(...props.files);
  const changes = usePageChanges(sources, front, props.onChanges);
  const readAgain = async (some: NextSource[]) => {
    // One after the other: each attaches what it found.
    for (const source of some) {
      const change = changes.get(source.entry.source.id);
      if (change) await props.onReadAgain(source, change).catch(() => {});
    }
    const [only] = some;
    const id = only && changes.get(only.entry.source.id)?.now.id;
    // The button goes; the row of what was read stays, or comes in its place.
    if (id) focusWhenThere(id);
  };
  const changed = sources.filter(({ out, entry }) => !out && changes.has(entry.source.id));
  const toggle = (id: string, isOpen: boolean) => {
    const ids = new Set(open);
    if (isOpen) ids.add(id);
    else ids.delete(id);
    setOpen(ids);
  };
  const drawRow = (source: NextSource) => {
    const { entry } = source;
    const { id } = entry.source;
    const isFront = front?.page.source.id === id;
    return (
      <TrayRow
        source={source}
        next={next}
        twin={twins.get(id)}
        tabs={tabs.get(id)}
        change={source.out ? undefined : changes.get(id)}
        onReadAgain={() => void readAgain([source])}
        again={again}
        page={isFront ? front : undefined}
        offered={offered === id}
        open={open.has(id)}
        onOpen={(isOpen) => toggle(id, isOpen)}
        onWish={(wish) => onWish(source, wish)}
        preview={(out) => props.preview(source, out)}
        onRemove={
          attached.has(id)
            ? () => {
                props.onDetach(entry);
                setRemoved(entry);
              }
            : undefined
        }
      />
    );
  };
  return (
    <Sheet title={t('tray.title')} onClose={onClose}>
      <Summary next={next} provider={provider} />
      {changed.length > 0 && (
        <p className="tray-note is-changed tray-changes" role="status">
          <FileDiff className="icon icon-small" aria-hidden="true" />
          <span>
            {t('tray.changed', { count: changed.length })}{' '}
            {changed.length > 1 && (
              <button type="button" className="text-button" onClick={() => void readAgain(changed)}>
                {t('tray.readAllAgain')}
              </button>
            )}
          </span>
        </p>
      )}
      <TrayList
        sources={sources}
        drawRow={drawRow}
        onAskAbout={onAskAbout}
        onAddTabs={
          openPicker &&
          (() => {
            onClose();
            openPicker();
          })
        }
      >
        {sources.length === 0 && <p className="tray-none">{t('tray.none')}</p>}
        {removed && (
          <Removed
            entry={removed}
            onUndo={() => {
              props.onReattach(removed);
              setRemoved(undefined);
            }}
          />
        )}
        {next.others > 0 && (
          <>
            <div className="tray-group">
              <h3 className="eyebrow">{t('tray.chat')}</h3>
            </div>
            <div className="tray-row tray-talk">
              <span className="tray-number" aria-hidden="true">
                <MessagesSquare className="icon icon-small" />
              </span>
              <span className="grow">{t('tray.messages', { count: messages })}</span>
              <span className="tray-tokens">≈{formatTokens(next.others)}</span>
            </div>
          </>
        )}
      </TrayList>
      <div className="sheet-footer">
        <button type="button" className="button button-line button-small" onClick={props.onExactText}>
          <Eye className="icon icon-small" aria-hidden="true" />
          {t('tray.exact')}
        </button>
        <span className="grow" />
        <button type="button" className="button button-solid button-small" onClick={onClose}>
          {t('tray.done')}
        </button>
      </div>
    </Sheet>
  );
}

/** Of each source that several tabs have become what these were called; of one tab there is nothing to say. */
function tabsOf(picks: readonly PickRecord[]): Map<string, { title: string; url?: string }[]> {
  const shared = [...Map.groupBy(picks, ({ id }) => id)].filter(([, held]) => held.length > 1);
  return new Map(shared.map(([id, held]) => [id, held.map(({ title = '', url }) => ({ title, url }))]));
}

/** Frames that a row may take until it is drawn. */
const patience = 20;

function focusWhenThere(id: string, frames = patience): void {
  const sheet = document.querySelector('dialog[open]');
  const title = sheet?.querySelector<HTMLElement>(`[data-source="${CSS.escape(id)}"]`);
  if (title) title.focus();
  else if (frames > 0) requestAnimationFrame(() => focusWhenThere(id, frames - 1));
  else sheet?.querySelector('h2')?.focus();
}

function Summary({ next, provider }: { next: NextRequest; provider?: string }) {
  const { total, window, reserve, share, cached, lost, cost } = next;
  const money = useMoney();
  const isEndless = !Number.isFinite(window);
  const left = window - total - reserve;
  const going = next.sources.filter(({ out }) => !out);
  const asked = going.filter(({ aside }) => !aside);
  return (
    <div className="tray-summary">
      <p className="tray-total">
        <b>≈{formatNumber(total)}</b>
        <span>{isEndless ? t('tray.endless') : t('tray.of', { window: formatNumber(window) })}</span>
        <span className="grow" />
        <Moon share={share} size={22} />
      </p>
      <TrayBar next={next} />
      <p className="tray-legend">
        {cached > 0 && (
          <>
            <span className="tray-key is-cached">{t('tray.cached')}</span>
            <span className="tray-key">{t('tray.fresh')}</span>
          </>
        )}
        {!isEndless && (
          <>
            <span className="tray-key is-reserve">
              {t('tray.reserve', { tokens: formatTokens(reserve) })}
            </span>
            {left < 0 ? (
              <b className="over">{t('tray.over', { tokens: `≈${formatTokens(-left)}` })}</b>
            ) : (
              <span>{t('tray.free', { tokens: `≈${formatTokens(left)}` })}</span>
            )}
          </>
        )}
      </p>
      {provider && total > 0 && (
        <p className="tray-cost">
          <span>{cost ? t('tray.cost', { cost: money(cost) }) : t('tray.noPrice')}</span>
          <span className="meta">{t('tray.estimated', { provider })}</span>
        </p>
      )}
      {asked.length < going.length && (
        <p className="tray-asked" role="status">
          {t('tray.asked', { asked: asked.length, count: going.length })}
        </p>
      )}
      {lost > 0 && (
        <p className="tray-lost" role="status">
          {t('tray.lost', { tokens: `≈${formatTokens(lost)}` })}
        </p>
      )}
    </div>
  );
}

/** Stands where the focus was: what was taken away can be brought back. */
function Removed({ entry, onUndo }: { entry: MeasuredSource; onUndo: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <p className="tray-removed" role="status">
      <span className="grow">{t('tray.removed', { title: titleOf(entry) })}</span>
      <button
        ref={button}
        type="button"
        className="text-button"
        onClick={() => {
          // The button goes; the title of the sheet is the nearest thing that stays.
          button.current?.closest('dialog')?.querySelector('h2')?.focus();
          onUndo();
        }}
      >
        {t('tray.undo')}
      </button>
    </p>
  );
}
