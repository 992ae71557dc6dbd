import type { Message, MessagePart } from '../models/types';

/** The literal text of a request, as the viewer shows it: each message under its role. */
export const messageText = (message: Message): string => message.parts.map(partText).join('');

/** Pictures and tools stand in the text as what they are; only their fingerprint tells two pictures apart. */
function partText(part: MessagePart): string {
  if (typeof part === 'string') return part;
  if (part.type === 'image')
    return `[${part.mediaType}, ${part.data.length} characters of Base64: ${fingerprint(part.data)}]\n`;
  if (part.type === 'tool-call') return `[${part.name} ${part.id} ${part.arguments}]`;
  return `[${part.name} ${part.id}]\n${part.text}`;
}

/** 32 bits of a picture, for people to tell two apart (FNV-1a). */
function fingerprint(data: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < data.length; index++)
    hash = Math.imul(hash ^ data.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
