import type { ErrorCode, Trouble } from '@/utils/errors';
import { type MessageKey, sayAlso, t } from '@/utils/i18n';
import { providers } from '@/utils/models/providers';
import { useCopy } from '../answer/use-copy';
import { Notice, type NoticeAction } from '../ui/notice';
import { useActions } from './actions';
import { type ActionName, looks } from './trouble-looks';

await Promise.all([sayAlso('troubles'), sayAlso('files')]);

/** Troubles that are told in the vendor's own words, which a user may want to search for or to report. */
const quoted: ErrorCode[] = [
  'request-refused',
  'stream-error',
  'finish-unknown',
  'daily-limit',
  'unexpected',
];

/** Lines of other programs' settings that help, to be copied. */
const lines: Partial<Record<ErrorCode, string>> = {
  // See Ollama's FAQ, “additional web origins”.
  'origin-refused': 'OLLAMA_ORIGINS=chrome-extension://*,moz-extension://*',
  // docs.searxng.org/admin/settings/settings_search.html
  'search-json-off': 'search:\n  formats:\n    - html\n    - json',
};

export interface TroubleHandlers {
  retry?: () => void;
  continue?: () => void;
  copy?: () => void;
  dismiss?: () => void;
  /** Loads the tab that this is about, where that is not the one in front. */
  wake?: () => void;
  /** Asks for all sites at once that what was picked lacks. */
  allow?: () => void;
  /** Opens what a link leads to in a tab; then the trouble is one with the link and not with the page in front. */
  open?: () => void;
}

/** An expected trouble: its sentence, what was kept, and the one action that helps. */
export function TroubleNotice({
  trouble,
  about = 'question',
  on = {},
}: {
  trouble: Trouble;
  /** What it came in the way of; a translation has no question that could be kept. */
  about?: 'question' | 'translation';
  on?: TroubleHandlers;
}) {
  const actions = useActions();
  const [copied, copyText] = useCopy();
  const { icon, tone, action, orModel } = looks[trouble.code] ?? looks.unexpected;
  const facts = { ...neutralFacts, ...trouble.facts, about };
  const host = String(facts.host);
  const site = String(facts.site);
  const line = lines[trouble.code] ?? '';
  const retry = on.retry ?? actions.readPage;
  const openProvider = () => actions.openSettings(providerPlace(String(facts.provider)));
  const available: Record<ActionName, NoticeAction> = {
    settings: { label: t('action.openSettings'), run: () => actions.openSettings() },
    'add-key': { label: t('action.addKey'), run: openProvider },
    'check-key': { label: t('action.checkKey'), run: openProvider },
    'edit-address': { label: t('action.editAddress'), run: openProvider },
    'choose-model': {
      label: t('action.chooseModel'),
      run: actions.chooseModel ?? (() => actions.openSettings('models')),
    },
    'never-read': { label: t('action.openNeverRead'), run: () => actions.openSettings('never-read') },
    'allow-host': {
      label: t('action.allowHost', { host }),
      run: () => void actions.allow(String(facts.address)).then((allowed) => allowed && on.retry?.()),
    },
    'allow-site': on.allow
      ? { label: t('action.allowPicked'), run: on.allow }
      : site
        ? {
            label: t('action.allowSite'),
            run: () => void actions.allow(`https://${site}/`, `http://${site}/`),
          }
        : { label: t('action.allowEverySite'), run: () => void actions.allowEverySite() },
    'allow-files': { label: t('action.allowFiles'), run: on.allow ?? (() => void actions.allowFiles()) },
    retry: { label: t('action.tryAgain'), run: retry },
    // Without a word to go on from, going on is asking again.
    continue: on.continue
      ? { label: t('action.continue'), run: on.continue }
      : { label: t('action.tryAgain'), run: retry },
    read: { label: t('action.readThis'), run: actions.readPage },
    'use-part': { label: t('action.usePart'), run: actions.usePart },
    wake: { label: t('action.wake'), run: on.wake ?? actions.wakeTab },
    'read-moved': { label: t('action.readMoved'), run: retry },
    'read-anyway': { label: t('action.readAnyway'), run: retry },
    copy: { label: t('action.copyAnswer'), run: on.copy ?? actions.readPage },
    'copy-details': {
      label: copied ? t('action.copied') : t('action.copyDetails'),
      run: () => copyText(detailsOf(trouble)),
    },
    dismiss: { label: t('action.close'), run: on.dismiss ?? (() => {}) },
    'allow-link': {
      label: t('action.allowSite'),
      run: () => void actions.allow(String(facts.address)).then((allowed) => allowed && on.retry?.()),
    },
    'open-link': { label: t('gathered.open'), run: on.open ?? (() => {}) },
    'copy-setting': {
      label: copied ? t('action.copied') : t('action.copySetting'),
      run: () => copyText(line),
    },
    'allow-every-site': {
      label: t('action.allowEverySite'),
      run: () => void actions.allowEverySite().then((allowed) => allowed && on.retry?.()),
    },
    'search-settings': {
      label: t('action.searchSettings'),
      run: () => actions.openSettings('search-engine'),
    },
    // A tab that is gone was closed by the user, and with it the question of a person.
    'open-engine':
      Number(facts.tabId) >= 0
        ? { label: t('action.openEngine'), run: () => actions.showTab(Number(facts.tabId)) }
        : { label: t('action.searchSettings'), run: () => actions.openSettings('search-engine') },
  };
  const offered = [available[on.open && action === 'read' ? 'open-link' : action]];
  if (trouble.code === 'pdf-stopped' && Number(facts.page) > 0) offered.unshift(available['use-part']);
  if (orModel) offered.push(available['choose-model']);
  if (action === 'copy-setting') offered.push({ label: t('action.checkAgain'), run: retry });
  // After a repair in settings the same question can be sent again from here.
  else if (
    on.retry &&
    ![
      'retry',
      'continue',
      'allow-host',
      'allow-link',
      'allow-every-site',
      'dismiss',
      'read-moved',
      'read-anyway',
    ].includes(action)
  )
    offered.push(available.retry);
  if (on.open && action === 'allow-link') offered.push(available['open-link']);
  if (on.open && on.dismiss) offered.push({ label: t('gathered.leaveOut'), run: on.dismiss });
  if (quoted.includes(trouble.code) && facts.message) offered.push(available['copy-details']);
  return (
    <Notice icon={icon} tone={tone} title={t(titleKey(trouble), facts)} actions={offered} alert>
      {t(`trouble.${variant(trouble)}.text` as MessageKey, facts)}
      {line && <code className="notice-setting">{line}</code>}
    </Notice>
  );
}

