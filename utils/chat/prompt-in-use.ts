import { promptStore } from '../store/prompts';
import type { PromptRecord } from '../store/records';
import { settings } from '../store/settings';
import { answerLanguages } from './answer-language';
import type { Question } from './new-turn';

/** What a saved prompt makes of a question: its words, and the language of the answer where it names one. */
export function mannerOf({
  role,
  rules,
  examples,
  language,
}: PromptRecord): Pick<Question, 'prompt' | 'language'> {
  const prompt = {
    ...(role.trim() ? { role: role.trim() } : {}),
    ...(rules.trim() ? { rules: rules.trim() } : {}),
    examples: examples.filter(({ question, answer }) => question.trim() || answer.trim()),
  };
  if (language === 'question') return { prompt, language: undefined };
  return language && Object.hasOwn(answerLanguages, language) ? { prompt, language } : { prompt };
}

/** The manner of the prompt in use, or nothing where none is. */
export async function promptInUse(): Promise<Pick<Question, 'prompt' | 'language'>> {
  const record = await promptStore.read(await settings.activePrompt.read());
  return record ? mannerOf(record) : {};
}
