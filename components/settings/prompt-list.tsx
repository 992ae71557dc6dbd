import { Check, CircleAlert, CopyPlus, Download, Plus, ScrollText, Trash2, Undo2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { type Trouble, toAppError } from '@/utils/errors';
import { type MessageKey, t } from '@/utils/i18n';
import { makePromptFile, readPromptFile } from '@/utils/store/prompt-files';
import { promptStore } from '@/utils/store/prompts';
import type { PromptRecord } from '@/utils/store/records';
import { settings } from '@/utils/store/settings';
import { MenuButton } from '../ui/menu';
import { Notice } from '../ui/notice';
import { ChooseFile } from './choose-file';
import { InUse } from './in-use';
import { PromptEditor } from './prompt-editor';
import { promptName, usePrompts } from './prompt-setting';
import { saveFile } from './save-file';
import { reportSaving } from './saving';
import { useSetting } from './use-setting';

/** Milliseconds in which a deletion can be taken back. */
const undoTime = 10_000;

type Outcome = { kind: 'added'; count: number } | { kind: 'trouble'; trouble: Trouble };

/** All saved prompts, each with its editor, and the ways in and out. */
export function PromptList() {
  const prompts = usePrompts();
  const [active] = useSetting(settings.activePrompt);
  const [open, setOpen] = useState<string>();
  const [deleted, setDeleted] = useState<{ prompt: PromptRecord; wasActive: boolean }[]>();
  const [outcome, setOutcome] = useState<Outcome>();
  const newButton = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!deleted) return;
    const timer = setTimeout(() => setDeleted(undefined), undoTime);
    return () => clearTimeout(timer);
  }, [deleted]);

  const create = (content: Partial<PromptRecord> = {}) => {
    const now = Date.now();
    const id = crypto.randomUUID();
    const empty = { name: '', role: '', rules: '', examples: [] };
    reportSaving(
      promptStore.write({ ...empty, ...content, id, createdAt: now, updatedAt: now }).then(() => setOpen(id)),
    );
  };
  const remove = (prompt: PromptRecord) => {
    // Several that are deleted one after the other come back together.
    setDeleted((before = []) => [...before, { prompt, wasActive: prompt.id === active }]);
    reportSaving(promptStore.remove(prompt.id));
    // The row is gone with its menu.
    newButton.current?.focus();
  };
  const undo = () => {
    if (!deleted) return;
    const inUse = deleted.find(({ wasActive }) => wasActive)?.prompt.id;
    reportSaving(
      Promise.all(deleted.map(({ prompt }) => promptStore.write(prompt))).then(() =>
        inUse ? settings.activePrompt.write(inUse) : undefined,
      ),
    );
    setDeleted(undefined);
    newButton.current?.focus();
  };
  const bringIn = (file: File) => {
    setOutcome(undefined);
    readPromptFile(file)
      .then(promptStore.add)
      .then((added) => setOutcome({ kind: 'added', count: added.length }))
      .catch((error: unknown) => setOutcome({ kind: 'trouble', trouble: toAppError(error).toTrouble() }));
  };
  const save = (list: PromptRecord[]) => saveFile(makePromptFile(list), 'wholemoon-prompts');

  return (
    <>
      <h3>{t('prompts.yours')}</h3>
      {prompts?.length === 0 && <p className="meta">{t('prompts.empty')}</p>}
      {prompts && prompts.length > 0 && (
        <div className="provider-list">
          {prompts.map((prompt) => (
            <section key={prompt.id} className="provider" aria-label={promptName(prompt)}>
              <div className="provider-row">
                <ScrollText className="icon" aria-hidden="true" />
                <div className="grow">
                  <p className="provider-name">
                    <bdi>{promptName(prompt)}</bdi>
                  </p>
                  {open !== prompt.id && (
                    <p className="meta ellipsis" dir="auto">
                      {firstLine(prompt)}
                    </p>
                  )}
                </div>
                {prompt.id === active && <InUse />}
                <button
                  type="button"
                  className="button button-quiet button-small"
                  aria-expanded={open === prompt.id}
                  aria-label={t('prompts.editNamed', { name: promptName(prompt) })}
                  onClick={() => setOpen(open === prompt.id ? undefined : prompt.id)}
                >
                  {t(open === prompt.id ? 'prompts.done' : 'settings.edit')}
                </button>
                <MenuButton
                  label={t('prompts.more', { name: promptName(prompt) })}
                  entries={() => [
                    {
                      label: t('prompts.duplicate'),
                      icon: CopyPlus,
                      run: () =>
                        create({ ...prompt, name: t('prompts.copyOf', { name: promptName(prompt) }) }),
                    },
                    { label: t('prompts.saveOne'), icon: Download, run: () => save([prompt]) },
                    {
                      label: t('prompts.delete'),
                      icon: Trash2,
                      danger: true,
                      separated: true,
                      run: () => remove(prompt),
                    },
                  ]}
                />
              </div>
              {open === prompt.id && <PromptEditor prompt={prompt} />}
            </section>
          ))}
        </div>
      )}
      {deleted && (
        <Notice
          icon={Undo2}
          title={t('prompts.deleted', { name: deleted.map(({ prompt }) => promptName(prompt)).join(', ') })}
          actions={[{ label: t('panel.undo'), run: undo }]}
          alert
        />
      )}
      <div className="form-actions">
        <button
          ref={newButton}
          type="button"
          className="button button-line button-small"
          onClick={() => create()}
        >
          <Plus className="icon icon-small" aria-hidden="true" />
          {t('prompts.new')}
        </button>
        <ChooseFile label={t('prompts.bringIn')} onFile={bringIn} />
        {prompts && prompts.length > 0 && (
          <button type="button" className="button button-quiet button-small" onClick={() => save(prompts)}>
            {t('prompts.saveAll')}
          </button>
        )}
      </div>
      <div role="status">{outcome && <OutcomeNotice outcome={outcome} />}</div>
    </>
  );
}

function OutcomeNotice({ outcome }: { outcome: Outcome }) {
  if (outcome.kind === 'added')
    return <Notice icon={Check} title={t('prompts.added', { count: outcome.count })} />;
  const { code, facts } = outcome.trouble;
  const all = { about: 'question', place: '', message: '', megabytes: 0, limit: 0, ...facts };
  return (
    <Notice icon={CircleAlert} tone="red" title={t(`trouble.${code}.title` as MessageKey, all)} alert>
      {t(`trouble.${code}.text` as MessageKey, all)}
    </Notice>
  );
}

/** Letters of a prompt that its row shows; the style sheet cuts what is wider. */
const shownLetters = 200;

const firstLine = ({ role, rules }: PromptRecord): string =>
  (role.trim() || rules.trim()).split('\n', 1)[0]?.slice(0, shownLetters) ?? '';
