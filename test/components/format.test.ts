import { afterEach, describe, expect, it } from 'vitest';
import {
  beginningOf,
  formatMoment,
  formatNumber,
  formatSeconds,
  formatTokens,
  hostOf,
} from '@/components/format';
import { setLanguage } from '@/utils/i18n';

afterEach(() => setLanguage('en'));

describe('numbers for people', () => {
  it.each([
    [0, '0'],
    [640, '640'],
    [999, '999'],
    [1_000, '1K'],
    [18_204, '18.2K'],
    [262_144, '262K'],
    [999_499, '999K'],
    [999_500, '1M'],
    [1_048_576, '1M'],
    [1_250_000, '1.3M'],
    [Number.POSITIVE_INFINITY, '∞'],
  ])('writes %d tokens as %s', (tokens, text) => {
    expect(formatTokens(tokens)).toBe(text);
  });

  it('follows the language of the interface', async () => {
    expect(formatNumber(18_204)).toBe('18,204');
    expect(formatSeconds(850)).toBe('0.9 sec');
    await setLanguage('zh_CN');
    expect(formatSeconds(850)).toBe('0.9秒');
  });

  it('shows the time today and the date before', () => {
    const now = new Date(2026, 10, 23, 18, 5).getTime();
    expect(formatMoment(new Date(2026, 10, 23, 9, 30).getTime(), now)).toMatch(/9:30/);
    expect(formatMoment(new Date(2026, 9, 2).getTime(), now)).toBe('Oct 2, 2026');
  });

  it('names the host of an address', () => {
    expect(hostOf('https://www.example.org/a')).toBe('example.org');
    expect(hostOf('http://127.0.0.1:8080/v1')).toBe('127.0.0.1:8080');
    expect(hostOf(undefined)).toBe('');
    expect(hostOf('not an address')).toBe('');
  });
});

it('says of a beginning that the text goes on', () => {
  expect(beginningOf('A short title', 20)).toBe('A short title');
  expect(beginningOf('A longer title', 8)).toBe('A longer…');
  expect(beginningOf('moon 🌕 full', 6)).toBe('moon …');
});
