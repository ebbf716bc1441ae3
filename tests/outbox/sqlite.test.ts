import { join } from 'node:path';
import { openSqliteOutbox } from '../../src/server/outbox-sqlite.ts';
import { temporaryFolder } from '../site.ts';
import { holdsTheContract } from './contract.ts';

const effects = { journal: () => {}, checkRoom: () => {} };

holdsTheContract(async () => openSqliteOutbox(join(temporaryFolder(), 'demandes.sqlite'), effects));
