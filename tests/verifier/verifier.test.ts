// `npm run verifier` on a machine that is ready to open.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { skip as skipCertificates } from '../certificates.ts';
import { skip as skipNginx } from '../nginx.ts';
import { prepareMachine, runVerifier } from './machine.ts';

const skip = skipCertificates || skipNginx;
const machine = skip ? undefined : await prepareMachine();
after(() => machine?.close());

test('ready', { skip }, async () => {
  const seen = await runVerifier(machine?.folder ?? '', machine?.settings ?? {});
  console.log(seen);
});
