/** The container of old Office files (`.doc`, `.xls`, `.ppt`), in which new ones are put when they have a password. */

const signature = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

export const isCompound = (bytes: Uint8Array): boolean => signature.every((byte, at) => bytes[at] === byte);

/** True when such a container has the stream of an encrypted document, whose name stands in it in UTF-16. */
export function isEncryptedCompound(bytes: Uint8Array): boolean {
  const mark = Array.from('EncryptedPackage').flatMap((letter) => [letter.charCodeAt(0), 0]);
  const [first = 0] = mark;
  for (let at = bytes.indexOf(first, 512); at !== -1; at = bytes.indexOf(first, at + 1)) {
    if (mark.every((byte, index) => bytes[at + index] === byte)) return true;
  }
  return false;
}
