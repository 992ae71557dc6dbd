import { type ReactNode, useId, useState } from 'react';
import type { DecisionAnswer, FittingModel, OverflowDecision } from '@/utils/chat/decisions';
import { sayAlso, t } from '@/utils/i18n';
import { formatList, formatNumber, formatTokens } from '../format';
import { useMoney } from '../use-money';
import { useActions } from './actions';
import { SheetFooter } from './decision-sheet';
import { SourceBar } from './source-bar';

await sayAlso('sheets');

/** Models offered before the user asks for all of them: the cheapest are first. */
const modelsAtFirst = 4;

/** The three ways on when a model does not hold everything; the button says what it comes to. */
export function OverflowForm({
  decision,
  onDecide,
}: {
  decision: OverflowDecision;
  onDecide: (answer: DecisionAnswer) => void;
}) {
  const { models, leaveOut, passes, bySource, needed, limit } = decision;
  const money = useMoney();
  const { openSettings } = useActions();
  const [way, setWay] = useState<'model' | 'leave-out' | 'passes' | undefined>(
    models.length > 0 ? 'model' : leaveOut ? 'leave-out' : passes ? 'passes' : undefined,
  );
  const [model, setModel] = useState<FittingModel | undefined>(models[0]);
  const [all, setAll] = useState(false);
  const names = formatList(
    (leaveOut?.ids ?? []).map(
      (id) => bySource.find((source) => source.id === id)?.title || t('page.untitled'),
    ),
  );

  const shown = all ? models : models.slice(0, modelsAtFirst);
  const decide = () => {
    if (way === 'model' && model) {
      onDecide({ kind: 'model', providerId: model.providerId, modelId: model.modelId });
    } else if (way === 'leave-out' && leaveOut) onDecide({ kind: 'leave-out', sourceIds: leaveOut.ids });
    else if (way === 'passes') onDecide({ kind: 'passes' });
  };
  const consequence =
    way === 'model' && model
      ? t('decision.ask', { model: model.modelName })
      : way === 'leave-out'
        ? t('decision.askWithout', { names })
        : t('decision.passes', { count: passes?.count ?? 0 });

  return (
    <>
      <div className="sheet-summary">
        <p>{t(decision.counted ? 'decision.calmCounted' : 'decision.calm')}</p>
        <SourceBar sources={bySource} needed={needed} limit={limit} />
        <p className="sheet-figures">
          <span>{t('decision.total', { tokens: formatNumber(needed), count: bySource.length })}</span>
          <b className="over">{t('decision.over', { tokens: formatNumber(needed - limit) })}</b>
        </p>
      </div>
      <div role="radiogroup" aria-label={t('decision.ways')} className="ways">
        {models.length > 0 ? (
          <Way
            chosen={way === 'model'}
            onChoose={() => setWay('model')}
            title={t('decision.longer')}
            about={t('decision.longerAbout')}
          >
            {way === 'model' && (
              <ul className="fitting-models">
                {shown.map((entry) => (
                  <li key={`${entry.providerId}/${entry.modelId}`}>
                    <button
                      type="button"
                      className={entry === model ? 'fitting-model is-chosen' : 'fitting-model'}
                      aria-pressed={entry === model}
                      onClick={() => setModel(entry)}
                    >
                      <span className="grow">
                        <bdi className="ellipsis row-text">{entry.modelName}</bdi>
                        <span className="meta">{entry.providerName}</span>
                      </span>
                      <span className="meta">{formatTokens(entry.window)}</span>
                      <span>{entry.cost ? money(entry.cost) : t('decision.noPrice')}</span>
                    </button>
                  </li>
                ))}
                {models.length > shown.length && (
                  <li>
                    <button type="button" className="text-button" onClick={() => setAll(true)}>
                      {t('decision.moreModels', { count: models.length - shown.length })}
                    </button>
                  </li>
                )}
              </ul>
            )}
          </Way>
        ) : (
          <p className="way way-absent">
            {t('decision.noLonger')}{' '}
            <button type="button" className="text-button" onClick={() => openSettings('models')}>
              {t('decision.connect')}
            </button>
          </p>
        )}
        {leaveOut && (
          <Way
            chosen={way === 'leave-out'}
            onChoose={() => setWay('leave-out')}
            title={t('decision.leaveOut')}
            about={t('decision.leaveOutAbout', { names, tokens: formatTokens(leaveOut.tokens) })}
          />
        )}
        {passes && (
          <Way
            chosen={way === 'passes'}
            onChoose={() => setWay('passes')}
            title={t('decision.passes', { count: passes.count })}
            about={t('decision.passesAbout')}
            price={passes.cost && money(passes.cost)}
          />
        )}
      </div>
      <SheetFooter onCancel={() => onDecide({ kind: 'cancel' })}>
        {way && (
          <button type="button" className="button button-solid button-small sheet-go" onClick={decide}>
            <span className="ellipsis">{consequence}</span>
          </button>
        )}
      </SheetFooter>
    </>
  );
}

function Way({
  chosen,
  onChoose,
  title,
  about,
  price,
  children,
}: {
  chosen: boolean;
  onChoose: () => void;
  title: string;
  about: string;
  price?: string;
  children?: ReactNode;
}) {
  const id = useId();
  return (
    <div className={chosen ? 'way is-chosen' : 'way'}>
      <input
        type="radio"
        id={id}
        name="way"
        checked={chosen}
        onChange={onChoose}
        aria-describedby={`${id}about`}
      />
      <div className="grow">
        <p className="way-title">
          <label htmlFor={id}>{title}</label>
          {price && <span className="way-price">{price}</span>}
        </p>
        <p id={`${id}about`} className="way-about">
          {about}
        </p>
        {children}
      </div>
    </div>
  );
}
