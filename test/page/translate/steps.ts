import { JSDOM } from 'jsdom';
import { createPageTranslator, type PageTranslator } from '../../../utils/page/translate/page-translator';
import type { FromPage, PageUnit, ToPage } from '../../../utils/page/translate/types';

/** A page without layout, and the translator in it. */
export function openPage(body: string, head = '') {
  const { window } = new JSDOM(
    `<!doctype html><html lang="en"><head>${head}</head><body>${body}</body></html>`,
  );
  const { document } = window;
  const sent: FromPage[] = [];
  const translator = createPageTranslator(document as unknown as Document, {
    send: (message) => sent.push(message),
  });
  return {
    window,
    document: document as unknown as Document,
    sent,
    translator,
    units: () => sent.flatMap((message) => (message.type === 'units' ? message.units : [])),
    async start(options: Partial<Extract<ToPage, { type: 'start' }>> = {}): Promise<PageUnit[]> {
      translator.receive({
        type: 'start',
        lang: 'zh-Hans',
        display: 'both',
        labels: { again: 'Translate again' },
        ...options,
      });
      await until(() => sent.some((message) => message.type === 'units' && message.complete));
      return sent.flatMap((message) => (message.type === 'units' ? message.units : []));
    },
    async tell(message: ToPage): Promise<void> {
      translator.receive(message);
      await settled(translator);
    },
    async undo(): Promise<void> {
      translator.receive({ type: 'undo' });
      await until(() => sent.some(({ type }) => type === 'undone'));
    },
  };
}

async function until(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 20_000; !holds() && Date.now() < end; ) await turn();
  if (!holds()) throw new Error('It did not come to that.');
}

export const turn = () => new Promise((resolve) => setTimeout(resolve));

export async function settled(translator: PageTranslator): Promise<void> {
  await translator.written();
  await turn();
}

/** A translation that keeps every mark: words turned into others letter by letter. */
export const translated = (text: string): string =>
  text
    .split(/(<[^>]*>|&\w+;)/)
    .map((part, index) => (index % 2 ? part : part.replace(/\p{L}+/gu, (word) => `译${word.length}`)))
    .join('');
