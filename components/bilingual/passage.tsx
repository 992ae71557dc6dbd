import { memo, type ReactNode } from 'react';
import { t } from '@/utils/i18n';
import { scriptLanguage } from '@/utils/source';
import { withoutFence } from '@/utils/translate/source-lines';
import type { Block, CutPassage, LineShape } from '@/utils/translate/source-units';
import type { Display } from '@/utils/translate/types';
import { useReading } from './reading-context';
import { OriginalText, TranslatedText, useUnit } from './unit-text';

/** One passage of a source with its number: each paragraph with its translation beside it or below. */
export const Passage = memo(function Passage({
  passage,
  page,
  display,
}: {
  passage: CutPassage;
  /** The page that begins here, where the source has pages. */
  page?: number;
  display: Display;
}) {
  // Drawn anew when the interface speaks another language.
  useReading();
  return (
    <>
      {page !== undefined && <p className="page-mark">{t('bilingual.page', { page })}</p>}
      <div className="passage" id={`p${passage.number}`} data-passage={passage.number}>
        <span className="passage-number" dir="ltr">
          ¶{passage.number}
        </span>
        <div className="passage-body">
          {groupsOf(passage.blocks).map((group, index) =>
            Array.isArray(group) ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a passage never move
              <Table key={index} cells={group} display={display} />
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a passage never move
              <BlockView key={index} block={group} display={display} />
            ),
          )}
        </div>
      </div>
    </>
  );
});

/** Cells that follow one another are a table; a second table begins with its first cell. */
export function groupsOf(blocks: Block[]): (Block | Block[])[] {
  const groups: (Block | Block[])[] = [];
  for (const block of blocks) {
    const { shape } = block;
    const last = groups.at(-1);
    if (shape.type !== 'cell') groups.push(block);
    else if (Array.isArray(last) && (shape.row > 0 || shape.column > 0)) last.push(block);
    else groups.push([block]);
  }
  return groups;
}

function BlockView({ block, display }: { block: Block; display: Display }) {
  const { shape, content } = block;
  if (shape.type === 'rule') return <hr />;
  if (shape.type === 'code') {
    return (
      <pre dir="ltr">
        <code>{withoutFence(content.raw)}</code>
      </pre>
    );
  }
  return <Pair block={block} shape={shape as LineShape} display={display} />;
}

/** A paragraph and its translation. What has none stands alone, in either language. */
function Pair({ block, shape, display }: { block: Block; shape: LineShape; display: Display }) {
  const { entry } = useReading();
  const { unit } = block;
  const isShown = display !== 'translation' || unit === undefined;
  const text = block.content.raw;
  return (
    <Line shape={shape}>
      {isShown && (
        <Words
          shape={shape}
          className="original"
          lang={scriptLanguage(text) ?? entry.source.lang}
          isHeading={display !== 'translation' || unit === undefined}
        >
          <OriginalText block={block} />
        </Words>
      )}
      {unit !== undefined && display !== 'original' && (
        <Translation block={block} unit={unit} shape={shape} display={display} />
      )}
    </Line>
  );
}

function Translation({
  block,
  unit,
  shape,
  display,
}: {
  block: Block;
  unit: number;
  shape: LineShape;
  display: Display;
}) {
  const { entry } = useReading();
  const { placement, isWaiting, hasFailed } = useUnit(unit);
  if (!placement && !isWaiting && !hasFailed) {
    // Not asked for yet, or left as it is: who reads the translation alone must not miss it.
    return display === 'translation' ? (
      <Words
        shape={shape}
        className="original is-untranslated"
        lang={scriptLanguage(block.content.raw) ?? entry.source.lang}
        isHeading
      >
        <OriginalText block={block} />
      </Words>
    ) : null;
  }
  return (
    <Words shape={shape} className="translation" isHeading={display === 'translation'}>
      <TranslatedText block={block} unit={unit} />
    </Words>
  );
}

/** The place of a line: its quotes, how far it is indented, its mark. */
function Line({ shape, children }: { shape: LineShape; children: ReactNode }) {
  const { quotes, indent, marker, task } = shape;
  const mark =
    marker && /^[-*+]$/.test(marker)
      ? '•'
      : marker === ':'
        ? undefined
        : marker?.replace(/^\[\^(.*)\]:$/, '$1');
  let line = (
    <div
      className="pair-line"
      style={indent ? { paddingInlineStart: `${Math.min(indent, 16) * 0.5}em` } : undefined}
    >
      {(mark || task !== undefined) && (
        <span className="line-mark">
          {mark}
          {task !== undefined && (
            <input type="checkbox" checked={task} readOnly disabled aria-label={t('bilingual.task')} />
          )}
        </span>
      )}
      <div className={shape.heading ? 'pair is-heading' : 'pair'}>{children}</div>
    </div>
  );
  for (let depth = 0; depth < Math.min(quotes, 6); depth++) line = <blockquote>{line}</blockquote>;
  return line;
}

function Words({
  shape,
  className,
  lang,
  isHeading,
  children,
}: {
  shape: LineShape;
  className: string;
  lang?: string;
  isHeading?: boolean;
  children: ReactNode;
}) {
  const { heading } = shape;
  if (!heading || !isHeading)
    return (
      <div className={heading ? `${className} heading-${heading}` : className} lang={lang} dir="auto">
        {children}
      </div>
    );
  return (
    // biome-ignore lint/a11y/useSemanticElements: its level is that of the source, below the title of the view
    <div
      role="heading"
      aria-level={Math.min(6, heading + 1)}
      className={`${className} heading-${heading}`}
      lang={lang}
      dir="auto"
    >
      {children}
    </div>
  );
}

function Table({ cells, display }: { cells: Block[]; display: Display }) {
  const rows: Block[][] = [];
  for (const cell of cells) {
    const row = cell.shape.type === 'cell' ? cell.shape.row : 0;
    const some = rows[row] ?? [];
    rows[row] = some;
    some.push(cell);
  }
  const [head = [], ...body] = rows;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached with the keys
    <section className="table-scroll" aria-label={t('bilingual.table')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {head.map((cell, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: cells never move
              <th key={column} scope="col">
                <CellText cell={cell} display={display} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows never move
            <tr key={index}>
              {row.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells never move
                <td key={column}>
                  <CellText cell={cell} display={display} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const lineShape: LineShape = { type: 'line', quotes: 0, indent: 0 };

const CellText = ({ cell, display }: { cell: Block; display: Display }) => (
  <Pair block={cell} shape={lineShape} display={display} />
);
