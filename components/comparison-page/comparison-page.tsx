import { CircleHelp, Printer } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { splitAnswer } from '@/utils/chat/follow-ups';
import type { KeptAnswer, KeptAnswerState } from '@/utils/chat/kept-answer';
import { getLanguage, languages, t } from '@/utils/i18n';
import { scriptLanguage } from '@/utils/source';
import { AnswerIdentityContext } from '../answer/answer-identity';
import { isComparison } from '../answer/markdown/fences';
import { MarkdownBlocks } from '../answer/markdown/markdown';
import { type Block, createBlockSplitter } from '../answer/markdown/split-blocks';
import { SourcesProvider } from '../answer/sources-context';
import { sourcesOf } from '../panel/sources-of';
import { Logo } from '../ui/logo';
import { Notice } from '../ui/notice';
import { usePreferences } from '../use-preferences';
import { SourceList } from './source-list';

/** One comparison of an answer with the whole width of a tab, what was said around it, and its sources. */
export function ComparisonPage({ state, start }: { state: KeptAnswerState; start: number }) {
  usePreferences();
  if (state.status === 'loading') return <Frame title={t('manifest.name')} />;
  if (state.status === 'gone') {
    return (
      <Frame title={t('manifest.name')}>
        <Notice icon={CircleHelp} title={t('comparison.gone')} alert>
          {t('comparison.goneText')}
        </Notice>
      </Frame>
    );
  }
  return <Kept kept={state} start={start} />;
}

function Frame({ title, children }: { title: string; children?: ReactNode }) {
  useEffect(() => {
    document.title = title;
  }, [title]);
  return <main className="comparison-page">{children}</main>;
}

function Kept({ kept: { chat, turn, answer, sources: all }, start }: { kept: KeptAnswer; start: number }) {
  const { body } = useMemo(() => splitAnswer(answer), [answer]);
  const streaming = answer.state === 'streaming';
  const splitter = useRef(createBlockSplitter());
  const groups = splitter.current.split(body, streaming);
  const { blocks, isLast } = useMemo(() => around(groups.flat(), start), [groups, start]);
  const sources = sourcesOf(answer, all);
  const { task, scope } = turn;
  const identity = useMemo(() => ({ id: answer.id, task, scope }), [answer.id, task, scope]);
  const title = chat.title || t('history.untitled');
  const time = new Intl.DateTimeFormat(languages[getLanguage()].tag, {
    dateStyle: 'long',
    timeStyle: 'short',
  }).format(answer.createdAt);
  return (
    <Frame title={t('comparison.title', { title })}>
      <header className="comparison-page-head">
        <Logo size={24} />
        <div>
          <h1 lang={scriptLanguage(title)}>
            <bdi>{title}</bdi>
          </h1>
          <p className="meta">{t('comparison.by', { model: answer.model, time })}</p>
        </div>
        <button type="button" className="button button-line" onClick={() => print()}>
          <Printer className="icon icon-small" aria-hidden="true" />
          {t('comparison.print')}
        </button>
      </header>
      {turn.question && turn.question !== title && (
        <blockquote className="comparison-question" lang={scriptLanguage(turn.question)} dir="auto">
          {turn.question}
        </blockquote>
      )}
      <AnswerIdentityContext value={identity}>
        <SourcesProvider value={sources}>
          {blocks.length > 0 ? (
            <MarkdownBlocks groups={[blocks]} streaming={streaming && isLast} lang={scriptLanguage(body)} />
          ) : (
            !streaming && (
              <Notice icon={CircleHelp} title={t('comparison.gone')} alert>
                {t('comparison.goneTable')}
              </Notice>
            )
          )}
        </SourcesProvider>
      </AnswerIdentityContext>
      {streaming && (
        <p className="meta" role="status">
          {t('comparison.growing')}
        </p>
      )}
      <SourceList sources={sources} />
    </Frame>
  );
}

/** The comparison that begins at `start` with what stands before and after it, as far as the next comparison. */
function around(blocks: Block[], start: number): { blocks: Block[]; isLast: boolean } {
  const at = blocks.findIndex((block) => block.start === start);
  if (at < 0) return { blocks: [], isLast: false };
  const isOther = ({ token }: Block, index: number) => isComparison(token) && index !== at;
  const from = blocks.slice(0, at).findLastIndex(isOther) + 1;
  const next = blocks.findIndex((block, index) => index > at && isOther(block, index));
  const to = next < 0 ? blocks.length : next;
  return { blocks: blocks.slice(from, to), isLast: to === blocks.length };
}
