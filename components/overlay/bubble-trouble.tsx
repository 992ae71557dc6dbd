import { Languages, PlugZap, Scale } from 'lucide-react';
import { sayAlso, t } from '@/utils/i18n';
import type { Bubble as BubbleRun, BubbleState } from '@/utils/translate/bubble';
import { languageName, otherTarget } from '@/utils/translate/languages';
import { TroubleNotice } from '../panel/trouble-notice';
import { Notice } from '../ui/notice';
import { useOverlayActions } from './actions';

await Promise.all([sayAlso('overlay'), sayAlso('troubles')]);

/** Longer models that are offered: the first that come are enough to go on. */
const mostModels = 3;

/** Why there is no translation, or not a whole one, and what helps. */
export function BubbleTrouble({ run, state }: { run: BubbleRun; state: BubbleState }) {
  const actions = useOverlayActions();
  const { status, to, trouble, tooLong } = state;
  if (status === 'same') {
    const other = otherTarget(to);
    return (
      <Notice
        icon={Languages}
        title={t('bubble.same', { language: languageName(to) })}
        actions={[
          {
            label: t('bubble.intoOther', { language: languageName(other) }),
            run: () => void run.setLanguage(other),
          },
          { label: t('bubble.anyway'), run: () => void run.anyway() },
        ]}
        alert
      />
    );
  }
  if (status === 'no-model')
    return (
      <Notice
        icon={PlugZap}
        title={t('bubble.noModel')}
        actions={[
          { label: t('bubble.connect'), run: () => actions.openSettings('models') },
          { label: t('action.tryAgain'), run: () => void run.start() },
        ]}
        alert
      >
        {t('bubble.noModelText')}
      </Notice>
    );
  if (status === 'stopped')
    return (
      <Notice
        icon={Languages}
        title={t('bubble.stopped')}
        actions={[{ label: t('action.tryAgain'), run: () => void run.start() }]}
      />
    );
  if (status === 'too-long' && tooLong) {
    const { needed, limit, model, longer, sectionWords } = tooLong;
    return (
      <Notice
        icon={Scale}
        tone="lamp"
        title={t('bubble.tooLong', { model })}
        actions={[
          ...longer.slice(0, mostModels).map((connection) => ({
            label: t('bubble.useModel', { model: connection.model.name }),
            run: () => void run.withModel(connection),
          })),
          ...(sectionWords === undefined
            ? []
            : [
                {
                  label: t('bubble.onlySection', { words: sectionWords }),
                  run: () => void run.onlySection(),
                },
              ]),
          ...(longer.length === 0
            ? [{ label: t('bubble.connect'), run: () => actions.openSettings('models') }]
            : []),
        ]}
        alert
      >
        {t('bubble.tooLongText', { needed, limit })}
      </Notice>
    );
  }
  if (!trouble) return null;
  return (
    <TroubleNotice
      trouble={trouble}
      about="translation"
      on={{ retry: () => void run.start(), continue: () => void run.start() }}
    />
  );
}
