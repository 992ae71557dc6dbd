import {
  Ban,
  BookLock,
  CircleAlert,
  CirclePause,
  EyeOff,
  FileX,
  HardDrive,
  ImageOff,
  KeyRound,
  Lock,
  type LucideIcon,
  Moon,
  RefreshCw,
  Scale,
  ScanText,
  ServerOff,
  Timer,
  Unplug,
  WifiOff,
} from 'lucide-react';
import type { ErrorCode, Trouble } from '@/utils/errors';
import { type MessageKey, sayAlso, t } from '@/utils/i18n';
import { providers } from '@/utils/models/providers';
import { useCopy } from '../answer/use-copy';
import { Notice, type NoticeAction } from '../ui/notice';
import { useActions } from './actions';

await sayAlso('troubles');

/** What each trouble looks like and which action helps. The sentences are in the locales under the same code. */
type ActionName =
  | 'settings'
  | 'add-key'
  | 'check-key'
  | 'edit-address'
  | 'choose-model'
  | 'allow-host'
  | 'allow-site'
  | 'never-read'
  | 'allow-files'
  | 'retry'
  | 'continue'
  | 'read'
  | 'use-part'
  | 'wake'
  | 'copy'
  | 'copy-details'
  | 'copy-setting'
  | 'dismiss'
  | 'allow-link'
  | 'open-link'
  | 'read-moved'
  | 'read-anyway';

const table: Record<
  ErrorCode,
  {
    icon: LucideIcon;
    tone?: 'red' | 'lamp';
    action: ActionName;
    /** Another model can answer while this one is being mended. */
    orModel?: boolean;
  }
> = {
  'no-key': { icon: KeyRound, action: 'add-key' },
  'key-refused': { icon: CircleAlert, tone: 'red', action: 'check-key', orModel: true },
  'key-of-other-platform': { icon: CircleAlert, tone: 'red', action: 'check-key', orModel: true },
  'wrong-address': { icon: CircleAlert, tone: 'red', action: 'edit-address' },
  intercepted: { icon: Unplug, tone: 'red', action: 'retry' },
  'region-blocked': { icon: Ban, tone: 'red', action: 'choose-model' },
  'browsers-forbidden': { icon: Ban, tone: 'red', action: 'check-key', orModel: true },
  'origin-refused': { icon: ServerOff, action: 'copy-setting' },
  'host-permission': { icon: Lock, action: 'allow-host' },
  unreachable: { icon: Unplug, tone: 'red', action: 'retry' },
  offline: { icon: WifiOff, action: 'retry', orModel: true },
  'insecure-address': { icon: Lock, tone: 'red', action: 'edit-address' },
  'model-not-found': { icon: CircleAlert, tone: 'red', action: 'choose-model' },
  'no-vision': { icon: EyeOff, tone: 'lamp', action: 'choose-model' },
  'image-kind': { icon: ImageOff, action: 'dismiss' },
  'image-too-large': { icon: Scale, tone: 'lamp', action: 'choose-model' },
  'rate-limited': { icon: Timer, action: 'retry' },
  'minute-limit': { icon: Scale, tone: 'lamp', action: 'choose-model' },
  'daily-limit': { icon: Timer, tone: 'lamp', action: 'choose-model' },
  'quota-used-up': { icon: CircleAlert, tone: 'red', action: 'choose-model' },
  'server-error': { icon: CircleAlert, tone: 'red', action: 'retry' },
  overloaded: { icon: Timer, tone: 'red', action: 'retry' },
  'model-loading': { icon: Timer, action: 'retry' },
  'request-refused': { icon: CircleAlert, tone: 'red', action: 'settings' },
  'stream-cut': { icon: Unplug, tone: 'red', action: 'continue' },
  'stream-error': { icon: CircleAlert, tone: 'red', action: 'continue' },
  stalled: { icon: Timer, tone: 'lamp', action: 'continue' },
  'answer-too-large': { icon: Scale, tone: 'red', action: 'retry' },
  'finish-unknown': { icon: CircleAlert, tone: 'lamp', action: 'continue' },
  'empty-answer': { icon: CircleAlert, tone: 'red', action: 'retry' },
  'thinking-only': { icon: CircleAlert, tone: 'red', action: 'retry' },
  'too-long': { icon: Scale, tone: 'lamp', action: 'choose-model' },
  filtered: { icon: Ban, tone: 'lamp', action: 'retry' },
  'cannot-translate': { icon: Ban, action: 'choose-model' },
  'translation-leak': { icon: CircleAlert, tone: 'red', action: 'retry' },
  'translation-useless': { icon: Ban, tone: 'lamp', action: 'retry', orModel: true },
  interrupted: { icon: Unplug, tone: 'lamp', action: 'continue' },
  'page-protected': { icon: Ban, action: 'read' },
  'page-permission': { icon: Lock, action: 'allow-site' },
  'never-read': { icon: BookLock, action: 'never-read' },
  'page-empty': { icon: Ban, action: 'read' },
  'page-busy': { icon: Timer, action: 'read' },
  'page-asleep': { icon: Moon, action: 'wake' },
  'page-changed': { icon: RefreshCw, tone: 'lamp', action: 'read' },
  'tab-closed': { icon: Ban, action: 'read' },
  'tab-moved': { icon: RefreshCw, tone: 'lamp', action: 'read-moved' },
  'tab-crashed': { icon: Unplug, action: 'wake' },
  'page-sign-in': { icon: KeyRound, tone: 'lamp', action: 'read-anyway' },
  'kept-gone': { icon: FileX, action: 'dismiss' },
  'link-permission': { icon: Lock, action: 'allow-link' },
  'link-refused': { icon: CircleAlert, tone: 'red', action: 'open-link' },
  'link-unreachable': { icon: Unplug, tone: 'red', action: 'open-link' },
  'link-slow': { icon: Timer, action: 'open-link' },
  'link-private': { icon: Ban, tone: 'lamp', action: 'open-link' },
  'link-kind': { icon: FileX, action: 'open-link' },
  'link-scripts': { icon: ScanText, action: 'open-link' },
  'selection-cut': { icon: Scale, tone: 'lamp', action: 'dismiss' },
  'selection-none': { icon: Ban, action: 'dismiss' },
  'picture-refused': { icon: ImageOff, action: 'dismiss' },
  'pdf-password': { icon: Lock, action: 'read' },
  'pdf-broken': { icon: FileX, action: 'read' },
  'pdf-scanned': { icon: ScanText, action: 'read' },
  'pdf-stopped': { icon: CirclePause, tone: 'lamp', action: 'read' },
  'pdf-stuck': { icon: Timer, action: 'read' },
  'file-access': { icon: Lock, action: 'read' },
  'file-permission': { icon: Lock, action: 'allow-files' },
  'file-refused': { icon: CircleAlert, tone: 'red', action: 'read' },
  'file-not-served': { icon: FileX, action: 'read' },
  'file-too-large': { icon: Scale, tone: 'lamp', action: 'read' },
  'file-cut': { icon: Unplug, tone: 'red', action: 'read' },
  'storage-full': { icon: HardDrive, tone: 'red', action: 'copy' },
  'records-damaged': { icon: FileX, tone: 'lamp', action: 'dismiss' },
  'prompts-unreadable': { icon: FileX, action: 'settings' },
  'glossary-unreadable': { icon: FileX, action: 'dismiss' },
  'backup-unreadable': { icon: FileX, action: 'settings' },
  'backup-newer': { icon: FileX, action: 'settings' },
  'backup-passphrase': { icon: Lock, action: 'settings' },
  unexpected: { icon: CircleAlert, tone: 'red', action: 'retry' },
};

