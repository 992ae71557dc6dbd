import { watchChecks } from '../../citations';
import { sayAlso } from '../../i18n';

/** Long sources are looked through beside other work: what is written before that is written again. */
export async function whenChecked<T extends { isPending: boolean }>(make: () => T): Promise<T> {
  // What is written out may have a comparison in it, and names places in files.
  await Promise.all([sayAlso('comparisons'), sayAlso('files')]);
  for (;;) {
    const checked = new Promise<void>((resolve) => {
      const stop = watchChecks(() => {
        stop();
        resolve();
      });
    });
    const made = make();
    if (!made.isPending) return made;
    await checked;
  }
}
