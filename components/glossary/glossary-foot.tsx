import { sayAlso, t } from '@/utils/i18n';
import type { Term } from '@/utils/translate/types';

await sayAlso('runs');

/** Where the terms of the user are kept, and the way to have them everywhere. */
export function GlossaryFoot({
  terms,
  host,
  of,
  onEverywhere,
}: {
  /** Those of the user. */
  terms: readonly Term[];
  host: string;
  /** What terms without a site are of. */
  of: 'page' | 'text';
  onEverywhere: () => void;
}) {
  if (terms.every(({ scope }) => scope === 'everywhere')) return null;
  return (
    <footer className="glossary-foot">
      <span className="ellipsis">
        {host ? t('glossary.savedFor', { host }) : t('glossary.savedForPage', { of })}
      </span>
      <button type="button" className="text-button" onClick={onEverywhere}>
        {t('glossary.useEverywhere')}
      </button>
    </footer>
  );
}
