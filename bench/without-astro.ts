// The site with another hand for posted forms: nothing of Astro between the gate and the outbox. Only to be measured.
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { receive } from '../src/rappel/receive.ts';
import { openHouse, openOutbox, openRooms } from '../src/server/house.ts';
import { builtFolder, loadPages } from '../src/server/pages.ts';
import type { Render } from '../src/server/render.ts';
import { readSettings } from '../src/server/settings.ts';
import { webServer } from '../src/server/web.ts';

const settings = readSettings(process.env);
const house = openHouse(await openRooms(settings, await openOutbox(settings)));
const pages = loadPages(join(builtFolder, 'client'));
const plain = process.env.POLICY ?? ''; // the one of the site beside it: answers of the same length
const policies = { plain, framing: plain, partners: plain, verification: plain, frame: plain };

const render: Render = async (_path, { form, desk }) => {
  const received = await receive(form, desk);
  if (received.kind !== 'kept') throw new Error(received.kind);
  return { status: 303, location: `/contact/suite?jeton=${received.token}`, html: Buffer.alloc(0) };
};

const web = webServer({ pages, policies, render, house });
web.listen(0, '127.0.0.1', () => {
  console.log(`Site : http://127.0.0.1:${(web.address() as AddressInfo).port}`);
});
