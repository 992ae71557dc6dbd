import { ChevronDown } from 'lucide-react';
import { t } from '@/utils/i18n';

export interface ModelChoice {
  id: string;
  label: string;
  active: boolean;
  choose: () => void;
}

/** Which of the connected models answers; the last entry leads to settings. */
export function ModelPicker({ models }: { models: ModelChoice[] }) {
  return (
    <span className="model-picker">
      <select
        aria-label={t('composer.model')}
        value={models.find((model) => model.active)?.id}
        onChange={(event) => models.find((model) => model.id === event.target.value)?.choose()}
      >
        {models.map((model) => (
          <option key={model.id} value={model.id}>
            {model.label}
          </option>
        ))}
      </select>
      <ChevronDown className="icon icon-small" aria-hidden="true" />
    </span>
  );
}
