// The opening hours, for an agenda.
import type { APIRoute } from 'astro';
import { calendarFile } from '../partners/calendar-file.ts';
import { parisTime } from '../service/calendar.ts';
import { line } from '../service/service.ts';

/** The calendar, made when the site is built. */
export const GET: APIRoute = () => new Response(calendarFile(line, parisTime(new Date()).date));
