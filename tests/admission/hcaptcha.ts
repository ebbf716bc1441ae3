// Loaded before the site (`--import`): hCaptcha's address leads to a stand-in on this machine, at the port HCAPTCHA_PORT.
import http, { type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';

type Listener = (response: IncomingMessage) => void;

https.request = ((options: RequestOptions, listener: Listener) => {
  if (options.host !== 'hcaptcha.com') throw new Error(`A request to ${options.host}`);
  return http.request({ ...options, host: '127.0.0.1', port: process.env.HCAPTCHA_PORT }, listener);
}) as typeof https.request;
syncBuiltinESMExports();
