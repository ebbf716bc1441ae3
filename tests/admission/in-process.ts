// The way of a form on a machine of our own making: the real admission, the real domain and the real small page, a clock that
// the test sets, and in place of Astro the very words that it would be handed: a page can show no more than these.
import { createHmac } from 'node:crypto';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { fakeEffects } from '../../src/rappel/effects.fake.ts';
import { memoryOutbox } from '../../src/rappel/outbox.fake.ts';
import { admissionFor } from '../../src/server/admission/admission.ts';
import type { Application } from '../../src/server/application.ts';
import type { Answer } from '../../src/server/http/answer.ts';
import { builtFolder, loadPages } from '../../src/server/http/built-pages.ts';
import { answerToForm, pageFor } from '../../src/server/http/forms.ts';
import { readSettings } from '../../src/settings/settings.ts';
import { temporaryFolder } from '../support/folder.ts';

/** What a visitor sees of an answer: all of it, but for the address of the next page. */
export type Seen = { status: number; text: string; next: string };

export type Machine = {
  /** Posts a form from an address. `headers` replace those of a browser of today. */
  post(
    from: string,
    form: Record<string, string>,
    more?: { path?: string; headers?: Record<string, string> },
  ): Promise<Seen>;
  /** Opens the page of a token. */
  open(token: string): Promise<Seen>;
  /** How many e-mails wait. */
  waiting(): Promise<number>;
  /** Forgets what was kept: its weight is not what is tested. */
  emptyOutbox(): void;
};

// Those that a test tells apart; any other reason is 422.
const statuses: Record<string, number> = { 'too-many': 429, 'to-verify': 403 };

const pages = loadPages(join(builtFolder, 'client'));

/** A machine whose draws follow from a seed; its clock is `Date`. */
export function machineOf(seed: number, environment: NodeJS.ProcessEnv = {}): Machine {
  const settings = readSettings({
    DATA_DIR: temporaryFolder(),
    TRUSTED_PROXIES: '127.0.0.1',
    ...environment,
  });
  const effects = { ...fakeEffects(), now: () => new Date(), seal: async () => new Uint8Array(1) };
  let draws = 0;
  const randomBytes = (size: number) => {
    draws += 1;
    return createHmac('sha512', `${seed}`).update(`${draws}`).digest().subarray(0, size);
  };
  const chance = { now: () => Date.now(), randomBytes, journal: () => {} };
  const admission = admissionFor(settings, undefined, chance);
  const render = async (path: string, { setback }: App.Locals) => ({
    status: setback ? (statuses[setback.kind] ?? 422) : 200,
    html: Buffer.from(JSON.stringify({ path, setback })),
  });
  const application = { settings, effects, admission } as unknown as Application;
  const site = { application, pages, render, failed: () => ({ status: 500, body: pages.errors[500] }) };
  return {
    post: async (
      from,
      form,
      { path = '/contact/envoi', headers = { 'sec-fetch-site': 'same-origin' } } = {},
    ) =>
      seenOf(
        await answerToForm(
          requestWith(from, form, headers),
          { step: path.endsWith('annuler') ? 'cancel' : 'send', tongue: 'francais' },
          site,
        ),
      ),
    open: async (token) => seenOf(await pageFor('outcome', { token, tongue: 'francais' }, site)),
    waiting: async () => (await effects.outbox.waiting()).count,
    emptyOutbox() {
      effects.outbox = memoryOutbox();
    },
  };
}

/** The token in the address of the next page. */
export function tokenOf({ next }: Seen): string {
  return next.split('jeton=')[1] ?? '';
}

const socket = new Socket();
Object.defineProperty(socket, 'remoteAddress', { value: '127.0.0.1' });

function requestWith(
  from: string,
  form: Record<string, string>,
  headers: Record<string, string>,
): IncomingMessage {
  const request = new IncomingMessage(socket);
  request.headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-forwarded-for': from,
    ...headers,
  };
  request.push(`${new URLSearchParams(form)}`);
  request.push(null);
  return request;
}

function seenOf({ status, body, headers = {} }: Answer): Seen {
  const { location = '', ...others } = headers as Record<string, string>;
  return { status, text: `${status} ${JSON.stringify(others)} ${body.identity}`, next: location };
}
