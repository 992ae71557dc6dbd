import { hasComparison } from '@/utils/compare/fence';
import type { MeasuredSource } from '@/utils/context/compose';
import { sayAlso } from '@/utils/i18n';

/** What is copied of an answer: a comparison as a table. What makes one is loaded where there is one. */
export function copiedText(body: string, sources: MeasuredSource[]): string | Promise<string> {
  if (!hasComparison(body)) return body;
  return Promise.all([import('@/utils/chat/readable'), sayAlso('comparisons')]).then(([{ readable }]) =>
    readable(
      body,
      sources.map(({ source }) => source),
    ),
  );
}
