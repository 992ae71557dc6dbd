import { chatWire } from './chat';

/**
 * Kimi. Its cache is automatic and found by `prompt_cache_key`; a tool call is refused without the thinking that led
 * to it. Through the OpenAI dialect: `@ai-sdk/moonshotai` carries a copy of everything the other wires share, 165 kB
 * for these few lines.
 */
export const moonshot = chatWire({ wire: 'moonshot', cacheKey: true, replaysThinking: true });
