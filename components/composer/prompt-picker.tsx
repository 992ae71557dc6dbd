import { ScrollText } from 'lucide-react';
import { useEffect, useState } from 'react';
import { sayAlso, t } from '@/utils/i18n';
import { watchPrompts } from '@/utils/store/prompts';
import type { PromptRecord } from '@/utils/store/records';
import { settings } from '@/utils/store/settings';
import { useActions } from '../panel/actions';
import { MenuButton } from '../ui/menu';
import { useLanguage } from '../use-preferences';

await sayAlso('sheets');

/** Which saved prompt goes with new questions, as a button that opens the list of them; nothing while there is none. */
export function PromptPicker() {
  useLanguage();
  const { openSettings } = useActions();
  const [prompts, setPrompts] = useState<PromptRecord[]>([]);
  const [active, setActive] = useState('');
  useEffect(() => {
    const subscription = watchPrompts().subscribe({ next: setPrompts, error: () => setPrompts([]) });
    settings.activePrompt.read().then(setActive);
    const stop = settings.activePrompt.watch(setActive);
    return () => {
      subscription.unsubscribe();
      stop();
    };
  }, []);
  if (prompts.length === 0) return null;
  const inUse = prompts.find(({ id }) => id === active);
  const nameOf = ({ name }: PromptRecord) => name.trim() || t('prompts.untitled');
  const choose = (id: string) => void settings.activePrompt.write(id);
  return (
    <MenuButton
      label={inUse ? t('composer.promptNow', { name: nameOf(inUse) }) : t('composer.promptNone')}
      className={inUse ? 'model-button prompt-button is-in-use' : 'model-button prompt-button'}
      entries={() => [
        { label: t('prompts.none'), checked: !inUse, run: () => choose('') },
        ...prompts.map((prompt) => ({
          id: prompt.id,
          label: nameOf(prompt),
          checked: prompt === inUse,
          run: () => choose(prompt.id),
        })),
        { label: t('prompts.edit'), separated: true, run: () => openSettings('prompts') },
      ]}
    >
      <ScrollText className="icon" aria-hidden="true" />
      {inUse && <bdi className="ellipsis">{nameOf(inUse)}</bdi>}
    </MenuButton>
  );
}
