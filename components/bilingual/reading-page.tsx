import { CircleHelp } from 'lucide-react';
import { useEffect } from 'react';
import type { MeasuredSource } from '@/utils/context/compose';
import { t } from '@/utils/i18n';
import { Notice } from '../ui/notice';
import { usePreferences } from '../use-preferences';
import ReadingView from './reading-view';

/** A source in two languages with the whole width of a tab. */
export function ReadingPage({ entry }: { entry?: MeasuredSource }) {
  usePreferences();
  const title = entry ? entry.source.title || t('page.untitled') : t('manifest.name');
  useEffect(() => {
    document.title = title;
  }, [title]);
  if (entry) return <ReadingView entry={entry} />;
  return (
    <main className="reading-gone">
      <Notice icon={CircleHelp} title={t('bilingual.gone')} alert>
        {t('bilingual.goneText')}
      </Notice>
    </main>
  );
}
