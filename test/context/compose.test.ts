import { describe, expect, it } from 'vitest';
import {
  type AnsweredTurn,
  type AskedTurn,
  type ComposeInput,
  compose,
  continuation,
  type MeasuredSource,
  messageText,
} from '@/utils/context/compose';
import { estimateTokens } from '@/utils/context/tokens';
import type { Request } from '@/utils/models/types';
import { systemLine } from '@/utils/prompts/system';
import { serializeDocuments } from '../fixtures/documents';
import { measuredSource } from '../fixtures/sources';

const large = { window: 10_000_000 };

const turnOf = (question: string, sources: MeasuredSource[] = []): AskedTurn => ({
  task: 'answer',
  question,
  instructions: `<instructions>\nAnswer ${question.length}\n</instructions>`,
  sourceIds: sources.map(({ source }) => source.id),
});

const answeredTurn = (turn: AskedTurn, answer: string): AnsweredTurn => ({ ...turn, answer });

function requestOf(input: ComposeInput): Request {
  const composition = compose(input);
  if (!composition.fits) throw new Error(`Does not fit: ${composition.needed} > ${composition.limit}`);
  return composition.request;
}

const textOf = (request: Request) => request.messages.map(messageText).join('');

describe('the layout of a request', () => {
  it('is the system line, then documents, instructions and question in one message', async () => {
    const page = await measuredSource(['One.', 'Two.']);
    const turn = turnOf('What is it?', [page]);
    const { messages, ...rest } = requestOf({ sources: [page], history: [], turn, model: large });
    expect(messages).toEqual([
      { role: 'system', parts: [systemLine] },
      {
        role: 'user',
        parts: [serializeDocuments([page.source], 1), `${turn.instructions}\n\nWhat is it?`],
        cacheAfter: 0,
      },
    ]);
    expect(rest).toEqual({
      documents: [page.source],
      task: 'answer',
      question: 'What is it?',
      reserve: 8192,
      inputTokens:
        page.tokens + estimateTokens(systemLine) + estimateTokens(`${turn.instructions}\n\nWhat is it?`),
    });
  });

  it('never varies its system line, whatever is asked', async () => {
    const page = await measuredSource(['One.']);
    const summarize: AskedTurn = { ...turnOf('Sum up', [page]), task: 'summarize' };
    const first = requestOf({ sources: [page], history: [], turn: summarize, model: large });
    const second = requestOf({ sources: [], history: [], turn: turnOf('你好'), model: { window: 50_000 } });
    expect(first.messages[0]).toEqual(second.messages[0]);
    expect(systemLine).not.toMatch(/\d{4}|English|Chinese/);
  });

  it('has no documents part when no source is given', () => {
    const { messages } = requestOf({ sources: [], history: [], turn: turnOf('Hello'), model: large });
    expect(messages[1]?.parts).toHaveLength(1);
  });

  it('keeps the words of a question and of an answer to the letter', () => {
    const words = "  $& $1 $` $' {question} </documents> \r\n\t“月” \\n  ";
    const history = [answeredTurn(turnOf(words), words)];
    const { messages } = requestOf({ sources: [], history, turn: turnOf(words), model: large });
    expect(messages.slice(1).every((message) => messageText(message).endsWith(words))).toBe(true);
    expect(messages[2]).toEqual({ role: 'assistant', parts: [words] });
  });

  it('numbers documents in the order in which they were added', async () => {
    const [a, b, c] = await Promise.all([
      measuredSource(['A']),
      measuredSource(['B']),
      measuredSource(['C']),
    ]);
    const history = [answeredTurn(turnOf('First', [b]), 'Yes.')];
    const turn = turnOf('Second', [c, a]);
    const { messages, documents } = requestOf({ sources: [a, b, c], history, turn, model: large });
    expect(documents.map((source) => source.text)).toEqual(['¶1 B', '¶1 C', '¶1 A']);
    expect(messages[3]?.parts[0]).toBe(serializeDocuments([c.source, a.source], 2));
  });

  it('says so when a turn names a source that was not given', () => {
    const turn = { ...turnOf('What?'), sourceIds: ['missing'] };
    expect(() => compose({ sources: [], history: [], turn, model: large })).toThrow('missing');
  });
});

