/**
 * How vendors say “too long”, with the sentence each pattern was written from. A server that cuts in silence
 * says nothing, so this list can only catch the honest ones.
 */
const overflowPatterns: RegExp[] = [
  // OpenAI: "Your input exceeds the context window of this model", code context_length_exceeded
  /context_length_exceeded|exceeds the context window/i,
  // OpenAI, DeepSeek, vLLM: "This model's maximum context length is 131072 tokens. However, you requested 140000 tokens"
  /maximum context length is [\d,]+/i,
  // Anthropic: "prompt is too long: 213462 tokens > 200000 maximum"
  /prompt is too long/i,
  // Gemini: "The input token count (1196265) exceeds the maximum number of tokens allowed (1048575)"
  /input token count .* exceeds the maximum/i,
  // Kimi: "Input token length too long", "Your request exceeded model token limit : 262144 (requested: 300000)"
  /token length too long|exceeded model token limit/i,
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
];

/** The numbers in an overflow message, in tokens; null when the text does not speak of overflow. */
export function overflowNumbers(text: string): { needed?: number; limit?: number } | null {
  if (!overflowPatterns.some((pattern) => pattern.test(text))) return null;
  const machine = {
    needed: /"n_prompt_tokens"\s*:\s*(\d+)/.exec(text)?.[1],
    limit: /"n_ctx"\s*:\s*(\d+)/.exec(text)?.[1],
  };
  if (machine.needed && machine.limit)
    return { needed: Number(machine.needed), limit: Number(machine.limit) };
  const numbers = [...text.matchAll(/\d[\d,]{3,}/g)].map(([digits]) => Number(digits.replaceAll(',', '')));
  if (numbers.length < 2) return numbers[0] === undefined ? {} : { limit: numbers[0] };
  // Whatever the order of the sentence, the need is the larger of the first two numbers.
  const [first = 0, second = 0] = numbers;
  return { needed: Math.max(first, second), limit: Math.min(first, second) };
}
