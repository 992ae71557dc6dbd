import { ArrowLeft } from 'lucide-react';
import { type ReactNode, type Ref, useEffect, useRef } from 'react';
import { t } from '@/utils/i18n';
import type { Source } from '@/utils/source';
import { IconButton } from '../ui/icon-button';
import { Logo } from '../ui/logo';
import { WaitingMoon } from '../ui/moon';

/** The title of what is read, what can be done with it, and its text. */
export function ReadingFrame({
  source,
  onBack,
  isLoading,
  tools,
  head,
  scroller,
  children,
}: {
  source: Source;
  onBack?: () => void;
  isLoading?: boolean;
  /** Buttons beside the title. */
  tools?: ReactNode;
  /** Below it: how far the translation is. */
  head?: ReactNode;
  scroller?: Ref<HTMLElement>;
  children?: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  // A tab of its own begins at its beginning, as pages do.
  useEffect(() => {
    if (onBack) heading.current?.focus();
  }, [onBack]);
  const title = source.title || t('page.untitled');
  return (
    <div className={onBack ? 'reading' : 'reading is-wide'}>
      <header className="reading-head">
        <div className="reading-title">
          {onBack ? (
            <IconButton icon={ArrowLeft} label={t('bilingual.back')} onClick={onBack} />
          ) : (
            <Logo size={24} />
          )}
          <h1 ref={heading} tabIndex={-1} lang={source.lang} title={title}>
            <bdi>{title}</bdi>
          </h1>
          {tools}
        </div>
        {head}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached with the keys */}
      <main ref={scroller} className="reading-text" tabIndex={0} aria-label={t('bilingual.title')}>
        {isLoading && (
          <p className="answer-status" role="status">
            <WaitingMoon />
            {t('bilingual.cutting')}
          </p>
        )}
        {children}
      </main>
    </div>
  );
}
