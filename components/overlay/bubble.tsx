import { PanelRight, X } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { getLanguage, languages, sayAlso, t } from '@/utils/i18n';
import { overlayPlace } from '@/utils/store/overlay-place';
import type { Bubble as BubbleRun, BubbleState } from '@/utils/translate/bubble';
import { directionOf, languageName } from '@/utils/translate/languages';
import { placeOf } from '../answer/quoted-passage';
import { IconButton } from '../ui/icon-button';
import { useOverlayActions } from './actions';
import { BubbleFooter } from './bubble-footer';
import type { OverlayLine } from './line';
import { MarkedTranslation, TermLines } from './term-lines';
import { useDrag } from './use-drag';

await sayAlso('overlay');

const BubbleTrouble = lazy(async () => ({ default: (await import('./bubble-trouble')).BubbleTrouble }));

/** Words up to this length are shown where the selection was widened to whole words. */
const shownWords = 160;

/** A selection, its translation, what its words were taken to mean, and what can be done with it. */
export function Bubble({ line, run, state }: { line: OverlayLine; run: BubbleRun; state: BubbleState }) {
  const actions = useOverlayActions();
  const drag = useDrag(line, actions.zoom);
  const heading = useRef<HTMLElement>(null);
  const [pinTrouble, setPinTrouble] = useState(false);
  const { status, selected, from, to, text, terms, alternatives } = state;
  const isBusy = status === 'reading' || status === 'waiting' || status === 'streaming';

  useEffect(() => {
    void overlayPlace.read().then((side) => side && line.send({ type: 'side', side }));
    return line.listen((message) => {
      if (message.type === 'dropped') void overlayPlace.write(message.side);
    });
  }, [line]);

  const pin = () => {
    const result = run.result();
    if (!result) return;
    // First of all, or the browser takes it for something that nobody asked for.
    void actions.openPanel().catch((error) => console.error('The panel did not open:', error));
    void (async () => {
      try {
        // The panel takes it when it is there; where it is open already there is nothing to wait for.
        await actions.showChat(await actions.keepAsChat(result));
        line.send({ type: 'close' });
      } catch (error) {
        console.error(error);
        setPinTrouble(true);
      }
    })();
  };

  return (
    <section className="bubble" aria-label={t('bubble.label')} aria-busy={isBusy}>
      <header {...drag}>
        <b ref={heading}>
          {from && (
            <>
              {languageName(from)}
              <span aria-hidden="true"> → </span>
              <span className="for-screen-readers">{t('bubble.to')}</span>
            </>
          )}
          {!from && <span aria-hidden="true">→ </span>}
          <span lang={to === languages[getLanguage()].tag ? undefined : to}>{languageName(to, to)}</span>
        </b>
        <Context state={state} />
        <span className="grow" />
        {status === 'done' && <IconButton icon={PanelRight} label={t('bubble.pin')} onClick={pin} />}
        <IconButton icon={X} label={t('action.close')} onClick={() => line.send({ type: 'close' })} />
      </header>
      {selected.chosen !== undefined && selected.text.length <= shownWords && (
        <p className="bubble-widened">
          {t('bubble.widened')} <bdi lang={from}>{selected.text}</bdi>
        </p>
      )}
      {text ? (
        <p className="bubble-text" lang={to} dir={directionOf(to)}>
          <MarkedTranslation text={text} terms={terms} />
          {status === 'streaming' && alternatives.length === 0 && (
            <span className="caret" aria-hidden="true" />
          )}
        </p>
      ) : (
        isBusy && (
          <div className="bubble-skeleton" aria-hidden="true">
            <div className="skeleton" />
            <div className="skeleton" />
          </div>
        )
      )}
      {alternatives.length > 0 && (
        <ul className="bubble-alternatives" aria-label={t('bubble.alternatives')}>
          {alternatives.map((alternative, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one that is taken changes places with the translation
            <li key={index}>
              <button
                type="button"
                lang={to}
                dir={directionOf(to)}
                title={t('bubble.use')}
                disabled={isBusy}
                onClick={() => run.choose(alternative)}
              >
                {alternative}
              </button>
            </li>
          ))}
        </ul>
      )}
      <TermLines
        terms={terms}
        lang={to}
        onPlace={(paragraph, words) => {
          const source = run.document();
          if (!source) return;
          const verdict = { state: 'verified' as const, words: [words] };
          void actions.showPassage(placeOf(source, { paragraph, verdict } as Parameters<typeof placeOf>[1]));
        }}
      />
      {['failed', 'same', 'no-model', 'too-long', 'stopped'].includes(status) && (
        <Suspense>
          <BubbleTrouble run={run} state={state} />
        </Suspense>
      )}
      {pinTrouble && (
        <p className="bubble-note" role="alert">
          {t('bubble.notKept')}
        </p>
      )}
      {(text || isBusy) && <BubbleFooter line={line} run={run} state={state} />}
      <div className="for-screen-readers" role="status">
        {status === 'reading' || status === 'waiting'
          ? t('bubble.reading')
          : status === 'done'
            ? t('bubble.ready')
            : ''}
      </div>
    </section>
  );
}

/** With how much of the page the words are translated. */
function Context({ state }: { state: BubbleState }) {
  const { status, words, isSection, cachedShare, saysCached } = state;
  if (status === 'reading') return <Meta text={t('bubble.readingPage')} />;
  if (words === undefined) return null;
  if (status === 'done') {
    if (saysCached && cachedShare !== undefined)
      return <Meta text={t('bubble.alreadyRead')} title={t('bubble.alreadyReadWhy')} />;
    return (
      <Meta
        text={t(isSection ? 'bubble.readSection' : 'bubble.readWith', { words })}
        title={t(isSection ? 'bubble.readSectionWhy' : 'bubble.readWithWhy')}
      />
    );
  }
  if (status === 'waiting' || status === 'streaming')
    return <Meta text={t(isSection ? 'bubble.readingSection' : 'bubble.readingAll', { words })} />;
  return null;
}

const Meta = ({ text, title }: { text: string; title?: string }) => (
  <span className="ellipsis" title={title ?? text}>
    {text}
  </span>
);
