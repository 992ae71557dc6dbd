import { type Behaviour, type ModelServer, startModelServer } from './model-server.ts';

/** A server that answers each `GET /path` or `POST /path` as said, and everything else with 404. */
export const startAnsweringServer = (
  answers: Record<string, unknown>,
  misbehave?: Behaviour,
): Promise<ModelServer> =>
  startModelServer({
    before({ method, path }) {
      const key = `${method} ${path.split('?')[0]}`;
      if (!Object.hasOwn(answers, key)) return { status: 404, bodyText: '{"error":"not found"}' };
      const value = answers[key];
      return misbehave ?? { bodyText: typeof value === 'string' ? value : JSON.stringify(value) };
    },
  });
