/**
 * Zod probes for `new Function`; the probe is caught but counts as a violation of our CSP. Zod finds this object when
 * it is loaded and keeps to it, so it has to be here before any client library is. Importing Zod itself to say so
 * would put it into the panel's first load.
 */
const holder = globalThis as { __zod_globalConfig?: { jitless?: boolean } };
holder.__zod_globalConfig = { ...holder.__zod_globalConfig, jitless: true };
