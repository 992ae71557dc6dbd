import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as marks from '@/utils/page/internal-marks';

const noncharacter = /\p{Noncharacter_Code_Point}/u;

describe('the marks that frame things inside strings', () => {
  it('are characters that a browser loads in a script', () => {
    // Chromium refuses a content script with noncharacters: “It isn't UTF-8 encoded.” Bundlers write them literally.
    for (const mark of Object.values(marks)) {
      if (typeof mark === 'string') expect(mark).not.toMatch(noncharacter);
    }
    const utils = resolve(import.meta.dirname, '../../utils');
    const names = readdirSync(utils, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    const written = names.filter((name) =>
      /\\uFD[DE][0-9A-F]|\\uFFF[EF]|\p{Noncharacter_Code_Point}/iu.test(
        readFileSync(resolve(utils, name), 'utf8'),
      ),
    );
    expect(written).toEqual([]);
  });

  it('are all taken out of a page before it is read', () => {
    for (const mark of Object.values(marks)) {
      if (typeof mark === 'string') expect(`a${mark}b`.replace(marks.internalMarks, '')).toBe('ab');
    }
  });

  it('are none of the characters that icon fonts use', () => {
    for (const mark of Object.values(marks)) {
      if (typeof mark === 'string') expect(mark).not.toMatch(/[\uE000-\uF8FF]/);
    }
  });
});
