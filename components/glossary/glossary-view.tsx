import { ArrowLeft, CircleAlert, Plus, Search } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { sayAlso, t } from '@/utils/i18n';
import { sendCommand } from '@/utils/store/translation-runs';
import { unitsToFix } from '@/utils/translate/consistency';
import { placeOf } from '@/utils/translate/glossary';
import { isDecided } from '@/utils/translate/precedence';
import type { TranslationRun } from '@/utils/translate/run-types';
import { foldedTerm } from '@/utils/translate/term-text';
import type { Term } from '@/utils/translate/types';
import { focusComposer } from '../panel/focus-composer';
import { useKey } from '../panel/keys';
import { RunStrip } from '../translation/run-strip';
import { kindOf } from '../translation/run-words';
import { IconButton } from '../ui/icon-button';
import { MenuButton } from '../ui/menu';
import { Notice } from '../ui/notice';
import { GlossaryFoot } from './glossary-foot';
import { GlossaryImport } from './glossary-import';
import { TermEditor } from './term-editor';
import { TermRow } from './term-row';
import { TermRows } from './term-rows';
import { type EditedTerm, useEditingTerm } from './use-editing-term';
import { useFound } from './use-found';
import { useGlossary, useRunTexts } from './use-glossary';
import { useGlossaryFiles } from './use-glossary-files';
import { useGuarded } from './use-guarded';

await sayAlso('runs');

/** Terms that are drawn at once; more are drawn when they are asked for, or searched. */
const mostDrawn = 200;

