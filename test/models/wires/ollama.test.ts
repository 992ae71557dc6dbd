import { ollamaAdapter } from './adapters';
import { describeWire } from './contract';

describeWire(ollamaAdapter);
