import { describe, expect, it } from 'vitest';
import { decodeMarkup, deepestLevel, parseXml, type XmlElement, XmlReader } from '@/utils/files/markup';
import { cpuTime } from '../cpu-time';

const textOf = (element: XmlElement | undefined): string =>
  element?.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('') ?? '';
const text = (xml: string) => textOf(parseXml(xml));
const timed = (act: () => unknown) => {
  const begin = cpuTime();
  act();
  return cpuTime() - begin;
};

describe('XML', () => {
  it('becomes a tree with attributes, entities, comments, instructions and literal text', () => {
    const root = parseXml(
      `<?xml version="1.0"?><!-- a > b --><r a = '1' b="&lt;&#x26;&#38;" c>x<i/>&amp;<![CDATA[<&>]]><?go on?><!-- no --> y</r>`,
    );
    expect(root?.name).toBe('r');
    expect({ ...root?.attributes }).toEqual({ a: '1', b: '<&&', c: '' });
    expect(textOf(root)).toBe('x&<&> y');
    expect(text('<a>&#0;&#xD800;&#x1F600;&unknown;&;&lt</a>')).toBe('\ufffd\ufffd😀&unknown;&;&lt');
    expect(parseXml('no markup')).toBeUndefined();
    expect(parseXml('')).toBeUndefined();
  });

  it('calls namespaces by the names of the reader, whatever the file calls them', () => {
    const namespaces = { 'urn:word': 'w', 'urn:plain': '' };
    const root = parseXml(
      '<x:doc xmlns:x="urn:word" xmlns:w="urn:other"><x:p x:val="1" val="2"/><w:p/><p xmlns="urn:word"><t xmlns="urn:plain"/></p><p/></x:doc>',
      { namespaces },
    );
    const names = (element: XmlElement): string[] => [
      element.name,
      ...element.children.flatMap((child) => (typeof child === 'string' ? [] : names(child))),
    ];
    expect(root && names(root)).toEqual(['w:doc', 'w:p', 'w:p', 'w:p', 't', 'p']);
    const first = root?.children[0] as XmlElement | undefined;
    expect({ ...first?.attributes }).toEqual({ 'w:val': '1', val: '2' });
  });

  it('never expands what a DTD declares, and never takes it for text', () => {
    const lol = `<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;"><!-- ' --><!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY t "</r><r>fake">]><r>&b;&x;</r>`;
    expect(text(lol)).toBe('&b;&x;');
    const quadratic = `<!DOCTYPE r [<!ENTITY a "${'a'.repeat(100_000)}">]><r>${'&a;'.repeat(100_000)}</r>`;
    expect(text(quadratic)).toHaveLength(300_000);
  });

  it('is kept as far as it goes when it is not well-formed', () => {
    expect(text('<r><a>one<b>two</a>three</r>')).toBe('onetwothree');
    expect(text('<r>one</x>two<b>three')).toBe('onetwothree');
    expect(text('<r>1 < 2 <a>and</a> more</r>')).toBe('1 < 2 and more');
    expect(text('<r>one<a b="c')).toBe('one');
    for (const xml of ['<r>one<a', '<r>one<!-- ', '<r>one<![CDATA[two', '<r>', '<r></a></r>', '<r', '<']) {
      const reader = new XmlReader(xml);
      while (reader.next());
      expect(reader.isWellFormed, xml).toBe(false);
    }
    const reader = new XmlReader('<!DOCTYPE r><r a="b"><a/>text</r>\n');
    while (reader.next());
    expect(reader.isWellFormed).toBe(true);
  });

  it('can be read piece by piece, by subtree, and passed over', () => {
    const reader = new XmlReader('<r><skip>no<b/></skip><take>yes<b/></take><e/>end</r>');
    const seen: string[] = [];
    while (reader.next()) {
      if (reader.kind === 'text') seen.push(reader.text);
      else if (reader.kind === 'close') seen.push(`/${reader.name}`);
      else if (reader.name === 'skip') reader.skip();
      else if (reader.name === 'take') seen.push(`take ${textOf(reader.element())}`);
      else seen.push(reader.name);
    }
    expect(seen).toEqual(['r', 'take yes', 'e', '/e', 'end', '/r']);
  });

  it('is safe to walk however deep it is, and loses nothing', () => {
    const depth = 100_000;
    const root = parseXml(`${'<a>x'.repeat(depth)}${'</a>'.repeat(depth)}`);
    expect(textOf(root)).toHaveLength(depth);
    let levels = 0;
    for (let at = root; at; at = at.children.find((child) => typeof child !== 'string')) levels++;
    expect(levels).toBe(deepestLevel + 1);
  });

  it('takes time that is linear in its length, whatever is in it', () => {
    const shapes = [
      (size: number) => '<a>'.repeat(size),
      (size: number) => `<r>${'<a>'.repeat(size)}${'</b>'.repeat(size)}`,
      (size: number) => `<r>${'<a></b>'.repeat(size)}`,
      (size: number) => `<r ${'a="b'.repeat(size)}`,
      (size: number) => `<r ${Array.from({ length: size }, (_, index) => `a${index}="1"`).join(' ')}/>`,
      (size: number) => `<r>${'<!--'.repeat(size)}`,
      (size: number) => `<r>${'<'.repeat(size)}`,
      (size: number) => `<r>${'&'.repeat(size)}`,
      (size: number) => `<!DOCTYPE ${'['.repeat(size)}`,
      (size: number) => `<r>${'<!x '.repeat(size)}`,
      (size: number) => '<a xmlns:a="u" xmlns="v">'.repeat(size),
      (size: number) => `<r ${'a '.repeat(size)}`,
      (size: number) => `<r a${' '.repeat(size)}`,
    ];
    for (const [index, shape] of shapes.entries()) {
      const [small, large] = [shape(20_000), shape(200_000)];
      timed(() => parseXml(small));
      expect(
        timed(() => parseXml(large)),
        `shape ${index}`,
      ).toBeLessThan(1_500);
    }
  });

  it('gives a property of objects to nobody', () => {
    const root = parseXml('<r __proto__="x" constructor="y"><__proto__/></r>');
    expect(Object.entries(root?.attributes ?? {})).toContainEqual(['__proto__', 'x']);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
    expect(parseXml('<r/>')?.attributes.toString).toBeUndefined();
  });
});

