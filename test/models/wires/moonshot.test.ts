import { moonshotAdapter } from './adapters';
import { describeWire } from './contract';

describeWire(moonshotAdapter);
