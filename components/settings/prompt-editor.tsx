import { Plus, X } from 'lucide-react';
import { useCallback, useEffect, useId, useRef, useState } from 'react';
import { answerLanguages } from '@/utils/chat/answer-language';
import { measureLongText } from '@/utils/context/tokens';
import { t } from '@/utils/i18n';
import { promptStore } from '@/utils/store/prompts';
import type { PromptRecord } from '@/utils/store/records';
import { formatTokens } from '../format';
import { IconButton } from '../ui/icon-button';
import { reportSaving } from './saving';

/** Milliseconds after the last key press until a change is on disk. */
const savingDelay = 400;

type Fields = Pick<PromptRecord, 'name' | 'role' | 'rules' | 'examples' | 'language'>;

/**
 * What is typed, on disk a moment later and at the latest when the editor or the page goes away. What another window
 * changes shows here unless something typed here still waits.
 */
function usePromptFields(prompt: PromptRecord): [Fields, (change: Partial<Fields>) => void] {
  const [fields, setFields] = useState<Fields>(prompt);
  const waiting = useRef<{ change: Partial<Fields>; timer: ReturnType<typeof setTimeout> }>(undefined);
  const { id } = prompt;
  const flush = useCallback(() => {
    const unsaved = waiting.current;
    if (!unsaved) return;
    waiting.current = undefined;
    clearTimeout(unsaved.timer);
    reportSaving(promptStore.change(id, { ...unsaved.change, updatedAt: Date.now() }));
  }, [id]);
  useEffect(() => {
    if (!waiting.current) setFields(prompt);
  }, [prompt]);
  useEffect(() => {
    window.addEventListener('pagehide', flush);
    return () => {
      flush();
      window.removeEventListener('pagehide', flush);
    };
  }, [flush]);
  const change = (part: Partial<Fields>) => {
    setFields((before) => ({ ...before, ...part }));
    clearTimeout(waiting.current?.timer);
    const all = { ...waiting.current?.change, ...part };
    waiting.current = { change: all, timer: setTimeout(flush, savingDelay) };
  };
  return [fields, change];
}

/** The form of one saved prompt. There is nothing to press: what is typed is kept. */
export function PromptEditor({ prompt }: { prompt: PromptRecord }) {
  const [fields, change] = usePromptFields(prompt);
  const id = useId();
  const name = useRef<HTMLInputElement>(null);
  // A new prompt is named first.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is opened; later the focus is the user's
  useEffect(() => {
    if (!prompt.name && !prompt.role) name.current?.focus();
  }, []);
  const { examples } = fields;
  const setExample = (position: number, part: Partial<PromptRecord['examples'][number]>) =>
    change({
      examples: examples.map((example, index) => (index === position ? { ...example, ...part } : example)),
    });
  return (
    <div className="provider-form prompt-form">
      <div className="field">
        <label htmlFor={`${id}name`}>{t('prompts.name')}</label>
        <span className="field-box">
          <input
            ref={name}
            id={`${id}name`}
            dir="auto"
            value={fields.name}
            maxLength={120}
            autoComplete="off"
            onChange={(event) => change({ name: event.target.value })}
          />
        </span>
      </div>
      <div className="field">
        <label htmlFor={`${id}language`}>{t('prompts.language')}</label>
        <span className="field-box">
          <select
            id={`${id}language`}
            value={fields.language ?? ''}
            onChange={(event) => change({ language: event.target.value || undefined })}
          >
            <option value="">{t('prompts.languageSame')}</option>
            <option value="question">{t('settings.answerQuestion')}</option>
            {Object.entries(answerLanguages).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </span>
      </div>
      <TextField
        label={t('prompts.role')}
        hint={t('prompts.roleHint')}
        value={fields.role}
        onChange={(role) => change({ role })}
      />
      <TextField
        label={t('prompts.rules')}
        hint={t('prompts.rulesHint')}
        value={fields.rules}
        onChange={(rules) => change({ rules })}
      />
      <fieldset className="wide examples">
        <legend>{t('prompts.examples')}</legend>
        <p className="meta">{t('prompts.examplesAbout')}</p>
        {examples.map((example, position) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: examples have no other name than their place
          <fieldset key={position} className="example">
            <legend className="for-screen-readers">{t('prompts.example', { number: position + 1 })}</legend>
            <TextField
              label={t('prompts.asked')}
              value={example.question}
              onChange={(question) => setExample(position, { question })}
            />
            <TextField
              label={t('prompts.answered')}
              value={example.answer}
              onChange={(answer) => setExample(position, { answer })}
            />
            <IconButton
              icon={X}
              label={t('prompts.removeExample', { number: position + 1 })}
              onClick={() => {
                change({ examples: examples.filter((_, index) => index !== position) });
                document.getElementById(`${id}add`)?.focus();
              }}
            />
          </fieldset>
        ))}
        <button
          id={`${id}add`}
          type="button"
          className="button button-quiet button-small"
          onClick={() => change({ examples: [...examples, { question: '', answer: '' }] })}
        >
          <Plus className="icon icon-small" aria-hidden="true" />
          {t('prompts.addExample')}
        </button>
      </fieldset>
      <PromptSize fields={fields} />
    </div>
  );
}

function TextField({
  label,
  hint,
  value,
  onChange,
}: {
  label: string;
  hint?: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className="field wide">
      <label htmlFor={id}>{label}</label>
      <span className="field-box">
        <textarea
          id={id}
          dir="auto"
          rows={2}
          value={value}
          placeholder={hint}
          onChange={(event) => onChange(event.target.value)}
        />
      </span>
    </div>
  );
}

/** Milliseconds after the last key press until a prompt is measured. */
const measuringDelay = 300;

/** What the prompt adds to each question, in tokens. */
function PromptSize({ fields }: { fields: Fields }) {
  const [tokens, setTokens] = useState(0);
  const text = [fields.role, fields.rules, ...fields.examples.flatMap(Object.values)].join('\n');
  useEffect(() => {
    let current = true;
    const timer = setTimeout(async () => {
      const measure = await measureLongText(text);
      if (current) setTokens(measure.tokens);
    }, measuringDelay);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text]);
  return <p className="meta wide">{t('prompts.tokens', { tokens: formatTokens(tokens) })}</p>;
}
