// @vitest-environment jsdom
import 'fake-indexeddb/auto';
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { type SettingsActions, SettingsActionsProvider } from '@/components/settings/actions';
import { SettingsPage } from '@/components/settings/settings-page';
import { type LanguageCode, setLanguage } from '@/utils/i18n';
import { database } from '@/utils/store/database';
import { promptStore } from '@/utils/store/prompts';
import { settings } from '@/utils/store/settings';
import { settingsPlace } from '@/utils/store/settings-place';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

let granted: string[];
let root: Root;
const actions: SettingsActions = {
  allow: async () => true,
  mayRead: async () => false,
  shortcuts: async () => [
    { name: '_execute_action', description: '', shortcut: 'Alt+W' },
    { name: 'summarize-page', description: 'Summarise this page', shortcut: '' },
  ],
  openShortcuts: () => {},
  grantedOrigins: async () => granted,
  watchGrants: () => () => {},
  takeBack: async (...origins) => {
    granted = granted.filter((origin) => !origins.includes(origin));
    return true;
  },
  showTab: () => {},
  beginAgain: () => {},
};

beforeAll(() => {
  Element.prototype.scrollIntoView = () => {};
});
beforeEach(async () => {
  fakeBrowser.reset();
  await Promise.all(database.tables.map((table) => table.clear()));
  granted = ['https://api.openai.com/*', 'http://127.0.0.1/*'];
});
afterEach(() => act(() => root.unmount()));

const settle = () => act(() => new Promise((resolve) => setTimeout(resolve, 60)));

async function draw(): Promise<HTMLElement> {
  const place = document.createElement('div');
  document.body.replaceChildren(place);
  root = createRoot(place);
  await act(async () =>
    root.render(
      <SettingsActionsProvider value={actions}>
        <SettingsPage />
      </SettingsActionsProvider>,
    ),
  );
  await settle();
  return place;
}

async function enter(field: Element | null | undefined, text: string): Promise<void> {
  const prototype = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
  await act(async () => {
    Object.getOwnPropertyDescriptor(prototype.prototype, 'value')?.set?.call(field, text);
    field?.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

async function type(field: Element | null | undefined, text: string): Promise<void> {
  await enter(field, text);
  await settle();
}

const press = async (name: string) => {
  const button = [...document.querySelectorAll('button')].find(
    (candidate) => candidate.textContent === name || candidate.ariaLabel === name,
  );
  if (!button) throw new Error(`There is no button “${name}”`);
  await act(async () => button.click());
  await settle();
};

const search = (query: string) => type(document.querySelector('input[type=search]'), query);

/** What is on the page and not hidden, by its id. */
const shown = () =>
  Array.from(
    document.querySelectorAll('[data-setting]:not([hidden]):not([hidden] *)'),
    ({ id, textContent }) => (textContent ? id : ''),
  ).filter(Boolean);

/** What a control is called on the screen: by its label, or by itself. */
function nameOf(control: Element): string {
  const { labels } = control as HTMLInputElement;
  return (
    control.ariaLabel ??
    (labels?.length ? labels[0]?.querySelector('span')?.textContent || labels[0]?.textContent : undefined) ??
    control.textContent ??
    ''
  );
}

describe.each(['en', 'zh_CN', 'zh_TW'] as LanguageCode[])('every control in %s', (code) => {
  it('belongs to a setting, and the search finds that by what the control is called', async () => {
    await setLanguage(code);
    await settings.interfaceLanguage.write(code);
    await promptStore.add([
      { name: 'Critic', role: 'A critic', rules: '', examples: [{ question: 'Q', answer: 'A' }] },
    ]);
    await settings.neverRead.write(['bank.example']);
    await settings.providers.write([
      { providerId: 'openai', baseUrl: 'https://api.openai.com/v1', modelId: 'gpt-6' },
    ]);
    const page = await draw();
    for (const button of page.querySelectorAll<HTMLButtonElement>('main button[aria-expanded="false"]'))
      if (button.closest('#models-openai, #prompt-list') && !button.hasAttribute('aria-haspopup'))
        await act(async () => button.click());
    await settle();
    const main = page.querySelector('main') ?? expect.fail('No main');
    const controls = [
      ...main.querySelectorAll('input:not([hidden]), select, textarea, button, summary'),
    ].filter((control) => !control.closest('.provider-search'));
    expect(controls.length).toBeGreaterThan(60);
    const strays: string[] = [];
    for (const control of controls) {
      const setting = control.closest<HTMLElement>('[data-setting]');
      if (!setting) strays.push(`${nameOf(control)}: in no setting`);
      // Names of rows and of the user's own things are not words of a setting.
      else if (/Critic|OpenAI|bank\.example|api\.openai|127\.0\.0\.1|gpt-6/.test(nameOf(control))) continue;
      else if (['Set up', '设置', '設定'].includes(nameOf(control))) continue;
      else {
        await enter(document.querySelector('input[type=search]'), nameOf(control).replace(/ \d+$/, ''));
        if (setting.hidden) strays.push(`${nameOf(control)}: not found in ${setting.id}`);
      }
    }
    expect([...new Set(strays)]).toEqual([]);
  }, 60_000);
});

describe('the search', () => {
  beforeEach(() => setLanguage('en'));

  it('leaves only what matches, says how many, and keeps what was typed', async () => {
    await draw();
    const field = document.querySelector('#never-read input');
    await type(field, 'half.exam');
    await search('never read');
    expect(shown()).toContain('never-read');
    expect(shown()).not.toContain('theme');
    expect(document.querySelector('[role=status]')?.textContent).toMatch(/^\d+ settings? found$/);
    expect((field as HTMLInputElement).value).toBe('half.exam');
    await search('gemini');
    expect(shown()).toContain('models-google');
    expect(shown()).not.toContain('models-openai');
    await search('qwertz');
    expect(shown()).toEqual([]);
    expect(document.querySelector('main')?.textContent).toContain('No setting has the words “qwertz”.');
    await press('Show all settings');
    expect(shown()).toContain('theme');
    await search('theme');
    await act(async () =>
      document
        .querySelector('input[type=search]')
        ?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })),
    );
    expect(shown()).toContain('never-read');
  });

  it('gives way when somebody is led to a setting', async () => {
    await draw();
    await search('qwertz');
    await act(() => settingsPlace.leave('models-moonshot'));
    await settle();
    expect(document.activeElement?.id).toBe('models-moonshot');
    expect(document.querySelector('#models-moonshot form')).not.toBeNull();
    expect(location.hash).toBe('#models-moonshot');
    expect(await settingsPlace.take()).toBeUndefined();
    history.replaceState(null, '', '#limits');
    await act(async () => window.dispatchEvent(new Event('hashchange')));
    await settle();
    expect(document.activeElement?.id).toBe('spending');
    history.replaceState(null, '', location.pathname);
  });
});

