import type { Message } from '../types';

/**
 * Names that calls of tools have in a request, where a vendor takes only some. Each call keeps its name where that is
 * allowed and new; a result has that of its call. What a name becomes depends on it and on what stands before it alone,
 * so it is the same in every request of a chat.
 */
function renamed(
  messages: Message[],
  nameFor: (id: string, taken: ReadonlySet<string>) => string,
): Message[] {
  const taken = new Set<string>();
  let names = new Map<string, string>();
  return messages.map((message) => {
    if (message.role === 'assistant') names = new Map();
    const parts = message.parts.map((part) => {
      if (typeof part === 'string' || part.type === 'image') return part;
      if (part.type === 'tool-result') return { ...part, id: names.get(part.id) ?? part.id };
      const id = nameFor(part.id, taken);
      taken.add(id);
      names.set(part.id, id);
      return { ...part, id };
    });
    return { ...message, parts };
  });
}

/**
 * Calls under ids that Anthropic takes: letters, figures, `_` and `-`, none twice in a request. Calls of its own models
 * have such ids; those of other vendors' that were asked earlier in the chat may be called `web_search:0` each time.
 */
export const withStrictIds = (messages: Message[]): Message[] =>
  renamed(messages, (given, taken) => {
    const plain = given.replace(/[^a-zA-Z0-9_-]/g, '_') || 'call';
    let id = plain;
    for (let number = 2; taken.has(id); number++) id = `${plain}_${number}`;
    return id;
  });

const nine = /^[a-zA-Z0-9]{9}$/;

/** Calls under ids that Mistral takes: nine letters and figures, none twice. Calls of its own models have such ids. */
export const withNineLetterIds = (messages: Message[]): Message[] =>
  renamed(messages, (given, taken) => {
    let id = given;
    for (let number = 1; !nine.test(id) || taken.has(id); number++) id = nineLettersOf(`${given} ${number}`);
    return id;
  });

/** Nine letters and figures that nothing but the text decides: FNV-1a over it, to 47 bits, in base 36. */
function nineLettersOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text))
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return (hash % 36n ** 9n).toString(36).padStart(9, '0');
}
