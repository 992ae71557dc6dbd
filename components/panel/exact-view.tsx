import type { Conversation } from '@/utils/chat/conversation';
import { findAnswer } from '@/utils/chat/conversation-state';
import { t } from '@/utils/i18n';
import type { Connection } from '@/utils/models/types';
import { ExactText } from '../answer/exact-text';
import { useWatched } from '../use-watched';
import type { useAsk } from './use-ask';

/** The literal request of an answer, or of the question that is being written. */
export default function ExactView({
  of,
  conversation,
  asking,
  connection,
  onBack,
}: {
  /** Absent for the question that is being written. */
  of?: { answerId: string; position: number };
  conversation: Conversation;
  asking: ReturnType<typeof useAsk>;
  connection?: Connection;
  onBack: () => void;
}) {
  const chat = useWatched(conversation);
  if (of) {
    const isLocal = findAnswer(chat, of.answerId)?.provider === 'excerpts';
    return (
      <ExactText
        load={() => conversation.exactText(of.answerId, of.position)}
        verdict={(matches) => t(isLocal ? 'exact.local' : matches ? 'exact.matches' : 'exact.differs')}
        onBack={onBack}
      />
    );
  }
  const isLocal = connection?.provider.wire === 'excerpts';
  return (
    <ExactText
      load={asking.exactText}
      verdict={() => t(isLocal ? 'exact.nextLocal' : asking.draft.trim() ? 'exact.next' : 'exact.nextEmpty')}
      onBack={onBack}
    />
  );
}
