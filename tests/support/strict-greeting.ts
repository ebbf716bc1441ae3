// A mail server as strict relays are: it reads how it is greeted, and refuses what is no full name.
import type { SMTPServer, SMTPServerSession } from 'smtp-server';

type Handler = (command: Buffer, done: () => void) => void;

type Connection = {
  session: SMTPServerSession;
  handler_EHLO: Handler;
  handler_HELO: Handler;
  send(code: number, words: string): void;
};

/** For a server's `onConnect`: `greetedBy` tells each name that was said; one without a dot, or an address, is refused. */
export function strictGreeting(code: number, greetedBy: (name: string) => void = () => {}) {
  return function onConnect(
    this: SMTPServer,
    session: SMTPServerSession,
    done: (error?: Error) => void,
  ): void {
    for (const connection of this.connections as unknown as Set<Connection>) {
      if (connection.session.id !== session.id) continue;
      for (const greeting of ['handler_EHLO', 'handler_HELO'] as const) {
        const real = connection[greeting].bind(connection);
        connection[greeting] = (command, next) => {
          const name = `${command.toString().trim().split(' ')[1]}`;
          greetedBy(name);
          if (name.includes('.') && !name.startsWith('[')) return real(command, next);
          connection.send(code, 'Words of the server');
          next();
        };
      }
    }
    done();
  };
}
