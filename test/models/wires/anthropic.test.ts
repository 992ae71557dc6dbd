import { anthropicAdapter } from './adapters';
import { describeWire } from './contract';

describeWire(anthropicAdapter);
