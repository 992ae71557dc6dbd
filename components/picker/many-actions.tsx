import { t } from '@/utils/i18n';

import { taskNames } from '../panel/many-questions';

const tasks = ['compare', 'disagreements', 'timeline', 'overview'] as const;

/** What can be asked about several sources at once. What is typed says what it is to be about. */
export const ManyActions = ({ onAsk }: { onAsk: (task: (typeof tasks)[number]) => void }) => (
  // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
  <div className="many-actions" role="group" aria-label={t('many.label')}>
    {tasks.map((task) => (
      <button key={task} type="button" className="chip many-action" onClick={() => onAsk(task)}>
        {t(taskNames[task])}
      </button>
    ))}
  </div>
);
