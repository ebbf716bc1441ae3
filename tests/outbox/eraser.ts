// A process that opens an outbox and erases every odd message, one line each, then stays; for the test that kills it.
import { openSqliteOutbox } from '../../src/server/outbox/sqlite.ts';

const outbox = openSqliteOutbox(process.argv[2] ?? '', { journal: () => {}, checkRoom: () => {} });
for await (const { id } of outbox.all()) {
  if (Number(id) % 2 === 0) continue;
  await outbox.erase(id);
  process.stdout.write(`${id}\n`);
}
setInterval(() => {}, 1000);
