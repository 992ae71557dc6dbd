import { openaiCompatibleAdapter } from './adapters';
import { describeWire } from './contract';

describeWire(openaiCompatibleAdapter);
