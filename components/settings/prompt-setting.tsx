import { useEffect, useId, useState } from 'react';
import { t } from '@/utils/i18n';
import { watchPrompts } from '@/utils/store/prompts';
import type { PromptRecord } from '@/utils/store/records';
import { settings } from '@/utils/store/settings';
import { SettingLine } from './controls';
import { useSetting } from './use-setting';

/** Saved prompts, kept up to date; undefined until they have been read. */
export function usePrompts(): PromptRecord[] | undefined {
  const [prompts, setPrompts] = useState<PromptRecord[]>();
  useEffect(() => {
    const subscription = watchPrompts().subscribe({ next: setPrompts, error: () => setPrompts([]) });
    return () => subscription.unsubscribe();
  }, []);
  return prompts;
}

export const promptName = ({ name }: Pick<PromptRecord, 'name'>): string =>
  name.trim() || t('prompts.untitled');

/** Which prompt goes with new questions. */
export function PromptInUse() {
  const id = useId();
  const prompts = usePrompts() ?? [];
  const [active = '', setActive] = useSetting(settings.activePrompt);
  return (
    <SettingLine
      title={t('prompts.inUse')}
      about={t('prompts.inUseAbout')}
      htmlFor={id}
      aboutId={`${id}about`}
    >
      <span className="field-box">
        <select
          id={id}
          value={prompts.some((prompt) => prompt.id === active) ? active : ''}
          aria-describedby={`${id}about`}
          onChange={(event) => setActive(event.target.value)}
        >
          <option value="">{t('prompts.none')}</option>
          {prompts.map((prompt) => (
            <option key={prompt.id} value={prompt.id}>
              {promptName(prompt)}
            </option>
          ))}
        </select>
      </span>
    </SettingLine>
  );
}
