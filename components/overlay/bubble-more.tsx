import { useEffect, useRef, useState } from 'react';
import { sayAlso, t } from '@/utils/i18n';
import type { Bubble as BubbleRun, BubbleState } from '@/utils/translate/bubble';
import { commonLanguages, languageName, otherLanguages } from '@/utils/translate/languages';
import type { SelectionWish } from '@/utils/translate/selection';
import type { OverlayLine } from './line';

await sayAlso('overlay');

const wishes: {
  wish: SelectionWish;
  label: 'bubble.again' | 'bubble.alternatives' | 'bubble.shorter' | 'bubble.longer';
}[] = [
  { wish: 'alternatives', label: 'bubble.alternatives' },
  { wish: 'shorter', label: 'bubble.shorter' },
  { wish: 'longer', label: 'bubble.longer' },
  { wish: 'again', label: 'bubble.again' },
];

/** Other wordings, another language, and the translation in the place of the words. */
export function BubbleMore({
  line,
  run,
  state: { status, selected, to, text },
  onDone,
}: {
  line: OverlayLine;
  run: BubbleRun;
  state: BubbleState;
  onDone: () => void;
}) {
  const [isReplaced, setReplaced] = useState(false);
  const replaceButton = useRef<HTMLButtonElement>(null);
  useEffect(
    () =>
      line.listen((message) => {
        if (message.type !== 'replaced') return;
        setReplaced(message.isReplaced);
        // Where somebody was writing the focus was in the page meanwhile.
        if (document.hasFocus() && document.activeElement === document.body) replaceButton.current?.focus();
      }),
    [line],
  );
  const isDone = status === 'done';
  return (
    <>
      <div className="bubble-wishes">
        {wishes.map(({ wish, label }) => (
          <button
            key={wish}
            type="button"
            className="button button-line button-small"
            disabled={!isDone}
            onClick={() => {
              void run.again(wish);
              onDone();
            }}
          >
            {t(label)}
          </button>
        ))}
        {selected.canReplace && (
          <button
            ref={replaceButton}
            type="button"
            className="button button-line button-small"
            disabled={!isDone && !isReplaced}
            onClick={() => line.send(isReplaced ? { type: 'restore' } : { type: 'replace', text })}
          >
            {t(isReplaced ? 'bubble.restore' : 'bubble.replace')}
          </button>
        )}
      </div>
      <label className="bubble-language">
        <span>{t('bubble.into')}</span>
        <select
          value={to}
          onChange={(event) => {
            void run.setLanguage(event.target.value);
            onDone();
          }}
        >
          {[...new Set([to, ...commonLanguages])].map((tag) => (
            <option key={tag} value={tag}>
              {languageName(tag)}
            </option>
          ))}
          <optgroup label={t('bubble.otherLanguages')}>
            {otherLanguages
              .filter((tag) => tag !== to && !commonLanguages.includes(tag))
              .map((tag) => (
                <option key={tag} value={tag}>
                  {languageName(tag)}
                </option>
              ))}
          </optgroup>
        </select>
      </label>
    </>
  );
}
