import { RotateCcw } from 'lucide-react';
import { memo, useMemo, useSyncExternalStore } from 'react';
import { t } from '@/utils/i18n';
import { directionOf } from '@/utils/translate/languages';
import type { Block } from '@/utils/translate/source-units';
import { nodesOf, originalNodes } from '@/utils/translate/write-inline';
import { InlineText } from './inline-text';
import { useReading } from './reading-context';

/** The words of a block as the source has them. */
export const OriginalText = memo(function OriginalText({ block }: { block: Block }) {
  const { entry } = useReading();
  const { content } = block;
  const nodes = useMemo(() => originalNodes(content), [content]);
  return <InlineText nodes={nodes} forms={content.forms} base={entry.source.url} />;
});

/** Its translation, a line in waiting where it is on its way, or the sign that asks for it again. */
export const TranslatedText = memo(function TranslatedText({ block, unit }: { block: Block; unit: number }) {
  const { entry, lang, onTerm, again } = useReading();
  const { placement, isWaiting, hasFailed } = useUnit(unit);
  const nodes = useMemo(
    () => (placement ? nodesOf(block.content, placement.text) : undefined),
    [placement, block.content],
  );
  if (nodes)
    return (
      <span lang={lang} dir={directionOf(lang)} className="translated">
        <InlineText
          nodes={nodes}
          forms={block.content.forms}
          base={entry.source.url}
          terms={placement?.terms}
          onTerm={onTerm}
        />
      </span>
    );
  if (hasFailed)
    return (
      <button type="button" className="unit-again" onClick={() => again(unit)}>
        <RotateCcw className="icon icon-small" aria-hidden="true" />
        {t('bilingual.again')}
      </button>
    );
  if (isWaiting) return <Waiting length={block.content.raw.length} />;
  return null;
});

/** What a unit has by now. */
export function useUnit(unit: number) {
  const { texts } = useReading();
  const [subscribe, get] = useMemo(
    () => [(listener: () => void) => texts.subscribe(unit, listener), () => texts.get(unit)],
    [texts, unit],
  );
  return useSyncExternalStore(subscribe, get);
}

/** Lines in the place of a translation that is on its way. */
function Waiting({ length }: { length: number }) {
  return (
    <span className="unit-waiting" aria-hidden="true">
      <i style={{ inlineSize: `${Math.min(100, 20 + length / 2)}%` }} />
      {length > 160 && <i style={{ inlineSize: '46%' }} />}
    </span>
  );
}
