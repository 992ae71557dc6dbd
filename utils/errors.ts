/** Expected troubles, each with a code. The interface owns a sentence and one action per code; anything else is a bug. */

export const errorCodes = [
  // talking to a model
  'no-key',
  'key-refused',
  'key-of-other-platform',
  'wrong-address',
  'intercepted',
  'region-blocked',
  'browsers-forbidden',
  'origin-refused',
  'host-permission',
  'unreachable',
  'offline',
  'insecure-address',
  'model-not-found',
  'no-vision',
  'image-kind',
  'image-too-large',
  'images-too-many',
  'rate-limited',
  'minute-limit',
  'daily-limit',
  'quota-used-up',
  'server-error',
  'overloaded',
  'model-loading',
  'request-refused',
  'stream-cut',
  'stream-error',
  'stalled',
  'answer-too-large',
  'finish-unknown',
  'empty-answer',
  'thinking-only',
  'too-long',
  'filtered',
  // translating
  'cannot-translate',
  'translation-leak',
  'translation-useless',
  'interrupted',
  // reading a page
  'page-protected',
  'page-permission',
  'never-read',
  'page-empty',
  'page-busy',
  'page-asleep',
  'page-changed',
  'tab-closed',
  'tab-moved',
  'tab-crashed',
  'page-sign-in',
  // what was read before
  'kept-gone',
  // reading what a link leads to
  'link-permission',
  'link-refused',
  'link-unreachable',
  'link-slow',
  'link-private',
  'link-kind',
  'link-scripts',
  'link-sign-in',
  'link-consent',
  'link-bot-check',
  'link-unseen',
  'link-endless',
  // finding pages on the web
  'search-sites',
  'search-permission',
  'search-no-key',
  'search-no-address',
  'search-insecure',
  'search-key',
  'search-quota',
  'search-limit',
  'search-json-off',
  'search-upstream',
  'search-engine-down',
  'search-slow',
  'search-refused',
  'search-unreadable',
  'search-captcha',
  'search-consent',
  'search-changed',
  'search-none',
  'search-offline',
  // searching while an answer is written
  'search-paused',
  'search-endless',
  // what a request from outside the panel brings
  'selection-cut',
  'selection-none',
  'picture-refused',
  // reading a file
  'pdf-password',
  'pdf-broken',
  'pdf-scanned',
  'pdf-stopped',
  'pdf-stuck',
  'file-access',
  'file-permission',
  'file-refused',
  'file-not-served',
  'file-too-large',
  'file-cut',
  'file-kind',
  'file-broken',
  'file-locked',
  'file-empty',
  'file-nothing',
  'file-bomb',
  'file-stuck',
  'file-gone',
  'file-unread',
  'folder-too-large',
  'ocr-language',
  'ocr-failed',
  // keeping things
  'storage-full',
  'records-damaged',
  'prompts-unreadable',
  'glossary-unreadable',
  'backup-unreadable',
  'backup-newer',
  'backup-passphrase',
  'unexpected',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

export type ErrorFacts = Record<string, string | number>;

/** An error as plain data, for storage. */
export interface Trouble {
  code: ErrorCode;
  facts: ErrorFacts;
}

export class AppError extends Error implements Trouble {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly facts: ErrorFacts;

  constructor(code: ErrorCode, facts: ErrorFacts = {}, cause?: unknown) {
    super(`${code} ${JSON.stringify(facts)}`, { cause });
    this.code = code;
    this.facts = facts;
  }

  toTrouble(): Trouble {
    return { code: this.code, facts: this.facts };
  }
}

/** The browser's own error, or the database library's, which has the browser's inside when a transaction ends by it. */
function isQuota(error: unknown): boolean {
  if (!(error instanceof Error || error instanceof DOMException)) return false;
  const { inner } = error as { inner?: unknown };
  return error.name === 'QuotaExceededError' || isQuota(inner);
}

/** Anything thrown, as an AppError. What we did not foresee becomes `unexpected` and keeps its message. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isQuota(error)) return new AppError('storage-full', {}, error);
  const message = error instanceof Error ? error.message : String(error);
  return new AppError('unexpected', { message: message.slice(0, 300) }, error);
}
