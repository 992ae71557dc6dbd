/** Where the focus goes when what had it is gone. */
export const focusComposer = () => document.querySelector<HTMLElement>('.composer textarea')?.focus();
