// Reads a security.txt as strictly as RFC 9116 writes it.
import assert from 'node:assert/strict';

// Name → how often it may stand, and what it holds.
const fields: Record<string, { least: number; most: number; value: RegExp }> = {
  Contact: {
    least: 1,
    most: Number.POSITIVE_INFINITY,
    value: /^(mailto:[^\s@]+@[^\s@]+\.[^\s@]+|https:\/\/\S+|tel:\+[\d-]+)$/,
  },
  Expires: { least: 1, most: 1, value: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/ },
  'Preferred-Languages': { least: 0, most: 1, value: /^[a-z]{2}(, [a-z]{2})*$/ },
  Canonical: {
    least: 0,
    most: Number.POSITIVE_INFINITY,
    value: /^https:\/\/\S+\/\.well-known\/security\.txt$/,
  },
};

/** The values of each field. Throws for a byte that is not UTF-8, a line that is no field, a field too many or too few. */
export function readSecurityText(bytes: Uint8Array): Record<string, string[]> {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  assert.match(
    text,
    /^([\x21-\x39\x3b-\x7e]+: \S[^\r\n]*\r?\n)+$/,
    'a field on each line, the last line ended',
  );
  const found: Record<string, string[]> = Object.fromEntries(Object.keys(fields).map((name) => [name, []]));
  for (const line of text.trimEnd().split(/\r?\n/)) {
    const [, name = '', value = ''] = /^([^:]+): (.*)$/.exec(line) ?? [];
    const field = fields[name];
    assert.ok(field, `${name} is no field of security.txt`);
    assert.match(value, field.value, name);
    found[name]?.push(value);
  }
  for (const [name, { least, most }] of Object.entries(fields)) {
    const count = found[name]?.length ?? 0;
    assert.ok(count >= least && count <= most, `${count} ${name}`);
  }
  assert.ok(Temporal.Instant.from(found.Expires?.[0] ?? ''));
  return found;
}
