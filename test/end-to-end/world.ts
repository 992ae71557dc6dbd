import { type ModelServer, startModelServer } from '../servers/model-server.ts';
import { type PageServer, startPageServer } from '../servers/page-server.ts';
import { type Harness, type LaunchOptions, launch } from './harness.ts';
import { closePanel } from './steps.ts';

/** A website, a model and a browser with the extension: what most tests begin with. */
export interface World {
  pages: PageServer;
  model: ModelServer;
  harness: Harness;
  /** Closes the panel and forgets what the model was asked, so that the next test begins with its own page. */
  tidy(): Promise<void>;
  close(): Promise<void>;
}

/** Host access is asked for as in life and granted for 127.0.0.1, where the model is; pages may be `localhost`. */
export async function startWorld(options: LaunchOptions = {}): Promise<World> {
  const [pages, model] = await Promise.all([startPageServer(), startModelServer()]);
  const harness = await launch({ grant: ['http://127.0.0.1/*'], ...options });
  return {
    pages,
    model,
    harness,
    async tidy() {
      const isPanel = (url: string) => url.includes('/sidepanel.html');
      for (const target of harness.browser.targets()) {
        if (target.type() === 'page' && isPanel(target.url()))
          await closePanel(harness, await target.asPage());
      }
      model.reset();
    },
    async close() {
      await harness.close();
      await Promise.all([pages.close(), model.close()]);
    },
  };
}
