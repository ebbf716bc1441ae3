// What every site promises whose outbox cannot take anything: held together, whatever is in the way.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Site } from '../support/site.ts';

const patience = () => AbortSignal.timeout(10_000); // nothing here may hang

/** Posts a form; gives the status, the page, and the token that cancels what was kept. */
export async function post(site: Site, prenom: string) {
  const body = new URLSearchParams({ tel: '01 99 00 12 34', quand: 'lun-matin', prenom });
  const asked = { method: 'POST', body, redirect: 'manual', signal: patience() } as const;
  const answer = await fetch(`${site.origin}/contact/envoi`, asked);
  const next = new URL(answer.headers.get('location') ?? '/', site.origin);
  return { status: answer.status, page: await answer.text(), token: next.searchParams.get('jeton') ?? '' };
}

/** Takes a request back; gives the status and the page. */
export async function cancel(site: Site, jeton: string) {
  const asked = { method: 'POST', body: new URLSearchParams({ jeton }), redirect: 'manual' } as const;
  const answer = await fetch(`${site.origin}/contact/annuler`, { ...asked, signal: patience() });
  return { status: answer.status, page: await answer.text() };
}

/** The state that the site tells this machine, with its status. */
export async function healthOf({ origin }: Site) {
  const answer = await fetch(`${origin}/sante`, { signal: patience() });
  const told = (await answer.json()) as { alarms: string[]; waiting: number | null };
  return { status: answer.status, ...told };
}

/**
 * The pages are there; a form, and a cancellation when there is a token, are refused in words that are true and end with
 * the number; health is red with an alarm; the measures answer.
 */
export async function standsWithoutOutbox(site: Site, alarm: string, token?: string): Promise<void> {
  for (const path of ['/', '/contact'])
    assert.equal((await fetch(site.origin + path, { signal: patience() })).status, 200);
  const refused = await post(site, 'Jonquille');
  assert.equal(refused.status, 503);
  assert.match(refused.page, /Votre demande <strong>n’est pas partie<\/strong>[\s\S]*tel:\+33189119494/);
  if (token) {
    const kept = await cancel(site, token);
    assert.equal(kept.status, 503);
    assert.match(kept.page, /Votre demande n’est pas annulée[\s\S]*tel:\+33189119494/);
  }
  const health = await healthOf(site);
  assert.deepEqual([health.status, health.alarms.includes(alarm)], [503, true]);
  const measures = await fetch(`${site.origin}/metriques`, { signal: patience() });
  assert.match(await measures.text(), /^premierpas_state 2$/m);
}

const guide = readFileSync(new URL('../../docs/exploitation.md', import.meta.url), 'utf8');
const explained = /^### La boîte d'envoi ne s'ouvre pas$([\s\S]*?)^## /m.exec(guide)?.[1] ?? '';

/** The codes for which a journal says that the outbox did not open: each once, and each explained in the guide. */
export function codesExplained({ output }: Site): string[] {
  const codes = [...output().matchAll(/"event":"outbox-unopened","code":"([^"]*)"/g)].map(
    ([, code = '']) => code,
  );
  assert.equal(new Set(codes).size, codes.length);
  for (const code of codes)
    assert.ok(explained.includes(`${code.split(' ').at(-1)}\``), `${code} is not explained`);
  return codes;
}

/** Posts until a form is kept again, as somebody would who tries again. */
export async function isKeptAgain(site: Site, prenom: string): Promise<void> {
  const end = performance.now() + 60_000;
  while ((await post(site, prenom)).status !== 303)
    assert.ok(performance.now() < end, 'nothing was kept again within a minute');
}
