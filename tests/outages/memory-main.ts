// The site with an outbox in memory: what the campaign must catch.
import { memoryOutbox } from '../../src/rappel/outbox.fake.ts';
import { serve } from '../../src/server/main.ts';

await serve(process.env, {
  prepare: async () => {},
  open: async () => ({ outbox: memoryOutbox(), shared: undefined }),
});
