import { useEffect, useState } from 'react';
import { targetLanguage } from '@/utils/translate/languages';
import { useRun } from '../translation/use-run';
import GlossaryView from './glossary-view';

/** The terms of the page in front: in the language into which it is translated, or would be. */
export default function PageGlossary({
  tab,
  termId,
  onBack,
}: {
  tab?: { id: number; url?: string };
  /** The term to begin with. */
  termId?: string;
  onBack: () => void;
}) {
  const run = useRun(tab?.id);
  const [usual, setUsual] = useState<string>();
  useEffect(() => void targetLanguage().then(setUsual), []);
  const lang = run?.lang ?? usual;
  const url = run?.url || tab?.url || '';
  if (!lang) return null;
  return (
    <GlossaryView
      key={`${lang} ${url}`}
      url={url}
      lang={lang}
      run={run?.stage === 'undone' ? undefined : run}
      shown={run?.term?.id || termId}
      onBack={onBack}
    />
  );
}
