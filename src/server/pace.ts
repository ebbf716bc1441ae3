// How many forms come from one place in an hour. Places are counted under a name that changes each day and leads back to
// no address.
import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import { RateLimiterMemory, RateLimiterPostgres } from 'rate-limiter-flexible';

/** What one more form of a place comes to: how full its measure is (above 1: too many), and when it starts again. */
export type Count = { share: number; minutesLeft: number };

/** Counts one more form. `doubtful` ones have a measure of their own, ten times smaller. */
export type Pace = (place: string, measure: 'all' | 'doubtful' | 'cancelled') => Promise<Count>;

type Options = {
  perHour: number;
  now(): Date;
  /** The machines that share a database count together, under names that their common secret makes. */
  shared?: { pool: Pool; secret: string } | undefined;
};

const hour = 3600; // seconds

/** A pace of its own for one machine, or a common one; while the database is away each machine counts alone. */
export function paceOf({ perHour, now, shared }: Options): Pace {
  const limits = { all: perHour, cancelled: perHour, doubtful: Math.max(5, Math.ceil(perHour / 10)) };
  const measure = { points: perHour, duration: hour, keyPrefix: '' };
  const alone = new RateLimiterMemory(measure);
  const counter = shared ? together(measure, shared.pool, alone) : alone;
  const nameOf = namer(now, shared?.secret);
  return async (place, which) => {
    const { consumedPoints, msBeforeNext } = await counter.penalty(`${which} ${nameOf(place)}`, 1);
    return { share: consumedPoints / limits[which], minutesLeft: Math.ceil(msBeforeNext / 60_000) };
  };
}

function together(measure: { points: number; duration: number }, pool: Pool, alone: RateLimiterMemory) {
  return new RateLimiterPostgres({
    ...measure,
    storeClient: pool,
    storeType: 'pool',
    schemaName: 'demandes',
    tableName: 'knocks',
    tableCreated: true, // by our own migrations
    insuranceLimiter: alone,
  });
}

// One machine draws its salt each day and keeps it in memory; several make the same one, without a word between them.
function namer(now: () => Date, secret: string | undefined): (place: string) => string {
  let today = '';
  let salt = Buffer.alloc(0);
  return (place) => {
    const day = now().toISOString().slice(0, 10);
    if (day !== today) {
      today = day;
      salt = secret ? Buffer.from(hkdfSync('sha256', secret, '', `guichet ${day}`, 32)) : randomBytes(32);
    }
    return createHmac('sha256', salt).update(place).digest('hex');
  };
}
