// A server that takes a message and is slow to send it: killed by the test that started it.
import { openPostgresOutbox } from '../../src/server/outbox/postgres.ts';

const { outbox } = await openPostgresOutbox(process.argv[2] ?? '', () => {});
const found = await outbox.due(Date.now(), Date.now() + 60_000);
console.log(found?.id);
