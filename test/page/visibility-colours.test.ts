import { describe, expect, it } from 'vitest';
import { blend, looksAlike, onlyColour, parseColour } from '@/utils/page/visibility/colours';

const colour = (text: string) => parseColour(text) ?? expect.fail(`${text} was not read`);
const channels = (text: string) => {
  const { red, green, blue, alpha } = colour(text);
  return [Math.round(red), Math.round(green), Math.round(blue), alpha];
};

describe('colours as browsers give them', () => {
  it.each([
    ['rgb(12, 34, 56)', [12, 34, 56, 1]],
    ['rgba(12, 34, 56, 0.5)', [12, 34, 56, 0.5]],
    ['rgb(12 34 56 / 0.25)', [12, 34, 56, 0.25]],
    ['transparent', [255, 255, 255, 0]],
    ['color(srgb 1 0.5 0 / 0.2)', [255, 128, 0, 0.2]],
    ['color(srgb-linear 1 0 0)', [255, 0, 0, 1]],
    ['oklch(1 0 0)', [255, 255, 255, 1]],
    ['oklch(0.627955 0.257683 29.2339)', [255, 0, 0, 1]],
    ['oklab(0 0 0)', [0, 0, 0, 1]],
    ['oklab(0.519752 -0.140303 0.107676)', [0, 128, 0, 1]],
    ['lab(100 0 0)', [255, 255, 255, 1]],
    ['lab(46.2775 -47.5621 48.5864)', [0, 128, 0, 1]],
    ['lch(0 0 0)', [0, 0, 0, 1]],
    ['oklch(0.5 none 0)', [99, 99, 99, 1]],
  ])('are read: %s', (text, expected) => {
    const found = channels(text);
    for (const [index, value] of expected.entries()) expect(found[index]).toBeCloseTo(value, -0.3);
  });

  it.each(['', 'none', 'url("#paint")', 'rgb(', 'rgb(a, b, c)', 'color(xyz 1 1 1)', 'red; x'])(
    'are not guessed: %s',
    (text) => {
      expect(parseColour(text)).toBeUndefined();
    },
  );
});

describe('text and background', () => {
  it.each([
    ['rgb(255, 255, 255)', 'rgb(255, 255, 255)', true],
    ['rgb(248, 248, 248)', 'rgb(255, 255, 255)', true],
    ['rgb(20, 30, 40)', 'rgb(22, 31, 41)', true],
    ['rgb(187, 187, 187)', 'rgb(255, 255, 255)', false],
    ['rgb(200, 0, 0)', 'rgb(0, 110, 0)', false],
    ['rgb(0, 0, 0)', 'rgb(255, 255, 255)', false],
  ])('%s on %s look alike: %s', (text, background, expected) => {
    expect(looksAlike(colour(text), colour(background))).toBe(expected);
  });

  it('are compared as they are seen, one through the other', () => {
    expect(blend(colour('rgba(0, 0, 0, 0.5)'), colour('rgb(255, 255, 255)'))).toEqual({
      red: 127.5,
      green: 127.5,
      blue: 127.5,
      alpha: 1,
    });
  });

  it('may be a gradient of one colour', () => {
    expect(onlyColour('linear-gradient(rgb(1, 2, 3), rgb(1, 2, 3))')).toEqual(colour('rgb(1, 2, 3)'));
    expect(onlyColour('linear-gradient(rgb(1, 2, 3), rgb(9, 2, 3))')).toBeUndefined();
    expect(onlyColour('url("a.png")')).toBeUndefined();
  });
});
