import type { Token, Tokens } from 'marked';
import { type CSSProperties, createElement, memo, type ReactNode } from 'react';
import { t } from '@/utils/i18n';
import { useLanguage } from '../../use-preferences';
import { CitationScope } from '../citation';
import { ComparisonFence, TableOfSources } from '../comparison/comparison-fence';
import { QuotationContext } from './cited-pieces';
import { CodeView } from './code-view';
import { DiagramView } from './diagram-view';
import { fenceName, isComparison } from './fences';
import { FormulaView } from './formula-view';
import type { FormulaToken } from './formulas';
import { Inline } from './inline';
import type { DefinitionsToken, NoteToken } from './notes';
import { TableView } from './table-view';
import { TextScope } from './text-attributes';

const Caret = () => <span className="stream-caret" aria-hidden="true" />;

/**
 * One Markdown block. `caret` marks the place where the answer is growing. A block of the answer itself has its
 * `start` there; what is too long for one block `continues` in the next.
 */
export function BlockView({
  token,
  caret = false,
  start,
  continues = false,
}: {
  token: Token;
  caret?: boolean;
  start?: number;
  continues?: boolean;
}): ReactNode {
  const end = caret ? <Caret /> : null;
  switch (token.type) {
    case 'heading': {
      const { depth, tokens } = token as Tokens.Heading;
      // The panel's own heading is level 1 and an answer has no heading of its own: ### becomes level 3.
      const level = `h${Math.min(6, Math.max(2, depth))}`;
      return <Passage as={level} tokens={tokens} end={end} />;
    }
    case 'paragraph':
      return <Passage as="p" tokens={(token as Tokens.Paragraph).tokens} end={end} />;
    case 'note': {
      const { label, tokens } = token as NoteToken;
      const mark = <sup className="note-mark">{label}</sup>;
      return <Passage as="p" className="note" start={mark} tokens={tokens} end={end} />;
    }
    case 'definitions':
      return <Definitions token={token as DefinitionsToken} end={end} />;
    case 'blockquote':
      return (
        <CitationScope>
          <TextScope tokens={(token as Tokens.Blockquote).tokens}>
            {(attributes) => (
              <blockquote {...attributes}>
                <QuotationContext value={true}>
                  <Blocks tokens={(token as Tokens.Blockquote).tokens} caret={caret} />
                </QuotationContext>
              </blockquote>
            )}
          </TextScope>
        </CitationScope>
      );
    case 'list':
      return <List list={token as Tokens.List} caret={caret} />;
    case 'table': {
      const table = (
        <CitationScope>
          <TableView table={token as Tokens.Table} growing={caret} start={start} continues={continues} />
        </CitationScope>
      );
      if (continues) return table;
      return (
        <TableOfSources raw={token.raw} growing={caret} start={start}>
          {table}
        </TableOfSources>
      );
    }
    case 'code': {
      const { text, lang } = token as Tokens.Code;
      if (isComparison(token) && !continues)
        return <ComparisonFence code={token as Tokens.Code} growing={caret} start={start} />;
      if (fenceName(lang).toLowerCase() === 'mermaid' && !continues) {
        return <DiagramView source={text} growing={caret} />;
      }
      return (
        <CodeView text={text} info={lang} growing={caret} start={start} continues={continues}>
          {end}
        </CodeView>
      );
    }
    case 'formula': {
      const { source, raw, open } = token as FormulaToken;
      if (open) {
        return (
          <p className="formula-source" dir="ltr">
            {source}
            {end}
          </p>
        );
      }
      return <FormulaView source={source} raw={raw.trim()} display />;
    }
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
        <p className="as-written" dir="auto">
          {token.raw}
          {end}
        </p>
      );
  }
}

/** Words in one element, in their language and direction. */
function Passage({
  as,
  className,
  start,
  tokens,
  end,
}: {
  as: string;
  className?: string;
  start?: ReactNode;
  tokens: Token[] | undefined;
  end: ReactNode;
}) {
  return (
    <CitationScope>
      <TextScope tokens={tokens}>
        {(attributes) =>
          createElement(as, { className, ...attributes }, start, <Inline tokens={tokens} />, end)
        }
      </TextScope>
    </CitationScope>
  );
}

function Blocks({ tokens, caret }: { tokens: Token[]; caret: boolean }) {
  return tokens.map((token, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: blocks only grow at the end, so their position is their identity
    <BlockView key={index} token={token} caret={caret && index === tokens.length - 1} />
  ));
}

function Definitions({ token: { term, meanings }, end }: { token: DefinitionsToken; end: ReactNode }) {
  return (
    <CitationScope>
      <TextScope tokens={[...term, ...(meanings[0] ?? [])]}>
        {(attributes) => (
          <dl {...attributes}>
            <dt>
              <Inline tokens={term} />
            </dt>
            {meanings.map((meaning, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: meanings only grow at the end
              <dd key={index}>
                <Inline tokens={meaning} />
                {index === meanings.length - 1 && end}
              </dd>
            ))}
          </dl>
        )}
      </TextScope>
    </CitationScope>
  );
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
    const tokens = item.tokens.filter((token) => token.type !== 'checkbox');
    return (
      <TextScope tokens={tokens}>
        {(attributes) => (
          <li className={item.task ? 'task' : undefined} {...attributes}>
            <CitationScope>
              {item.task && (
                <input
                  type="checkbox"
                  checked={item.checked ?? false}
                  readOnly
                  disabled
                  aria-label={t(item.checked ? 'answer.taskDone' : 'answer.taskOpen')}
                />
              )}
              <Blocks tokens={tokens} caret={caret} />
            </CitationScope>
          </li>
        )}
      </TextScope>
    );
  },
  (before, after) => before.item.raw === after.item.raw && before.caret === after.caret,
);
