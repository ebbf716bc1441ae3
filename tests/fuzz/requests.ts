// Requests as nobody honest sends them: drawn from a seed, byte for byte the same each time.
import naughty from 'big-list-of-naughty-strings' with { type: 'json' };
import fc from 'fast-check';
import { fields } from '../../src/rappel/fields.ts';

/** In every text that is typed: it must never come out in a log, a header, or anybody else's e-mail. */
export const marker = 'zqxmotdepasse';

/** The bytes of a request; `form` is what a form holds when it is whole and well formed. */
export type Drawn = { bytes: Buffer; form?: [string, string][] };

// A short one, that a text could hold, would end it there.
const b = '----FrontiereDeFormulaire7MA4YWxk';

const methods = [
  'GET',
  'POST',
  'PUT',
  'DELETE',
  'PATCH',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'CONNECT',
  'PROPFIND',
  'post',
];
const paths = [
  '/',
  '/contact',
  '/contact/envoi',
  '/contact/annuler',
  '/contact/suite',
  '/contact/modifier',
  '/sante',
  '/metriques',
  '/kit/affiche-a4.pdf',
  '/api/v1/ouvert.json',
  '/encart',
  '/encart/rappel',
  '/contact/verification',
];
const tricks = [
  '/../',
  '/..%2f..%2f..%2fetc/passwd',
  '/%00',
  '/%',
  '/%ff%fe',
  '//',
  '///ailleurs.example',
  '/\\..\\',
  '/;/',
  '/?__proto__[x]=1',
  '/?jeton=%00',
  '/contact/suite?jeton=',
  '/contact/annuler?jeton=%00',
  '/contact/modifier?jeton=%E0%A4%A',
  '/.git/config',
  '/.env',
  '/__proto__',
  '/constructor',
  '*',
  'http://[',
  'http://ailleurs.example/',
  '/contact#',
  '/contact?a=b&a=c',
  '/CONTACT',
  '/contact.html',
  '/index.html',
  '/404',
];
const oddHeaders = [
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: xchunked',
  'Transfer-Encoding : chunked',
  'Content-Length: 1',
  'Content-Length: -1',
  'Content-Length: 0x10',
  'Content-Length: 99999999999999999999',
  'Expect: 100-continue',
  'Expect: autre',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Connection: close, x',
  'Content-Encoding: gzip',
  'Host: ailleurs.example',
  'Host:',
  'X-Forwarded-For: 1.2.3.4',
  'Forwarded: for=x',
  'Origin: null',
  'Origin: https://ailleurs.example',
  'Sec-Fetch-Site: cross-site',
  'Sec-Fetch-Site: same-origin',
  'If-None-Match: *',
  'Range: bytes=0-1',
  'Authorization: Bearer x',
  'Cookie: a=b',
  'Accept-Encoding: br;q=0',
  'Content-Type: text/html',
  'X-HTTP-Method-Override: DELETE',
  ': vide',
  ' pliée: x',
  'Sans-deux-points',
  'A\u0000B: x',
  'X: a\rb',
  'X: \u0007',
];
const oddTypes = [
  'text/plain',
  'application/xml',
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'application/json; charset=utf-16',
  '',
  ';',
  'application/x-www-form-urlencoded; charset=utf-7',
  'application/x-www-form-urlencoded; __proto__',
  `MULTIPART/FORM-DATA; boundary=${b}`,
];
const oddBodies = [
  '{',
  '[]',
  'null',
  '{"tel":1}',
  '{"__proto__":{"ok":true}}',
  '{"constructor":{"prototype":{"ok":"1"}}}',
  '{"quand":[[]]}',
  '"'.repeat(2000),
  '['.repeat(8000),
  `--${b}\r\n`,
  `--${b}--`,
  `--${b}\r\nContent-Disposition: form-data; name="tel"`,
  'cle=a&cle=b',
  'tel=%',
  'tel=%ff%fe%fd',
  '&&&===',
  `--${b}\r\nContent-Disposition: form-data; name="tel"; filename="x"\r\n\r\nx\r\n--${b}--\r\n`,
  `tel[]=1&tel[__proto__]=2`,
  '\u0000'.repeat(500),
];

const names = Object.keys(fields);
const text = fc
  .oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom(...naughty))
  .map((drawn) => `${marker} ${drawn}`);
const odd = <Value>(values: readonly Value[]) => fc.constantFrom(...values);

