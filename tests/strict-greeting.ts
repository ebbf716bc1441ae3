// A mail server as strict relays are: it reads how it is greeted, and refuses what is no full name.
import type { SMTPServer, SMTPServerSession } from 'smtp-server';

type Connection = {
  session: SMTPServerSession;
  handler_EHLO(command: Buffer, done: () => void): void;
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
      const real = connection.handler_EHLO.bind(connection);
      connection.handler_EHLO = (command, next) => {
        const name = `${command.toString().trim().split(' ')[1]}`;
        greetedBy(name);
        if (name.includes('.') && !name.startsWith('[')) return real(command, next);
        connection.send(code, 'Words of the server');
        next();
      };
    }
    done();
  };
}
