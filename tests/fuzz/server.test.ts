// The running site under requests that nobody honest sends. `FUZZ` says how many (5,000; with LONG=1, 7,000), `FUZZ_SEED`
// which.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleanText, type ParsedRappel, parserFor } from '../../src/rappel/rappel.ts';
import { opening } from '../../src/service/service.ts';
import { mailSettings, openMailbox } from '../support/mailbox.ts';
import { startSite } from '../support/site.ts';
import { headOf, say } from '../support/sockets.ts';
import { type Drawn, draw, marker } from './requests.ts';

const count = Number(process.env.FUZZ ?? (process.env.LONG ? 7000 : 5000));
const seed = Number(process.env.FUZZ_SEED ?? 189119494);
const atOnce = 24;
const parse = parserFor(opening);

test(`${count} requests: no 5xx, no word in a log or a header, and what is accepted arrives whole`, async (context) => {
  const mailbox = await openMailbox();
  const site = await startSite(mailSettings(mailbox));
  context.after(() => Promise.all([site.stop(), mailbox.close()]));
  const drawn = draw(count, seed);
  const statuses = new Map<number, number>();
  const accepted: [string, string][][] = [];

  const take = async ({ bytes, form }: Drawn) => {
    const answer = await say(site.origin, bytes, { isLast: true });
    const { status, headers } = headOf(answer);
    const shown = () => `${bytes.toString('latin1').slice(0, 400)}\n→ ${answer.slice(0, 200)}`;
    if (/^[\r\n]*$/.test(bytes.toString('latin1'))) return assert.equal(answer, ''); // nothing was asked
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    assert.ok(status >= 200 && status < 500, shown());
    assert.ok(!JSON.stringify(headers).includes(marker), shown());
    assert.equal(headers['x-content-type-options'], 'nosniff', shown());
    if (!form) return assert.notEqual(status, 303, shown());
    assert.equal(status, parsed(form).ok ? 303 : 422, shown());
    if (status === 303) accepted.push(form);
  };
  const queue = drawn.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const one of queue) await take(one);
    }),
  );

  assert.equal((await fetch(site.origin)).status, 200);
  assert.ok(accepted.length > count / 100, `${accepted.length} accepted`);
  const different = new Set(accepted.map((form) => JSON.stringify(parsed(form)))).size; // the same twice is one request
  const mails = await mailbox.received(different);
  assert.equal(mails.length, different);
  const about = Map.groupBy(mails, ({ text }) => /\((\+\d+)\)/.exec(text ?? '')?.[1]);
  const times = Map.groupBy(accepted, numberIn);
  for (const form of accepted) {
    const isOnly = times.get(numberIn(form))?.length === 1; // a word is not passed on for a number given again
    for (const [name, typed] of form.slice(2)) {
      if (!['prenom', 'langue', 'eviter', ...(isOnly ? ['mot'] : [])].includes(name)) continue;
      const mails = about.get(numberIn(form)) ?? [];
      assert.ok(
        mails.some(({ text }) => text?.includes(cleanText(typed))),
        JSON.stringify([name, typed]),
      );
    }
  }
  for (const { to, cc, bcc, subject, headerLines } of mails) {
    assert.deepEqual(
      [to, cc, bcc].flat().map((one) => one?.text),
      ['equipe@example.org', undefined, undefined],
    );
    assert.match(
      subject ?? '',
      /^(Demande|REMPLACE) [a-z0-9 -]+( par [a-z0-9 -]+)? – [a-zéû.]+ \d+(er)? [a-zéû.]+ \d+ h( \d\d)?$/,
    );
    assert.ok(!JSON.stringify(headerLines).includes(marker));
  }
  const output = site.output();
  assert.ok(!output.includes(marker), 'a word is in the log');
  assert.doesNotMatch(output, /page-failed|Error|at .*\.ts:\d/);
  assert.deepEqual(await site.stop(), { code: 0, signal: null });
  console.log(
    [...statuses]
      .toSorted()
      .map(([status, times]) => `${status || 'no answer'}: ${times}`)
      .join(', '),
  );
});

function numberIn(pairs: [string, string][]): string {
  const answers = parsed(pairs);
  return answers.ok ? answers.rappel.phone.e164 : '';
}

function parsed(pairs: [string, string][]): ParsedRappel {
  const form = new FormData();
  for (const [name, value] of pairs) form.append(name, value);
  return parse(form);
}
