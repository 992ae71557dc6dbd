import { sayAlso, sayPages, setLanguage } from '@/utils/i18n';

// Pages of the extension load their language before they draw; unit tests begin in English, with all of it.
sayPages();
await setLanguage('en');
await sayAlso('comparisons');
await sayAlso('searches');
