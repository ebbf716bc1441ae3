// What a program must know to read our data, in OpenAPI 3.1, from the shapes that the data is held to.
import { service } from '../service/service.ts';
import { type Format, formats } from './formats.ts';
import { conditions } from './index-file.ts';
import { indexSchema, jsonSchemaOf, nowSchema, serviceSchema } from './schemas.ts';

const headers = {
  ETag: { description: 'À renvoyer dans `If-None-Match`.', schema: { type: 'string' } },
  'Cache-Control': {
    description: 'Un jour, ou une minute pour ouvert.json.',
    schema: { type: 'string' },
  },
  'Access-Control-Allow-Origin': {
    description: 'Tout site peut lire.',
    schema: { type: 'string', const: '*' },
  },
};

/** The description of the data, for a site whose address may be unknown. */
export function openapiFile(site: URL | undefined): Record<string, unknown> {
  return {
    openapi: '3.1.0',
    info: { title: `${service.name} : données`, version: '1.0.0', description: conditions.join(' ') },
    servers: [{ url: site?.origin ?? '/' }],
    paths: {
      ...read(formats.index, 'lireSommaire', referenceTo('Sommaire')),
      ...read(formats.service, 'lireService', referenceTo('Service')),
      ...read(formats.schema, 'lireSchema', { type: 'object' }),
      ...read(formats.openapi, 'lireDescription', { type: 'object' }),
      ...read(formats.text, 'lireTexte', { type: 'string', maxLength: 160 }),
      ...read(formats.now, 'lireOuvert', referenceTo('Ouvert')),
      ...read(formats.calendar, 'lireAgenda', { type: 'string' }),
    },
    components: {
      schemas: {
        Sommaire: component(indexSchema),
        Service: component(serviceSchema),
        Ouvert: component(nowSchema),
      },
    },
  };
}

function read({ path, type, what }: Format, operationId: string, schema: object) {
  const responses = {
    200: { description: what, headers, content: { [type]: { schema } } },
    304: { description: 'Rien n’a changé depuis cet `ETag`.' },
  };
  const ifNoneMatch = {
    name: 'If-None-Match',
    in: 'header',
    required: false,
    schema: { type: 'string' },
  };
  return { [path]: { get: { operationId, summary: what, parameters: [ifNoneMatch], responses } } };
}

function referenceTo(name: string): object {
  return { $ref: `#/components/schemas/${name}` };
}

// The dialect is that of OpenAPI 3.1 itself.
function component(shape: Parameters<typeof jsonSchemaOf>[0]): object {
  const { $schema: _, ...schema } = jsonSchemaOf(shape);
  return schema;
}
