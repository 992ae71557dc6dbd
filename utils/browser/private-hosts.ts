/** Which hosts are this computer, or stand in a network of its own, by what their names and addresses say. */

/**
 * Whether a host is this computer, in a network at home or at work, or nowhere on the public internet. Of a name that
 * somebody else's server resolves to such an address this knows nothing: Chromium refuses those while it connects (see
 * `public-fetch.ts`), Firefox tells only with a permission of its own. `name` is a host as `URL` has it, or as typed.
 */
export function isPrivateHost(name: string): boolean {
  // The dot behind a whole name means the same host; decimal, octal and hexadecimal forms are those of an address.
  const written = name.toLowerCase().replace(/\.$/, '');
  const hostname = URL.parse(`http://${written}/`)?.hostname.replace(/\.$/, '') ?? written;
  if (/^\d+(\.\d+){3}$/.test(hostname)) return isPrivateIPv4(hostname.split('.').map(Number));
  if (hostname.startsWith('[')) return isPrivateIPv6(hostname.slice(1, -1));
  // Names without a dot are looked up in the network of whoever asks (RFC 6761, 6762, 8375, 9476; ICANN's `internal`).
  return (
    !hostname.includes('.') ||
    /\.(localhost|local|internal|intranet|lan|home|corp|private|home\.arpa|alt|onion)$/.test(hostname)
  );
}

/** Start and length in bits of what is not on the public internet: IANA's registry of special-purpose addresses. */
const privateIPv4: [address: number[], bits: number][] = [
  [[0, 0, 0, 0], 8],
  [[10, 0, 0, 0], 8],
  [[100, 64, 0, 0], 10],
  [[127, 0, 0, 0], 8],
  [[169, 254, 0, 0], 16],
  [[172, 16, 0, 0], 12],
  [[192, 0, 0, 0], 24],
  [[192, 0, 2, 0], 24],
  [[192, 168, 0, 0], 16],
  [[198, 18, 0, 0], 15],
  [[198, 51, 100, 0], 24],
  [[203, 0, 113, 0], 24],
  // Addresses of groups, reserved ones, and everybody at once.
  [[224, 0, 0, 0], 3],
];

const numberOf = (bytes: readonly number[]) => bytes.reduce((number, byte) => number * 256 + byte, 0);

function isPrivateIPv4(bytes: readonly number[]): boolean {
  const address = numberOf(bytes);
  return privateIPv4.some(([start, bits]) => {
    const size = 2 ** (32 - bits);
    return Math.floor(address / size) === Math.floor(numberOf(start) / size);
  });
}

/** `text` in the short form of URLs. Only 2000::/3 is given to the public, and not all of it. */
function isPrivateIPv6(text: string): boolean {
  const groups = groupsOf(text);
  const [first = 0, second = 0] = groups;
  const embedded = (at: number) => {
    const [high = 0, low = 0] = groups.slice(at);
    return isPrivateIPv4([high >> 8, high & 0xff, low >> 8, low & 0xff]);
  };
  // NAT64 (RFC 6052): a network without IPv4 reaches its hosts so.
  if (first === 0x64 && second === 0xff9b && groups.slice(2, 6).every((group) => group === 0))
    return embedded(6);
  if (first >> 13 !== 1) return true;
  // 6to4 carries an address of IPv4; Teredo, benchmarks and others of the registry are below 2001:200.
  if (first === 0x2002) return embedded(1);
  if (first === 0x2001) return second < 0x200 || second === 0xdb8;
  // Documentation (RFC 9637).
  return first === 0x3fff && second < 0x1000;
}

/** The eight groups of an address whose zeros may be left out at one place. */
function groupsOf(text: string): number[] {
  const [before = '', after] = text.split('::');
  const numbers = (part: string) => (part ? part.split(':').map((group) => Number.parseInt(group, 16)) : []);
  const start = numbers(before);
  if (after === undefined) return start;
  const end = numbers(after);
  return [...start, ...Array.from({ length: 8 - start.length - end.length }, () => 0), ...end];
}
