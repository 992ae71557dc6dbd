/**
 * How vendors say “too long”, with the sentence each pattern was written from. A server that cuts in silence
 * says nothing, so this list can only catch the honest ones.
 */
const overflowPatterns: RegExp[] = [
  // OpenAI: "Your input exceeds the context window of this model", code context_length_exceeded
  /context[_ ]length[_ ]exceeded|exceeds the context window/i,
  // OpenAI, DeepSeek, vLLM: "This model's maximum context length is 131072 tokens. However, you requested 140000 tokens"
  /maximum context length is [\d,]+/i,
  // Anthropic: "prompt is too long: 213462 tokens > 200000 maximum"
  // Anthropic, by the size of the whole request: type request_too_large
  /prompt is too long|request_too_large/i,
  // Gemini: "The input token count (1196265) exceeds the maximum number of tokens allowed (1048575)"
  /input token count .{0,80}exceeds the maximum/i,
  // Kimi: "Input token length too long", "Your request exceeded model token limit : 262144 (requested: 300000)"
  // in bytes: "total message size 3145728 exceeds limit 2097152"
  /token length too long|exceeded model token limit|total message size \d+ exceeds/i,
  // DashScope: "Range of input length should be [1, 131072]"
  /range of input length should be/i,
  // xAI: "maximum prompt length is 131072 but the request contains 537812"
  /maximum prompt length is/i,
  // llama.cpp: "request (13392 tokens) exceeds the available context size (8192 tokens)"
  /exceeds the available context size|exceed_context_size_error/i,
  // LM Studio: "Input does not fit in context length. The input has 359277 tokens, but …only supports 262144"
  /does not fit in context length|tokens to keep from the initial prompt is greater/i,
  // Together, Mistral, Groq, MiniMax, z.ai
  /longer than the model's context length|maximum context length|please reduce the length of the messages/i,
  /context window exceeds limit|prompt too long|prompt exceeds max length/i,
  // Poolside: "exceeds the maximum allowed input length of …"
  /exceeds the maximum allowed input length/i,
  // Ollama: "the prompt is longer than the context length currently available to the model"
  /longer than the context length/i,
];

/** Words that servers of many makes use for overflow, and for limits per minute as well. */
const genericPattern = /too many tokens|token limit exceeded/i;
const rateLimitPattern = /rate.?limit|too many requests|throttl|per (?:min|day|hour)/i;

/** The numbers in an overflow message, in tokens; null when the text does not speak of overflow. */
export function overflowNumbers(text: string): { needed?: number; limit?: number } | null {
  const isOverflow =
    overflowPatterns.some((pattern) => pattern.test(text)) ||
    (genericPattern.test(text) && !rateLimitPattern.test(text));
  if (!isOverflow) return null;
  const machine = {
    needed: /"n_prompt_tokens"\s*:\s*(\d+)/.exec(text)?.[1],
    limit: /"n_ctx"\s*:\s*(\d+)/.exec(text)?.[1],
  };
  if (machine.needed && machine.limit)
    return { needed: Number(machine.needed), limit: Number(machine.limit) };
  const range = /\[1,\s*(\d+)\]/.exec(text)?.[1];
  if (range) return { limit: Number(range) };
  // Bytes are not tokens, and the number of an error is no number of tokens.
  if (/total message size/i.test(text)) return {};
  const sentence = text.replace(/"code"\s*:\s*"?\d+"?/g, '');
  const numbers = [...sentence.matchAll(/(?<![\w.,])\d[\d,]{2,11}\d(?!\w)/g)];
  const [first, second] = numbers.map(([digits]) => Number(digits.replaceAll(',', '')));
  // Whatever the order of the sentence, the need is the larger of the first two numbers.
  if (first !== undefined && second !== undefined)
    return { needed: Math.max(first, second), limit: Math.min(first, second) };
  const single = /(?<!by )(?<![\w.,])(\d[\d,]{2,11}\d) tokens/.exec(sentence)?.[1];
  return single ? { limit: Number(single.replaceAll(',', '')) } : {};
}
