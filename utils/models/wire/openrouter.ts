import { chatWire } from './chat';

/**
 * OpenRouter. Its `context-compression` plug-in cuts the middle out of long requests: it is switched off in every one
 * of ours. Usage, cached tokens included, comes only when asked for.
 */
export const openrouter = chatWire({
  wire: 'openrouter',
  cacheMark: true,
  marksMessages: true,
  replaysThinking: true,
  body: () => ({
    plugins: [{ id: 'context-compression', enabled: false }],
    usage: { include: true },
  }),
});
