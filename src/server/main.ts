// Starts the site: settings, application, web server, in this order; stops it in reverse.
import { existsSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { readHashes } from '../built/hashes.ts';
import { misspellingsIn } from '../settings/misspellings.ts';
import { SettingError } from '../settings/setting-error.ts';
import { readSettings, type Settings } from '../settings/settings.ts';
import { type Application, openCore, startApplication } from './application.ts';
import { trustSystemAuthorities } from './authorities.ts';
import { builtFolder, holdsSound, leadsTo, loadPages, type Pages } from './http/built-pages.ts';
import { policiesFor } from './http/content-policy.ts';
import { loadRender } from './http/renderer.ts';
import { webServer } from './http/server.ts';
import { endOnFault } from './monitoring/fault.ts';
import type { Health } from './monitoring/health.ts';
import { journal } from './monitoring/journal.ts';
import { openOutbox } from './outbox/open.ts';
import { openPatiently } from './outbox/patient.ts';

type Preparation = {
  /** Runs once the settings are known to be right. */
  prepare(): Promise<void>;
  open: typeof openOutbox;
};

/**
 * Serves the built site until SIGTERM or Ctrl-C. A setting that cannot be used ends the process, named, with code 1.
 */
export async function serve(environment: NodeJS.ProcessEnv, { prepare, open }: Preparation): Promise<void> {
  try {
    const settings = readSettings(environment);
    endOnFault(settings.dataDir);
    if (settings.databaseUrl || 'host' in settings.mail) trustSystemAuthorities(); // 8 MB that a first start does without
    for (const slip of misspellingsIn(environment)) console.error(`ATTENTION : ${slip}`);
    await prepare();
    await start(settings, open);
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    console.error(error.message);
    process.exit(1); // what had started already, such as the courier, stops with it
  }
}

async function start(settings: Settings, open: typeof openOutbox): Promise<void> {
  if (!existsSync(builtFolder))
    throw new SettingError(
      'Le site n’est pas construit (npm run build ; le paquet : sudo un-premier-pas construire).',
    );
  const pages = loadPages(join(builtFolder, 'client'));
  checkExit(pages, settings.exitUrl);
  const rendering = join(builtFolder, 'server');
  const policies = policiesFor(readHashes(rendering), { plays: holdsSound(pages) });
  const render = await loadRender(rendering);
  const isShared = settings.databaseUrl !== undefined;
  const outbox = await openPatiently({ open: () => open(settings, journal), journal, isShared });
  const application = startApplication(await openCore(settings, outbox));
  const web = webServer({ pages, policies, render, application });
  await listen(web, settings);
  stopOnSignal(web, application);
  warn(await application.health(), settings);
}

// The exit address is frozen into the pages: serving another one than the setting would lead her elsewhere.
function checkExit(pages: Pages, exitUrl: string): void {
  if (leadsTo(`${pages.byPath.get('/')?.identity}`, exitUrl)) return;
  throw new SettingError(
    'Réglage EXIT_URL : les pages ont été construites avec une autre adresse (npm run build ; le paquet : sudo un-premier-pas construire).',
  );
}

function listen(web: Server, settings: Settings): Promise<void> {
  return new Promise((resolve, reject) => {
    web.once('error', (error: NodeJS.ErrnoException) => {
      const name = error.code === 'EADDRINUSE' || error.code === 'EACCES' ? 'PORT' : 'HOST';
      reject(new SettingError(`Réglage ${name} : ${settings.host}:${settings.port} refusé (${error.code}).`));
    });
    const { host, mail } = settings;
    web.listen(settings.isSocketHanded ? { fd: 3 } : { host, port: settings.port }, () => {
      const { address, port } = web.address() as AddressInfo;
      const origin = (name: string) => `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
      if (settings.addressFile) writeFileSync(settings.addressFile, origin(address));
      console.log(`Site : ${origin(settings.isSocketHanded ? address : host)}`);
      console.log(
        'folder' in mail
          ? `Courriels : aucun serveur réglé (SMTP_HOST), fichiers .eml dans ${mail.folder}`
          : `Courriels : envoyés par ${mail.host}:${mail.port}`,
      );
      resolve();
    });
  });
}

// A first start, without a mail server, is not somebody's work yet: it is spared.
function warn({ state, alarms }: Health, { mail }: Settings): void {
  if (state === 'ok' || 'folder' in mail) return;
  journal('health', { code: state.toUpperCase(), alarms: alarms.join(' ') });
  for (const alarm of alarms) console.error(`ATTENTION (${state}) : ${alarm}, voir docs/exploitation.md`);
}

function stopOnSignal(web: Server, application: Application): void {
  const stop = async () => {
    setTimeout(() => process.exit(), 4_500).unref(); // a mail server that says nothing must not hold the stop
    const closed = new Promise((resolve) => web.close(resolve));
    setInterval(() => web.closeIdleConnections(), 50).unref(); // also those whose last answer has just left
    await Promise.all([closed, application.rest()]);
    await application.close(); // after the last request in flight
    process.exit();
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop);
}

if (import.meta.main) await serve(process.env, { prepare: async () => {}, open: openOutbox });
