import { X } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { sayAlso, t } from '@/utils/i18n';
import { languageName } from '@/utils/translate/languages';
import { openPageRun } from '@/utils/translate/page-run-in-tab';
import type { PageRun } from '@/utils/translate/page-run-types';
import { RunControls, type RunHandlers } from '../translation/run-controls';
import { RunNotice } from '../translation/run-notice';
import { kindOf, spokenWords } from '../translation/run-words';
import { IconButton } from '../ui/icon-button';
import { Logo } from '../ui/logo';
import { WaitingMoon } from '../ui/moon';
import { useBarActions } from './bar-actions';
import type { OverlayLine } from './line';
import { OverlayShell } from './shell';
import { useBarPlace } from './use-bar-place';

await sayAlso('runs');

/** The edge of the page's element on both sides, and the least space beside it, in CSS pixels. */
const edges = 2;
const margins = 24;
/** Widths of the page below which the bar says less. */
const narrow = 480;
const tiny = 380;

/** The translation of the whole page, as a bar in it. */
export function PageView({ line }: { line: OverlayLine }) {
  const [run, setRun] = useState<PageRun>();
  const actions = useRef(useBarActions());
  useEffect(() => {
    const { tabId, windowId, toggles } = line.request;
    let term = 0;
    /** Told within the click on a term, which the browser takes along: only then it lets a panel open. */
    const follow = () => {
      const wanted = opened?.get().term;
      if (!wanted || wanted.at === term) return;
      term = wanted.at;
      if (wanted.id) actions.current.openGlossary();
    };
    let isHere = true;
    let opened: PageRun | undefined;
    const leave = () => line.send({ type: 'close' });
    void openPageRun({ tabId, windowId, place: 'page', onOver: leave }).then((next) => {
      if (!isHere) return next.end();
      opened = next;
      setRun(next);
      next.subscribe(follow);
      void next.start({ toggles });
    });
    const stop = line.listen((message) => {
      if (message.type !== 'called' || !opened) return;
      const { stage } = opened.get();
      if (message.toggles && stage === 'translating') opened.command({ type: 'undo' });
      else if (message.toggles && stage === 'asking') opened.command({ type: 'cancel' });
      else if (stage === 'refused' || stage === 'asking') opened.command({ type: 'start' });
    });
    return () => {
      isHere = false;
      stop();
      opened?.end();
    };
  }, [line]);
  return run && <Bar line={line} run={run} />;
}

function Bar({ line, run }: { line: OverlayLine; run: PageRun }) {
  const state = useSyncExternalStore(run.subscribe, run.get);
  const actions = useBarActions();
  const { drag, handle } = useBarPlace(line, actions.zoom);
  const bar = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(0);
  const [room, setRoom] = useState(0);
  useEffect(() => line.listen((message) => message.type === 'room' && setRoom(message.width)), [line]);
  useLayoutEffect(() => {
    const element = bar.current;
    if (!element) return;
    const measure = () => setWidth(Math.ceil(element.offsetWidth) + edges);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const on: RunHandlers = {
    send: run.command,
    openSettings: actions.openSettings,
    openGlossary: () => {
      actions.openGlossary();
      run.command({ type: 'terms' });
    },
  };
  return (
    <OverlayShell line={line} radius={12} width={width || undefined}>
      <section
        ref={bar}
        className="run-bar"
        aria-label={t('translation.label', kindOf(state))}
        data-room={!room || room >= narrow ? undefined : room >= tiny ? 'narrow' : 'tiny'}
        style={room ? ({ '--bar-room': `${room - margins - edges}px` } as React.CSSProperties) : undefined}
        {...drag}
      >
        <RunControls
          run={state}
          on={on}
          lead={
            <button
              type="button"
              className="run-handle"
              aria-label={t('translation.move')}
              title={t('translation.moveHow')}
              {...handle}
            >
              {state.stage === 'opening' ? <WaitingMoon size={18} /> : <Logo size={18} />}
            </button>
          }
          end={
            <IconButton
              icon={X}
              label={t('translation.close')}
              onClick={() => {
                run.end();
                line.send({ type: 'close' });
              }}
            />
          }
        />
        <div className="run-notice">
          <RunNotice run={state} on={on} />
        </div>
        <div className="for-screen-readers" role="status">
          {spokenWords(state, languageName(state.lang))}
        </div>
      </section>
    </OverlayShell>
  );
}