const phone = fc
  .integer({ min: 0, max: 9999 })
  .map((n) => `019900${String(n).padStart(4, '0')}`.replace(/..(?!$)/g, '$& '));

/** A form that is whole: sometimes right, often wrong, its texts whatever they are. */
const answers = fc
  .record({
    tel: fc.oneof({ weight: 4, arbitrary: phone }, text),
    quand: fc.oneof({ weight: 4, arbitrary: odd(['lun-matin', 'ven-midi']) }, text),
    others: fc.array(fc.tuple(odd([...names.slice(2), 'objet', 'duree', '__proto__']), text), {
      maxLength: 3,
    }),
  })
  .map(({ tel, quand, others }): [string, string][] => [['tel', tel], ['quand', quand], ...others]);

/** A form that will be accepted. */
export const rightAnswers = fc
  .tuple(phone, odd(['prenom', 'mot', 'langue', 'eviter']), fc.string({ unit: 'binary', maxLength: 12 }))
  .map(([tel, name, typed]): [string, string][] => [
    ['tel', tel],
    ['quand', 'mar-matin'],
    [name, `${marker} ${typed}`],
  ]);

const encoders = {
  'application/x-www-form-urlencoded': (form: [string, string][]) => `${new URLSearchParams(form)}`,
  [`multipart/form-data; boundary=${b}`]: (form: [string, string][]) =>
    `${form.map(([name, value]) => `--${b}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('')}--${b}--\r\n`,
} as const;

function request(method: string, path: string, headers: string[], body: Buffer | string): Buffer {
  const head = [
    `${method} ${path} HTTP/1.1`,
    'Host: site',
    'Accept-Encoding: br',
    'Connection: close',
    ...headers,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), Buffer.from(body as string)]);
}

function posted(form: [string, string][], type: keyof typeof encoders): Drawn {
  const body = Buffer.from(encoders[type](form).replace(/\p{Surrogate}/gu, '\ufffd'));
  return {
    bytes: request(
      'POST',
      '/contact/envoi',
      [`Content-Type: ${type}`, `Content-Length: ${body.length}`],
      body,
    ),
    form,
  };
}

const types = odd(Object.keys(encoders) as (keyof typeof encoders)[]);
const anyBody = fc.oneof(
  odd(oddBodies),
  text,
  fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
);
const anyPath = fc.oneof(
  odd(paths),
  odd(tricks),
  text.map((drawn) => `/${encodeURI(drawn.toWellFormed())}`),
  fc.string({ unit: 'binary', maxLength: 80 }),
);

const broken = fc
  .tuple(
    odd(methods),
    anyPath,
    fc.array(odd([...oddHeaders, ...oddTypes.map((type) => `Content-Type: ${type}`)]), { maxLength: 4 }),
    anyBody,
  )
  .map(([method, path, headers, body]): Drawn => ({ bytes: request(method, path, headers, body) }));

const badBody = fc
  .tuple(
    odd(oddTypes.concat(Object.keys(encoders), 'application/json')),
    anyBody,
    fc.integer({ min: -5, max: 5 }),
  )
  .map(([type, body, error]): Drawn => {
    const length = Math.max(0, Buffer.byteLength(body) + error);
    return {
      bytes: request('POST', '/contact/envoi', [`Content-Type: ${type}`, `Content-Length: ${length}`], body),
    };
  });

const noise = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes): Drawn => ({ bytes: Buffer.from(bytes) })),
  fc
    .tuple(odd(['X', marker]), fc.integer({ min: 1, max: 40_000 }))
    .map(([name, length]): Drawn => ({ bytes: request('GET', '/', [`${name}: ${'x'.repeat(length)}`], '') })),
  fc.tuple(rightAnswers, fc.integer({ min: 1, max: 120 })).map(([form, cut]): Drawn => {
    const { bytes } = posted(form, 'application/x-www-form-urlencoded');
    return { bytes: bytes.subarray(0, bytes.length - cut) };
  }),
);

/** One request of any kind, that asks for the connection to end after it. */
export const anyRequest = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(answers, types).map(([form, type]) => posted(form, type)) },
  { weight: 1, arbitrary: fc.tuple(rightAnswers, types).map(([form, type]) => posted(form, type)) },
  { weight: 8, arbitrary: broken },
  { weight: 5, arbitrary: badBody },
  { weight: 5, arbitrary: noise },
);

/** So many requests, always the same ones for a seed. */
export function draw(count: number, seed: number): Drawn[] {
  return fc.sample(anyRequest, { numRuns: count, seed });
}
