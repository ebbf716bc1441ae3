// The files of open data, each with what it is. Their paths never change: docs/adresses.md.

/** A file that other sites may read. */
export type Format = { path: string; type: string; what: string };

/** Every file of open data. */
export const formats = {
  service: {
    path: '/api/v1/service.json',
    type: 'application/json',
    what: 'Le numéro, les jours, les heures, les fermetures, les jours fériés, les pages.',
  },
  schema: {
    path: '/api/v1/service.schema.json',
    type: 'application/schema+json',
    what: 'La forme de service.json, en JSON Schema.',
  },
  openapi: {
    path: '/api/v1/openapi.json',
    type: 'application/json',
    what: 'La description de ces fichiers, en OpenAPI.',
  },
  text: {
    path: '/api/v1/service.txt',
    type: 'text/plain; charset=utf-8',
    what: 'Le nom, le numéro et les heures, de la longueur d’un SMS.',
  },
  now: {
    path: '/api/v1/ouvert.json',
    type: 'application/json',
    what: 'La ligne répond-elle maintenant, et quand ouvre-t-elle ensuite.',
  },
  calendar: {
    path: '/horaires.ics',
    type: 'text/calendar; charset=utf-8',
    what: 'Les heures d’ouverture, pour un agenda.',
  },
} as const satisfies Record<string, Format>;
