// `npm run verifier` looks at the site as visitors reach it: through nginx, which may be wrong in many ways.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { temporaryFolder } from '../support/folder.ts';
import { startNginx } from '../support/nginx.ts';
import { freePort } from '../support/port.ts';
import { startSite } from '../support/site.ts';
import { each, machine, skip, verified } from './cases.ts';
import { openWeb } from './fake-services.ts';
import { leading, proxyTo } from './machine.ts';

const origin = 'https://ligne.example';

type Proxy = { port?: string | undefined; daysLeft?: number; more?: string };

/** Settings that lead visitors through another nginx, before the site at a port. */
async function proxyThat({ port = machine.settings.PORT, daysLeft = 25, more = '' }: Proxy) {
  const [inTls, inClear] = [await freePort(), await freePort()];
  const served = machine.authority.certify('DNS:ligne.example', daysLeft);
  const proxy = await startNginx(proxyTo(Number(port), inTls, inClear, served, more), inTls);
  after(proxy.stop);
  return { PORT: port, ...leading({ ...machine.web, [origin]: inTls, 'http://ligne.example': inClear }) };
}

const leadingElsewhere = (ports: Record<string, number>) => leading({ ...machine.web, ...ports });

each('a site that is not up yet is something to come back to', [
  [
    async () => leadingElsewhere({ [origin]: await freePort() }),
    /^à voir {6}Adresse publique : .* pas encore joignable : rien n’écoute/,
  ],
  [
    async () => proxyThat({ port: String(await freePort()) }),
    /^à voir {6}Adresse publique : le mandataire répond, le site derrière lui pas encore/,
  ],
]);

/** A web server of somebody else under our name. */
async function stranger(): Promise<NodeJS.ProcessEnv> {
  const other = await openWeb(machine.authority.certify('DNS:ligne.example'), (_request, response) => {
    response.end('{"autre": true}');
  });
  after(other.close);
  return leadingElsewhere({ [origin]: other.port });
}

each('an address in clear, of somebody else, or with a certificate that is wrong or ends, is told', [
  [{ PUBLIC_ORIGIN: 'http://ligne.localhost' }, /^à corriger {2}Adresse publique : .* n’est pas en https/],
  [stranger, /^à corriger {2}Adresse publique : .* ce n’est pas notre site/],
  [() => proxyThat({ daysLeft: -2 }), /^à corriger {2}Adresse publique : .* certificat est expiré/],
  [() => proxyThat({ daysLeft: 13 }), /^à corriger {2}Certificat : il vaut encore 13 j/],
  [() => proxyThat({ daysLeft: 14 }), /^bien {8}Certificat : il vaut encore 14 j/],
  [
    async () => leadingElsewhere({ [origin]: machine.exit.port }),
    /^à corriger {2}Adresse publique : .* certificat n’est pas à ce nom/,
  ],
]);

each('an address in clear that does not lead to the right one is told', [
  [
    async () => leadingElsewhere({ 'http://ligne.example': Number(machine.settings.PORT) }),
    /^à corriger {2}Adresse en clair : .*\(200\)/,
  ],
  [
    async () => leadingElsewhere({ 'http://ligne.example': await freePort() }),
    /^à voir {6}Adresse en clair : .* rien n’écoute/,
  ],
]);

const changed = (names: string) =>
  new RegExp(`^à corriger {2}Mandataire : il change nos réponses : ${names}\\.`);

each('a proxy that takes from our answers, or adds to them, is told', [
  [
    () =>
      proxyThat({ more: 'proxy_hide_header content-security-policy; proxy_hide_header referrer-policy;' }),
    changed('content-security-policy, referrer-policy'),
  ],
  [() => proxyThat({ more: 'add_header cache-control "max-age=60";' }), changed('cache-control')],
  [() => proxyThat({ more: 'add_header set-cookie "route=1";' }), changed('set-cookie')],
  [() => proxyThat({ more: 'server_tokens on;' }), changed('server, qui dit sa version')],
  [
    () => proxyThat({ more: 'sub_filter "</body>" "<script></script></body>";' }),
    changed('la page elle-même'),
  ],
]);

each('a site that does not know one visitor from another is told', [
  [
    () => proxyThat({ more: 'proxy_set_header X-Other 1;' }),
    /^à corriger {2}Visiteurs : .*n’ajoute pas X-Forwarded-For/,
  ],
  [
    () => proxyThat({ more: 'limit_except GET { deny all; }' }),
    /^à corriger {2}Visiteurs : un formulaire n’arrive pas jusqu’au site \(403\)/,
  ],
  [siteThatTrustsNobody, /^à corriger {2}Visiteurs : .* TRUSTED_PROXIES/],
]);

/** Another site on this machine, whose settings forgot the proxy. */
async function siteThatTrustsNobody(): Promise<NodeJS.ProcessEnv> {
  const port = String(await freePort());
  const settings = { ...machine.settings, PORT: port, DATA_DIR: temporaryFolder(), TRUSTED_PROXIES: '' };
  const site = await startSite(settings, join(machine.folder, 'src/server/main.ts'));
  after(() => site.stop());
  return proxyThat({ port });
}

test('a site that runs on another machine is looked at from outside only, and this is said', {
  skip,
}, async () => {
  const { output, code } = await verified({ PORT: String(await freePort()) });
  assert.match(output, /^bien {8}Adresse publique/m);
  assert.match(output, /^à voir {6}Mandataire : non vérifié : le site ne répond pas sur http:\/\/127/m);
  assert.equal(code, 0);
});

test('the form that tries the way is refused by the site and kept nowhere', { skip }, async () => {
  const told = async () => (await fetch(`${machine.site.origin}/metriques`)).text();
  const { output } = await verified();
  assert.match(output, /^bien {8}Visiteurs : un formulaire arrive/m);
  const metrics = await told();
  assert.match(metrics, /^premierpas_waiting 0$/m);
  assert.doesNotMatch(metrics, /event="(request-kept|form-held)",.* [1-9]\d*$/m);
});
