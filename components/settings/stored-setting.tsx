import { useEffect, useState } from 'react';
import { t } from '@/utils/i18n';
import { keptSize } from '@/utils/store/kept-size';
import { type StoredCounts, watchStored } from '@/utils/store/stored';
import { formatBytes, formatNumber } from '../format';
import { UnusedFiles } from './unused-files';

/** How much is kept, kept up to date; undefined until it has been counted. */
export function useStored(): StoredCounts | undefined {
  const [counts, setCounts] = useState<StoredCounts>();
  useEffect(() => {
    const subscription = watchStored().subscribe({ next: setCounts, error: () => setCounts(undefined) });
    return () => subscription.unsubscribe();
  }, []);
  return counts;
}

/** What is kept in this browser, in numbers. */
export function Stored() {
  const counts = useStored();
  const [bytes, setBytes] = useState<number>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is kept has changed
  useEffect(() => {
    keptSize().then(setBytes);
  }, [counts]);
  const facts: [string, string][] = counts
    ? [
        [t('privacy.chats'), formatNumber(counts.chats)],
        [t('privacy.sources'), formatNumber(counts.sources)],
        [
          t('privacy.keptFiles'),
          counts.files === 0
            ? formatNumber(0)
            : t('privacy.filesOf', { count: counts.files, size: formatBytes(counts.fileBytes) }),
        ],
        [t('privacy.pictures'), formatNumber(counts.pictures)],
        [t('privacy.drafts'), formatNumber(counts.drafts)],
        [t('privacy.prompts'), formatNumber(counts.prompts)],
        [t('privacy.terms'), formatNumber(counts.terms)],
        [t('privacy.translations'), formatNumber(counts.translations)],
        [t('privacy.keys'), formatNumber(counts.keys)],
      ]
    : [];
  // Less than that is said as that: nothing takes no room at all.
  if (bytes !== undefined)
    facts.push([
      t('privacy.space'),
      t('privacy.megabytes', { size: Math.max(0.1, Math.round(bytes / 100_000) / 10) }),
    ]);
  return (
    <>
      <h3>{t('privacy.stored')}</h3>
      <p className="settings-long">{t('settings.privacyText')}</p>
      <dl className="fact-list">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <UnusedFiles />
    </>
  );
}