/** Where the settings have the provider of this name; one that is called by its host was set up by its address. */
const providerPlace = (name: string): string =>
  `models-${providers.find((provider) => provider.name === name)?.id ?? 'custom'}`;

/** Who said what, with which status, in a line for a search or a report. */
const detailsOf = ({ code, facts }: Trouble): string =>
  [facts.provider, facts.model, facts.host, facts.status, code, facts.message].filter(Boolean).join(' · ');

/** Facts that a sentence names and a trouble may lack; a missing value must not turn into an exception. */
const neutralFacts = {
  about: 'question',
  provider: '',
  engine: '',
  tabId: -1,
  model: '',
  host: '',
  title: '',
  address: '',
  site: '',
  status: '',
  message: '',
  seconds: 0,
  words: 0,
  needed: 0,
  limit: 0,
  files: 0,
  images: 0,
  frames: 0,
  name: '',
  wrong: 0,
  page: 0,
  pages: 0,
  megabytes: 0,
  place: '',
  line: 0,
  kind: '',
  count: 0,
};

/** What happened, in a sentence. */
export const troubleTitle = (trouble: Trouble): string =>
  t(titleKey(trouble), { ...neutralFacts, ...trouble.facts });

const titleKey = (trouble: Trouble) => `trouble.${variant(trouble)}.title` as MessageKey;

/** Some codes have a second sentence for when less, or something else, is known. */
function variant({ code, facts }: Trouble): string {
  if (code === 'page-permission' && !facts.site) return 'page-permission-unknown';
  if (code === 'page-permission' && facts.viewer) return 'page-permission-viewer';
  if (code === 'search-captcha' && !(Number(facts.tabId) >= 0)) return 'search-captcha-gone';
  if (code === 'search-consent' && !(Number(facts.tabId) >= 0)) return 'search-consent-gone';
  if (code === 'too-long' && !facts.ours) return 'too-long-there';
  return code;
}
