import { BookmarkPlus, Check, Copy, Ellipsis, Square, Volume2 } from 'lucide-react';
import { lazy, Suspense, useEffect, useId, useRef, useState } from 'react';
import { sayAlso, t } from '@/utils/i18n';
import type { Bubble as BubbleRun, BubbleState } from '@/utils/translate/bubble';
import { useCopy } from '../answer/use-copy';
import { IconButton } from '../ui/icon-button';
import { useOverlayActions } from './actions';
import type { OverlayLine } from './line';
import { useVoice } from './use-voice';

await sayAlso('overlay');

const AddTerm = lazy(async () => ({ default: (await import('./add-term')).AddTerm }));
const BubbleMore = lazy(async () => ({ default: (await import('./bubble-more')).BubbleMore }));

/** What can be done with a translation. Nothing of it is dangerous: a page may guess where these buttons are. */
export function BubbleFooter({
  line,
  run,
  state,
}: {
  line: OverlayLine;
  run: BubbleRun;
  state: BubbleState;
}) {
  const { status, text, to } = state;
  const { addTerm } = useOverlayActions();
  const [copied, copy] = useCopy();
  const voice = useVoice(to);
  const [open, setOpen] = useState<'term' | 'more'>();
  const termButton = useRef<HTMLButtonElement>(null);
  const moreButton = useRef<HTMLButtonElement>(null);
  const stopButton = useRef<HTMLButtonElement>(null);
  /** The button to which the focus goes back from a part that is closing; it may be there only when the text is. */
  const returning = useRef<'term' | 'more'>(undefined);
  /** Something was asked for and has not begun: the buttons will change once more. */
  const isAsking = useRef(false);
  const [isSaved, setSaved] = useState(false);
  const part = useId();
  const isBusy = status === 'reading' || status === 'waiting' || status === 'streaming';
  const toggle = (which: 'term' | 'more') => {
    setSaved(false);
    setOpen(open === which ? undefined : which);
  };
  const close = (asks = false) => {
    isAsking.current = asks;
    returning.current = open;
    setOpen(undefined);
  };
  useEffect(() => {
    if (!returning.current || open) return;
    const { activeElement } = document;
    const button = (returning.current === 'term' ? termButton : moreButton).current;
    const isOurs = [document.body, stopButton.current, button].includes(activeElement as HTMLElement);
    if (isOurs) (button && !button.disabled ? button : stopButton.current)?.focus();
    if (isBusy) isAsking.current = false;
    if (!isOurs || !(isBusy || isAsking.current)) returning.current = undefined;
  });
  return (
    <>
      <footer>
        {isBusy && !text ? (
          <button
            // Of its own, or it would become the one that copies, with the focus that it has.
            key="stop"
            ref={stopButton}
            type="button"
            className="button button-quiet button-small"
            onClick={run.stop}
          >
            <Square className="icon icon-small" aria-hidden="true" />
            {t('action.stop')}
          </button>
        ) : (
          <>
            <button
              type="button"
              className="button button-quiet button-small"
              disabled={isBusy}
              onClick={() => copy(text)}
            >
              {copied ? (
                <Check className="icon icon-small" aria-hidden="true" />
              ) : (
                <Copy className="icon icon-small" aria-hidden="true" />
              )}
              {copied ? t('action.copied') : t('bubble.copy')}
            </button>
            {voice && (
              <button
                type="button"
                className="button button-quiet button-small"
                disabled={isBusy}
                aria-pressed={voice.isSpeaking}
                onClick={() => voice.toggle(text)}
              >
                {voice.isSpeaking ? (
                  <Square className="icon icon-small" aria-hidden="true" />
                ) : (
                  <Volume2 className="icon icon-small" aria-hidden="true" />
                )}
                {voice.isSpeaking ? t('bubble.silence') : t('bubble.listen')}
              </button>
            )}
            {addTerm && (
              <button
                ref={termButton}
                type="button"
                className="button button-quiet button-small"
                disabled={isBusy}
                aria-expanded={open === 'term'}
                aria-controls={open === 'term' ? part : undefined}
                onClick={() => toggle('term')}
              >
                <BookmarkPlus className="icon icon-small" aria-hidden="true" />
                {t('bubble.addTerm')}
              </button>
            )}
            <span className="grow" />
            {isBusy && <IconButton icon={Square} label={t('action.stop')} onClick={run.stop} />}
            <button
              ref={moreButton}
              type="button"
              className="icon-button"
              aria-label={t('bubble.more')}
              title={t('bubble.more')}
              aria-expanded={open === 'more'}
              aria-controls={open === 'more' ? part : undefined}
              onClick={() => toggle('more')}
            >
              <Ellipsis className="icon" aria-hidden="true" />
            </button>
          </>
        )}
      </footer>
      {open && (
        <Suspense>
          <section
            id={part}
            className="bubble-part"
            aria-label={t(open === 'term' ? 'bubble.addTerm' : 'bubble.more')}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return;
              // The part closes, the bubble stays.
              event.preventDefault();
              close();
            }}
          >
            {open === 'term' ? (
              <AddTerm
                state={state}
                onClose={() => close()}
                onSaved={() => {
                  setSaved(true);
                  close();
                }}
              />
            ) : (
              <BubbleMore line={line} run={run} state={state} onDone={() => close(true)} />
            )}
          </section>
        </Suspense>
      )}
      <div role="status">
        {isSaved && !isBusy && (
          <p className="bubble-note bubble-saved">
            {t('bubble.termSaved')}
            <button
              type="button"
              className="text-button"
              onClick={() => {
                setSaved(false);
                returning.current = 'term';
                isAsking.current = true;
                void run.start();
              }}
            >
              {t('bubble.againWith')}
            </button>
          </p>
        )}
      </div>
    </>
  );
}
