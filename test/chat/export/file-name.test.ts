import { describe, expect, it } from 'vitest';
import { fileName } from '@/utils/chat/export/file-name';

const now = new Date(2026, 0, 5, 23, 59);
const nameOf = (title: string) => fileName(title, 'md', now);

describe('the name of a file', () => {
  it.each([
    ['The return of the tide mill', 'The return of the tide mill 2026-01-05.md'],
    ['潮汐磨坊的回归：第二部分', '潮汐磨坊的回归：第二部分 2026-01-05.md'],
    ['a/b\\c:d*e?f"g<h>i|j', 'a b c d e f g h i j 2026-01-05.md'],
    ['..\\..\\evil', 'evil 2026-01-05.md'],
    ['.hidden.', 'hidden 2026-01-05.md'],
    ['~/home', 'home 2026-01-05.md'],
    ['\u202egnp.exe', 'gnp.exe 2026-01-05.md'],
    ['line\n\tone\u0000', 'line one 2026-01-05.md'],
    ['CON', 'Wholemoon 2026-01-05.md'],
    ['', 'Wholemoon 2026-01-05.md'],
    ['???', 'Wholemoon 2026-01-05.md'],
    ['\ud800 lone', 'lone 2026-01-05.md'],
    ['e\u0301te\u0301', 'été 2026-01-05.md'],
    ['مد وجزر', 'مد وجزر 2026-01-05.md'],
  ])('of %j is %j', (title, name) => expect(nameOf(title)).toBe(name));

  it.each([
    ['a'.repeat(10_000)],
    ['望'.repeat(10_000)],
    ['👩‍🚀'.repeat(5_000)],
    ['e\u0301'.repeat(9_000)],
    ['z\u0335'.repeat(9_000)],
  ])('fits a file system for long titles', (title) => {
    const name = nameOf(title);
    expect(new TextEncoder().encode(name).length).toBeLessThan(255);
    expect(name.isWellFormed()).toBe(true);
    expect(name).toMatch(/ 2026-01-05\.md$/);
  });
});
