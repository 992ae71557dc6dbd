import { ArrowLeft, Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { messageText } from '@/utils/context/compose';
import { t } from '@/utils/i18n';
import type { Message } from '@/utils/models/types';
import { IconButton } from '../ui/icon-button';
import { useCopy } from './use-copy';

/** Characters per element: the browser lays out only what is in sight, however long the request is. */
const pieceLength = 4_000;

/** The literal request, message by message, and what is known of its sending. */
export function ExactText({
  load,
  verdict,
  onBack,
}: {
  load: () => Promise<{ messages: Message[]; matches: boolean }>;
  /** What is said about it; `matches` is whether it equals what was sent. */
  verdict: (matches: boolean) => string;
  onBack: () => void;
}) {
  const [request, setRequest] = useState<{ messages: Message[]; matches: boolean }>();
  const [copied, copy] = useCopy();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the request is composed once, when the view opens
  useEffect(() => void load().then(setRequest), []);
  return (
    <main className="thread">
      <div className="exact-head">
        <div className="answer-actions">
          <IconButton icon={ArrowLeft} label={t('panel.back')} onClick={onBack} />
          <h2 className="grow view-title">{t('exact.title')}</h2>
          <IconButton
            icon={copied ? Check : Copy}
            label={t('exact.copy')}
            onClick={() => request && copy(request.messages.map(messageText).join('\n\n'))}
          />
        </div>
        {request && <p className="meta">{verdict(request.matches)}</p>}
      </div>
      {request?.messages.map((message, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: messages of a request never move
        <section key={index} className="exact-message">
          <h3 className="eyebrow">{t(`exact.roles.${message.role}`)}</h3>
          {pieces(messageText(message)).map((piece) => (
            <pre key={piece.start}>{piece.text}</pre>
          ))}
        </section>
      ))}
    </main>
  );
}

/** Cuts at line ends near every `pieceLength`, for drawing only; together the pieces are the text. */
function pieces(text: string): { start: number; text: string }[] {
  const result: { start: number; text: string }[] = [];
  for (let start = 0; start < text.length; ) {
    const near = text.indexOf('\n', start + pieceLength);
    const end = near === -1 ? text.length : near + 1;
    result.push({ start, text: text.slice(start, end) });
    start = end;
  }
  return result;
}
