import { Check } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { t } from '@/utils/i18n';
import type { Price } from '@/utils/models/types';
import { formatTokens } from '../format';
import { useMoney } from '../use-money';
import { findableFrom, grouped, type ModelChoice, type ModelGroup, matching } from './model-choices';

/**
 * The list of models, with a field to find one when they are many. The focus stays in the field, or in the list where
 * there is none; the arrow keys move what is marked, as in the combobox and listbox of the ARIA practices.
 */
export function ModelList({
  models,
  onSetUp,
  onClose,
  onLeave,
}: {
  models: ModelChoice[];
  onSetUp: () => void;
  /** The list is done with; the focus goes back. */
  onClose: () => void;
  /** The focus went elsewhere by itself. */
  onLeave: () => void;
}) {
  const id = useId();
  const [search, setSearch] = useState('');
  const [marked, setMarked] = useState(models.find((model) => model.active)?.id ?? '');
  const holder = useRef<HTMLElement | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const findable = models.length >= findableFrom;
  const groups = grouped(matching(models, search));
  const rows = [
    ...groups.flatMap((group) => group.models.map((model) => ({ id: model.id, run: model.choose }))),
    { id: setUpId, run: onSetUp },
  ];
  const position = Math.max(
    0,
    rows.findIndex((row) => row.id === marked),
  );
  const current = rows[position]?.id ?? setUpId;
  const optionId = (rowId: string) => `${id}${rowId}`;

  useEffect(() => holder.current?.focus(), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is marked comes into view
  useEffect(() => {
    list.current?.querySelector('[data-marked]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  const choose = (rowId: string) => {
    rows.find((row) => row.id === rowId)?.run();
    onClose();
  };
  const mark = (next: number) => setMarked(rows[Math.min(rows.length - 1, Math.max(0, next))]?.id ?? '');
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const { key } = event;
    if (key === 'ArrowDown') mark(position + 1);
    else if (key === 'ArrowUp') mark(position - 1);
    else if (key === 'PageDown') mark(position + 8);
    else if (key === 'PageUp') mark(position - 8);
    else if (key === 'Home' && !findable) mark(0);
    else if (key === 'End' && !findable) mark(rows.length - 1);
    else if (key === 'Enter' || (key === ' ' && !findable)) choose(current);
    else if (key === 'Escape') onClose();
    else if (key === 'Tab') return onLeave();
    else return;
    event.preventDefault();
    // Esc also stops an answer: the list is what it was meant for.
    event.stopPropagation();
  };
  const focusable = {
    'aria-activedescendant': optionId(current),
    onKeyDown,
  };
  return (
    <div className="option-list model-list">
      {findable && (
        <input
          ref={(element) => {
            holder.current = element;
          }}
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}list`}
          aria-autocomplete="list"
          aria-label={t('composer.findModel')}
          placeholder={t('composer.findModel')}
          autoComplete="off"
          spellCheck={false}
          value={search}
          onChange={(event) => {
            setSearch(event.target.value);
            setMarked('');
          }}
          {...focusable}
        />
      )}
      {models.some(({ price }) => price) && (
        <p id={`${id}prices`} className="meta model-prices">
          {t('composer.modelPrices')}
        </p>
      )}
      <div
        ref={(element) => {
          list.current = element;
          if (!findable) holder.current = element;
        }}
        id={`${id}list`}
        role="listbox"
        aria-label={t('composer.model')}
        className="option-rows"
        tabIndex={findable ? -1 : 0}
        // The focus stays in the field.
        onMouseDown={(event) => event.preventDefault()}
        {...(findable ? {} : focusable)}
      >
        {groups.map((group) => (
          <Group
            key={group.provider ?? ''}
            group={group}
            marked={current}
            optionId={optionId}
            onMark={setMarked}
            onChoose={choose}
          />
        ))}
        {groups.length === 0 && (
          <p className="meta option-none" role="presentation">
            {t('composer.noModel', { search })}
          </p>
        )}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: keys are taken where the focus is */}
        <div
          id={optionId(setUpId)}
          role="option"
          aria-selected="false"
          className="option-row model-option model-set-up"
          data-marked={current === setUpId || undefined}
          onPointerMove={() => setMarked(setUpId)}
          onClick={() => choose(setUpId)}
        >
          {t('composer.setUp')}
        </div>
      </div>
    </div>
  );
}

const setUpId = 'settings';

function Group({
  group,
  marked,
  optionId,
  onMark,
  onChoose,
}: {
  group: ModelGroup;
  marked: string;
  optionId: (id: string) => string;
  onMark: (id: string) => void;
  onChoose: (id: string) => void;
}) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has no place in a listbox
    <div role="group" aria-labelledby={id}>
      <p id={id} className="eyebrow option-title">
        <bdi>{group.provider ?? t('composer.builtIn')}</bdi>
      </p>
      {group.models.map((model) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: keys are taken where the focus is
        <div
          key={model.id}
          id={optionId(model.id)}
          role="option"
          aria-selected={model.active}
          className="option-row model-option"
          data-marked={marked === model.id || undefined}
          onPointerMove={() => onMark(model.id)}
          onClick={() => onChoose(model.id)}
        >
          <Check className="icon icon-small" aria-hidden="true" />
          <bdi className="ellipsis grow" title={model.name}>
            {model.name}
          </bdi>
          <span className="meta">{formatTokens(model.window)}</span>
          {model.price && <PriceLabel price={model.price} />}
        </div>
      ))}
    </div>
  );
}

/** Prices of a million tokens; the caption of the list says so. */
function PriceLabel({ price: { currency, input, output } }: { price: Price }) {
  const money = useMoney();
  const of = (amount: number) => money({ currency, amount, exact: true });
  return (
    <span className="meta model-price">
      {t('composer.modelPrice', { input: of(input), output: of(output) })}
    </span>
  );
}
