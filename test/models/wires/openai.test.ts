import { openaiAdapter } from './adapters';
import { describeWire } from './contract';

describeWire(openaiAdapter);
