// The site with Astro in the way of posted forms: it renders its shortest page for each one that is kept. Only to be
// measured.
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Outbox } from '../src/rappel/outbox.ts';
import { openCore, startApplication } from '../src/server/application.ts';
import { builtFolder, loadPages } from '../src/server/http/built-pages.ts';
import { loadRender } from '../src/server/http/renderer.ts';
import { webServer } from '../src/server/http/server.ts';
import { localsFor } from '../src/server/http/visit-pages.ts';
import { journal } from '../src/server/monitoring/journal.ts';
import { openOutbox } from '../src/server/outbox/open.ts';
import { readSettings } from '../src/settings/settings.ts';

const settings = readSettings(process.env);
const application = startApplication(await openCore(settings, await openOutbox(settings, journal)));
const pages = loadPages(join(builtFolder, 'client'));
const render = await loadRender(join(builtFolder, 'server'));
const plain = process.env.POLICY ?? ''; // the one of the site beside it: answers of the same length
const policies = { plain, framing: plain, partners: plain, verification: plain, frame: plain };

const { effects } = application;
const locals = localsFor({ setback: { kind: 'expired' } }, application);
const put: Outbox['put'] = async (entry) => {
  await render('/contact/annulation', locals);
  return effects.outbox.put(entry);
};
const slower = { ...application, effects: { ...effects, outbox: { ...effects.outbox, put } } };

const web = webServer({ pages, policies, render, application: slower });
web.listen(0, '127.0.0.1', () => {
  console.log(`Site : http://127.0.0.1:${(web.address() as AddressInfo).port}`);
});
