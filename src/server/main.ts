// Starts the house: settings, outbox, courier, web, in this order; stops it in reverse.
import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Desk } from '../rappel/desk.ts';
import { boxFor, digestFor, openMessage, sealMessage } from '../rappel/seal.ts';
import { opening } from '../service/service.ts';
import { type Courier, startCourier } from './courier.ts';
import { journal } from './journal.ts';
import { mailerFor } from './mailer.ts';
import { openSqliteOutbox } from './outbox-sqlite.ts';
import { loadPages, type Pages } from './pages.ts';
import { loadRender } from './render.ts';
import { readSettings, SettingError, type Settings } from './settings.ts';
import { webServer } from './web.ts';

const built = fileURLToPath(new URL('../../dist', import.meta.url));

/**
 * Serves the built site until SIGTERM or Ctrl-C; `prepare` runs once the settings are known to be right. A setting
 * that cannot be used ends the process, named, with code 1.
 */
export async function serve(environment: NodeJS.ProcessEnv, prepare = async () => {}): Promise<void> {
  try {
    const settings = readSettings(environment);
    await prepare();
    await start(settings);
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    console.error(error.message);
    process.exit(1); // what had started already, such as the courier, stops with it
  }
}

async function start(settings: Settings): Promise<void> {
  const pages = loadPages(join(built, 'client'));
  checkExit(pages, settings.exitUrl);
  const render = await loadRender(join(built, 'server'));

  const messages = boxFor(settings.outboxSecret, 'message');
  const outbox = openSqliteOutbox(join(settings.dataDir, 'demandes.sqlite'));
  const send = mailerFor(settings.mail, (sealed) => openMessage(sealed, messages));
  const courier = startCourier({ outbox, send, now: Date.now, random: Math.random, journal });
  const desk: Desk = {
    opening,
    now: () => new Date(),
    newId: () => randomBytes(16).toString('hex'),
    seal: async (message) => sealMessage(message, messages),
    digest: digestFor(settings.outboxSecret, 'empreinte'),
    tokens: boxFor(settings.outboxSecret, 'jeton'),
    outbox,
    wake: courier.wake,
    journal,
  };
  const web = webServer({ pages, render, desk, publicOrigin: settings.publicOrigin });
  await listen(web, settings);
  stopOnSignal(web, courier, desk);
}

// The exit address is frozen into the pages: serving another one than the setting would lead her elsewhere.
function checkExit(pages: Pages, exitUrl: string): void {
  const home = pages.byPath.get('/')?.identity.toString() ?? '';
  if (home.replaceAll('&#38;', '&').includes(`href="${exitUrl}"`)) return;
  throw new SettingError(
    'Réglage EXIT_URL : les pages ont été construites avec une autre adresse (npm run build).',
  );
}

function listen(web: Server, settings: Settings): Promise<void> {
  return new Promise((resolve, reject) => {
    web.once('error', (error: NodeJS.ErrnoException) => {
      const name = error.code === 'EADDRINUSE' || error.code === 'EACCES' ? 'PORT' : 'HOST';
      reject(new SettingError(`Réglage ${name} : ${settings.host}:${settings.port} refusé (${error.code}).`));
    });
    web.listen(settings.port, settings.host, () => {
      const { port } = web.address() as AddressInfo;
      const { mail } = settings;
      console.log(`Site : http://${settings.host}:${port}`);
      console.log(
        'folder' in mail
          ? `Courriels : aucun serveur réglé (SMTP_HOST), fichiers .eml dans ${mail.folder}`
          : `Courriels : envoyés par ${mail.host}:${mail.port}`,
      );
      resolve();
    });
  });
}

function stopOnSignal(web: Server, courier: Courier, desk: Desk): void {
  const stop = async () => {
    setTimeout(() => process.exit(0), 4_500).unref(); // a mail server that says nothing must not hold the stop
    const closed = new Promise((resolve) => web.close(resolve));
    setInterval(() => web.closeIdleConnections(), 50).unref(); // also those whose last answer has just left
    await Promise.all([closed, courier.stop()]);
    await desk.outbox.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop);
}

if (import.meta.main) await serve(process.env);
