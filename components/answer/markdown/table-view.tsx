import { Check, Copy, Download, FileText, Sheet, Table2 } from 'lucide-react';
import type { Token, Tokens } from 'marked';
import { Fragment, memo, useState } from 'react';
import { t } from '@/utils/i18n';
import { IconButton } from '../../ui/icon-button';
import { MenuButton, type MenuEntry } from '../../ui/menu';
import { useLanguage } from '../../use-preferences';
import { useAnswerIdentity } from '../answer-identity';
import { useAnswerSources } from '../sources-context';
import { useCopy } from '../use-copy';
import { useWhole } from './answer-blocks';
import { Inline } from './inline';
import { lex } from './lex';
import { TextScope } from './text-attributes';
import { blockDirection } from './text-language';
import { plainText } from './token-text';

/** From this many columns on a table is wider than a narrow panel, and may be read as cards. */
const wideFrom = 4;

/** What writes it out is loaded when it is wanted. */
const files = () => import('../export/table-export');

/** A table that scrolls under its head and beside its first column, with its CSV at hand. */
export function TableView({
  table,
  growing,
  start,
  continues,
}: {
  table: Tokens.Table;
  growing: boolean;
  /** Where the table stands in the answer. */
  start?: number;
  /** Goes on with a table that was too long for one block, and has its bar there. */
  continues: boolean;
}) {
  const [asCards, setAsCards] = useState(false);
  const isWide = table.header.length >= wideFrom;
  const wholeText = useWhole(start);
  const whole = () =>
    (lex(wholeText() ?? '').find(({ type }) => type === 'table') as Tokens.Table | undefined) ?? table;
  return (
    <div className="table">
      <TextScope tokens={tellingCells(table)}>
        {(attributes) =>
          asCards && isWide ? (
            <Cards table={table} attributes={attributes} />
          ) : (
            <Grid table={table} attributes={attributes} />
          )
        }
      </TextScope>
      {!continues && (table.rows.length > 0 || !growing) && (
        <TableBar table={whole} asCards={isWide ? asCards : undefined} onView={setAsCards} />
      )}
    </div>
  );
}

/** The head and the first rows tell in which language and direction a table is. */
const tellingCells = ({ header, rows }: Tokens.Table): Token[] =>
  [header, ...rows.slice(0, 4)].flatMap((row) => row.flatMap(({ tokens }) => tokens));

type Attributes = { lang?: string; dir?: 'ltr' | 'rtl' };

function TableBar({
  table,
  asCards,
  onView,
}: {
  /** All of it, also where it is drawn in several blocks. */
  table: () => Tokens.Table;
  /** Undefined where there is but one view. */
  asCards: boolean | undefined;
  onView: (asCards: boolean) => void;
}) {
  const [copied, copy] = useCopy();
  const sources = useAnswerSources().map(({ source }) => source);
  const question = useAnswerIdentity()?.question;
  const title = question?.trim() || sources[0]?.title || t('table.table');
  const save = (form: 'csv' | 'xlsx') =>
    void files().then((made) => made.saveTable(table(), sources, form, title));
  const takeAlong = (): MenuEntry[] => [
    {
      label: t('table.copyCells'),
      icon: Table2,
      run: () => void files().then((made) => made.copyTable(table(), sources)),
    },
    { label: t('table.download'), icon: FileText, separated: true, run: () => save('csv') },
    { label: t('table.xlsx'), icon: Sheet, run: () => save('xlsx') },
  ];
  return (
    <div className="block-bar">
      {asCards !== undefined && (
        <fieldset className="segments" aria-label={t('table.view')}>
          <button type="button" aria-pressed={!asCards} onClick={() => onView(false)}>
            {t('table.table')}
          </button>
          <button type="button" aria-pressed={asCards} onClick={() => onView(true)}>
            {t('table.cards')}
          </button>
        </fieldset>
      )}
      <span className="grow" />
      <IconButton
        icon={copied ? Check : Copy}
        label={copied ? t('action.copied') : t('table.copy')}
        onClick={() => copy(files().then((made) => made.tableAsCsv(table(), sources)))}
      />
      <MenuButton icon={Download} label={t('table.save')} entries={takeAlong} />
    </div>
  );
}

/** `right` means the end of the line, where numbers stand, also in a table that is read from the right. */
const alignments = { left: undefined, right: 'cell-end', center: 'cell-center' } as const;
const alignmentOf = (cell: Tokens.TableCell) => (cell.align ? alignments[cell.align] : undefined);

function Grid({ table: { header, rows }, attributes }: { table: Tokens.Table; attributes: Attributes }) {
  return (
    <section
      className="table-scroll"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      aria-label={header.map((cell) => plainText(cell.tokens)).join(', ')}
      {...attributes}
    >
      <table>
        <thead>
          <tr>
            {header.map((cell, index) =>
              // A head without words names nothing.
              cell.text.trim() ? (
                <th
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other identity
                  key={index}
                  scope="col"
                  dir={blockDirection(cell.text)}
                  className={alignmentOf(cell)}
                >
                  <Inline tokens={cell.tokens} />
                </th>
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other identity
                <td key={index} />
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows only grow at the end
            <Row key={index} row={row} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

const sameRow = (before: Tokens.TableCell[], after: Tokens.TableCell[]) =>
  before.length === after.length && before.every((cell, index) => cell.text === after[index]?.text);

/** A row; the first cell names it. Drawn once, while the table around it grows. */
const Row = memo(
  function TableRow({ row }: { row: Tokens.TableCell[] }) {
    useLanguage();
    return (
      <tr>
        {row.map((cell, column) => {
          const Tag = column === 0 && cell.text.trim() ? 'th' : 'td';
          return (
            <Tag
              // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other identity
              key={column}
              scope={Tag === 'th' ? 'row' : undefined}
              dir={blockDirection(cell.text)}
              className={alignmentOf(cell)}
            >
              <Inline tokens={cell.tokens} />
            </Tag>
          );
        })}
      </tr>
    );
  },
  (before, after) => sameRow(before.row, after.row),
);

/** One card a row, for tables that are wider than the panel. */
function Cards({ table: { header, rows }, attributes }: { table: Tokens.Table; attributes: Attributes }) {
  return (
    <div className="cards" {...attributes}>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows only grow at the end
        <Card key={index} header={header} row={row} />
      ))}
    </div>
  );
}

function Card({ header, row }: { header: Tokens.TableCell[]; row: Tokens.TableCell[] }) {
  const [name, ...values] = row;
  return (
    <div className="card">
      {name?.text.trim() && (
        <p className="card-name" dir={blockDirection(name.text)}>
          <Inline tokens={name.tokens} />
        </p>
      )}
      <dl>
        {values.map((cell, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other identity
          <Fragment key={index}>
            <dt>
              <Inline tokens={header[index + 1]?.tokens} />
            </dt>
            <dd dir={blockDirection(cell.text)}>
              <Inline tokens={cell.tokens} />
            </dd>
          </Fragment>
        ))}
      </dl>
    </div>
  );
}
