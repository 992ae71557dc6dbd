import { googleAdapter } from './adapters';
import { describeWire } from './contract';

describeWire(googleAdapter);
