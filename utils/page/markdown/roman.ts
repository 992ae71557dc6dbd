const romanDigits: [number, string][] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];

/** A number in small Roman letters; outside of 1 to 3,999 in figures. */
export function roman(number: number): string {
  if (number < 1 || number > 3_999) return String(number);
  let text = '';
  let rest = number;
  for (const [value, digits] of romanDigits) {
    text += digits.repeat(Math.floor(rest / value));
    rest %= value;
  }
  return text;
}
