import { useMemo } from 'react';
import { scriptLanguage } from '@/utils/source';
import type { AnswerRecord, SearchRecord } from '@/utils/store/records';
import { AnswerIdentityContext, useAnswerIdentity } from '../answer/answer-identity';
import { Markdown } from '../answer/markdown/markdown';
import { placeIn } from './pieces';
import { SearchRun } from './search-run';

/** An answer from its first search on: each round where it happened, and the text that was written after it. */
export function SearchedText({
  answer,
  searches,
  body,
  streaming,
}: {
  answer: AnswerRecord;
  searches: SearchRecord[];
  /** The whole text as it is shown. */
  body: string;
  streaming: boolean;
}) {
  const places = searches.map(({ at }) => placeIn(body, answer.text, at));
  return searches.map((record, index) => {
    const start = places[index] ?? body.length;
    const end = places[index + 1] ?? body.length;
    const isLast = index === searches.length - 1;
    const text = body.slice(start, end);
    return (
      <div key={record.id} className="searched">
        <SearchRun record={record} answer={answer} goesOn={!isLast || text.trim() !== '' || !streaming} />
        {text.trim() && <Piece text={text} from={start} streaming={streaming && isLast} whole={body} />}
      </div>
    );
  });
}

function Piece({
  text,
  from,
  streaming,
  whole,
}: {
  text: string;
  /** Where it begins in the answer. */
  from: number;
  streaming: boolean;
  whole: string;
}) {
  const around = useAnswerIdentity();
  const identity = useMemo(() => around && { ...around, from }, [around, from]);
  return (
    <AnswerIdentityContext value={identity}>
      <Markdown text={text} streaming={streaming} lang={scriptLanguage(whole)} />
    </AnswerIdentityContext>
  );
}
