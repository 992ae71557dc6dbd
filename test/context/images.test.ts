import { describe, expect, it } from 'vitest';
import { type AskedTurn, compose, messageText } from '@/utils/context/compose';
import { imageTokens } from '@/utils/context/tokens';
import type { ImagePart } from '@/utils/models/types';
import { measuredSource } from '../fixtures/sources';

const image = (data: string): ImagePart => ({ type: 'image', mediaType: 'image/png', data });
const large = { window: 10_000_000 };

describe('pictures of a question', () => {
  it('stand behind the documents and before the question, and are counted for the most they may cost', async () => {
    const page = await measuredSource(['One.']);
    const turn: AskedTurn = {
      task: 'answer',
      question: 'What?',
      instructions: 'I',
      sourceIds: [page.source.id],
    };
    const plain = compose({ sources: [page], history: [], turn, model: large });
    const seen = compose({
      sources: [page],
      history: [],
      turn: { ...turn, images: [image('AAAA'), image('BBBB')] },
      model: large,
    });
    if (!seen.fits || !plain.fits) throw new Error('Nothing exceeds it');
    const [, message] = seen.request.messages;
    expect(
      message?.parts.map((part) => (typeof part === 'string' ? part.slice(0, 11) : (part as ImagePart).data)),
    ).toEqual(['<documents>', 'AAAA', 'BBBB', 'I\n\nWhat?']);
    expect(message?.cacheAfter).toBe(0);
    expect(seen.estimate.total - plain.estimate.total).toBe(2 * imageTokens);
    expect(seen.request.inputTokens).toBe(seen.estimate.total);
  });

  it('are told apart in the exact text, without their bytes', () => {
    const text = (data: string) => messageText({ role: 'user', parts: [image(data)] });
    expect(text('AAAA')).not.toBe(text('AAAB'));
    expect(text('A'.repeat(100_000)).length).toBeLessThan(100);
  });

  it('are refused whole like texts when the window is too small', () => {
    const turn: AskedTurn = {
      task: 'answer',
      question: 'What?',
      instructions: 'I',
      sourceIds: [],
      images: [image('A')],
    };
    const composition = compose({ sources: [], history: [], turn, model: { window: 1_500 } });
    expect(composition.fits).toBe(false);
  });
});