/** The terms of the page that is translated: what each is called, how often it stands there, and what calls it otherwise. */
export default function GlossaryView({
  url,
  lang,
  run,
  shown,
  onBack,
}: {
  /** The address of the page, and the language of its translations (BCP 47). */
  url: string;
  lang: string;
  run?: TranslationRun;
  /** The term to begin with, such as one that was clicked in the page. */
  shown?: string;
  onBack: () => void;
}) {
  const { glossary, terms } = useGlossary(url, lang);
  const texts = useRunTexts(run);
  const [query, setQuery] = useState<string>();
  const [said, setSaid] = useState('');
  const { guarded, hasFailed } = useGuarded();
  const list = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const { editing, setEditing, stop } = useEditingTerm(list, () => heading.current?.focus());
  const { host, url: page } = placeOf(url, lang);
  const kind = run ? kindOf(run) : { of: 'page' as const };
  const files = useGlossaryFiles({
    terms,
    usual: { scope: host ? 'site' : 'page', place: host || page, lang, page },
  });

  const { uses, odd, senses, found } = useFound({
    glossary,
    terms,
    texts,
    query,
    isDone: run?.state?.status === 'done',
  });

  useEffect(() => heading.current?.focus(), []);
  useKey('close', () => {
    if (editing) stop(editing.term.id);
    else onBack();
    return true;
  });

  const edit = useCallback(
    (term: Term) =>
      // What the user says is for the site, where the page has one.
      setEditing({ term: isDecided(term) || !host ? term : { ...term, scope: 'site' }, isNew: false }),
    [host, setEditing],
  );
  const wanted = terms.find(({ id }) => id === shown);
  const wasShown = useRef<string>(undefined);
  useEffect(() => {
    if (!wanted || wasShown.current === wanted.id) return;
    wasShown.current = wanted.id;
    edit(wanted);
  }, [wanted, edit]);

  const translateAgain = (units: readonly number[]) => {
    if (!run || units.length === 0) return;
    sendCommand(run.id, { type: 'again', units: [...units] });
    setSaid(t('glossary.fixing', { count: units.length }));
  };
  const against = useCallback(
    (term: Term) => (texts ? unitsToFix(texts.units, new Map(texts.translations), term, terms) : []),
    [texts, terms],
  );
  const affected = useCallback((term: Term) => against(term).length, [against]);
  const save = async (term: Term) => {
    const units = against(term);
    const isKept = await guarded(async () => glossary?.put({ ...term, isLocked: true, origin: 'user' }));
    if (!isKept) return false;
    setSaid(t('glossary.saved', { term: term.source }));
    translateAgain(units);
    stop(term.id);
    return true;
  };
  const remove = async (term: Term) => {
    if (!(await guarded(async () => glossary?.remove([term.id])))) return;
    setSaid(t('glossary.removed', { term: term.source }));
    stop(term.id);
  };
  const addTerm = () => {
    const term = glossary?.make('', '', { scope: host ? 'site' : 'page' });
    if (term) setEditing({ term, isNew: true });
  };
  const everywhere = async () => {
    const mine = terms.filter((term) => isDecided(term) && term.scope !== 'everywhere');
    const isKept = await guarded(async () => {
      for (const term of mine) await glossary?.setScope(term, 'everywhere');
    });
    if (isKept) setSaid(t('glossary.madeEverywhere', { count: mine.length }));
  };
  const mine = terms.filter(isDecided);
  const oddUnits = [...new Set([...odd.values()].flat())];
  const form = ({ term, isNew }: EditedTerm) => (
    <TermEditor
      key={term.id}
      term={term}
      isNew={isNew}
      host={host}
      {...kind}
      affected={affected}
      onSave={save}
      {...(isNew ? {} : { onRemove: () => void remove(term) })}
      onCancel={() => stop(term.id)}
    />
  );

  return (
    <>
      <header className="panel-header">
        <IconButton
          icon={ArrowLeft}
          label={t('panel.back')}
          onClick={() => {
            onBack();
            requestAnimationFrame(focusComposer);
          }}
        />
        <h1 ref={heading} tabIndex={-1} className="panel-title">
          {t('glossary.title')}
        </h1>
      </header>
      <main className="glossary">
        {run && <RunStrip run={run} />}
        {run?.state?.status === 'running' && (
          <p className="meta glossary-about">{t('glossary.about', kind)}</p>
        )}
        <section ref={list} aria-labelledby="glossary-terms" className="glossary-terms">
          <div className="glossary-head">
            <h2 id="glossary-terms" className="grow">
              {t('glossary.onPage', kind)}
            </h2>
            {terms.length > 0 && (
              <IconButton
                icon={Search}
                label={t('glossary.find')}
                aria-pressed={query !== undefined}
                onClick={() => setQuery(query === undefined ? '' : undefined)}
              />
            )}
            <IconButton icon={Plus} label={t('glossary.add')} disabled={!glossary} onClick={addTerm} />
            <MenuButton
              label={t('glossary.more')}
              entries={() => [
                ...files.entries,
                ...(mine.some(({ scope }) => scope !== 'everywhere')
                  ? [{ label: t('glossary.useEverywhere'), run: () => void everywhere(), separated: true }]
                  : []),
              ]}
            />
            {files.field}
          </div>
          {query !== undefined && (
            <input
              // biome-ignore lint/a11y/noAutofocus: the button that opened it had the focus
              autoFocus
              type="search"
              className="glossary-search"
              aria-label={t('glossary.find')}
              placeholder={t('glossary.find')}
              value={query}
              onChange={(event) => setQuery(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Escape') return;
                event.stopPropagation();
                setQuery(undefined);
                heading.current?.focus();
              }}
            />
          )}
          {hasFailed && <Notice icon={CircleAlert} tone="red" title={t('glossary.notSaved')} alert />}
          {files.preview && (
            <GlossaryImport
              key={files.preview.name}
              preview={files.preview}
              onTake={async (changed) => {
                const isKept = await guarded(async () => {
                  await files.take(changed);
                  await glossary?.reload();
                });
                if (isKept) setSaid(t('glossary.imported', { count: changed.length }));
              }}
              onCancel={files.cancel}
            />
          )}
          {files.trouble}
          {oddUnits.length > 0 && !run?.inconsistent.length && (
            <Notice
              icon={CircleAlert}
              tone="lamp"
              title={t('glossary.inconsistent', { count: oddUnits.length })}
              actions={[
                { label: t('glossary.fix', { count: oddUnits.length }), run: () => translateAgain(oddUnits) },
              ]}
            />
          )}
          <TermRows
            found={found}
            isEmpty={terms.length === 0}
            none={glossary && t(run ? 'glossary.noneYet' : 'glossary.none')}
            atOnce={mostDrawn}
            editing={editing}
            form={form}
            row={(term) => (
              <TermRow
                key={term.id}
                term={term}
                {...(uses ? { count: uses.get(term.id)?.count ?? 0 } : {})}
                senses={senses.get(foldedTerm(term.source)) ?? 1}
                odd={odd.get(term.id)?.length ?? 0}
                {...(term.scope === 'everywhere' ? { place: t('glossary.everywhere') } : {})}
                onEdit={() => edit(term)}
                onLock={(isLocked) => void guarded(async () => glossary?.lock(term, isLocked))}
                onFix={() => translateAgain(odd.get(term.id) ?? [])}
              />
            )}
          />
        </section>
        <div className="for-screen-readers" role="status">
          {said}
        </div>
      </main>
      <GlossaryFoot terms={mine} host={host} {...kind} onEverywhere={() => void everywhere()} />
    </>
  );
}
