import { Download, FileUp } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { type Trouble, toAppError } from '@/utils/errors';
import { sayAlso, t } from '@/utils/i18n';
import { termStore } from '@/utils/store/terms';
import type { ImportPreview, UsualOfLines } from '@/utils/translate/glossary-files';
import type { Term } from '@/utils/translate/types';
import { Trouble as TroubleView } from '../panel/trouble';
import { saveFile } from '../save-file';
import type { MenuEntry } from '../ui/menu';

await sayAlso('runs');

/** A file that was looked at, and what it is called. */
export interface FilePreview extends ImportPreview {
  name: string;
}

/** Terms as files, both ways. Nothing of a file is taken over before it was looked at. */
export function useGlossaryFiles({
  terms,
  usual,
}: {
  /** What is written into a file. */
  terms: readonly Term[];
  /** Scope, place and language of lines that do not say them. */
  usual: UsualOfLines;
}): {
  entries: MenuEntry[];
  /** The browser's own field for files; hidden. */
  field: ReactNode;
  preview?: FilePreview;
  trouble: ReactNode;
  take: (terms: readonly Term[]) => Promise<void>;
  cancel: () => void;
} {
  const input = useRef<HTMLInputElement>(null);
  const [preview, setPreview] = useState<FilePreview>();
  const [trouble, setTrouble] = useState<Trouble>();
  /** To the menu that the file came through, from what is closing. */
  const back = () =>
    input.current?.parentElement?.querySelector<HTMLElement>('button[aria-haspopup]')?.focus();
  const attempt = async (work: () => Promise<void>) => {
    setTrouble(undefined);
    await work().catch((error) => setTrouble(toAppError(error).toTrouble()));
  };
  const look = (file: File) =>
    attempt(async () => {
      setPreview(undefined);
      const { readGlossaryFile } = await import('@/utils/translate/glossary-files');
      setPreview({ name: file.name, ...(await readGlossaryFile(file, await termStore.list(), usual)) });
    });
  const save = (form: 'csv' | 'json') =>
    attempt(async () => {
      const { glossaryCsv, glossaryJson } = await import('@/utils/translate/glossary-export');
      saveFile(
        form === 'csv' ? glossaryCsv(terms) : glossaryJson(terms),
        `${t('glossary.fileName')}.${form}`,
      );
    });
  return {
    entries: [
      { label: t('glossary.import'), icon: FileUp, run: () => input.current?.click() },
      ...(terms.length > 0
        ? [
            { label: t('glossary.exportCsv'), icon: Download, run: () => void save('csv') },
            { label: t('glossary.exportJson'), icon: Download, run: () => void save('json') },
          ]
        : []),
    ],
    field: (
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.tsv,.txt,.json,text/csv,application/json"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) void look(file);
          // The same file can be chosen again.
          event.target.value = '';
        }}
      />
    ),
    ...(preview ? { preview } : {}),
    trouble: trouble && (
      <TroubleView
        trouble={trouble}
        on={{
          dismiss: () => {
            setTrouble(undefined);
            back();
          },
        }}
      />
    ),
    async take(changed) {
      await termStore.write(changed);
      setPreview(undefined);
      back();
    },
    cancel() {
      setPreview(undefined);
      back();
    },
  };
}