describe('the bytes of markup', () => {
  const decode = (...codes: (number | string)[]) =>
    decodeMarkup(
      Uint8Array.from(
        codes.flatMap((code) =>
          typeof code === 'number' ? [code] : Array.from(code, (letter) => letter.charCodeAt(0)),
        ),
      ),
    );

  it('are decoded by mark, by zero bytes, by declaration, else as UTF-8', () => {
    expect(decode(0xef, 0xbb, 0xbf, '<a/>')).toBe('<a/>');
    expect(decode(0xff, 0xfe, '<', 0, 'a', 0)).toBe('<a');
    expect(decode(0xfe, 0xff, 0, '<', 0, 'a')).toBe('<a');
    expect(decode('<', 0, 'a', 0)).toBe('<a');
    expect(decode(0, '<', 0, 'a')).toBe('<a');
    expect(decode('<?xml version="1.0" encoding="GB2312"?><a>', 0xcd, 0xfb)).toBe(
      '<?xml version="1.0" encoding="GB2312"?><a>望',
    );
    expect(decode("<?xml version='1.0' encoding='utf-16'?><a>", 0xc3, 0xa9)).toMatch(/é$/);
    expect(decode('<?xml version="1.0" encoding="no such"?>', 0xc3, 0xa9)).toMatch(/é$/);
    expect(decode('<a>', 0xe6, 0x9c, 0x9b, 0xff)).toBe('<a>望\ufffd');
    expect(decodeMarkup([Uint8Array.of(0xe6), Uint8Array.of(0x9c, 0x9b)])).toBe('望');
    expect(decodeMarkup([])).toBe('');
  });
});
