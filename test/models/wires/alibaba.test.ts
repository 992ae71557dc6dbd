import { alibabaAdapter } from './adapters';
import { describeWire } from './contract';

describeWire(alibabaAdapter);
