import { fileName } from '@/utils/chat/export/file-name';
import { getLanguage, languages, t } from '@/utils/i18n';
import { readingHtml } from '@/utils/translate/export/html';
import { readingMarkdown } from '@/utils/translate/export/markdown';
import type { ReadingExport } from '@/utils/translate/export/types';
import { languageName } from '@/utils/translate/languages';
import type { SourceReading } from '@/utils/translate/source-run';
import { saveFile } from '../save-file';

/** `doc`: a page that word processors open as a document of theirs. */
export type FileForm = 'md' | 'html' | 'doc';

const types: Record<FileForm, string> = {
  md: 'text/markdown;charset=utf-8',
  html: 'text/html;charset=utf-8',
  doc: 'application/msword',
};

/** Saves a source and its translation as a file, as far as it has come: nothing of the source is left out. */
export function saveReading(
  { entry, cut, texts }: SourceReading,
  {
    form,
    layout,
    lang,
    now = new Date(),
  }: {
    form: FileForm;
    layout: ReadingExport['layout'];
    lang: string;
    now?: Date;
  },
): void {
  const { title: own, url, lang: sourceLang } = entry.source;
  const title = own || t('page.untitled');
  const language = languageName(lang);
  const date = new Intl.DateTimeFormat(languages[getLanguage()].tag, { dateStyle: 'long' }).format(now);
  const reading: ReadingExport = {
    cut,
    title,
    ...(url ? { url } : {}),
    ...(sourceLang ? { sourceLang } : {}),
    lang,
    layout,
    translationOf: (unit) => texts.get(unit).placement?.text,
    words: { about: t('bilingual.about', { language, date }), page: (page) => t('bilingual.page', { page }) },
  };
  const text = form === 'md' ? readingMarkdown(reading) : readingHtml(reading, { forWord: form === 'doc' });
  // A mark at the beginning tells older word processors how it is written.
  const file = new Blob([form === 'doc' ? `\ufeff${text}` : text], { type: types[form] });
  saveFile(file, fileName(t('bilingual.file', { title, language }), form, now));
}
