/** The list of what can be picked is no part of the first paint; it comes at the first sign of a wish for it. */
export const loadPicker = () => import('./picker');
