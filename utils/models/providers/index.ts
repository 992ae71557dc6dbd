import type { Provider } from '../types';
import { anthropic } from './anthropic';
import { chrome } from './chrome';
import { custom } from './custom';
import { deepseek } from './deepseek';
import { excerptsProvider } from './excerpts';
import { google } from './google';
import { groq } from './groq';
import { llamaCpp } from './llama-cpp';
import { lmStudio } from './lm-studio';
import { minimax } from './minimax';
import { mistral } from './mistral';
import { moonshot } from './moonshot';
import { moonshotChina } from './moonshot-china';
import { ollama } from './ollama';
import { openai } from './openai';
import { openrouter } from './openrouter';
import { qwen } from './qwen';
import { qwenChina } from './qwen-china';
import { siliconflow } from './siliconflow';
import { siliconflowChina } from './siliconflow-china';
import { vllm } from './vllm';
import { xai } from './xai';
import { zai } from './zai';
import { zhipu } from './zhipu';

/** Every provider there is, in the order in which settings offer them. A new one is a file and a line here. */
export const providers: Provider[] = [
  moonshot,
  moonshotChina,
  openai,
  anthropic,
  google,
  deepseek,
  qwen,
  qwenChina,
  zai,
  zhipu,
  minimax,
  xai,
  mistral,
  openrouter,
  groq,
  siliconflow,
  siliconflowChina,
  ollama,
  lmStudio,
  llamaCpp,
  vllm,
  custom,
  chrome,
  excerptsProvider,
];

/** The provider with this id. An id that an older version knew and this one does not gives undefined. */
export const findProvider = (id: string): Provider | undefined => providers.find((entry) => entry.id === id);

/** Providers whose keys look like this one. More than one means that only its owner knows whose key it is. */
export const providersForKey = (key: string): Provider[] =>
  providers.filter(({ keyShape }) => keyShape && new RegExp(keyShape).test(key.trim()));
