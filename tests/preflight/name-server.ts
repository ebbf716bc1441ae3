// Loaded before a program (`--import`): the origins in NAMES lead to ports of this machine, and no other leaves it.
import http, { type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';

type Listener = (response: IncomingMessage) => void;

const ports = JSON.parse(process.env.NAMES ?? '{}') as Record<string, number>;

const unknown: RequestOptions['lookup'] = (name, _options, done) =>
  done(Object.assign(new Error(name), { code: 'ENOTFOUND' }), '');

for (const module of [http, https]) {
  const real = module.request;
  const led = (given: string | RequestOptions, ...rest: unknown[]) => {
    const url =
      typeof given === 'string' ? new URL(given) : new URL(given.path ?? '/', `https://${given.host}`);
    const [options, listener] = typeof given === 'string' ? rest : [given, ...rest];
    if (/^[\d.]+$/.test(url.hostname)) return real(url, options as RequestOptions, listener as Listener);
    const { headers, ...others } = options as RequestOptions;
    const there = { ...others, headers: { ...headers, host: url.host }, servername: url.hostname };
    const port = ports[url.origin];
    const to = port ? { host: '127.0.0.1', hostname: '127.0.0.1', port } : { lookup: unknown };
    return real(url, { ...there, ...to }, listener as Listener);
  };
  module.request = led as typeof module.request;
}
syncBuiltinESMExports();
