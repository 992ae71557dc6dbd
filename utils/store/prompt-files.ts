/** Saved prompts as a JSON file, to keep or to give away, and back. */

import { AppError } from '../errors';
import { promptFields } from './prompt-shape';
import type { PromptRecord } from './records';
import { list, object, ShapeError } from './shape';

/** Version of the file; raised when an older program could not read it. */
const version = 1;

/** Bytes of a file of prompts that is looked at: ten prompts of 1 MB, and room. */
export const largestPromptFile = 32 * 2 ** 20;

type SharedPrompt = Omit<PromptRecord, 'id' | 'createdAt' | 'updatedAt'>;

/** A file with these prompts, without the names by which they are known here. */
export function makePromptFile(prompts: SharedPrompt[]): Blob {
  const shared = prompts.map(({ name, role, rules, examples, language }) => ({
    name,
    role,
    rules,
    examples,
    ...(language ? { language } : {}),
  }));
  return new Blob([JSON.stringify({ wholemoonPrompts: version, prompts: shared }, null, 2), '\n'], {
    type: 'application/json',
  });
}

const shape = object<{ prompts: SharedPrompt[] }>({ prompts: list(object<SharedPrompt>(promptFields)) });

/**
 * The prompts in a file, all of it checked before anything is done with it.
 * @throws AppError `prompts-unreadable` with the place, `file-too-large`
 */
export async function readPromptFile(file: Blob): Promise<SharedPrompt[]> {
  if (file.size > largestPromptFile) {
    const [megabytes, limit] = [file.size, largestPromptFile].map((bytes) => Math.ceil(bytes / 2 ** 20));
    throw new AppError('file-too-large', { megabytes: megabytes ?? 0, limit: limit ?? 0 });
  }
  try {
    const content: unknown = JSON.parse(await file.text());
    const made =
      typeof content === 'object' && content && 'wholemoonPrompts' in content
        ? content.wholemoonPrompts
        : undefined;
    if (made !== version) throw new ShapeError('wholemoonPrompts');
    return shape(content, 'file').prompts;
  } catch (error) {
    const place = error instanceof ShapeError ? error.place : 'JSON';
    throw new AppError('prompts-unreadable', { place: place.slice(0, 120) }, error);
  }
}
