import { describe, expect, it } from 'vitest';
import { createComparisonParser } from '@/utils/compare';
import { answerParts } from '@/utils/compare/fence';
import { type AnsweredTurn, compose, messageText } from '@/utils/context/compose';
import type { Task } from '@/utils/models/types';
import { instructionsFor } from '@/utils/prompts/instructions';
import { measured } from '../fixtures/served-conversations';

const now = new Date(Date.UTC(2026, 10, 10));
const many = ['compare', 'disagreements', 'timeline', 'overview'] as const;

describe('instructions for several documents', () => {
  it.each(many)(
    'for %s are one block that says how to cite, in which language, and what day it is',
    (task) => {
      const text = instructionsFor(task, {
        language: 'Simplified Chinese',
        now,
        documents: 3,
        followUps: true,
      });
      expect(text).toMatch(/^<instructions>\n[\s\S]+\n<\/instructions>$/);
      for (const part of [
        'Write in Simplified Chinese.',
        'Today is 2026-11-10.',
        'number of the paragraph',
        '<follow-ups>',
      ])
        expect(text).toContain(part);
      expect(text).toBe(
        instructionsFor(task, { language: 'Simplified Chinese', now, documents: 3, followUps: true }),
      );
    },
  );

  it('without documents ask for nothing of them', () => {
    for (const task of many)
      expect(instructionsFor(task, { now, documents: 0 })).toBe(
        instructionsFor('answer', { now, documents: 0 }),
      );
  });

  it('show a comparison in the form that is read here', () => {
    const [, block] = answerParts(instructionsFor('compare', { now }));
    const { columns, rows, broken } = createComparisonParser().parse(block?.comparison ?? '', true);
    expect(columns.map(({ document }) => document)).toEqual([1, 2]);
    expect(rows.map(({ name, cells, best }) => [name, cells.length, best])).toEqual([
      ['Height', 2, [1]],
      ['Keeper', 2, []],
    ]);
    expect(rows[1]?.cells[0]).toBe('not-stated');
    expect(rows[0]?.cells[0]).toEqual({
      text: '31 m',
      quote: 'rises 31 metres above the quay',
      paragraph: 4,
    });
    expect(broken).toEqual([]);
  });

  it('ask for fewer rows and shorter quotes where there are many columns', () => {
    expect(instructionsFor('compare', { now, documents: 30 })).toContain('With 30 documents');
    expect(instructionsFor('answer', { now, documents: 30 })).toContain('With 30 documents');
    expect(instructionsFor('compare', { now, documents: 8 })).not.toContain('With 8 documents');
    expect(instructionsFor('timeline', { now, documents: 30 })).not.toContain('With 30 documents');
  });

  it('show it with a question only where there are several to compare', () => {
    expect(instructionsFor('answer', { now, documents: 2 })).toContain('```comparison');
    expect(instructionsFor('answer', { now, documents: 1 })).not.toContain('comparison');
    expect(instructionsFor('answer', { now })).toBe(instructionsFor('answer', { now, documents: 1 }));
    expect(instructionsFor('summarize', { now, documents: 2 })).toBe(instructionsFor('summarize', { now }));
  });
});

describe('a chat about several documents in which every task is asked', () => {
  it('repeats every byte of the request before, with instructions after the documents', async () => {
    const sources = [
      await measured(['The Kestrel costs €189.'], { title: 'Kestrel' }),
      await measured(['The Folio costs €229.'], { title: 'Folio' }),
      await measured(['The Nami costs €175.'], { title: 'Nami' }),
    ];
    const ids = sources.map(({ source }) => source.id);
    const tasks: Task[] = [
      'compare',
      'answer',
      'disagreements',
      'timeline',
      'overview',
      'summarize',
      'compare',
    ];
    const history: AnsweredTurn[] = [];
    let before: string | undefined;
    for (const [index, task] of tasks.entries()) {
      const turn = {
        task,
        question: `Question ${index}`,
        instructions: instructionsFor(task, { now, documents: index < 3 ? 2 : 3 }),
        sourceIds: index === 0 ? ids.slice(0, 2) : index === 3 ? ids.slice(2) : [],
      };
      const composition = compose({ sources, history, turn, model: { window: Number.POSITIVE_INFINITY } });
      if (!composition.fits) throw new Error('Nothing exceeds an endless window');
      const { messages } = composition.request;
      const bytes = JSON.stringify(messages).slice(0, -1);
      if (before) expect(bytes.startsWith(before), task).toBe(true);
      before = bytes;
      const first = messageText(messages[1] ?? expect.fail('No message'));
      expect(first.indexOf('<instructions>')).toBeGreaterThan(first.indexOf('</documents>'));
      history.push({ ...turn, answer: '```comparison\n{"columns":["A","B"]}\n```' });
    }
  });
});
