import { nameOf } from '../flat-element';
import { isConsent } from '../select/consent';
import type { PageUnit } from './types';

const kinds: Record<string, PageUnit['kind']> = {
  ...Object.fromEntries(['H1', 'H2', 'H3', 'H4', 'H5', 'H6'].map((name) => [name, 'heading'])),
  ...Object.fromEntries(['LI', 'DT', 'DD'].map((name) => [name, 'item'])),
  ...Object.fromEntries(['TD', 'TH'].map((name) => [name, 'cell'])),
  ...Object.fromEntries(['BUTTON', 'NAV'].map((name) => [name, 'label'])),
  ...Object.fromEntries(
    ['P', 'BLOCKQUOTE', 'FIGCAPTION', 'TABLE', 'SECTION', 'ARTICLE', 'MAIN'].map((name) => [name, 'text']),
  ),
};

const roles: Record<string, PageUnit['kind']> = {
  heading: 'heading',
  listitem: 'item',
  cell: 'cell',
  gridcell: 'cell',
  columnheader: 'cell',
  rowheader: 'cell',
  button: 'label',
  tab: 'label',
  menuitem: 'label',
  menuitemcheckbox: 'label',
  menuitemradio: 'label',
  option: 'label',
  navigation: 'label',
  toolbar: 'label',
  tablist: 'label',
  menu: 'label',
  menubar: 'label',
};

/** What the runs in an element are; undefined when it does not change what they are. */
export function kindOf(element: Element): PageUnit['kind'] | undefined {
  const role = element.hasAttribute?.('role') ? (element.getAttribute('role') ?? '') : '';
  return roles[role] ?? kinds[nameOf(element)];
}

const navigation = [
  'nav',
  'button',
  'menu',
  '[role=navigation]',
  '[role=banner]',
  '[role=contentinfo]',
  '[role=search]',
  '[role=button]',
  '[role=tablist]',
  '[role=menu]',
  '[role=menubar]',
  '[role=toolbar]',
].join(',');

const candidate = new Set('NAV BUTTON MENU HEADER FOOTER'.split(' '));

/** True for what leads through a site instead of being its text: menus, buttons, tabs, the head and foot of the site. */
export function isNavigation(element: Element): boolean {
  if (!candidate.has(nameOf(element)) && !element.hasAttributes()) return false;
  if (element.matches(navigation) || isConsent(element)) return true;
  return element.matches('header, footer') && !element.closest('article, main, section');
}
