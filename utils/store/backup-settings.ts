import { type ProviderSetting, settings } from './settings';

/** Settings that go into a file. Consent to have passed a limit is not one: it is given here or not at all. */
export const kept = [
  'providers',
  'activeProvider',
  'interfaceLanguage',
  'answerLanguage',
  'whenTooLong',
  'spendingCap',
  'currency',
  'calibration',
  'theme',
  'activePrompt',
  'neverRead',
  'translateInto',
  'neverTranslateSites',
  'neverTranslateLanguages',
  'followUps',
  'singleKeys',
  'searchMode',
  'searchPages',
  'askBeforeSearch',
  'searchEngine',
  'searchAddresses',
] as const;

export type KeptSetting = (typeof kept)[number];
export type Settings = { [Name in KeptSetting]: Awaited<ReturnType<(typeof settings)[Name]['read']>> };

const lists = ['neverRead', 'neverTranslateSites', 'neverTranslateLanguages'] as const;
const isList = (name: KeptSetting): name is (typeof lists)[number] => lists.includes(name as never);

/** Settings that were never changed here take the file's value; lists take the entries that they lack. */
export async function newSettings(file: Settings) {
  const changes: Partial<Record<KeptSetting, unknown>> = {};
  const stay = { providers: 0, settings: 0 };
  for (const name of kept) {
    const [mine, theirs] = [await settings[name].read(), file[name]];
    if (name === 'providers') {
      const known = new Set((mine as Settings['providers']).map(({ providerId }) => providerId));
      const added = file.providers.filter(({ providerId }) => !known.has(providerId));
      stay.providers = file.providers.length - added.length;
      if (added.length > 0) changes.providers = added;
      continue;
    }
    if (name === 'calibration') {
      const added = Object.entries(file.calibration).filter(
        ([model]) => !Object.hasOwn(mine as object, model),
      );
      if (added.length > 0) changes.calibration = Object.fromEntries(added);
      continue;
    }
    if (isList(name)) {
      const added = file[name].filter((entry) => !(mine as string[]).includes(entry));
      if (added.length > 0) changes[name] = added;
      continue;
    }
    const [asMine, asFallback] = [mine, settings[name].fallback].map((value) => JSON.stringify(value));
    if ([asMine, asFallback].includes(JSON.stringify(theirs))) continue;
    if (asMine === asFallback) changes[name] = theirs;
    else stay.settings++;
  }
  // A provider can answer only where it is set up.
  const providers = [
    ...(await settings.providers.read()),
    ...((changes.providers as ProviderSetting[]) ?? []),
  ];
  if (!providers.some(({ providerId }) => providerId === changes.activeProvider))
    delete changes.activeProvider;
  return { settings: changes as Partial<Settings>, stay };
}

export function merged(name: KeptSetting, mine: unknown, added: unknown): never {
  if (name === 'providers' || isList(name)) return [...(mine as unknown[]), ...(added as unknown[])] as never;
  if (name === 'calibration') return { ...(mine as object), ...(added as object) } as never;
  return added as never;
}
