/** Scripts that a worker of ours may load, all from our own files. Workers have no interface to the browser. */
const ownScripts = ['/ocr/tesseract-core-simd-lstm.js'] as const;

interface ScriptUrlPolicy {
  createScriptURL(url: string): string;
}

/** TypeScript's library has no trusted types yet. */
declare const trustedTypes:
  | { createPolicy(name: string, rules: ScriptUrlPolicy): ScriptUrlPolicy }
  | undefined;

/**
 * The address of a script for `importScripts`, in the form that the extension's content security policy asks for. The
 * policy may be made once in each worker; see `workerAddress` for pages.
 */
export function ownScript(path: (typeof ownScripts)[number]): string {
  const url = new URL(path, globalThis.location.origin).href;
  if (typeof trustedTypes === 'undefined') return url;
  const policy = trustedTypes.createPolicy('wholemoon-worker', {
    createScriptURL(asked) {
      if (asked !== url) throw new TypeError('No other script may be loaded');
      return asked;
    },
  });
  return policy.createScriptURL(url);
}

/** The WebAssembly that reads words in pictures. */
export async function loadEngine(fetch: typeof globalThis.fetch = globalThis.fetch): Promise<ArrayBuffer> {
  const response = await fetch(new URL('/ocr/tesseract-core-simd-lstm.wasm', globalThis.location.origin));
  if (!response.ok) throw new Error('The engine is missing from the extension');
  return response.arrayBuffer();
}
