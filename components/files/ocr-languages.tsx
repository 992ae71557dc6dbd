import { X } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import {
  addLanguageFile,
  type LanguageChoice,
  languageChoices,
  languageHost,
  likelyLanguages,
  removeLanguage,
} from '@/utils/chat/ocr-languages';
import { type Trouble, toAppError } from '@/utils/errors';
import { sayAlso, t } from '@/utils/i18n';
import { troubleTitle } from '../panel/trouble-notice';

await sayAlso('troubles');

const megabyte = 2 ** 20;

/** Which languages are read, with what each of them takes: said before anything is fetched. */
export function OcrLanguages({
  title,
  question,
  start,
  onStart,
  onCancel,
}: {
  /** Of the file: its letters tell what is probably in it. */
  title: string;
  question: string;
  /** What the button says that begins. */
  start: string;
  onStart: (languages: string[]) => void;
  onCancel: () => void;
}) {
  const [choices, setChoices] = useState<LanguageChoice[]>();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [trouble, setTrouble] = useState<Trouble>();
  const field = useRef<HTMLInputElement>(null);
  const first = useRef<HTMLInputElement>(null);
  const id = useId();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is likely is asked for once
  useEffect(() => {
    languageChoices()
      .then((list) => {
        setChoices(list);
        setChosen(likelyLanguages(list, title));
      })
      .catch((error) => setTrouble(toAppError(error).toTrouble()));
  }, []);
  useEffect(() => {
    if (choices) first.current?.focus();
  }, [choices]);

  const refresh = async (add?: string, take?: string) => {
    setChoices(await languageChoices());
    setChosen((before) => [
      ...before.filter((code) => code !== take),
      ...(add && !before.includes(add) ? [add] : []),
    ]);
  };
  const attempt = (work: () => Promise<void>) => {
    setTrouble(undefined);
    work().catch((error) => setTrouble(toAppError(error).toTrouble()));
  };
  if (!choices) return trouble ? <p role="alert">{troubleTitle(trouble)}</p> : null;
  const missing = choices.filter(({ code, isHere }) => chosen.includes(code) && !isHere);
  const bytes = missing.reduce((sum, { size }) => sum + size, 0);
  return (
    <form
      className="ocr-languages"
      aria-labelledby={id}
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen.length > 0) onStart([...chosen]);
      }}
    >
      <p id={id} className="ocr-question">
        {question}
      </p>
      <ul>
        {choices.map(({ code, name, lang, size, isHere, isOwn }, index) => (
          <li key={code}>
            <label className="check">
              <input
                ref={index === 0 ? first : undefined}
                type="checkbox"
                checked={chosen.includes(code)}
                onChange={(event) =>
                  setChosen((before) =>
                    event.target.checked ? [...before, code] : before.filter((other) => other !== code),
                  )
                }
              />
              <bdi lang={lang}>{name}</bdi>
              <span className="ocr-size">
                {isOwn
                  ? t('scan.own')
                  : isHere
                    ? t('scan.here')
                    : t('scan.size', { megabytes: size / megabyte })}
              </span>
            </label>
            {isHere && (
              <button
                type="button"
                className="chip-close"
                aria-label={t('scan.remove', { name })}
                title={t('scan.remove', { name })}
                onClick={() =>
                  attempt(async () => {
                    await removeLanguage(code);
                    await refresh(undefined, isOwn ? code : undefined);
                    first.current?.focus();
                  })
                }
              >
                <X className="icon icon-small" aria-hidden="true" />
              </button>
            )}
          </li>
        ))}
      </ul>
      <p className="ocr-loads" aria-live="polite">
        {bytes > 0
          ? t('scan.loads', { megabytes: bytes / megabyte, host: languageHost() })
          : t('scan.loadsNothing')}
      </p>
      {trouble && (
        <p role="alert">
          <b>{troubleTitle(trouble)}</b>
        </p>
      )}
      <div className="notice-actions">
        <button type="submit" className="button button-small button-solid" disabled={chosen.length === 0}>
          {start}
        </button>
        <button type="button" className="button button-small button-quiet" onClick={onCancel}>
          {t('scan.cancel')}
        </button>
        <button
          type="button"
          className="button button-small button-quiet"
          onClick={() => field.current?.click()}
        >
          {t('scan.chooseFile')}
        </button>
        <input
          ref={field}
          type="file"
          hidden
          accept=".traineddata,.gz"
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            event.target.value = '';
            if (file) attempt(async () => refresh(await addLanguageFile(file)));
          }}
        />
      </div>
    </form>
  );
}