/** Troubles that are told in the vendor's own words, which a user may want to search for or to report. */
const quoted: ErrorCode[] = [
  'request-refused',
  'stream-error',
  'finish-unknown',
  'daily-limit',
  'unexpected',
];

/** What Ollama has to be told so that it lets extensions in; see its FAQ, “additional web origins”. */
const ollamaOrigins = 'OLLAMA_ORIGINS=chrome-extension://*,moz-extension://*';

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
export function TroubleNotice({ trouble, on = {} }: { trouble: Trouble; on?: TroubleHandlers }) {
  const actions = useActions();
  const [copied, copyText] = useCopy();
  const { icon, tone, action, orModel } = table[trouble.code] ?? table.unexpected;
  const facts = { ...neutralFacts, ...trouble.facts };
  const host = String(facts.host);
  const site = String(facts.site);
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
      run: () => copyText(ollamaOrigins),
    },
  };
  const offered = [available[on.open && action === 'read' ? 'open-link' : action]];
  if (trouble.code === 'pdf-stopped' && Number(facts.page) > 0) offered.unshift(available['use-part']);
  if (orModel) offered.push(available['choose-model']);
  if (action === 'copy-setting') offered.push({ label: t('action.checkAgain'), run: retry });
  // After a repair in settings the same question can be sent again from here.
  else if (
    on.retry &&
    !['retry', 'continue', 'allow-host', 'allow-link', 'dismiss', 'read-moved', 'read-anyway'].includes(
      action,
    )
  )
    offered.push(available.retry);
  if (on.open && action === 'allow-link') offered.push(available['open-link']);
  if (on.open && on.dismiss) offered.push({ label: t('gathered.leaveOut'), run: on.dismiss });
  if (quoted.includes(trouble.code) && facts.message) offered.push(available['copy-details']);
  return (
    <Notice icon={icon} tone={tone} title={t(titleKey(trouble), facts)} actions={offered} alert>
      {t(`trouble.${variant(trouble)}.text` as MessageKey, facts)}
      {action === 'copy-setting' && <code className="notice-setting">{ollamaOrigins}</code>}
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
  provider: '',
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
  if (code === 'too-long' && !facts.ours) return 'too-long-there';
  return code;
}
