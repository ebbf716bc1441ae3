// What every test of `npm run verifier` does: prepare a machine, change one thing, read the line that tells it.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { skip as skipCertificates } from '../support/certificates.ts';
import { skip as skipNginx } from '../support/nginx.ts';
import { login } from './fake-services.ts';
import { prepareMachine, runVerifier } from './machine.ts';

/** Why these tests are skipped, or false. */
export const skip = skipCertificates || skipNginx;

/** The machine of a test file. */
export const machine = skip ? (undefined as never) : await prepareMachine();
after(() => machine?.close());

/** What is printed with some settings changed, and the code of the end. No secret is ever printed. */
export async function verified(change: NodeJS.ProcessEnv = {}) {
  const seen = await runVerifier(machine.folder, { ...machine.settings, ...change });
  const secrets = [login.SMTP_PASS, 'motdepasse', `${machine.settings.OUTBOX_SECRET}`, 'Words of the server'];
  for (const secret of secrets) assert.ok(!(seen.output + seen.errors).includes(secret), seen.output);
  return seen;
}

/** Settings to change, then the line that tells it. */
export type Case = [change: NodeJS.ProcessEnv | (() => Promise<NodeJS.ProcessEnv>), told: RegExp];

/** A test of several cases: each line is there, and the code of the end agrees with it. */
export function each(name: string, cases: Case[], unless: string | false = false): void {
  test(name, { skip: skip || unless }, async () => {
    for (const [change, told] of cases) {
      const { output, code } = await verified(typeof change === 'function' ? await change() : change);
      const line = output.split('\n').find((one) => one.match(told));
      assert.ok(line, `${told} is not in\n${output}`);
      assert.equal(code, line.startsWith('à corriger') ? 1 : 0, output);
    }
  });
}
