const named: Record<string, string> = Object.assign(Object.create(null), {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
});

/** Text with the five entities of XML and with characters by their numbers. Every other entity stays as it is written. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d{1,8})|#[xX]([\da-fA-F]{1,7})|([a-z]{2,4}));/g,
    (whole, decimal, hexadecimal, name) => {
      if (name !== undefined) return named[name] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal);
      const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000);
      return isCharacter ? String.fromCodePoint(code) : '\ufffd';
    },
  );
}

/**
 * Where a declaration that begins at `start` with `<!` ends, with everything that it declares in brackets. Quotes and
 * comments in it may hold any sign.
 */
export function endOfDoctype(source: string, start: number): number {
  const pattern = /["'[\]<>]/g;
  pattern.lastIndex = start + 2;
  let brackets = 0;
  let angles = 1;
  for (let found = pattern.exec(source); found; found = pattern.exec(source)) {
    const [sign] = found;
    if (sign === '[') brackets++;
    else if (sign === ']') brackets = Math.max(0, brackets - 1);
    else if (sign === '<') {
      if (source.startsWith('<!--', found.index)) {
        const end = source.indexOf('-->', found.index + 4);
        if (end === -1) return source.length;
        pattern.lastIndex = end + 3;
      } else angles++;
    } else if (sign === '>') {
      angles--;
      if (angles <= 0 && brackets === 0) return found.index + 1;
    } else {
      const end = source.indexOf(sign, found.index + 1);
      if (end === -1) return source.length;
      pattern.lastIndex = end + 1;
    }
  }
  return source.length;
}
