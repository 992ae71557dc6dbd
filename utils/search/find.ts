/** From a query to addresses: the engine that the user has chosen, then the browser's own, then the last that is left. */

import { parseInert } from '../browser/parse-inert';
import { everySite, hasPermission, originPattern } from '../browser/permissions';
import { isPrivateHost } from '../browser/private-hosts';
import { AppError, type ErrorFacts, type Trouble } from '../errors';
import { keyStore, searchKeyId } from '../store/keys';
import { settings } from '../store/settings';
import { canonicalAddress, isPublicAddress, isWebAddress } from './addresses';
import { askBrowserEngine, browserDoor, type EngineDoor, keepTab } from './browser-engine';
import { browserEngine, findEngine } from './engines';
import type { Engine } from './engines/types';
import { fetchAnswer } from './fetch-answer';
import { collectResults, judgeResults, rulesFor } from './result-list';
import type { Found, Hit, ResultList } from './types';

export interface FindOptions {
  signal?: AbortSignal;
  /** Ids of the engines to ask, in this order; those of the settings when not said. */
  engines?: readonly string[];
  /** Told which engine is being asked. */
  onStage?: (stage: { engine: string; engineName: string }) => void;
  fetch?: typeof globalThis.fetch;
  mayRead?: (origins: string[]) => Promise<boolean>;
  parse?: (html: string) => Promise<Document>;
  door?: EngineDoor;
}

/** Results that are asked for: more than are read, because some will be the same page or refused. */
const wanted = 20;

/** No engine could answer. Its code is the trouble that most deserves the user, the others are `passedOver`. */
export class NothingFound extends AppError {
  readonly passedOver: Found['passedOver'];

  constructor({ code, facts }: Trouble, passedOver: Found['passedOver']) {
    super(code, facts);
    this.passedOver = passedOver;
  }
}

/** Ids of engines in the order in which they are asked, as the settings say. */
export async function engineOrder(): Promise<string[]> {
  const chosen = await settings.searchEngine.read();
  const first = findEngine(chosen) ? [chosen] : [];
  return [...new Set([...first, browserEngine, 'duckduckgo'])];
}

/**
 * Pages for a query, best first, from the first engine that has some. Whoever was asked before and could not answer is
 * in `passedOver`. A tab that waits for the user (captcha, consent) stays open when nobody else could answer: `tabId`
 * in the facts. The same query, asked again, goes on in that tab.
 * @throws NothingFound with a code that begins with `search-`
 */
export async function findHits(query: string, options: FindOptions = {}): Promise<Found> {
  const { signal } = options;
  signal?.throwIfAborted();
  const passedOver: Found['passedOver'] = [];
  let kept: { query: string; tabId: number; engineName: string } | undefined;
  for (const id of options.engines ?? (await engineOrder())) {
    const name = id === browserEngine ? 'browser' : (findEngine(id)?.name ?? id);
    const passOver = ({ code, facts }: Trouble) =>
      passedOver.push({ engine: id, engineName: String(facts.engine ?? name), trouble: { code, facts } });
    options.onStage?.({ engine: id, engineName: name });
    try {
      const answer =
        id === browserEngine ? await askBrowser(query, options) : await askEngine(id, query, options);
      const { list, engineName } = answer;
      if (list.kind === 'hits') {
        const hits = readable(list.hits);
        if (hits.some(({ url }) => isPublicAddress(url))) {
          if (kept) await (options.door ?? browserDoor).close(kept.tabId);
          return { engine: id, engineName, hits, passedOver };
        }
      }
      const { tabId } = answer;
      if (tabId !== undefined) kept = { query, tabId, engineName };
      passOver({
        code: codes[list.kind],
        facts: { engine: engineName, ...(tabId === undefined ? {} : { tabId }) },
      });
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof AppError)) throw error;
      passOver(error);
    }
  }
  const trouble = worst(passedOver.map(({ trouble }) => trouble));
  if (kept) keepTab(kept, { signal, door: options.door });
  throw new NothingFound(trouble, passedOver);
}

const codes = {
  // All of them lead into the user's own network, or nowhere.
  hits: 'search-none',
  empty: 'search-none',
  captcha: 'search-captcha',
  consent: 'search-consent',
  changed: 'search-changed',
} as const;

/** What the user can do most about: a tab that waits for them, then nothing to be found, then what came first. */
const worst = (troubles: Trouble[]): Trouble =>
  troubles.find(({ facts }) => facts.tabId !== undefined) ??
  troubles.find(({ code }) => code === 'search-offline') ??
  troubles.find(({ code }) => code === 'search-none') ??
  troubles[0] ?? { code: 'search-none', facts: {} };