describe('a change', () => {
  beforeEach(() => setLanguage('en'));

  it('is saved at once and said, and what another window changes is shown', async () => {
    await draw();
    const list = document.querySelector<HTMLSelectElement>('#theme select') ?? expect.fail('No list');
    await act(async () => {
      list.value = 'dark';
      list.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await settle();
    expect(await settings.theme.read()).toBe('dark');
    expect(document.querySelector('.saved-line')?.textContent).toBe('Change saved');
    await act(() => settings.theme.write('light'));
    await settle();
    expect(list.value).toBe('light');
  });

  it('that cannot be saved is said aloud', async () => {
    await draw();
    const set = fakeBrowser.storage.local.set;
    fakeBrowser.storage.local.set = async () => {
      throw new DOMException('Full', 'QuotaExceededError');
    };
    await act(async () => document.querySelector<HTMLInputElement>('#single-keys input')?.click());
    await settle();
    fakeBrowser.storage.local.set = set;
    expect(document.querySelector('.saved-note [role=alert]')?.textContent).toContain(
      'This change was not saved. There is no room left on this computer.',
    );
  });
});

describe('sites that are never read', () => {
  beforeEach(() => setLanguage('en'));

  it('are taken as they are meant, refused when they are none, and taken off', async () => {
    await draw();
    const field = document.querySelector('#never-read input');
    const said = () => document.querySelector('#never-read [role=status]')?.textContent;
    await type(field, 'https://www.Bank.example:8443/login?next=/');
    await press('Add to the list');
    expect(await settings.neverRead.read()).toEqual(['bank.example']);
    expect(said()).toBe('bank.example is not read from now on.');
    await type(field, '*.bank.example');
    await press('Add to the list');
    expect(said()).toBe('bank.example is on the list already.');
    await type(field, `not a site ${'x'.repeat(1_000)}`);
    await press('Add to the list');
    expect(said()).toMatch(/^“not a site x{49}…” is no site\./);
    expect(document.activeElement).toBe(field);
    await press('Take bank.example off the list');
    expect(await settings.neverRead.read()).toEqual([]);
    expect(document.activeElement).toBe(field);
  });
});

describe('languages of translations', () => {
  it('are found by any of their names, chosen with the keys, and kept', async () => {
    await setLanguage('en');
    await draw();
    await press('Translations Same as the interface');
    await settle();
    const field = document.querySelector<HTMLInputElement>('#translate-into input[role=combobox]');
    const options = () =>
      Array.from(document.querySelectorAll('#translate-into [role=option]'), (option) => option.textContent);
    expect(document.activeElement).toBe(field);
    expect(options().slice(0, 3)).toEqual([
      'Same as the interface',
      'Simplified Chinese简体中文',
      'Traditional Chinese繁體中文',
    ]);
    expect(options().length).toBeGreaterThan(150);
    await type(field, 'espanol');
    expect(options()).toEqual(['Spanishespañol']);
    await type(field, '日本');
    expect(options()).toEqual(['Japanese日本語']);
    await act(async () =>
      field?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true })),
    );
    await settle();
    expect(await settings.translateInto.read()).toBe('ja');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Translations Japanese');
  });

  it('that are left alone are added once and taken off', async () => {
    await setLanguage('en');
    await settings.neverTranslateLanguages.write(['de']);
    await draw();
    const add = async (name: string) => {
      await press('Add a language');
      await settle();
      const options = [...document.querySelectorAll<HTMLElement>('#never-translate-languages [role=option]')];
      await act(async () => options.find((option) => option.textContent?.startsWith(name))?.click());
      await settle();
    };
    const said = () => document.querySelector('#never-translate-languages [role=status]')?.textContent;
    await add('French');
    expect(await settings.neverTranslateLanguages.read()).toEqual(['de', 'fr']);
    expect(said()).toBe('French is left as it is from now on.');
    await add('French');
    expect(said()).toBe('French is on the list already.');
    await press('Take German off the list');
    expect(await settings.neverTranslateLanguages.read()).toEqual(['fr']);
    expect(document.activeElement?.textContent).toBe('Add a language');
  });
});

