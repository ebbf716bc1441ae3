// A stand-in for hCaptcha's service: the token says how it answers.
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type CaptchaService = {
  /** Settings of a site that asks it. */
  settings: NodeJS.ProcessEnv;
  /** What it was asked, in order. */
  asked: URLSearchParams[];
  close(): void;
};

const json = (value: unknown) => (response: ServerResponse) => response.end(JSON.stringify(value));

const answers: Record<string, ((response: ServerResponse) => unknown) | undefined> = {
  right: json({ success: true }),
  wrong: json({ success: false, 'error-codes': ['invalid-input-response'] }),
  'our keys': json({ success: false, 'error-codes': ['invalid-input-secret'] }),
  garbage: (response) => response.end('<html>'),
  null: json(null),
  slow: () => {},
  down: (response) => response.destroy(),
};

/** Opens it on a free port. */
export async function openCaptchaService(): Promise<CaptchaService> {
  const asked: URLSearchParams[] = [];
  const server = createServer(async (request, response) => {
    const form = new URLSearchParams(await text(request));
    asked.push(form);
    answers[form.get('response') ?? '']?.(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const preload = new URL('hcaptcha.ts', import.meta.url).href;
  const { port } = server.address() as AddressInfo;
  return {
    asked,
    settings: {
      NODE_OPTIONS: `--import ${preload}`,
      HCAPTCHA_PORT: String(port),
      HCAPTCHA_SITEKEY: 'cle-publique',
      HCAPTCHA_SECRET: 'cle-secrete',
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
