import { chatWire } from './chat';

/** Any endpoint that speaks the OpenAI chat dialect, a vendor's or on this computer. What it needs is in its quirks. */
export const openaiCompatible = chatWire({ wire: 'openai-compatible' });
