import { sayAlso } from '@/utils/i18n';
import { type Source, scriptLanguage } from '@/utils/source';
import { placedTerms, readSelectionAnswer } from '@/utils/translate/selection-answer';
import { MarkedTranslation, TermLines } from '../overlay/term-lines';
import { useReadingActions } from '../panel/actions';
import { placeOf } from './quoted-passage';

await sayAlso('overlay');

/** A translation in a chat, as the bubble shows it: the words, and what they were taken to mean. */
export function TranslationAnswer({
  text,
  question,
  streaming,
  source,
}: {
  /** As the model wrote it. */
  text: string;
  /** The words that were translated. */
  question: string;
  streaming: boolean;
  /** The document that they stand in. */
  source?: Source;
}) {
  const { showPassage } = useReadingActions();
  const answer = readSelectionAnswer(text, !streaming);
  const lang = scriptLanguage(answer.text);
  const terms = source ? placedTerms(answer.terms, question, source) : [];
  return (
    <div className="translation">
      <p className="translation-text" lang={lang} dir="auto">
        <MarkedTranslation text={answer.text} terms={terms} />
      </p>
      {answer.alternatives.length > 0 && (
        <ul>
          {answer.alternatives.map((alternative) => (
            <li key={alternative} lang={lang} dir="auto">
              {alternative}
            </li>
          ))}
        </ul>
      )}
      <TermLines
        terms={terms}
        lang={lang}
        onPlace={(paragraph, words) => {
          const verdict = { state: 'verified' as const, words: [words] };
          if (source)
            void showPassage(placeOf(source, { paragraph, verdict } as Parameters<typeof placeOf>[1]));
        }}
      />
    </div>
  );
}
