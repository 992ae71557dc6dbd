import {
  BookMarked,
  BookOpenText,
  FileCode2,
  FileText,
  FileType,
  Printer,
  Search,
  SquareArrowOutUpRight,
} from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { getLanguage, t } from '@/utils/i18n';
import { type ReadingPlace, readings } from '@/utils/store/readings';
import { languageName } from '@/utils/translate/languages';
import type { RunCommand } from '@/utils/translate/run-types';
import type { SourceReading } from '@/utils/translate/source-run';
import { useReadingActions } from '../panel/actions';
import { RunNotice } from '../translation/run-notice';
import { spokenWords } from '../translation/run-words';
import { IconButton } from '../ui/icon-button';
import { MenuButton, type MenuEntry } from '../ui/menu';
import { Notice } from '../ui/notice';
import { useWatched } from '../use-watched';
import { FindBar } from './find-bar';
import { Passages, type PassagesHandle } from './passages';
import { ReadingProvider } from './reading-context';
import { ReadingControls } from './reading-controls';
import { ReadingFrame } from './reading-frame';
import type { FileForm } from './save-reading';

/** A source with its translation as far as it has come, and everything that can be done with both. */
export function ReadingBody({
  reading,
  start,
  isLeft,
  onStart,
  onKeep,
  onTerms,
  onBack,
}: {
  reading: SourceReading;
  /** ¶ that is at the top at first. */
  start: number;
  isLeft: boolean;
  onStart: () => void;
  onKeep: (place: Partial<ReadingPlace>) => void;
  /** Shows the terms, beginning with one. */
  onTerms: (id?: string) => void;
  onBack?: () => void;
}) {
  const { entry, cut, texts, run: source } = reading;
  const { openReading, openSettings } = useReadingTools();
  const run = useWatched(source);
  const [isFinding, setFinding] = useState(false);
  const scroller = useRef<HTMLElement>(null);
  const passages = useRef<PassagesHandle>(null);
  const send = useCallback(
    (command: RunCommand) => {
      if (command.type === 'display') onKeep({ display: command.display });
      if (command.type === 'language') onKeep({ lang: command.lang });
      source.command(command);
    },
    [source, onKeep],
  );
  const { lang, display } = run;
  const language = getLanguage();
  const newestTerms = useRef(onTerms);
  newestTerms.current = onTerms;
  const context = useMemo(
    () => ({
      entry,
      texts,
      lang,
      language,
      onTerm: (id: string) => newestTerms.current(id),
      again: (unit: number) => send({ type: 'again', units: [unit] }),
    }),
    [entry, texts, lang, language, send],
  );
  const save = async (form: FileForm, layout: 'both' | 'translation') => {
    const { saveReading } = await import('./save-reading');
    saveReading(reading, { form, layout, lang });
  };
  const openTab = async () => {
    await readings.keepSource(entry);
    // Two at once would ask for the same twice.
    source.end();
    openReading?.(entry.source.id);
    onBack?.();
  };
  const menu = (): MenuEntry[] => [
    ...(onBack && openReading
      ? [{ label: t('bilingual.openTab'), icon: SquareArrowOutUpRight, run: () => void openTab() }]
      : []),
    { label: t('glossary.title'), icon: BookMarked, run: () => onTerms() },
    {
      label: t('bilingual.print'),
      icon: Printer,
      run: () => {
        // All of it has to be drawn before the browser looks.
        flushSync(() => passages.current?.drawAll());
        print();
      },
    },
    ...saves(save),
  ];
  return (
    <ReadingProvider value={context}>
      <ReadingFrame
        source={entry.source}
        onBack={onBack}
        scroller={scroller}
        tools={
          <>
            <IconButton icon={Search} label={t('bilingual.find')} onClick={() => setFinding(true)} />
            <MenuButton label={t('bilingual.more')} entries={menu} />
          </>
        }
        head={
          <>
            {!isLeft && <ReadingControls run={run} send={send} />}
            <div className="reading-notice">
              {isLeft ? (
                <Notice
                  icon={BookOpenText}
                  title={t('bilingual.notStarted')}
                  actions={[{ label: t('bilingual.start'), run: onStart }]}
                />
              ) : (
                <RunNotice run={run} on={{ send, openSettings, openGlossary: () => onTerms() }} />
              )}
            </div>
            <p className="for-screen-readers" role="status">
              {!isLeft && spokenWords(run, languageName(lang))}
            </p>
            {isFinding && (
              <FindBar
                cut={cut}
                texts={texts}
                display={display}
                passages={passages}
                scroller={scroller}
                onClose={() => setFinding(false)}
              />
            )}
          </>
        }
      >
        <Passages
          ref={passages}
          cut={cut}
          display={isLeft ? 'original' : display}
          start={start}
          scroller={scroller}
          onFind={() => setFinding(true)}
          onPlace={(first, last) => {
            reading.look({ first, last });
            onKeep({ passage: first });
          }}
        />
      </ReadingFrame>
    </ReadingProvider>
  );
}

const saves = (save: (form: FileForm, layout: 'both' | 'translation') => Promise<void>): MenuEntry[] => [
  { label: t('bilingual.bothMarkdown'), icon: FileText, run: () => void save('md', 'both'), separated: true },
  { label: t('bilingual.onlyMarkdown'), icon: FileText, run: () => void save('md', 'translation') },
  { label: t('bilingual.bothHtml'), icon: FileCode2, run: () => void save('html', 'both') },
  { label: t('bilingual.onlyHtml'), icon: FileCode2, run: () => void save('html', 'translation') },
  { label: t('bilingual.bothWord'), icon: FileType, run: () => void save('doc', 'both') },
  { label: t('bilingual.onlyWord'), icon: FileType, run: () => void save('doc', 'translation') },
];

/** In the panel and in a tab of its own. */
function useReadingTools() {
  const { openReading, openSettings } = useReadingActions();
  return { openReading, openSettings: openSettings ?? (() => {}) };
}
