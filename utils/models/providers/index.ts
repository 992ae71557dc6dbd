import type { Provider } from '../types';
import { custom } from './custom';
import { excerptsProvider } from './excerpts';
import { moonshot } from './moonshot';
import { moonshotChina } from './moonshot-china';
import { openai } from './openai';

/** Every provider there is, in the order in which settings offer them. A new one is a file and a line here. */
export const providers: Provider[] = [moonshot, moonshotChina, openai, custom, excerptsProvider];

/** The provider with this id. An id that an older version knew and this one does not gives undefined. */
export const findProvider = (id: string): Provider | undefined => providers.find((entry) => entry.id === id);
