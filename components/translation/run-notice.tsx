import { Languages, PlugZap, RotateCcw, Scale, SpellCheck, Wallet } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { sayAlso, t } from '@/utils/i18n';
import { languageName, otherTarget } from '@/utils/translate/languages';
import type { RunQuestion, TranslationRun } from '@/utils/translate/run-types';
import { LanguagePicker } from '../ui/language-picker';
import { Notice } from '../ui/notice';
import { useMoney } from '../use-money';
import type { RunHandlers } from './run-controls';
import { kindOf } from './run-words';

await sayAlso('runs');

const TroubleNotice = lazy(async () => ({
  default: (await import('../panel/trouble-notice')).TroubleNotice,
}));

/** Longer models that are offered: the first that come are enough to go on. */
const mostModels = 3;

/** What a run asks, what came in its way, and what is left to mend when it is through. */
export function RunNotice({ run, on }: { run: TranslationRun; on: RunHandlers }) {
  const { stage, question, trouble, state, inconsistent } = run;
  if (question && (stage === 'asking' || stage === 'translating'))
    return <Question question={question} run={run} on={on} />;
  if (stage === 'refused' && trouble)
    return (
      <Suspense>
        <TroubleNotice
          trouble={trouble}
          about="translation"
          on={{ retry: () => on.send({ type: 'start' }) }}
        />
      </Suspense>
    );
  if (stage !== 'translating' || !state) return null;
  const cameInTheWay =
    state.trouble && (state.status === 'failed' || state.status === 'paused' || state.status === 'stopped');
  if (cameInTheWay && state.trouble)
    return (
      <Suspense>
        <TroubleNotice
          trouble={state.trouble}
          about="translation"
          on={{ retry: () => on.send({ type: 'resume' }), continue: () => on.send({ type: 'resume' }) }}
        />
      </Suspense>
    );
  if (state.status !== 'done') return null;
  if (state.failed.length > 0)
    return (
      <Notice
        icon={RotateCcw}
        title={t('translation.failed', { count: state.failed.length })}
        actions={[{ label: t('translation.again'), run: () => on.send({ type: 'again' }) }]}
      />
    );
  const odd = new Set(inconsistent.flatMap(({ units }) => units)).size;
  if (odd > 0)
    return (
      <Notice
        icon={SpellCheck}
        title={t('translation.inconsistent', { count: odd })}
        actions={[
          { label: t('translation.fix', { count: odd }), run: () => on.send({ type: 'fix' }) },
          ...(on.openGlossary ? [{ label: t('translation.openTerms'), run: on.openGlossary }] : []),
        ]}
      />
    );
  return <FramesLine count={run.foreignFrames} />;
}

/** What is in the page and not of it is not passed over in silence. */
const FramesLine = ({ count = 0 }: { count?: number }) =>
  count > 0 && <p className="meta run-frames">{t('translation.frames', { count })}</p>;

function Question({ question, run, on }: { question: RunQuestion; run: TranslationRun; on: RunHandlers }) {
  const money = useMoney();
  const cancel = { label: t('translation.cancel'), run: () => on.send({ type: 'cancel' }) };
  const anyway = { label: t('translation.anyway'), run: () => on.send({ type: 'go-on' }) };
  switch (question.kind) {
    case 'no-model':
      return (
        <Notice
          icon={PlugZap}
          title={t('translation.noModel')}
          actions={[
            { label: t('translation.connect'), run: () => on.openSettings('models') },
            { label: t('action.tryAgain'), run: () => on.send({ type: 'start' }) },
          ]}
          alert
        >
          {t('translation.noModelText', kindOf(run))}
        </Notice>
      );
    case 'price':
      return (
        <Notice
          icon={Wallet}
          title={t('translation.price', { price: money(question.price) })}
          actions={[{ label: t('translation.start'), run: () => on.send({ type: 'go-on' }) }, cancel]}
          alert
        >
          {question.cachedShare >= 0.01 && t('translation.priceCached', { share: question.cachedShare })}
        </Notice>
      );
    case 'dearer': {
      const { price, agreed, spent, unitsAtOnce = 0 } = question;
      return (
        <Notice
          icon={Wallet}
          title={t('translation.dearer', { price: money(price), agreed: money(agreed) })}
          actions={[
            { label: t('translation.resume'), run: () => on.send({ type: 'go-on' }) },
            { label: t('translation.dearerStop'), run: () => on.send({ type: 'stop' }) },
          ]}
          alert
        >
          {t('translation.dearerText', { spent: money(spent), units: unitsAtOnce })}
        </Notice>
      );
    }
    case 'too-long': {
      const { model, needed, limit, models, sections } = question;
      return (
        <Notice
          icon={Scale}
          tone="lamp"
          title={t('translation.tooLong', { model, ...kindOf(run) })}
          actions={[
            ...models.slice(0, mostModels).map(({ providerId, modelId, modelName }) => ({
              label: t('translation.useModel', { model: modelName }),
              run: () => on.send({ type: 'model', providerId, modelId }),
            })),
            ...(sections
              ? [
                  {
                    label: t('translation.inSections', { count: sections }),
                    run: () => on.send({ type: 'sections' }),
                  },
                ]
              : []),
            cancel,
          ]}
          alert
        >
          {t('translation.tooLongText', { needed, limit })}
          {sections ? ` ${t('translation.sectionsText')}` : ''}
        </Notice>
      );
    }
    case 'already': {
      const other = otherTarget(run.lang);
      return (
        <>
          <Notice
            icon={Languages}
            title={t('translation.already', { language: languageName(question.lang), ...kindOf(run) })}
            actions={[
              {
                label: t('translation.into', { language: languageName(other) }),
                run: () => on.send({ type: 'language', lang: other }),
              },
              cancel,
            ]}
            alert
          />
          <LanguagePicker
            label={t('translation.otherLanguage')}
            onChoose={(lang) => on.send({ type: 'language', lang })}
          />
        </>
      );
    }
    case 'never':
      return (
        <Notice
          icon={Languages}
          title={
            question.site
              ? t('translation.neverSite', { site: question.site })
              : t('translation.neverLanguage', { language: languageName(question.lang ?? '') })
          }
          actions={[{ ...anyway, label: t('translation.thisOnce') }, cancel]}
          alert
        />
      );
    case 'other-translator':
      return (
        <Notice icon={Languages} title={t('translation.otherTranslator')} actions={[anyway, cancel]} alert>
          {t('translation.otherTranslatorText')}
        </Notice>
      );
  }
}
