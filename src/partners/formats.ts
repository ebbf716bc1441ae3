// The files of open data, each with what it is. Their paths never change: docs/adresses.md.

const minute = 60;
const day = 86_400;

/** A file that other sites may read, and keep for some seconds. */
export type Format = { path: string; type: string; name: string; what: string; keptSeconds: number };

/** Every file of open data. */
export const formats = {
  index: {
    path: '/api/v1',
    type: 'application/json',
    name: 'Sommaire',
    what: 'La liste de ces fichiers, et ce qu’il faut savoir avant de s’en servir.',
    keptSeconds: day,
  },
  service: {
    path: '/api/v1/service.json',
    type: 'application/json',
    name: 'Service',
    what: 'Le numéro, les jours, les heures, les fermetures, les jours fériés, les pages.',
    keptSeconds: day,
  },
  schema: {
    path: '/api/v1/service.schema.json',
    type: 'application/schema+json',
    name: 'Forme de service.json',
    what: 'La forme de service.json, en JSON Schema.',
    keptSeconds: day,
  },
  openapi: {
    path: '/api/v1/openapi.json',
    type: 'application/json',
    name: 'Description, pour qui programme',
    what: 'La description de ces fichiers, en OpenAPI.',
    keptSeconds: day,
  },
  text: {
    path: '/api/v1/service.txt',
    type: 'text/plain; charset=utf-8',
    name: 'Texte court',
    what: 'Le nom, le numéro et les heures, de la longueur d’un SMS.',
    keptSeconds: day,
  },
  now: {
    path: '/api/v1/ouvert.json',
    type: 'application/json',
    name: 'Ouvert maintenant',
    what: 'La ligne répond-elle maintenant, et quand ouvre-t-elle ensuite.',
    keptSeconds: minute,
  },
  calendar: {
    path: '/horaires.ics',
    type: 'text/calendar; charset=utf-8',
    name: 'Agenda',
    what: 'Les heures d’ouverture, pour un agenda.',
    keptSeconds: day,
  },
} as const satisfies Record<string, Format>;
