// `/.well-known/security.txt`: whom to tell of a weakness. Nobody's address is invented, and none outlives its date.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  believedUntil,
  noticeDays,
  securityContact,
  securityFile,
  securityPath,
  securityWarning,
} from '../../src/settings/security-contact.ts';
import { temporaryFolder } from '../support/folder.ts';
import { runSite, startSite } from '../support/site.ts';
import { readSecurityText } from './security-text.ts';

const dayMs = 86_400_000;
const contact = 'mailto:securite@departement.example';

test('its date is renewed a month ahead, and never written for more than a year', () => {
  const days = (believedUntil.getTime() - Date.now()) / dayMs;
  assert.ok(
    days >= noticeDays,
    `renew believedUntil in src/settings/security-contact.ts: ${Math.floor(days)} days left`,
  );
  assert.ok(days <= 365, 'RFC 9116, 2.5.5: less than a year');
});

test('the file says what RFC 9116 asks, and where it stands when that is known', () => {
  const read = (site?: URL) => readSecurityText(Buffer.from(securityFile(contact, site)));
  const alone = {
    Contact: [contact],
    Expires: [expires()],
    'Preferred-Languages': ['fr, en'],
    Canonical: [],
  };
  assert.deepEqual(read(), alone);
  assert.deepEqual(read(new URL('https://un-premier-pas.example')), {
    ...alone,
    Canonical: [`https://un-premier-pas.example${securityPath}`],
  });
});

for (const [text, why] of [
  ['Expires: 2027-01-01T00:00:00Z\n', /0 Contact/],
  [`Contact: ${contact}\n`, /0 Expires/],
  [`Contact: ${contact}\nExpires: 2027-01-01T00:00:00Z\nExpires: 2027-01-01T00:00:00Z\n`, /2 Expires/],
  [`Contact: ${contact}\nExpires: demain\n`, /Expires/],
  [`Contact: ${contact}\nExpires: 2027-01-01T00:00:00Z`, /the last line ended/],
] as const)
  test(`our reader refuses ${JSON.stringify(text)}`, () =>
    assert.throws(() => readSecurityText(Buffer.from(text)), why));

test('an address is taken as it should be, or refused by the name of its setting', () => {
  const given = (SECURITY_CONTACT: string) => securityContact({ SECURITY_CONTACT });
  assert.equal(given(` ${contact} `), contact);
  for (const page of ['https://departement.example/securite', 'https://departement.example/f?id=3'])
    assert.equal(given(page), page);
  assert.equal(given('tel:+33-1-99-00-00-94'), 'tel:+33-1-99-00-00-94');
  assert.equal(given(''), undefined);
  for (const wrong of [
    'securite@departement.example',
    'mailto:',
    'mailto:a@b.example,c@d.example',
    'mailto:a@b.example?cc=c@d.example',
    'http://departement.example/',
    'tel:0199000094',
    'tel:+33',
    `${contact}\nContact: mailto:autre@exemple.example`,
    `https://departement.example/\nContact: mailto:autre@exemple.example`,
  ])
    assert.throws(() => given(wrong), /^SettingError: Réglage SECURITY_CONTACT : /, wrong);
});

test('a wrong address stops the start and names itself', async () => {
  const wrong = { PORT: '0', DATA_DIR: temporaryFolder(), SECURITY_CONTACT: 'securite@departement.example' };
  const site = runSite(wrong, 'src/commands/start.ts');
  assert.equal((await site.ended).code, 2);
  assert.match(site.output(), /^Réglage SECURITY_CONTACT : .+\.\n$/);
});

test('a build tells an address that is missing, and a date that comes near', () => {
  const given = { SECURITY_CONTACT: contact };
  const before = (days: number) => new Date(believedUntil.getTime() - days * dayMs);
  assert.match(securityWarning({}, before(100)) ?? '', /SECURITY_CONTACT/);
  assert.equal(securityWarning(given, before(noticeDays)), undefined);
  for (const days of [noticeDays - 1, -1])
    assert.match(securityWarning(given, before(days)) ?? '', new RegExp(expires().slice(0, 10)));
});

test('without an address there is no file', async () => {
  const site = await startSite();
  const { status } = await fetch(site.origin + securityPath).finally(() => site.stop());
  assert.equal(status, 404);
});

function expires(): string {
  return Temporal.Instant.fromEpochMilliseconds(believedUntil.getTime()).toString();
}