/** Each page once. One in the user's own network is listed, so that it can be said why it is not read. */
function readable(hits: Hit[]): Hit[] {
  const seen = new Set<string>();
  return hits.flatMap((hit) => {
    const name = canonicalAddress(hit.url);
    if (!isWebAddress(hit.url) || seen.has(name)) return [];
    seen.add(name);
    // Engines write other scripts as they are; the same address is written one way.
    return [{ ...hit, url: new URL(hit.url).href }];
  });
}

interface Answer {
  list: ResultList;
  engineName: string;
  /** A tab that waits for the user. */
  tabId?: number;
}

/** One question at a time: an engine that is asked three at once takes us for a machine. */
let turn: Promise<unknown> = Promise.resolve();

async function askBrowser(
  query: string,
  { signal, door, mayRead = hasPermission }: FindOptions,
): Promise<Answer> {
  // Which engine it is, the browser tells only by its page; without access to all sites nothing could be read of it.
  if (!(await mayRead(everySite))) throw new AppError('search-sites', { engine: 'browser' });
  if (isOffline()) throw new AppError('search-offline', { engine: 'browser' });
  const work = turn.then(() => askBrowserEngine(query, { signal, door }));
  turn = work.catch(() => {});
  const { tabId, list, engineName } = await work;
  return { list, engineName, ...(list.kind === 'captcha' || list.kind === 'consent' ? { tabId } : {}) };
}

async function askEngine(id: string, query: string, options: FindOptions): Promise<Answer> {
  const engine = findEngine(id);
  if (!engine) throw new Error(`No search engine is called ${id}`);
  const { name } = engine;
  const baseUrl = await addressOf(engine);
  const key = engine.needsKey ? ((await keyStore.read(searchKeyId(id))) ?? '') : '';
  if (engine.needsKey && !key) throw new AppError('search-no-key', { engine: name });
  await checkAddress(engine, baseUrl, options);
  const request = engine.request(query, { key, baseUrl, count: wanted });
  const { status, body, url } = await fetchAnswer(request, { name, hasKey: engine.needsKey, ...options });
  const code = engine.trouble?.(status, body) ?? troubleOf(status, engine, body);
  if (code) throw new AppError(code, { engine: name, host: hostOf(baseUrl), status });
  try {
    if (engine.parse) return { list: engine.parse(body), engineName: name };
  } catch (error) {
    throw new AppError('search-unreadable', { engine: name, host: hostOf(baseUrl) }, error);
  }
  const page = await (options.parse ?? parseInert)(body);
  return { list: judgeResults(collectResults(rulesFor(url), page), url), engineName: name };
}

/** Where an engine is asked, without a slash at the end; empty when that is not known. */
export async function addressOf(engine: Engine): Promise<string> {
  const own = engine.baseUrl || (await settings.searchAddresses.read())[engine.id] || '';
  const address = own.replace(/[?#].*$/, '').replace(/\/+$/, '');
  // People copy what stands in their address bar.
  return engine.baseUrl ? address : address.replace(/\/search$/, '');
}

/** Whether a host is in the user's own network. Names without a dot are never anywhere else. */
const isNear = (hostname: string) => isPrivateHost(hostname) || !/[.:]/.test(hostname);

async function checkAddress(
  { name }: Engine,
  baseUrl: string,
  { mayRead = hasPermission }: FindOptions,
): Promise<void> {
  const pattern = originPattern(baseUrl);
  if (!pattern) throw new AppError('search-no-address', { engine: name });
  const { protocol, hostname, host } = new URL(baseUrl);
  const facts: ErrorFacts = { engine: name, host };
  if (protocol === 'http:' && !isNear(hostname)) throw new AppError('search-insecure', facts);
  if (!(await mayRead([pattern]))) throw new AppError('search-permission', { ...facts, address: baseUrl });
  if (globalThis.navigator?.onLine === false && !isNear(hostname))
    throw new AppError('search-offline', facts);
}

const isOffline = () => globalThis.navigator?.onLine === false;

const hostOf = (address: string) => URL.parse(address)?.host ?? '';

/** What a status means where the engine has no meaning of its own for it. */
function troubleOf(status: number, { needsKey }: Engine, body: string) {
  if (status >= 200 && status < 300) return undefined;
  if (status === 402) return 'search-quota' as const;
  if (status === 429)
    return /quota|credit|balance|余额|billing/i.test(body) ? 'search-quota' : 'search-limit';
  if (needsKey && (status === 401 || status === 403)) return 'search-key';
  return status >= 500 ? 'search-engine-down' : 'search-refused';
}
