/** The scripts that may become workers. */
const workerPaths = [
  '/code-highlighter.js',
  '/document-reader.js',
  '/file-reader.js',
  '/history-search.js',
  '/ocr-reader.js',
] as const;

interface ScriptUrlPolicy {
  createScriptURL(url: string): string;
}

/** TypeScript's library has no trusted types yet. */
declare const trustedTypes:
  | { createPolicy(name: string, rules: ScriptUrlPolicy): ScriptUrlPolicy }
  | undefined;

let policy: ScriptUrlPolicy | undefined;

// Workers start workers, too, and have nothing of the extension's interface.
const addressOf = (path: string) => new URL(path, globalThis.location.origin).href;

/**
 * The address of a worker, in the form that the extension's content security policy asks for. `trusted-types` allows
 * one policy by this name, once in each page: it makes addresses of scripts and nothing else, and knows these.
 * Browsers without trusted types take the plain address; `worker-src 'self'` holds in all of them.
 */
export function workerAddress(path: (typeof workerPaths)[number]): string {
  const url = addressOf(path);
  if (typeof trustedTypes === 'undefined') return url;
  policy ??= trustedTypes.createPolicy('wholemoon-worker', {
    createScriptURL(asked) {
      if (!workerPaths.some((known) => asked === addressOf(known)))
        throw new TypeError('No other script may become a worker');
      return asked;
    },
  });
  return policy.createScriptURL(url);
}
