import { AppError } from '../../errors';
import { bytesOf } from '../../source/text-bytes';
import type { Connection } from '../types';

type Fetch = typeof globalThis.fetch;

/**
 * Bytes that one line of a stream may have (safety.md, T10). Events of real vendors have a few kilobytes; the longest
 * are those of the Responses API that repeat a whole item, and encrypted thinking.
 */
const longestLine = 1_048_576;
/**
 * Bytes that a whole response may have. 128,000 tokens of output, each in an event of its own with 400 bytes around
 * it, are 50 MB; a server that sends four times that is broken or hostile.
 */
const longestResponse = 200 * 1_048_576;

/**
 * A fetch that sends the key to the address the user chose and nowhere else, takes along nothing of the user's, and
 * gives up on a response that no vendor would send. A web page is not an API.
 */
export const guardedFetch =
  (fetch: Fetch, connection: Connection): Fetch =>
  async (input, init) => {
    const { body } = init ?? {};
    const response = await fetch(input, {
      ...init,
      // A long text is encoded by the browser in one go; bytes it takes as they are.
      ...(typeof body === 'string' && { body: await bytesOf(body) }),
      redirect: 'manual',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
    });
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
      throw notAnApi(connection, 'redirect');
    }
    // A refusal (401, 403, 429) may come as a page of a gateway and still be one.
    const isPage = /text\/html/i.test(response.headers.get('content-type') ?? '');
    if (isPage && response.ok) throw notAnApi(connection, 'web page');
    if (isPage && [400, 404, 405, 410].includes(response.status)) {
      throw new AppError('wrong-address', { address: connection.baseUrl, found: 'web page' });
    }
    return response.body ? withLimits(response, response.body, connection) : response;
  };

/**
 * At an address that the user typed, a page means a wrong address. At the vendor's own, it is something on the way
 * that answers instead of the vendor.
 */
function notAnApi({ baseUrl, provider }: Connection, found: string): AppError {
  const own = baseUrl === provider.baseUrl && baseUrl.startsWith('https://');
  return own
    ? new AppError('intercepted', { provider: provider.name, host: new URL(baseUrl).host, found })
    : new AppError('wrong-address', { address: baseUrl, found });
}

const newline = 10;

function withLimits(response: Response, body: ReadableStream<Uint8Array>, connection: Connection): Response {
  // Only streams come in lines; a list of models is one long line.
  const lines = !/application\/json/i.test(response.headers.get('content-type') ?? '');
  let line = 0;
  let total = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(bytes, controller) {
      total += bytes.length;
      let longest = 0;
      let from = 0;
      for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, from)) {
        longest = Math.max(longest, line + end - from);
        line = 0;
        from = end + 1;
      }
      line += bytes.length - from;
      longest = Math.max(longest, line);
      if ((lines && longest > longestLine) || total > longestResponse) {
        const megabytes = Math.ceil(Math.max(longest, total) / 1_048_576);
        controller.error(new AppError('answer-too-large', { provider: connection.provider.name, megabytes }));
      } else controller.enqueue(bytes);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(body.pipeThrough(counter), { status, statusText, headers });
}
