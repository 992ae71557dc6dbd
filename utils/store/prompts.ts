import { liveQuery, type Observable } from 'dexie';
import { type Database, database } from './database';
import { promptShape } from './prompt-shape';
import type { PromptRecord } from './records';
import { settings } from './settings';

/** Saved prompts, oldest first. One that cannot be read is left where it is and not listed. */
export const createPromptStore = (db: Database = database) => ({
  list: async (): Promise<PromptRecord[]> =>
    (await db.prompts.toArray()).flatMap(readable).sort((one, other) => one.createdAt - other.createdAt),

  read: async (id: string): Promise<PromptRecord | undefined> => {
    const record = id ? await db.prompts.get(id) : undefined;
    return record && readable(record)[0];
  },

  /** @throws DOMException QuotaExceededError when there is no room */
  write: async (prompt: PromptRecord): Promise<void> => {
    await db.prompts.put(prompt);
  },

  /** Changes what is stored of a prompt now; one that was deleted meanwhile does not come back. */
  change: async (id: string, change: Partial<PromptRecord>): Promise<void> => {
    await db.prompts.update(id, change);
  },

  /** Deletes a prompt. Where it was the one in use, none is. */
  remove: async (id: string): Promise<void> => {
    await db.prompts.delete(id);
    await settings.activePrompt.change((active) => (active === id ? '' : active));
  },

  /** Adds prompts as new ones, except those that are here word for word. Resolves with what was added. */
  add: async (
    prompts: Omit<PromptRecord, 'id' | 'createdAt' | 'updatedAt'>[],
    { newId = () => crypto.randomUUID() as string, now = Date.now } = {},
  ): Promise<PromptRecord[]> =>
    db.transaction('rw', db.prompts, async () => {
      const known = new Set((await db.prompts.toArray()).flatMap(readable).map(contentOf));
      const added: PromptRecord[] = [];
      for (const prompt of prompts) {
        const content = contentOf(prompt);
        if (known.has(content)) continue;
        known.add(content);
        const at = now() + added.length;
        added.push({ ...prompt, id: newId(), createdAt: at, updatedAt: at });
      }
      await db.prompts.bulkAdd(added);
      return added;
    }),
});

export const promptStore = createPromptStore();

/** Saved prompts, again after each change, in whichever window it is made. */
export const watchPrompts = (store = promptStore): Observable<PromptRecord[]> =>
  liveQuery(() => store.list());

function readable(record: PromptRecord): PromptRecord[] {
  try {
    return [promptShape(record, 'prompt')];
  } catch {
    return [];
  }
}

/** What makes two prompts the same. */
const contentOf = ({
  name,
  role,
  rules,
  examples,
  language,
}: Omit<PromptRecord, 'id' | 'createdAt' | 'updatedAt'>) =>
  JSON.stringify([
    name,
    role,
    rules,
    examples.map(({ question, answer }) => [question, answer]),
    language ?? '',
  ]);
