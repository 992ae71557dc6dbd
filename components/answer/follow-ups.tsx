import { CornerDownRight } from 'lucide-react';
import { t } from '@/utils/i18n';
import { scriptLanguage } from '@/utils/source';

/** Questions that the model suggests. Each is shown whole, and is asked at once. */
export function FollowUps({ questions, onAsk }: { questions: string[]; onAsk: (question: string) => void }) {
  return (
    <ul className="follow-ups" aria-label={t('answer.followUps')}>
      {questions.map((question) => (
        <li key={question}>
          <button type="button" className="follow-up" onClick={() => onAsk(question)}>
            <CornerDownRight className="icon icon-small" aria-hidden="true" />
            <bdi lang={scriptLanguage(question)}>{question}</bdi>
          </button>
        </li>
      ))}
    </ul>
  );
}
