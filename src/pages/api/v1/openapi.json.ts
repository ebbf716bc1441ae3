// The description of the data, for programs.
import type { APIRoute } from 'astro';
import { openapiFile } from '../../../partners/openapi.ts';

/** The file, made when the site is built. */
export const GET: APIRoute = ({ site }) => Response.json(openapiFile(site));
