import { chatWire } from './chat';

/** DeepSeek. Its cache needs no mark and no key; a tool call is refused without the thinking that led to it. */
export const deepseek = chatWire({ wire: 'deepseek', replaysThinking: true });
