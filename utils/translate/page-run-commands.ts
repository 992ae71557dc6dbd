/** What whoever shows a run may have it do. */

import type { PageLine } from '../browser/translator-port';
import type { State } from '../chat/state';
import type { Connection } from '../models/types';
import type { Engine } from './page-run-types';
import type { LongerModel, RunCommand, RunQuestion, TranslationRun } from './run-types';

interface Steered {
  state: State<TranslationRun>;
  engine: () => Engine | undefined;
  line: () => PageLine | undefined;
  /** Terms that were edited a moment ago are known. */
  termsKnown: () => Promise<void>;
  /** From the beginning; what is in the cache comes at once. */
  begin: () => Promise<void>;
  /** Yes to what was asked. */
  agree: (question: RunQuestion) => unknown;
  /** The model in use when there is none. */
  useModel: (connection?: Connection) => void;
  connected: () => Promise<Connection[]>;
  /** What the page has told is not so any more. */
  forget: () => void;
  undo: () => Promise<void>;
  cancel: () => unknown;
}

type Commands = { [Type in RunCommand['type']]: (command: Extract<RunCommand, { type: Type }>) => unknown };

/** Carries commands out. They come from other windows: what is none is nothing. */
export function commandsOf(run: Steered): (command: RunCommand) => unknown {
  const { state, engine, line } = run;
  const commands: Commands = {
    pause: () => engine()?.pause(),
    resume: () => engine()?.resume(),
    stop: () => engine()?.stop(),
    undo: () => run.undo(),
    cancel: () => run.cancel(),
    'go-on': () => {
      const { question } = state.get();
      if (question) return run.agree(question);
    },
    again: async ({ units }) => {
      const ids = units ?? engine()?.get().failed ?? [];
      if (units) await run.termsKnown();
      if (ids.length > 0) engine()?.again(ids);
    },
    fix: ({ termIds }) => {
      const all = state.get().inconsistent;
      const wanted = all.filter(({ termId }) => !termIds || termIds.includes(termId));
      state.set({ ...state.get(), inconsistent: all.filter((entry) => !wanted.includes(entry)) });
      const ids = new Set(wanted.flatMap(({ units }) => units));
      if (ids.size > 0) engine()?.again([...ids]);
    },
    display: ({ display }) => {
      state.set({ ...state.get(), display });
      line()?.send({ type: 'display', display });
    },
    language: ({ lang }) => {
      state.set({ ...state.get(), lang });
      run.forget();
      return run.begin();
    },
    model: async ({ providerId, modelId }) => {
      const models = await run.connected();
      run.useModel(models.find(({ provider, model }) => provider.id === providerId && model.id === modelId));
      await run.begin();
    },
    sections: () => {
      const { question } = state.get();
      if (question?.kind === 'too-long') return run.agree(question);
    },
    start: () => {
      run.useModel();
      return run.begin();
    },
    terms: ({ id = '' }) => state.set({ ...state.get(), term: { id, at: Date.now() } }),
    show: ({ unit }) => line()?.send({ type: 'show', unit }),
  };
  return (command) => {
    if (!Object.hasOwn(commands, command.type)) return undefined;
    return (commands[command.type] as (command: RunCommand) => unknown)(command);
  };
}

/** Connected models whose window is larger than so many tokens, the smallest first. */
export const longerModels = (models: Connection[], tokens: number): LongerModel[] =>
  models
    .filter(({ provider, model }) => provider.wire !== 'excerpts' && model.window > tokens)
    .sort((one, other) => one.model.window - other.model.window)
    .map(({ provider, model }) => ({
      providerId: provider.id,
      modelId: model.id,
      modelName: model.name,
      window: model.window,
    }));
