// The compose file and the quadlet, read as what they are: they ask of the image what the image has, and of the settings what
// there is. No engine runs them here: Debian 12's podman is older than quadlets, and no image can be fetched.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { fileNames, settingNames } from '../../src/settings/environment.ts';
import { publisherNames, securityName } from '../../src/settings/publisher.ts';

const folder = new URL('../../deploy/', import.meta.url).pathname;

const text = (name: string) => readFileSync(join(folder, name), 'utf8');

const image = text('Containerfile');

const { site } = parse(text('compose.yaml')).services;

// Every line of the quadlet, those that are to be uncommented too.
const lines = [...text('un-premier-pas.container').matchAll(/^#?([A-Z]\w+)=(.+)$/gm)].map(
  ([, key = '', value = '']) => ({ key, value }),
);

const valuesOf = (key: string) => lines.filter((line) => line.key === key).map(({ value }) => value);

const frozen = [...Object.values(publisherNames), securityName].map(({ setting }) => setting);

const [, health = '[]'] = /^HEALTHCHECK CMD (.+)$/m.exec(image) ?? [];

test('both ask the image’s own question, where podman hears it', () => {
  const asked = JSON.parse(health) as string[];
  const [word, ...composed] = site.healthcheck.test as string[];
  assert.deepEqual([word, ...composed.map((one) => one.replaceAll('$$', '$'))], ['CMD', ...asked]);
  // systemd would read $ as its own: the port is written out, as the image exposes it.
  const [, port = ''] = /^EXPOSE (\d+)$/m.exec(image) ?? [];
  const [held = ''] = valuesOf('HealthCmd');
  assert.deepEqual(
    JSON.parse(held),
    asked.map((one) => one.replace(/\$\{.+?\}/, port)),
  );
  assert.deepEqual(
    [site.ports, valuesOf('PublishPort')],
    [[`127.0.0.1:${port}:${port}`], [`127.0.0.1:${port}:${port}`]],
  );
});

test('compose gives the image each setting that is frozen at build, and no other', () => {
  const [, given = ''] = /^ARG (.+)$/m.exec(image) ?? [];
  assert.deepEqual(Object.keys(site.build.args).toSorted(), given.split(' ').toSorted());
  assert.deepEqual(given.split(' ').toSorted(), ['PUBLIC_ORIGIN', 'EXIT_URL', ...frozen].toSorted());
});

test('each secret is a file that the user of the image can read, and the setting that names it is one', () => {
  const [, user = ''] = /^USER (\d+):/m.exec(image) ?? [];
  const secrets = valuesOf('Secret').map((value) =>
    Object.fromEntries(new URLSearchParams(value.replaceAll(',', '&'))),
  );
  for (const { uid, gid, mode } of secrets) assert.deepEqual([uid, gid, mode], [user, user, '0400']);
  const named = valuesOf('Environment').map((value) => value.split('='));
  assert.deepEqual(
    named.map(([, file]) => file),
    secrets.map(({ target }) => target),
  );
  assert.deepEqual(Object.fromEntries(named), site.environment);
  for (const [name = ''] of named) assert.ok(fileNames.includes(name), name);
  assert.ok(text('compose.yaml').includes(`chown ${user} `));
});

test('the quadlet hands over each setting that is neither a secret, nor the image’s own, nor for several machines', () => {
  const own = ['NODE_ENV', 'HOST', 'PORT', 'DATA_DIR'];
  const files = fileNames.map((name) => name.replace(/_FILE$/, ''));
  const handed = valuesOf('PodmanArgs').flatMap((value) =>
    value.split(' ').map((one) => one.replace('--env=', '')),
  );
  const expected = settingNames.filter((name) => ![...own, ...files, 'PGP_PUBLIC_KEY_FILE'].includes(name));
  assert.deepEqual(handed.toSorted(), expected.toSorted());
});

test('what waits is outside of the container, in the folder that the image writes', () => {
  const [, data = ''] = /DATA_DIR=(\S+)/.exec(image) ?? [];
  assert.deepEqual(valuesOf('Volume'), [`un-premier-pas.volume:${data}`]);
  assert.ok(site.volumes.includes(`demandes:${data}`));
});
