import type { Originals } from './clone';
import { plainMarked } from './marked';
import { againTag, createOwn, ownTag } from './own';
import { rebuild } from './rebuild';
import type { ShadowRootOf } from './roles';
import { directionOf, hanLanguage } from './sheet';
import type { Form, Unit } from './unit';

export interface ElementOptions {
  originals: Originals;
  shadowRootOf: ShadowRootOf;
  /** BCP 47 tag of the translations. */
  lang(): string;
  labels(): { again: string; busy?: string };
  /** Whether the Tab key stops at a term: at the first place of each, for thousands of stops are of use to nobody. */
  termStops(id: string, unit: number): boolean;
}

/** Letters of a source whose translation is one line in waiting. */
const oneLine = 60;

/** Makes the element that shows a unit, and says whether it is another one than before. */
export function createElementMaker(options: ElementOptions) {
  return (unit: Unit, form: Form): boolean => {
    const { run, state, placement } = unit;
    const shown = JSON.stringify([state, placement, form, run.room, options.lang()]);
    if (unit.element && unit.shown === shown) return false;
    unit.element?.remove();
    const document = run.box.ownerDocument;
    const element = createOwn(document, ownTag);
    const set = (name: string, value: string | undefined) => {
      if (value !== undefined) element.setAttribute(name, value);
    };
    set('translate', 'no');
    set('lang', options.lang());
    set('dir', directionOf(options.lang()));
    set('data-form', form === 'added' ? run.room : form);
    set('data-kind', run.kind);
    set('data-unit', String(unit.id));
    const han = hanLanguage(options.lang());
    if (han && !/^(?:zh|ja|ko)/i.test(run.lang ?? '')) set('data-script', 'han');
    if (han && run.fonts.length > 0 && !run.fonts.includes(han))
      set('data-font', run.isSerif ? 'serif' : 'sans');
    if (state === 'placed' && placement) {
      const stops = new Set<string>();
      const termStops = (id: string) => !stops.has(id) && stops.add(id) && options.termStops(id, unit.id);
      const { nodes, how } = rebuild(run, placement, { ...options, termStops });
      element.append(nodes);
      unit.rebuilt = how;
      if (placement.text.includes('\n')) set('data-lines', '');
    } else {
      set('data-state', state);
      if (state === 'waiting') {
        set('aria-busy', 'true');
        if (plainMarked(run.text).length < oneLine) set('data-short', '');
      } else {
        const { again, busy = again } = options.labels();
        element.append(signOf(document, unit.isBusy ? busy : again));
      }
    }
    unit.element = element;
    unit.shown = shown;
    return true;
  };
}

function signOf(document: Document, label: string): HTMLElement {
  const sign = createOwn(document, againTag);
  sign.setAttribute('role', 'button');
  sign.setAttribute('tabindex', '0');
  sign.setAttribute('aria-label', label);
  sign.title = label;
  sign.append(document.createTextNode('↻'));
  return sign;
}
