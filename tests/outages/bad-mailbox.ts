// A mail server on its worst days: it refuses, breaks off, hangs, or accepts and loses its own answer.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

/** What becomes of one message. `unsaid`: kept, but the answer is lost. */
type Fate = 'accepted' | 'busy' | 'refused' | 'cut' | 'hung' | 'unsaid';

/** A message that the server kept, in order of arrival. */
export type Arrival = { messageId: string; text: string; at: number; wasSaid: boolean };

export type BadMailbox = {
  port: number;
  arrivals: Arrival[];
  /** How many messages were offered, whatever became of them. */
  tries(): number;
  /** From now on every message is accepted. */
  recover(): void;
  close(): Promise<void>;
};

const chances: [Fate, number][] = [
  ['busy', 0.1],
  ['refused', 0.05],
  ['cut', 0.08],
  ['unsaid', 0.08],
  ['hung', 0.002],
];

/** Opens the mailbox; `random` decides each fate. */
export async function openBadMailbox(random: () => number): Promise<BadMailbox> {
  const arrivals: Arrival[] = [];
  let tries = 0;
  let isWell = false;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    async onData(stream, session, done) {
      const source = await text(stream).catch(() => undefined);
      if (source === undefined) return; // its sender was killed
      const fate = isWell ? 'accepted' : fateFor(random());
      tries += 1;
      const { messageId = '', text: words = '' } = await simpleParser(source);
      const keep = () =>
        arrivals.push({ messageId, text: words, at: Date.now(), wasSaid: fate === 'accepted' });
      if (fate === 'busy') done(Object.assign(new Error('busy'), { responseCode: 451 }));
      if (fate === 'refused') done(Object.assign(new Error('refused'), { responseCode: 550 }));
      if (fate === 'accepted' || fate === 'unsaid') keep();
      if (fate === 'accepted') done();
      if (fate === 'cut' || fate === 'unsaid') cut(server, session);
    },
  });
  server.on('error', () => {}); // broken links are the point
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    arrivals,
    tries: () => tries,
    recover() {
      isWell = true;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

function fateFor(draw: number): Fate {
  let sum = 0;
  for (const [fate, chance] of chances) {
    sum += chance;
    if (draw < sum) return fate;
  }
  return 'accepted';
}

function cut(server: SMTPServer, { id }: SMTPServerSession): void {
  for (const { session, _socket } of server.connections as Set<Connection>)
    if (session.id === id) _socket.destroy();
}

type Connection = { session: SMTPServerSession; _socket: { destroy(): void } };
