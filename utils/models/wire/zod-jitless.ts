import { config } from 'zod/v4/core';

/** Zod probes for `new Function`; the probe is caught but counts as a CSP violation. Must be imported before any schema. */
config({ jitless: true });
