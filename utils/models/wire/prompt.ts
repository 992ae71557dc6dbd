import type {
  LanguageModelV4FilePart,
  LanguageModelV4FunctionTool,
  LanguageModelV4Message,
  LanguageModelV4Prompt,
  LanguageModelV4ReasoningPart,
  LanguageModelV4TextPart,
  LanguageModelV4ToolCallPart,
  LanguageModelV4ToolResultPart,
  SharedV4ProviderOptions,
} from '@ai-sdk/provider';
import type { Message, Request, ToolCallPart, WireId } from '../types';
import { withNineLetterIds, withStrictIds } from './call-ids';
import { readReplay } from './replay';

/** How a dialect wants its messages. */
export interface PromptStyle {
  wire: WireId;
  /** What marks the end of a cached part; absent where the vendor needs no mark. */
  mark?: SharedV4ProviderOptions;
  /** How many marks the vendor takes in one request. The newest are kept: theirs are the longest prefixes. */
  marks?: number;
  /** Takes marks behind what tools have answered, too. */
  marksResults?: boolean;
  /** Wants calls of tools under names of nine letters and figures. */
  nineLetterIds?: boolean;
  /** Sends thinking back along with the tool calls it led to, for vendors that ask for it. */
  replaysThinking?: boolean;
}

type Content = LanguageModelV4TextPart | LanguageModelV4FilePart;

/**
 * Our messages in the words of the AI SDK. Texts of a message are joined with nothing between them; a message has
 * more than one text only around an image or at a cache mark, because servers with simple chat templates refuse
 * lists of parts, and one string is what they get.
 */
export function toPrompt({ messages: given }: Request, style: PromptStyle): LanguageModelV4Prompt {
  const messages =
    style.wire === 'anthropic'
      ? withStrictIds(given)
      : style.nineLetterIds
        ? withNineLetterIds(given)
        : given;
  const marked = messages.filter(
    ({ role, cacheAfter }) => cacheAfter !== undefined && (role !== 'tool' || style.marksResults),
  );
  const kept = new Set(style.mark ? marked.slice(-(style.marks ?? 4)) : []);
  return messages.map((message): LanguageModelV4Message => {
    switch (message.role) {
      case 'system':
        return { role: 'system', content: textOf(message) };
      case 'tool':
        return { role: 'tool', content: resultsOf(message, kept.has(message) ? style.mark : undefined) };
      case 'assistant':
        return { role: 'assistant', content: callsOf(message, style) };
      default:
        return { role: 'user', content: contentOf(message, kept.has(message) ? style.mark : undefined) };
    }
  });
}

/** The tools of a request; absent when there are none, which is not the same to every server as an empty list. */
export const toTools = ({ tools }: Request): LanguageModelV4FunctionTool[] | undefined =>
  tools?.length
    ? tools.map(({ name, description, parameters }) => ({
        type: 'function',
        name,
        description,
        inputSchema: parameters,
      }))
    : undefined;

const textOf = ({ parts }: Message) => parts.filter((part) => typeof part === 'string').join('');

function contentOf({ parts, cacheAfter }: Message, mark: SharedV4ProviderOptions | undefined): Content[] {
  const content: Content[] = [];
  let text = '';
  const close = (providerOptions?: SharedV4ProviderOptions) => {
    if (text) content.push({ type: 'text', text, ...(providerOptions && { providerOptions }) });
    text = '';
  };
  for (const [index, part] of parts.entries()) {
    if (typeof part === 'string') {
      text += part;
      // Alone in its message a text is sent as a string, which has no place for a mark.
      if (mark && index === cacheAfter && index < parts.length - 1) close(mark);
    } else if (part.type === 'image') {
      close();
      const data = { type: 'data' as const, data: part.data };
      content.push({ type: 'file', mediaType: part.mediaType, data });
    }
  }
  close();
  return content.length > 0 ? content : [{ type: 'text', text: '' }];
}

function callsOf(message: Message, { wire, replaysThinking }: PromptStyle) {
  const text = textOf(message);
  const calls = message.parts.filter(
    (part): part is ToolCallPart => typeof part !== 'string' && part.type === 'tool-call',
  );
  const replays = calls.map(({ replay }) => readReplay(replay, wire));
  const content: (LanguageModelV4ReasoningPart | LanguageModelV4TextPart | LanguageModelV4ToolCallPart)[] =
    [];
  if (replaysThinking) {
    for (const replay of replays) content.push(...(replay?.thinking ?? []).map(asReasoning));
  }
  if (text || calls.length === 0) content.push({ type: 'text', text });
  for (const [index, call] of calls.entries()) {
    const providerOptions = replays[index]?.call;
    content.push({
      type: 'tool-call',
      toolCallId: call.id,
      toolName: call.name,
      input: parsed(call.arguments),
      ...(providerOptions && { providerOptions }),
    });
  }
  return content;
}

const asReasoning = (thought: { text: string; options?: SharedV4ProviderOptions }) => ({
  type: 'reasoning' as const,
  text: thought.text,
  ...(thought.options && { providerOptions: thought.options }),
});

function resultsOf(
  { parts, cacheAfter }: Message,
  mark: SharedV4ProviderOptions | undefined,
): LanguageModelV4ToolResultPart[] {
  return parts.flatMap((part, index) =>
    typeof part === 'string' || part.type !== 'tool-result'
      ? []
      : [
          {
            type: 'tool-result' as const,
            toolCallId: part.id,
            toolName: part.name,
            output: { type: 'text' as const, value: part.text },
            ...(mark && index === cacheAfter && { providerOptions: mark }),
          },
        ],
  );
}

/** Arguments as the model wrote them. What is not JSON is sent back as the text it is. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text || '{}');
  } catch {
    return text;
  }
}
