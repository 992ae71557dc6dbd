import { useEffect, useState, useSyncExternalStore } from 'react';
import { sayAlso } from '@/utils/i18n';
import type { SelectedText } from '@/utils/page/overlay/types';
import type { Bubble as BubbleRun } from '@/utils/translate/bubble';
import { targetLanguage } from '@/utils/translate/languages';
import { useOverlayActions } from './actions';
import { Bubble } from './bubble';
import type { OverlayLine } from './line';
import { OverlayShell } from './shell';

await sayAlso('overlay');

/** The translation of selected text, beside it. */
export function SelectionView({ line }: { line: OverlayLine }) {
  const [run, setRun] = useState<BubbleRun>();
  const actions = useOverlayActions();
  useEffect(() => {
    let isHere = true;
    const begin = async (selected: SelectedText) => {
      const lang = await targetLanguage();
      if (!isHere) return;
      const next = actions.openBubble(selected, lang);
      setRun(next);
      void next.start();
    };
    const stop = line.listen((message) => {
      if (message.type === 'selected') void begin(message.selected);
    });
    return () => {
      isHere = false;
      stop();
    };
  }, [line, actions]);
  return (
    <OverlayShell line={line} radius={12}>
      {run && <RunningBubble line={line} run={run} />}
    </OverlayShell>
  );
}

function RunningBubble({ line, run }: { line: OverlayLine; run: BubbleRun }) {
  const state = useSyncExternalStore(run.subscribe, run.get);
  return <Bubble line={line} run={run} state={state} />;
}
