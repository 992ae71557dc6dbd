import { openrouterAdapter } from './adapters';
import { describeWire } from './contract';

describeWire(openrouterAdapter);
