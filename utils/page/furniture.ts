import { isConsent } from './select/consent';

const furnitureSelector = [
  'nav',
  'aside',
  'button',
  'select',
  'dialog',
  '[role=navigation]',
  '[role=banner]',
  '[role=contentinfo]',
  '[role=complementary]',
  '[role=search]',
  '[role=dialog]',
  '[role=alertdialog]',
  '[role=menu]',
  '[role=menubar]',
  '[role=toolbar]',
].join(',');
/** True for an element that frames the text instead of being text: navigation, sidebar, site header, cookie banner. */
export function isFurniture(element: Element): boolean {
  if (element.matches(furnitureSelector)) return true;
  if (element.matches('header, footer')) return !element.closest('article, main, section');
  return isConsent(element);
}
