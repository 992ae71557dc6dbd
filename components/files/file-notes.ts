/** Where the text of a file differs from what the file shows, in sentences, each with the one thing to be done about it. */

import {
  EyeOff,
  FileQuestion,
  Languages,
  type LucideIcon,
  MessageSquareText,
  ScanText,
  ShieldOff,
  Sigma,
  Table2,
} from 'lucide-react';
import { sayAlso, t } from '@/utils/i18n';
import type { FileChoices, FileNote, Source } from '@/utils/source';

await sayAlso('files');

export interface Note {
  id: string;
  icon: LucideIcon;
  text: string;
  action?: { label: string } & ({ choices: FileChoices } | { check: true });
  /** Said only where details are asked for. */
  isMinor?: boolean;
}

/** The notes of a source, those that ask for something first. */
export function notesOf(source: Source): Note[] {
  const { file, gaps, title: name } = source;
  if (!file) return [];
  const notes = file.notes.flatMap((note) => noteOf(note, source) ?? []);
  const hidden = gaps.find(({ why }) => why === 'hidden-sheets');
  if (hidden) {
    const count = hidden.size;
    notes.push({
      id: 'hidden-sheets',
      icon: EyeOff,
      text: t('files.note.hidden', { count, name }),
      action: { label: t('files.note.readHidden', { count }), choices: { hiddenSheets: true } },
    });
  }
  const rows = gaps.find(({ why }) => why === 'hidden-rows');
  if (rows) {
    const { size: count, sample = '' } = rows;
    notes.push({
      id: 'hidden-rows',
      icon: EyeOff,
      text: t('files.note.hiddenRows', { count, name, sample }),
      action: { label: t('files.note.readHidden', { count }), choices: { hiddenSheets: true } },
    });
  }
  if (gaps.some(({ why }) => why === 'macros'))
    notes.push({ id: 'macros', icon: ShieldOff, text: t('files.note.macros', { name }) });
  return notes.sort((one, other) => rank(one) - rank(other));
}

const rank = ({ action, isMinor }: Note) => (isMinor ? 2 : action ? 0 : 1);

function noteOf({ what, size = 0, sample = '' }: FileNote, source: Source): Note | undefined {
  const { title: name, pages } = source;
  const base = { id: what };
  switch (what) {
    case 'read-by-ocr': {
      const isPages = pages !== undefined && pages > 0;
      const text = t(isPages ? 'files.note.ocr' : 'files.note.ocrPicture', { count: size, name });
      const label = t('files.note.check', { count: isPages ? size : 2 });
      return { ...base, icon: ScanText, text, action: { label, check: true } };
    }
    case 'pages-as-pictures':
      return { ...base, icon: ScanText, text: t('files.note.pictures', { count: size, name }) };
    case 'formulas-as-values': {
      const action = { label: t('files.note.listFormulas'), choices: { formulas: true } };
      return { ...base, icon: Sigma, text: t('files.note.formulas', { count: size, name }), action };
    }
    case 'formulas-listed': {
      const action = { label: t('files.note.valuesOnly'), choices: { formulas: false } };
      return { ...base, icon: Sigma, text: t('files.note.formulasIn', { name }), action, isMinor: true };
    }
    case 'formulas-uncalculated':
      return { ...base, icon: Sigma, text: t('files.note.uncalculated', { count: size, name }) };
    case 'hidden-sheets-included': {
      const action = { label: t('files.note.leaveHidden'), choices: { hiddenSheets: false } };
      return { ...base, icon: EyeOff, text: t('files.note.hiddenIn', { name }), action, isMinor: true };
    }
    case 'decoded':
      return { ...base, icon: Languages, text: t('files.note.decoded', { name, sample }) };
    case 'really':
      return {
        ...base,
        icon: FileQuestion,
        text: t('files.note.really', { name, sample: sample.replace(/^\./, '') || 'none' }),
      };
    case 'comments':
      return {
        ...base,
        icon: MessageSquareText,
        text: t('files.note.comments', { count: size, name }),
        isMinor: true,
      };
    case 'separated': {
      const sign =
        sample === '\t' || sample === 'tab' ? t('files.note.tab') : t('files.note.sign', { sign: sample });
      return {
        ...base,
        icon: Table2,
        text: t('files.note.separated', { name, sample: sign }),
        isMinor: true,
      };
    }
  }
}
