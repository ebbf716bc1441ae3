// Rate limit: how much one place may ask for in an hour. Whoever shares the place learns nothing here of what others did:
// where an hour begins and where a measure ends are drawn with a key, and no form moves them. Places are counted under names
// that change each hour and lead back to no address.
import { createHmac, hkdfSync } from 'node:crypto';
import { countersOf, mostCounted } from './bounded-counters.ts';
import { type Count, countTogether, type SharedDatabase } from './shared-counters.ts';

/**
 * What is counted apart. Of a place: forms `kept`; those kept in doubt; cancellations that nothing proves; those that
 * hCaptcha is `asked` about; pages that bring a form back, `returned` when it could have been kept and `corrected` when it
 * could not. Of a request: how often its pages are `viewed`, and how often it is `cancelled`.
 */
export type Measure =
  | 'kept'
  | 'doubtful'
  | 'unproven'
  | 'asked'
  | 'returned'
  | 'corrected'
  | 'viewed'
  | 'cancelled';

/** One more, counted. `giveBack`: it came to nothing, and takes nothing from the measure. */
export type Taken = { isWithin: boolean; giveBack(): Promise<void> };

/** Counts one more of a place or of a request, by its name. */
export type RateLimit = (name: string, measure: Measure) => Promise<Taken>;

/** What a rate limit counts with. */
export type RateLimitOptions = {
  perHour: number;
  /** Milliseconds. */
  now(): number;
  randomBytes(size: number): Buffer;
  /** The machines that share a database count together, under names that their common secret makes. */
  shared?: { database: SharedDatabase; secret: string } | undefined;
  /** How many counters are held at once, in memory and in the database. */
  most?: number;
};

/** No hour ends later than this after a refusal, whenever it began: the only delay that is ever told. */
export const retryAfterSeconds = 3600;

const hourMs = retryAfterSeconds * 1000;

/** The limit of one machine, or a common one; while the database is away each machine counts alone. */
export function rateLimitFor(options: RateLimitOptions): RateLimit {
  const { perHour, now, randomBytes, shared, most = mostCounted } = options;
  const usual = usualMeasures(perHour);
  const draw = drawer(now, (day) => (shared ? commonSalt(shared.secret, day) : randomBytes(32)));
  const alone = countersOf(most);
  const add: Count = shared
    ? countTogether(shared.database, alone, most)
    : async (key, by) => alone.add(key, by);
  return async (name, measure) => {
    const { key, share, leftMs } = draw(name, measure);
    const count = await add(key, 1, leftMs);
    return {
      isWithin: count <= drawnLimit(usual[measure], share),
      giveBack: async () => void (await add(key, -1, leftMs)),
    };
  };
}

function usualMeasures(perHour: number): Record<Measure, number> {
  const few = Math.max(12, Math.ceil(perHour / 10));
  const ofPlace = { kept: perHour, doubtful: few, unproven: few };
  const ofPages = { asked: perHour, returned: perHour, corrected: perHour };
  return { ...ofPlace, ...ofPages, viewed: Math.max(60, perHour / 2), cancelled: few };
}

// A fifth more or less, and at least 8 for a small one: a single form changes where the end is seen in one draw out of
// all these.
function drawnLimit(usual: number, share: number): number {
  const spread = Math.floor(Math.max(usual / 5, Math.min(8, (usual * 2) / 3)));
  return usual - spread + Math.floor(share * (2 * spread + 1));
}

type Draw = { key: string; share: number; leftMs: number };

// Everything follows from the salt of the day, the name and the hour: `share`, from 0 to 1, says where the measure ends.
function drawer(
  now: () => number,
  saltOf: (day: string) => Buffer,
): (name: string, measure: Measure) => Draw {
  let today = '';
  let salt: Buffer = Buffer.alloc(0);
  const drawn = (text: string) => createHmac('sha256', salt).update(text).digest();
  return (name, measure) => {
    const at = now();
    const day = new Date(at).toISOString().slice(0, 10);
    if (day !== today) [today, salt] = [day, saltOf(day)];
    const shifted = at + (drawn(`heure ${name}`).readUInt32BE() % hourMs);
    const bytes = drawn(`${measure} ${Math.floor(shifted / hourMs)} ${name}`);
    return {
      key: `${measure} ${bytes.toString('base64url', 0, 24)}`,
      share: bytes.readUInt32BE(28) / 2 ** 32,
      leftMs: hourMs - (shifted % hourMs),
    };
  };
}

// One machine draws its salt each day and keeps it in memory; several make the same one, without a word between them.
function commonSalt(secret: string, day: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `guichet ${day}`, 32));
}
