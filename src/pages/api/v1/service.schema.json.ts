// The shape of service.json.
import type { APIRoute } from 'astro';
import { formats } from '../../../partners/formats.ts';
import { jsonSchemaOf, serviceSchema } from '../../../partners/schemas.ts';

/** The file, made when the site is built; it names itself where the site knows its own address. */
export const GET: APIRoute = ({ site }) => {
  const id = site ? { $id: new URL(formats.schema.path, site).href } : {};
  return Response.json({ ...id, ...jsonSchemaOf(serviceSchema) });
};
