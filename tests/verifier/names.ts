// Loaded before a program (`--import`): the origins in NAMES lead to ports of this machine, and no other leaves it.
import http, { type RequestOptions } from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';

type Listener = Parameters<typeof http.request>[1];

const ports = JSON.parse(process.env.NAMES ?? '{}') as Record<string, number>;

for (const module of [http, https]) {
  const real = module.request;
  const led = (given: string | RequestOptions, ...rest: unknown[]) => {
    const url =
      typeof given === 'string' ? new URL(given) : new URL(given.path ?? '/', `https://${given.host}`);
    if (/^[\d.]+$/.test(url.hostname)) return real(given as string, ...(rest as []));
    const port = ports[url.origin];
    if (!port) throw Object.assign(new Error(url.origin), { code: 'ENOTFOUND' });
    const [options, listener] = typeof given === 'string' ? rest : [given, ...rest];
    const { headers, ...others } = options as RequestOptions;
    const there = { host: '127.0.0.1', hostname: '127.0.0.1', port, servername: url.hostname };
    return real(url, { ...others, ...there, headers: { ...headers, host: url.host } }, listener as Listener);
  };
  module.request = led as typeof module.request;
}
syncBuiltinESMExports();