describe('a conversation', () => {
  it('appends a source that comes later and rewrites nothing earlier', async () => {
    const [page, other] = await Promise.all([measuredSource(['One.']), measuredSource(['Two.'])]);
    const first = turnOf('First?', [page]);
    const before = requestOf({ sources: [page], history: [], turn: first, model: large });
    const after = requestOf({
      sources: [page, other],
      history: [answeredTurn(first, 'Answer.')],
      turn: turnOf('Second?', [other]),
      model: large,
    });
    expect(after.messages.slice(0, 2)).toEqual(before.messages);
    expect(after.messages[3]?.parts[0]).toBe(serializeDocuments([other.source], 2));
  });

  it('does not send a source twice', async () => {
    const page = await measuredSource(['The only copy.']);
    const history = [answeredTurn(turnOf('First?', [page]), 'Answer.')];
    const request = requestOf({ sources: [page], history, turn: turnOf('Second?', [page]), model: large });
    expect(textOf(request).split('The only copy.')).toHaveLength(2);
    expect(request.documents).toEqual([page.source]);
  });

  it('does not lose the sources of a first turn that failed', async () => {
    const page = await measuredSource(['Kept.']);
    // The failed turn has no answer, so it is not in the history; the next turn names its source.
    const request = requestOf({ sources: [page], history: [], turn: turnOf('Again?', [page]), model: large });
    expect(textOf(request)).toContain(page.source.text);
    expect(request.messages).toHaveLength(2);
  });

  it('continues an answer that broke off from its last character', async () => {
    const page = await measuredSource(['One.']);
    const turn = turnOf('Tell me', [page]);
    const whole = requestOf({ sources: [page], history: [], turn, model: large });
    const more = requestOf({ sources: [page], history: [], turn, model: large, partial: 'It began wi' });
    expect(more.messages.slice(0, 2)).toEqual(whole.messages);
    expect(more.messages.slice(2)).toEqual([
      { role: 'assistant', parts: ['It began wi'] },
      { role: 'user', parts: [continuation] },
    ]);
    expect(more.question).toBe('Tell me');
  });

  it('asks anew when nothing of the answer had arrived', () => {
    const input = { sources: [], history: [], turn: turnOf('Tell me'), model: large };
    expect(requestOf({ ...input, partial: '' })).toEqual(requestOf(input));
  });
});

describe('the estimate', () => {
  it('adds up, part by part', async () => {
    const [page, other] = await Promise.all([
      measuredSource(['One.'], { title: 'First' }),
      measuredSource(['Two and more.'], { title: 'Second' }),
    ]);
    const first = turnOf('First?', [page]);
    const second = turnOf('第二个问题？', [other]);
    const history = [answeredTurn(first, 'A longer answer.')];
    const { estimate } = compose({
      sources: [page, other],
      history,
      turn: second,
      model: large,
      partial: 'So far',
    });
    const words = (turn: AskedTurn) => estimateTokens(`${turn.instructions}\n\n${turn.question}`);
    expect(estimate.bySource).toEqual([
      { id: page.source.id, index: 1, title: 'First', characters: 4, tokens: page.tokens },
      { id: other.source.id, index: 2, title: 'Second', characters: 13, tokens: other.tokens },
    ]);
    expect(estimate.instructions).toBe(
      estimateTokens(systemLine) + words(first) + words(second) + estimateTokens(continuation),
    );
    expect(estimate.history).toBe(estimateTokens('A longer answer.') + estimateTokens('So far'));
    expect(estimate.total).toBe(page.tokens + other.tokens + estimate.instructions + estimate.history);
  });

  it.each([
    [{ window: 1_000_000 }, 8_192],
    [{ window: 1_000_000, outputLimit: 4_096 }, 4_096],
    [{ window: 1_000_000, outputLimit: 100_000 }, 8_192],
    [{ window: 4_001 }, 1_000],
    [{ window: Number.POSITIVE_INFINITY }, 8_192],
  ])('keeps room for the answer: %o', (model, reserve) => {
    expect(compose({ sources: [], history: [], turn: turnOf('Hello'), model }).estimate.reserve).toBe(
      reserve,
    );
  });
});

describe('what does not fit', () => {
  it('is refused whole, with exact numbers and every source in the list', async () => {
    const [page, other] = await Promise.all([
      measuredSource(['x'.repeat(90_000)]),
      measuredSource(['y'.repeat(60_000)]),
    ]);
    const turn = turnOf('Compare', [page, other]);
    const input = { sources: [page, other], history: [], turn, model: { window: 131_072 } };
    const copy = structuredClone(input);
    const composition = compose(input);
    const instructions =
      estimateTokens(systemLine) + estimateTokens(`${turn.instructions}\n\n${turn.question}`);
    const total = page.tokens + other.tokens + instructions;
    expect(composition).toMatchObject({ fits: false, needed: total + 8_192, limit: 131_072 });
    expect(composition).not.toHaveProperty('request');
    expect(composition.estimate).toMatchObject({ total, reserve: 8_192, window: 131_072 });
    expect(composition.estimate.bySource.map(({ tokens }) => tokens)).toEqual([page.tokens, other.tokens]);
    expect(input).toEqual(copy);
  });

  it('begins one token above the window', async () => {
    const page = await measuredSource(['x'.repeat(50_000)]);
    const input = { sources: [page], history: [], turn: turnOf('What?', [page]) };
    const { estimate } = compose({ ...input, model: large });
    const needed = estimate.total + estimate.reserve;
    expect(compose({ ...input, model: { window: needed } }).fits).toBe(true);
    expect(compose({ ...input, model: { window: needed - 1 } })).toMatchObject({
      fits: false,
      needed,
      limit: needed - 1,
    });
  });

  it('never happens in a window without a limit', async () => {
    const page = { ...(await measuredSource(['One.'])), tokens: Number.MAX_SAFE_INTEGER };
    const model = { window: Number.POSITIVE_INFINITY };
    const composition = compose({ sources: [page], history: [], turn: turnOf('What?', [page]), model });
    expect(composition.fits).toBe(true);
  });
});
