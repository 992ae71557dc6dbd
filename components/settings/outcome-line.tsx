import { Check, CircleAlert } from 'lucide-react';
import type { Trouble } from '@/utils/errors';
import { type MessageKey, t } from '@/utils/i18n';
import { Notice } from '../ui/notice';

/** How a test, a saving or a removal went. */
export type Outcome =
  | { kind: 'testing' }
  | { kind: 'works'; seconds: number }
  | { kind: 'saved' }
  | { kind: 'connected' }
  | { kind: 'removed' }
  | { kind: 'listed'; count: number }
  | { kind: 'trouble'; trouble: Trouble };

export function OutcomeLine({
  outcome,
  model,
  provider,
}: {
  outcome: Outcome;
  model: string;
  provider: string;
}) {
  if (outcome.kind === 'testing') return <p className="meta">{t('settings.testing', { model })}</p>;
  if (outcome.kind === 'removed') return <Notice icon={Check} title={t('settings.removed', { provider })} />;
  if (outcome.kind === 'saved') return <Notice icon={Check} title={t('settings.saved')} />;
  if (outcome.kind === 'connected') {
    return <Notice icon={Check} title={t('settings.connectedNow', { provider, model })} />;
  }
  if (outcome.kind === 'listed')
    return <Notice icon={Check} title={t('settings.listed', { count: outcome.count })} />;
  if (outcome.kind === 'works') {
    return <Notice icon={Check} title={t('settings.works', { model, seconds: outcome.seconds })} />;
  }
  const { code, facts } = outcome.trouble;
  // The second sentence speaks of a question; here only the server's own words are added.
  const all = {
    provider: '',
    model,
    host: '',
    address: '',
    status: '',
    message: '',
    seconds: 0,
    words: 0,
    images: 0,
    megabytes: 0,
    needed: 0,
    limit: 0,
    ...facts,
  };
  return (
    <Notice icon={CircleAlert} tone="red" title={t(`trouble.${code}.title` as MessageKey, all)} alert>
      {all.message}
    </Notice>
  );
}
