import { expect, it } from 'vitest';
import { termsAsList } from '@/utils/chat/terms-in-answer';

it.each([
  [
    '主席裁定动议失效。\n<terms>\n{"t":["the Chair","主席","a person"]}\n{"t":["motion","动议"]}\n</terms>',
    '主席裁定动议失效。\n\n- the Chair: 主席, a person\n- motion: 动议',
  ],
  ['译文\n<terms>\n{"t":["a","b"]}', '译文\n\n- a: b'],
  ['译文\n<terms>\n</terms>\n', '译文'],
  ['译文\n<terms>\nnot what was asked for\n</terms>', '译文\n\nnot what was asked for'],
  ['An answer about <terms> in a sentence.', 'An answer about <terms> in a sentence.'],
  ['An answer.', 'An answer.'],
])('%j is written as %j', (answer, written) => expect(termsAsList(answer)).toBe(written));
