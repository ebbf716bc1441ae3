// The line in the room of one SMS.
import type { APIRoute } from 'astro';
import { textMessage } from '../../../partners/text-message.ts';
import { parisTime } from '../../../service/calendar.ts';
import { line } from '../../../service/service.ts';

/** The text, made when the site is built. */
export const GET: APIRoute = () => new Response(textMessage(line, parisTime(new Date()).date));
