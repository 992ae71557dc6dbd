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
  LockOpen,
  type LucideIcon,
  Moon,
  PersonStanding,
  RefreshCw,
  Scale,
  ScanText,
  SearchX,
  ServerOff,
  Timer,
  Unplug,
  WifiOff,
} from 'lucide-react';
import type { ErrorCode } from '@/utils/errors';

/** The one thing that a user can do about a trouble. */
export type ActionName =
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
  | 'allow-every-site'
  | 'search-settings'
  | 'open-engine'
  | 'read-moved'
  | 'read-anyway';

/** What each trouble looks like and which action helps. The sentences are in the locales under the same code. */
export const looks: Record<
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
  'images-too-many': { icon: ImageOff, tone: 'lamp', action: 'choose-model' },
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
  'translation-useless': { icon: Ban, tone: 'lamp', action: 'choose-model' },
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
  'link-sign-in': { icon: KeyRound, tone: 'lamp', action: 'open-link' },
  'link-consent': { icon: CircleAlert, tone: 'lamp', action: 'open-link' },
  'link-bot-check': { icon: Ban, tone: 'lamp', action: 'open-link' },
  'link-unseen': { icon: EyeOff, action: 'open-link' },
  'link-endless': { icon: Timer, action: 'open-link' },
  'search-sites': { icon: Lock, action: 'allow-every-site' },
  'search-permission': { icon: Lock, action: 'allow-host' },
  'search-no-key': { icon: KeyRound, action: 'search-settings' },
  'search-no-address': { icon: CircleAlert, action: 'search-settings' },
  'search-insecure': { icon: LockOpen, tone: 'lamp', action: 'search-settings' },
  'search-key': { icon: CircleAlert, tone: 'red', action: 'search-settings' },
  'search-quota': { icon: Ban, tone: 'lamp', action: 'search-settings' },
  'search-limit': { icon: Timer, action: 'retry' },
  'search-json-off': { icon: ServerOff, action: 'copy-setting' },
  'search-upstream': { icon: Unplug, action: 'retry' },
  'search-engine-down': { icon: Unplug, tone: 'red', action: 'retry' },
  'search-slow': { icon: Timer, action: 'retry' },
  'search-refused': { icon: Ban, action: 'search-settings' },
  'search-unreadable': { icon: FileX, action: 'search-settings' },
  'search-captcha': { icon: PersonStanding, tone: 'lamp', action: 'open-engine' },
  'search-consent': { icon: PersonStanding, tone: 'lamp', action: 'open-engine' },
  'search-changed': { icon: FileX, tone: 'lamp', action: 'search-settings' },
  'search-none': { icon: SearchX, action: 'retry' },
  'search-offline': { icon: WifiOff, action: 'retry' },
  'search-paused': { icon: CirclePause, tone: 'lamp', action: 'continue' },
  'search-endless': { icon: RefreshCw, tone: 'lamp', action: 'retry', orModel: true },
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
  'file-kind': { icon: FileX, action: 'dismiss' },
  'file-broken': { icon: FileX, action: 'dismiss' },
  'file-locked': { icon: Lock, action: 'dismiss' },
  'file-empty': { icon: FileX, action: 'dismiss' },
  'file-nothing': { icon: FileX, action: 'dismiss' },
  'file-bomb': { icon: Ban, tone: 'red', action: 'dismiss' },
  'file-stuck': { icon: Timer, action: 'retry' },
  'file-gone': { icon: FileX, action: 'dismiss' },
  'file-unread': { icon: FileX, action: 'retry' },
  'folder-too-large': { icon: Scale, tone: 'lamp', action: 'dismiss' },
  'ocr-language': { icon: ScanText, action: 'retry' },
  'ocr-failed': { icon: ScanText, action: 'retry' },
  'storage-full': { icon: HardDrive, tone: 'red', action: 'copy' },
  'records-damaged': { icon: FileX, tone: 'lamp', action: 'dismiss' },
  'prompts-unreadable': { icon: FileX, action: 'settings' },
  'glossary-unreadable': { icon: FileX, action: 'dismiss' },
  'backup-unreadable': { icon: FileX, action: 'settings' },
  'backup-newer': { icon: FileX, action: 'settings' },
  'backup-passphrase': { icon: Lock, action: 'settings' },
  unexpected: { icon: CircleAlert, tone: 'red', action: 'retry' },
};
