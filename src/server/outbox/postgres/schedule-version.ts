// The version of pg-boss's own tables that this program brings a database to.
import packageOfPgBoss from 'pg-boss/package.json' with { type: 'json' };

/** A number that only goes up, from one release of pg-boss to another. */
export const scheduleVersion = packageOfPgBoss.pgboss.schema;
