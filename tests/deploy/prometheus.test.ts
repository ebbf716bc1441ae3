// What is shipped for Prometheus and Grafana, against the metrics that a real site serves.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { parse, stringify } from 'yaml';
import { journalEvents } from '../../src/rappel/journal.ts';
import { advice, silence } from '../../src/server/monitoring/advice.ts';
import { alarms } from '../../src/server/monitoring/alarms.ts';
import { temporaryFolder } from '../support/folder.ts';
import { startSite } from '../support/site.ts';

const root = new URL('../..', import.meta.url).pathname;

const rulesFile = join(root, 'deploy/alertes.yml');

type AlertRule = {
  alert: string;
  expr: string;
  labels: { severity: string };
  annotations: { a_faire: string };
};

const rules: AlertRule[] = parse(readFileSync(rulesFile, 'utf8')).groups[0].rules;

const board = JSON.parse(readFileSync(join(root, 'deploy/grafana.json'), 'utf8')) as {
  panels: { title: string; targets: { expr: string }[] }[];
};

const skip = spawnSync('promtool', ['--version']).error
  ? 'promtool is not installed (Debian package: prometheus)'
  : false;

describe('beside the metrics of a site that has just started', () => {
  let page = '';
  before(async () => {
    const site = await startSite();
    page = await (await fetch(`${site.origin}/metriques`)).text();
    await site.stop();
  });

  test('every event has a series at zero, with each code that it is counted under, so that a first failure is an increase', () => {
    const counted = [...page.matchAll(/^premierpas_events_total\{event="([a-z-]+)",code="(.*)"\} (\d+)$/gm)];
    const events = new Set(counted.map(([, event]) => event));
    assert.deepEqual(
      [...events].toSorted(),
      [...Object.keys(journalEvents), 'form-held', 'not-accepted'].toSorted(),
    );
    assert.deepEqual([...new Set(counted.map(([, , , count]) => count))], ['0']);
    const codes = (event: string) => counted.filter(([, of]) => of === event).map(([, , code]) => code);
    assert.deepEqual(codes('request-kept'), ['']);
    assert.ok(['EAUTH', 'ESOCKET', 'OTHER'].every((code) => codes('delivery-failed').includes(code)));
    assert.deepEqual(codes('form-held'), ['too-many', 'to-verify', 'not-verified', 'small-page', 'OTHER']);
  });

  test('every alarm has a series, at one while it is raised', () => {
    const served = [...page.matchAll(/^premierpas_alarm\{alarm="([A-Z_]+)"\} ([01])$/gm)];
    assert.deepEqual(
      served.map(([, code]) => code),
      alarms.map(({ code }) => code),
    );
    assert.deepEqual(
      served.filter(([, , raised]) => raised === '1').map(([, code]) => code),
      ['NO_TEAM_KEY', 'MAIL_TO_FOLDER'],
    );
  });

  test('every expression of the rules and of the dashboard names metrics and events that the site serves', () => {
    const shown = board.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
    assert.ok(shown.length > 12, String(shown.length));
    for (const expr of [...shown, ...rules.map((rule) => rule.expr)]) {
      const names = expr.match(/\b(premierpas|process|nodejs)_[a-z_]+\b/g) ?? [];
      assert.ok(names.length > 0, expr);
      for (const name of names) assert.match(page, new RegExp(`^${name}[ {]`, 'm'), expr);
      for (const [, each = ''] of expr.matchAll(/event=~?"(.+?)"/g))
        for (const event of each.split('|')) assert.ok(page.includes(`{event="${event}"`), expr);
    }
  });
});

test('each alarm has its rule, as grave as its state, with what the guide says to do', () => {
  const told = new Map(rules.map((rule) => [rule.alert, rule]));
  for (const { code, state } of alarms) {
    const rule = told.get(code);
    assert.equal(rule?.expr, `premierpas_alarm{alarm="${code}"} == 1`);
    assert.equal(rule?.labels.severity, state === 'red' ? 'critical' : 'warning', code);
    assert.equal(rule?.annotations.a_faire, advice[code]);
  }
  assert.equal(told.get(silence)?.annotations.a_faire, advice[silence]);
  assert.equal(rules.length, alarms.length + 3);
});

test('Prometheus itself reads the rules, and raises each when it should, not before', { skip }, () => {
  const file = join(temporaryFolder(), 'essai.yml');
  const labels = { instance: 'site', job: 'un-premier-pas' };
  const series = (name: string, more: Record<string, string>, values: string) => ({
    series: `${name}{${Object.entries({ ...labels, ...more }).map(([key, value]) => `${key}="${value}"`)}}`,
    values,
  });
  const up = [series('up', {}, '1x20'), series('premierpas_state', {}, '0x20')];
  const scene = (alert: string, input: object[], expected: Record<string, string> | undefined) => ({
    interval: '1m',
    input_series: input,
    alert_rule_test: ['4m', '8m'].map((eval_time) => ({
      eval_time,
      alertname: alert,
      exp_alerts: eval_time === '8m' && expected ? [raised(alert, expected)] : [],
    })),
  });
  const ofAlarms = alarms.map(({ code }) =>
    scene(code, [...up, series('premierpas_alarm', { alarm: code }, '0x5 1x15')], { ...labels, alarm: code }),
  );
  const counter = (event: string, code: string) =>
    series('premierpas_events_total', { event, code }, '0x5 1x15');
  const others = [
    scene('DELIVERY_FAILED', [...up, counter('delivery-failed', 'EAUTH')], {
      instance: 'site',
      code: 'EAUTH',
    }),
    scene('COUNTED_FAULT', [...up, counter('fault', 'OTHER')], { instance: 'site', event: 'fault' }),
    scene(silence, up, undefined),
    scene(silence, [series('up', {}, '1x5 0x15'), ...up.slice(1)], labels),
    scene(silence, [series('premierpas_state', {}, '0x5 stale')], {}),
  ];
  const whole = { rule_files: [rulesFile], evaluation_interval: '1m', tests: [...ofAlarms, ...others] };
  writeFileSync(file, stringify(whole));
  for (const words of [
    ['check', 'rules', rulesFile],
    ['test', 'rules', file],
  ]) {
    const { status, stdout, stderr } = spawnSync('promtool', words, { encoding: 'utf8' });
    assert.equal(status, 0, stdout + stderr);
  }
});

function raised(alert: string, labels: Record<string, string>) {
  const rule = rules.find((one) => one.alert === alert);
  return {
    exp_labels: { severity: rule?.labels.severity, ...labels },
    exp_annotations: rule?.annotations,
  };
}
