import type { Token, Tokens } from 'marked';
import { type CSSProperties, createElement, memo, type ReactNode } from 'react';
import { useLanguage } from '../../use-preferences';
import { CitationScope } from '../citation';
import { QuotationContext } from './cited-pieces';
import { Inline } from './inline';

const Caret = () => <span className="stream-caret" aria-hidden="true" />;

/** One Markdown block. `caret` marks the place where the answer is growing. */
export function BlockView({ token, caret = false }: { token: Token; caret?: boolean }): ReactNode {
  const end = caret ? <Caret /> : null;
  switch (token.type) {
    case 'heading': {
      const { depth, tokens } = token as Tokens.Heading;
      // The panel's own heading is level 1 and an answer has no heading of its own: ### becomes level 3.
      const level = `h${Math.min(6, Math.max(2, depth))}`;
      return <CitationScope>{createElement(level, null, <Inline tokens={tokens} />, end)}</CitationScope>;
    }
    case 'paragraph':
      return (
        <CitationScope>
          <p>
            <Inline tokens={(token as Tokens.Paragraph).tokens} />
            {end}
          </p>
        </CitationScope>
      );
    case 'blockquote':
      return (
        <CitationScope>
          <blockquote>
            <QuotationContext value={true}>
              <Blocks tokens={(token as Tokens.Blockquote).tokens} caret={caret} />
            </QuotationContext>
          </blockquote>
        </CitationScope>
      );
    case 'list':
      return <List list={token as Tokens.List} caret={caret} />;
    case 'table':
      return <Table table={token as Tokens.Table} />;
    case 'code':
      return (
        <pre>
          <code>{(token as Tokens.Code).text}</code>
          {end}
        </pre>
      );
    case 'hr':
      return <hr />;
    case 'space':
    case 'def':
      return null;
    case 'text': {
      const { tokens, text } = token as Tokens.Text;
      return (
        <>
          {tokens ? <Inline tokens={tokens} /> : text}
          {end}
        </>
      );
    }
    default:
      // HTML and whatever else there may be: shown as the characters it consists of.
      return (
        <p>
          {token.raw}
          {end}
        </p>
      );
  }
}

function Blocks({ tokens, caret }: { tokens: Token[]; caret: boolean }) {
  return tokens.map((token, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: blocks only grow at the end, so their position is their identity
    <BlockView key={index} token={token} caret={caret && index === tokens.length - 1} />
  ));
}

function List({ list, caret }: { list: Tokens.List; caret: boolean }) {
  const items = list.items.map((item, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: items only grow at the end, so their position is their identity
    <ListItem key={index} item={item} caret={caret && index === list.items.length - 1} />
  ));
  if (!list.ordered) return <ul>{items}</ul>;
  const style = { '--list-start': Number(list.start || 1) - 1 } as CSSProperties;
  return (
    <ol start={Number(list.start || 1)} style={style}>
      {items}
    </ol>
  );
}

const ListItem = memo(
  function MarkdownListItem({ item, caret }: { item: Tokens.ListItem; caret: boolean }) {
    useLanguage();
    return (
      <li className={item.task ? 'task' : undefined}>
        <CitationScope>
          {item.task && <input type="checkbox" checked={item.checked ?? false} readOnly tabIndex={-1} />}
          <Blocks tokens={item.tokens.filter((token) => token.type !== 'checkbox')} caret={caret} />
        </CitationScope>
      </li>
    );
  },
  (before, after) => before.item.raw === after.item.raw && before.caret === after.caret,
);

function Table({ table }: { table: Tokens.Table }) {
  const align = (index: number): CSSProperties | undefined =>
    table.align[index] ? { textAlign: table.align[index] ?? undefined } : undefined;
  return (
    <CitationScope>
      <section
        className="table-scroll"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        aria-label={table.header.map((cell) => cell.text).join(', ')}
      >
        <table>
          <thead>
            <tr>
              {table.header.map((cell, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other identity
                <th key={index} scope="col" style={align(index)}>
                  <Inline tokens={cell.tokens} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row, rowIndex) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows only grow at the end
              <tr key={rowIndex}>
                {row.map((cell, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other identity
                  <td key={index} style={align(index)}>
                    <Inline tokens={cell.tokens} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </CitationScope>
  );
}
