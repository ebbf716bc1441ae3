import { memoryOutbox } from '../../src/rappel/outbox.fake.ts';
import { holdsTheContract } from './contract.ts';

holdsTheContract(async () => memoryOutbox());
