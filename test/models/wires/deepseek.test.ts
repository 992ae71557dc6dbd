import { deepseekAdapter } from './adapters';
import { describeWire } from './contract';

describeWire(deepseekAdapter);
