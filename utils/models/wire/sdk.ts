import type { LanguageModelV4, LanguageModelV4CallOptions } from '@ai-sdk/provider';
import { toModelError } from '../errors';
import type { Connection, Part, Request } from '../types';
import { endOf, type PartsOptions, toParts } from './parts';
import { type PromptStyle, toPrompt, toTools } from './prompt';

export interface Call extends Omit<PartsOptions, 'wire' | 'connection'> {
  request: Request;
  connection: Connection;
  signal: AbortSignal;
  style: PromptStyle;
  model: LanguageModelV4;
  options?: Partial<LanguageModelV4CallOptions>;
  /** Changes the options after a refusal that a smaller wish would have avoided; undefined lets it stand. */
  relent?: (error: unknown) => Partial<LanguageModelV4CallOptions> | undefined;
}

/**
 * One request through a model of the AI SDK. Its provider layer is used directly: the layer above (`streamText`)
 * costs up to 1.7 ms per chunk and adds retries, which belong to `streamAnswer` here.
 */
export async function* stream(call: Call): AsyncGenerator<Part> {
  const { request, connection, signal, style, model, options, relent } = call;
  let answering = false;
  try {
    const base = { prompt: toPrompt(request, style), tools: toTools(request), abortSignal: signal };
    const send = async (more?: Partial<LanguageModelV4CallOptions>) => model.doStream({ ...base, ...more });
    const result = await send(options).catch((error: unknown) => {
      const less = signal.aborted ? undefined : relent?.(error);
      if (!less) throw error;
      return send(less);
    });
    answering = true;
    for await (const part of toParts(result.stream, { ...call, wire: style.wire })) {
      if (part.type === 'end' && signal.aborted) yield { type: 'end', reason: 'aborted' };
      else yield part;
    }
  } catch (error) {
    if (signal.aborted) yield { type: 'end', reason: 'aborted' };
    else yield endOf(toModelError(error, connection, { answering, needed: request.inputTokens }));
  }
}

/** An address without the slashes at its end. */
export const baseOf = ({ baseUrl }: Connection): string => baseUrl.replace(/\/+$/, '');
