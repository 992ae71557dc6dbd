import { chatWire } from './chat';

/**
 * Qwen through Alibaba's Model Studio. Marks choose its explicit cache, which is cheaper and certain; whether models
 * think that can do without is decided by the request.
 */
export const alibaba = chatWire({
  wire: 'alibaba',
  cacheMark: true,
  body: (_request, { model }) =>
    model.thinking === 'optional' || model.thinking === 'always' ? { enable_thinking: true } : {},
});
