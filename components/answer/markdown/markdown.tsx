import { memo, useRef } from 'react';
import { useLanguage } from '../../use-preferences';
import { AnswerBlocks } from './answer-blocks';
import { BlockView } from './block-view';
import { UnfinishedContext } from './cited-pieces';
import { type Block, type BlockGroups, createBlockSplitter } from './split-blocks';
import { AnswerLanguage } from './text-attributes';

/**
 * Streamed Markdown as React elements: no HTML on the way, so nothing in an answer can become markup. Finished
 * blocks are drawn once; the browser skips the layout of those out of sight.
 */
export function Markdown({ text, streaming, lang }: { text: string; streaming: boolean; lang?: string }) {
  const splitter = useRef(createBlockSplitter());
  return (
    <MarkdownBlocks groups={splitter.current.split(text, streaming)} streaming={streaming} lang={lang} />
  );
}

/** Blocks of an answer, all of them or some. */
export function MarkdownBlocks({
  groups,
  streaming,
  lang,
}: {
  groups: BlockGroups;
  /** The last block is growing. */
  streaming: boolean;
  lang?: string;
}) {
  const current = useRef(groups);
  current.current = groups;
  return (
    <AnswerLanguage value={lang}>
      <AnswerBlocks value={current}>
        <div className="markdown" lang={lang}>
          {groups.map((blocks, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: groups only grow at the end, so their position is their identity
            <Group key={index} blocks={blocks} caret={streaming && index === groups.length - 1} />
          ))}
        </div>
      </AnswerBlocks>
    </AnswerLanguage>
  );
}

/** Blocks that are compared and laid out together: a long answer has few groups, and only its last one changes. */
const Group = memo(function MarkdownGroup({ blocks, caret }: { blocks: readonly Block[]; caret: boolean }) {
  return (
    <div className="block-group">
      {blocks.map((block, index) => (
        <MemoBlock
          key={`${block.start} ${block.links ?? ''}`}
          block={block}
          caret={caret && index === blocks.length - 1}
        />
      ))}
    </div>
  );
});

const MemoBlock = memo(
  function MarkdownBlock({ block, caret }: { block: Block; caret: boolean }) {
    useLanguage();
    const kind = block.token.type === 'heading' ? 'block block-heading' : 'block';
    return (
      <div className={block.continues ? `${kind} block-rest` : kind}>
        <UnfinishedContext value={caret}>
          <BlockView token={block.token} caret={caret} start={block.start} continues={block.continues} />
        </UnfinishedContext>
      </div>
    );
  },
  (before, after) => before.block.raw === after.block.raw && before.caret === after.caret,
);
