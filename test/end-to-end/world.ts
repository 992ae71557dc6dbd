import type { Page } from 'puppeteer-core';
import { type ModelServer, startModelServer } from '../servers/model-server.ts';
import { type PageServer, startPageServer } from '../servers/page-server.ts';
import { type Harness, type LaunchOptions, launch } from './harness.ts';
import { closePanel, openPanelOn } from './steps.ts';

/** A website, a model and a browser with the extension: what most tests begin with. */
export interface World {
  pages: PageServer;
  model: ModelServer;
  harness: Harness;
  /** The long English article, visited anew, with the panel beside it. */
  openArticle(): Promise<{ page: Page; panel: Page }>;
  /** Closes the panel and forgets what the model was asked, so that the next test begins with its own page. */
  tidy(): Promise<void>;
  close(): Promise<void>;
}

/** Closes the panel if it is open, so that what comes next begins with its own page. */
export async function closePanels(harness: Harness): Promise<void> {
  for (const target of harness.browser.targets()) {
    const isPanel = target.type() === 'page' && target.url().includes('/sidepanel.html');
    if (isPanel) await closePanel(harness, await target.asPage());
  }
}

/** Host access is asked for as in life and granted for 127.0.0.1, where the model is; pages may be `localhost`. */
export async function startWorld(options: LaunchOptions = {}): Promise<World> {
  const [pages, model] = await Promise.all([startPageServer(), startModelServer()]);
  const harness = await launch({ grant: ['http://127.0.0.1/*'], ...options });
  let visit = 0;
  return {
    pages,
    model,
    harness,
    openArticle: () => openPanelOn(harness, `${pages.origin}/article?visit=${++visit}`),
    async tidy() {
      await closePanels(harness);
      model.reset();
    },
    async close() {
      await harness.close();
      await Promise.all([pages.close(), model.close()]);
    },
  };
}
