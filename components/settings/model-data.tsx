import { type FormEvent, useState } from 'react';
import { changeProvider } from '@/utils/chat/provider-setup';
import { t } from '@/utils/i18n';
import type { Connection, Currency, Model, Price } from '@/utils/models/types';
import type { ModelCorrection, ProviderSetting } from '@/utils/store/settings';
import { formatNumber } from '../format';

/** What is known of a model, with its date; the user may know better, and may go back to the data. */
export function ModelData({ connection, entry }: { connection: Connection; entry: ProviderSetting }) {
  const { provider, model } = connection;
  const correction = entry.corrections?.[model.id];
  return (
    <details className="model-data wide">
      <summary>{t('settings.modelData', { model: model.name })}</summary>
      <p className="meta" role="status">
        {correction ? t('settings.corrected') : t('settings.dataOf', { date: provider.asOf })}{' '}
        {model.price?.steps
          ?.map(({ above }) => t('settings.dearerAbove', { tokens: formatNumber(above) }))
          .join(' ')}
      </p>
      {/* Drawn anew with what was kept; the list around it stays open. */}
      <DataForm key={JSON.stringify(correction)} connection={connection} entry={entry} />
    </details>
  );
}

function DataForm({ connection, entry }: { connection: Connection; entry: ProviderSetting }) {
  const { provider, model } = connection;
  const correction = entry.corrections?.[model.id];
  const [values, setValues] = useState(() => fieldsOf(model));
  const set = (change: Partial<Fields>) => setValues({ ...values, ...change });
  const keep = (event: FormEvent) => {
    event.preventDefault();
    void changeProvider(provider.id, (known) => ({
      ...known,
      corrections: {
        ...known.corrections,
        [model.id]: correctionOf(values, fieldsOf(model), known.corrections?.[model.id]),
      },
    }));
  };
  const goBack = () =>
    void changeProvider(provider.id, ({ corrections = {}, ...known }) => {
      const { [model.id]: _, ...others } = corrections;
      return { ...known, corrections: others };
    });
  const number = (label: string, field: 'outputLimit' | 'input' | 'output' | 'cacheRead' | 'cacheWrite') => (
    <label className="field">
      <span>{label}</span>
      <span className="field-box">
        <input
          type="number"
          min="0"
          step="any"
          value={values[field]}
          placeholder={t('settings.unknown')}
          onChange={(event) => set({ [field]: event.target.value })}
        />
      </span>
    </label>
  );
  const check = (label: string, field: 'vision' | 'tools' | 'thinks') => (
    <label className="check">
      <input
        type="checkbox"
        checked={values[field]}
        onChange={(event) => set({ [field]: event.target.checked })}
      />
      <span>{label}</span>
    </label>
  );
  return (
    <form className="provider-form" onSubmit={keep}>
      {number(t('settings.outputLimit'), 'outputLimit')}
      <label className="field">
        <span>{t('settings.priceCurrency')}</span>
        <span className="field-box">
          <select
            value={values.currency}
            onChange={(event) => set({ currency: event.target.value as Currency })}
          >
            <option value="USD">USD</option>
            <option value="CNY">CNY</option>
          </select>
        </span>
      </label>
      {number(t('settings.priceInput'), 'input')}
      {number(t('settings.priceOutput'), 'output')}
      {number(t('settings.priceCacheRead'), 'cacheRead')}
      {number(t('settings.priceCacheWrite'), 'cacheWrite')}
      <div className="wide checks">
        {check(t('settings.vision'), 'vision')}
        {check(t('settings.tools'), 'tools')}
        {check(t('settings.thinks'), 'thinks')}
      </div>
      <div className="form-actions wide">
        <button type="submit" className="button button-line button-small">
          {t('settings.keepData')}
        </button>
        {correction && (
          <button type="button" className="button button-quiet button-small" onClick={goBack}>
            {t('settings.backToData')}
          </button>
        )}
      </div>
    </form>
  );
}

export interface Fields {
  outputLimit: string;
  currency: Currency;
  input: string;
  output: string;
  cacheRead: string;
  cacheWrite: string;
  vision: boolean;
  tools: boolean;
  thinks: boolean;
}

const write = (value: number | undefined) => (value === undefined ? '' : String(value));

export const fieldsOf = ({ outputLimit, price, vision, tools, thinking }: Model): Fields => ({
  outputLimit: write(outputLimit),
  currency: price?.currency ?? 'USD',
  input: write(price?.input),
  output: write(price?.output),
  cacheRead: write(price?.cacheRead),
  cacheWrite: write(price?.cacheWrite),
  vision: vision ?? false,
  tools: tools ?? false,
  thinks: thinking === 'optional' || thinking === 'always',
});

/**
 * What the user changed, over what they had corrected before; an emptied field goes back to the data. What they left
 * alone is no correction: it would hide what the form does not show, such as a price that rises with the length, and
 * newer data. A price needs both of its sides.
 */
export function correctionOf(values: Fields, shown: Fields, before: ModelCorrection = {}): ModelCorrection {
  const isChanged = (...names: (keyof Fields)[]) => names.some((name) => values[name] !== shown[name]);
  const read = (text: string): number | undefined =>
    text.trim() !== '' && Number(text) >= 0 ? Number(text) : undefined;
  const { outputLimit, price, ...others } = before;
  const newLimit = isChanged('outputLimit') ? read(values.outputLimit) : outputLimit;
  const newPrice = isChanged('currency', 'input', 'output', 'cacheRead', 'cacheWrite')
    ? priceOf(values.currency, read(values.input), read(values.output), {
        cacheRead: read(values.cacheRead),
        cacheWrite: read(values.cacheWrite),
      })
    : price;
  return {
    ...others,
    ...(newLimit ? { outputLimit: newLimit } : {}),
    ...(newPrice ? { price: newPrice } : {}),
    ...(isChanged('vision') ? { vision: values.vision } : {}),
    ...(isChanged('tools') ? { tools: values.tools } : {}),
    ...(isChanged('thinks') ? { thinking: values.thinks ? 'optional' : 'never' } : {}),
  };
}

function priceOf(
  currency: Currency,
  input: number | undefined,
  output: number | undefined,
  { cacheRead, cacheWrite }: Pick<Price, 'cacheRead' | 'cacheWrite'>,
): Price | undefined {
  if (input === undefined || output === undefined) return undefined;
  return {
    currency,
    input,
    output,
    ...(cacheRead === undefined ? {} : { cacheRead }),
    ...(cacheWrite === undefined ? {} : { cacheWrite }),
  };
}
