import { CircleAlert } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { sayAlso, t } from '@/utils/i18n';
import { termStore, watchSharedTerms } from '@/utils/store/terms';
import { languageName, targetLanguage } from '@/utils/translate/languages';
import { foldedTerm } from '@/utils/translate/term-text';
import type { Term } from '@/utils/translate/types';
import { MenuButton } from '../ui/menu';
import { Notice } from '../ui/notice';
import { GlossaryImport } from './glossary-import';
import { TermEditor } from './term-editor';
import { TermRow } from './term-row';
import { TermRows } from './term-rows';
import { type EditedTerm, useEditingTerm } from './use-editing-term';
import { useGlossaryFiles } from './use-glossary-files';
import { useGuarded } from './use-guarded';

await sayAlso('runs');

/** Terms that are drawn at once. */
const mostDrawn = 100;
const nothing: Term[] = [];
const noEffect = () => 0;

/** All terms of sites and of everywhere: to look through, change, take out, and as files. */
export default function SharedTermsList() {
  const [terms, setTerms] = useState<Term[]>();
  const [lang, setLang] = useState('en');
  const [query, setQuery] = useState('');
  const [said, setSaid] = useState('');
  const { guarded, hasFailed, setFailed } = useGuarded();
  const list = useRef<HTMLDivElement>(null);
  const { editing, setEditing, stop } = useEditingTerm(list, () =>
    list.current?.querySelector<HTMLElement>('.glossary-head button')?.focus(),
  );
  useEffect(() => {
    void targetLanguage().then(setLang);
    const subscription = watchSharedTerms().subscribe({ next: setTerms, error: () => setFailed(true) });
    return () => subscription.unsubscribe();
  }, [setFailed]);
  const files = useGlossaryFiles({
    terms: terms ?? nothing,
    usual: { scope: 'everywhere', place: '', lang },
  });
  const found = useMemo(() => {
    const wanted = foldedTerm(query);
    return (terms ?? nothing).filter(
      ({ source, target, note = '', place }) =>
        !wanted || foldedTerm(`${source}\n${target}\n${note}\n${place}`).includes(wanted),
    );
  }, [terms, query]);
  const save = async (term: Term) => {
    const now = Date.now();
    const kept: Term = {
      ...term,
      place: term.scope === 'everywhere' ? '' : term.place,
      isLocked: true,
      origin: 'user',
      changedAt: now,
    };
    if (!(await guarded(() => termStore.write([kept])))) return false;
    setSaid(t('glossary.saved', { term: term.source }));
    stop(term.id);
    return true;
  };
  const add = () => {
    const now = Date.now();
    setEditing({
      isNew: true,
      term: {
        id: crypto.randomUUID(),
        source: '',
        target: '',
        match: { caseSensitive: false, wholeWord: true },
        scope: 'everywhere',
        place: '',
        lang,
        isLocked: true,
        origin: 'user',
        createdAt: now,
        changedAt: now,
      },
    });
  };
  const form = ({ term, isNew }: EditedTerm) => (
    <TermEditor
      key={term.id}
      term={term}
      isNew={isNew}
      host={term.scope === 'site' ? term.place : ''}
      hasPage={false}
      affected={noEffect}
      onSave={save}
      {...(isNew
        ? {}
        : {
            onRemove: async () => {
              if (!(await guarded(() => termStore.remove([term.id])))) return;
              setSaid(t('glossary.removed', { term: term.source }));
              stop(term.id);
            },
          })}
      onCancel={() => stop(term.id)}
    />
  );
  if (!terms) return null;
  return (
    <div ref={list} className="glossary-terms">
      <div className="glossary-head">
        <h3 className="grow">{t('glossary.shared')}</h3>
        <button type="button" className="button button-line button-small" onClick={add}>
          {t('glossary.add')}
        </button>
        <MenuButton label={t('glossary.more')} entries={() => files.entries} />
        {files.field}
      </div>
      {terms.length > 8 && (
        <input
          type="search"
          className="glossary-search"
          aria-label={t('glossary.find')}
          placeholder={t('glossary.find')}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      )}
      {hasFailed && <Notice icon={CircleAlert} tone="red" title={t('glossary.notSaved')} alert />}
      {files.trouble}
      {files.preview && (
        <GlossaryImport
          key={files.preview.name}
          preview={files.preview}
          onTake={async (changed) => {
            if (await guarded(() => files.take(changed)))
              setSaid(t('glossary.imported', { count: changed.length }));
          }}
          onCancel={files.cancel}
        />
      )}
      <TermRows
        found={found}
        isEmpty={terms.length === 0}
        none={t('glossary.sharedNone')}
        atOnce={mostDrawn}
        editing={editing}
        form={form}
        row={(term) => (
          <TermRow
            key={term.id}
            term={term}
            senses={1}
            odd={0}
            place={`${term.scope === 'everywhere' ? t('glossary.everywhere') : term.place} · ${languageName(term.lang)}`}
            onEdit={() => setEditing({ term, isNew: false })}
          />
        )}
      />
      <p role="status" className="meta">
        {said}
      </p>
    </div>
  );
}
