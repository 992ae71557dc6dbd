import { FileX } from 'lucide-react';
import { useState } from 'react';
import type { MissingSource } from '@/utils/chat/missing-sources';
import { sayAlso, t } from '@/utils/i18n';
import { namesOf } from '../picker/names';
import { Notice } from '../ui/notice';
import { focusComposer } from './focus-composer';

await sayAlso('sheets');

/** Chats whose users know, as long as the panel is open. */
const known = new Set<string>();

/** Says that a chat asks on without something that it was asked with. */
export default function MissingNotice({ chatId, missing }: { chatId: string; missing: MissingSource[] }) {
  const [, setKnown] = useState(0);
  const count = missing.length;
  const key = [chatId, ...missing.map(({ id }) => id)].join(' ');
  if (known.has(key)) return null;
  const named = missing.filter(({ title }) => title).map(({ title = '' }) => ({ title }));
  const understood = {
    label: t('missing.understood'),
    run: () => {
      known.add(key);
      setKnown((times) => times + 1);
      // The button goes away with the notice.
      focusComposer();
    },
  };
  return (
    <Notice icon={FileX} tone="lamp" title={t('missing.title', { count })} actions={[understood]} alert>
      {named.length > 0 && t('missing.names', { names: namesOf(named) })} {t('missing.means', { count })}
    </Notice>
  );
}
