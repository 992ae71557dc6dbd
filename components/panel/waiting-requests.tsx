import { Hourglass } from 'lucide-react';
import type { DeskState, RequestDesk } from '@/utils/chat/requests';
import { type MessageKey, sayAlso, t } from '@/utils/i18n';
import type { PendingRequest } from '@/utils/store/pending-request';
import { Notice } from '../ui/notice';

await sayAlso('sheets');

const next: Record<Exclude<PendingRequest['action'], 'read' | 'translate-page'>, MessageKey> = {
  summarize: 'waiting.summarize',
  ask: 'waiting.ask',
  selection: 'waiting.selection',
  link: 'waiting.link',
  picture: 'waiting.picture',
  translate: 'waiting.translate',
  chat: 'waiting.translate',
};

/** What was asked for while something else is being done: it waits, and the user says when. */
export function WaitingRequests({
  waiting,
  desk,
  streaming,
}: {
  waiting: DeskState['waiting'];
  desk: RequestDesk;
  streaming: boolean;
}) {
  return waiting.map(({ request, title }) => {
    const { id, action } = request;
    if (action === 'read' || action === 'translate-page') return null;
    return (
      <Notice
        key={id}
        icon={Hourglass}
        title={t(next[action], { title: title || t('page.untitled') })}
        actions={[
          { label: t(streaming ? 'waiting.now' : 'waiting.goThere'), run: () => void desk.now(id) },
          { label: t('waiting.drop'), run: () => desk.drop(id) },
        ]}
        alert
      >
        {t(streaming ? 'waiting.streaming' : 'waiting.elsewhere')}
      </Notice>
    );
  });
}