describe('access', () => {
  it('is listed by site, with who uses it, and taken back', async () => {
    await setLanguage('en');
    await settings.providers.write([
      { providerId: 'openai', baseUrl: 'https://api.openai.com/v1', modelId: 'gpt-6' },
    ]);
    await draw();
    const rows = () => Array.from(document.querySelectorAll('#access li'), (row) => row.textContent);
    expect(rows()).toEqual(['http://127.0.0.1 Take back', 'api.openai.com for OpenAITake back']);
    await press('Take back access to api.openai.com');
    expect(granted).toEqual(['http://127.0.0.1/*']);
    expect(document.querySelector('#access [role=status]')?.textContent).toBe(
      'Access to api.openai.com was taken back.',
    );
  });

  it('says which command the browser has left without a key', async () => {
    await setLanguage('en');
    await draw();
    const [list] = document.querySelectorAll('#browser-keys dl');
    const rows = Array.from(list?.children ?? [], (row) => row.textContent);
    expect(rows).toEqual(['Open the panelAlt+W', 'Summarise this pageno key']);
  });

  it('lists the keys of the panel too, also for who has switched off the one that lists them there', async () => {
    await setLanguage('en');
    await draw();
    const rows = () =>
      Array.from(
        document.querySelectorAll('#browser-keys dl:last-of-type > div'),
        (row) => row.textContent ?? '',
      );
    expect(rows()).toContain('Send the questionEnter');
    expect(rows()).toContain('List of keys?');
    await act(() => settings.singleKeys.write(false));
    await settle();
    expect(rows()).toContain('Edit the last question, in an empty field↑');
    expect(rows().filter((row) => /List of keys|citation/.test(row))).toEqual([]);
  });
});

describe('a prompt', () => {
  beforeEach(() => setLanguage('en'));

  it('is made, written and chosen without a button to save, and follows another window', async () => {
    await draw();
    await press('New prompt');
    const [name] = document.querySelectorAll('#prompt-list input');
    expect(document.activeElement).toBe(name);
    await type(name, 'Critic');
    await type(document.querySelector('#prompt-list textarea'), 'A kind critic');
    // What is typed is on disk a moment later.
    await act(() =>
      expect.poll(() => promptStore.list()).toMatchObject([{ name: 'Critic', role: 'A kind critic' }]),
    );
    const [{ id } = { id: '' }] = await promptStore.list();
    const list = document.querySelector<HTMLSelectElement>('#prompt-in-use select') ?? expect.fail('No list');
    await settle();
    await act(async () => {
      list.value = id;
      list.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await settle();
    expect(await settings.activePrompt.read()).toBe(id);
    // What another window writes is shown.
    await act(() => promptStore.change(id, { rules: 'From there' }));
    await settle();
    expect(document.querySelectorAll<HTMLTextAreaElement>('#prompt-list textarea')[1]?.value).toBe(
      'From there',
    );
  });

  it('comes from a file of prompts, and from no other', async () => {
    await draw();
    const bringIn = async (text: string) => {
      const field = document.querySelector('#prompt-list input[type=file]') ?? expect.fail('No field');
      Object.defineProperty(field, 'files', { value: [new File([text], 'a.json')], configurable: true });
      Object.defineProperty(field, 'value', { value: '', configurable: true, writable: true });
      await act(async () => field.dispatchEvent(new Event('change', { bubbles: true })));
      await settle();
    };
    const alert = () => document.querySelector('#prompt-list [role=alert]')?.textContent;
    await bringIn('{"wholemoon":1}');
    expect(alert()).toContain('This is not a file of prompts.');
    expect(alert()).toContain('“wholemoonPrompts”');
    const prompts = [{ name: 'Critic', role: 'A', rules: '', examples: [] }];
    const file = JSON.stringify({ wholemoonPrompts: 1, prompts });
    await bringIn(file);
    expect(alert()).toBeUndefined();
    expect(document.querySelector('#prompt-list')?.textContent).toContain('1 prompt was added.');
    await bringIn(file);
    expect(document.querySelector('#prompt-list')?.textContent).toContain(
      'All of these prompts are here already.',
    );
    expect(await promptStore.list()).toHaveLength(1);
  });
});
