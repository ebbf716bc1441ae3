// The clock of this machine beside other clocks, and what time it makes in Paris: hours and days off depend on it.
import { Client } from 'pg';
import { clockTime, parisTime } from '../../../service/calendar.ts';
import type { Reply } from '../ask.ts';
import { askingMs, type Finding, fine, toCorrect, toSee } from '../finding.ts';
import type { Machine } from '../machine.ts';

// How far this machine is from another clock, in milliseconds: positive when ours is ahead.
type Distance = { from: string; ms: number };

const toleranceMs = 60_000;

/** Compares with the exit address and the database; those that do not answer are left out. */
export async function checkClock(machine: Machine): Promise<Finding[]> {
  const what = 'Horloge';
  const distances = await distancesOf(machine);
  const paris = `${clockTime(parisTime(new Date(machine.now())).minutes)} à Paris`;
  if (distances.length === 0) return [toSee(what, `${paris} : comparer à une montre.`)];
  const wrong = distances.find(({ ms }) => Math.abs(ms) > toleranceMs);
  if (!wrong) return [fine(what, `${paris}, comme ${distances.map(({ from }) => from).join(' et ')}.`)];
  const seconds = Math.round(Math.abs(wrong.ms) / 1000);
  const way = wrong.ms > 0 ? 'avance' : 'retarde';
  const advice = `${paris} : elle ${way} de ${seconds} s sur ${wrong.from}. La régler (timedatectl set-ntp true).`;
  return [toCorrect(what, advice)];
}

async function distancesOf({ settings, exit }: Machine): Promise<Distance[]> {
  const { exitUrl, databaseUrl } = settings;
  const answer = await exit;
  const all = [
    'error' in answer ? undefined : distanceTo(new URL(exitUrl).host, answer),
    databaseUrl ? await distanceToDatabase(databaseUrl) : undefined,
  ];
  return all.filter((distance) => distance !== undefined);
}

// Reads the clock of a web server; a cache says how old its answer is.
function distanceTo(from: string, { headers, receivedAt }: Reply): Distance | undefined {
  const theirs = Date.parse(headers.date ?? '') + Number(headers.age ?? 0) * 1000;
  return Number.isNaN(theirs) ? undefined : { from, ms: receivedAt - theirs };
}

// Reads the clock of the database; undefined when it does not answer.
async function distanceToDatabase(connectionString: string): Promise<Distance | undefined> {
  const client = new Client({ connectionString, connectionTimeoutMillis: askingMs, query_timeout: askingMs });
  client.on('error', () => {}); // the statement under way tells it
  try {
    await client.connect();
    const { rows } = await client.query<{ at: number }>(
      'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS at',
    );
    return rows[0] && { from: 'la base', ms: Date.now() - rows[0].at };
  } catch {
    return undefined; // the check of the outbox says why
  } finally {
    await client.end().catch(() => {}); // it may never have been open
  }
}
