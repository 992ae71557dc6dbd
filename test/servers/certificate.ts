/** A certificate for servers on this computer that play hosts of the web, made anew each time: no key lies anywhere. */
import { generateKeyPairSync, sign } from 'node:crypto';

/** One value of DER: its tag, its length, its content. */
function der(tag: number, ...parts: Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Uint8Array.from([tag, ...size]), content]);
}

const sequence = (...parts: Uint8Array[]) => der(0x30, ...parts);
/** ecdsa-with-SHA256, RFC 5758. */
const algorithm = sequence(der(0x06, Uint8Array.from([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02])));
/** 2.5.4.3, the common name. */
const commonName = der(0x06, Uint8Array.from([0x55, 0x04, 0x03]));
const time = (text: string) => der(0x17, Buffer.from(text));

/** A self-signed certificate, which browsers take only when they are told to ignore what is wrong with it. */
export function selfSigned(name = 'localhost'): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const holder = sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from(name)))));
  const content = sequence(
    der(0x02, Uint8Array.from([1])),
    algorithm,
    holder,
    sequence(time('200101000000Z'), time('491231235959Z')),
    holder,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('sha256', content, privateKey);
  const certificate = sequence(content, algorithm, der(0x03, Uint8Array.from([0]), signature));
  const lines = Buffer.from(certificate)
    .toString('base64')
    .replace(/(.{64})(?!$)/g, '$1\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}
