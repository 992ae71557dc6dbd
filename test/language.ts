import { sayPages, setLanguage } from '@/utils/i18n';

// Pages of the extension load their language before they draw; unit tests begin in English.
sayPages();
await setLanguage('en');
