// The opening hours, for an agenda.
import type { APIRoute } from 'astro';
import { calendarFile } from '../partners/calendar-file.ts';
import { parisTime } from '../service/calendar.ts';

/** The calendar, made when the site is built. */
export const GET: APIRoute = () => new Response(calendarFile(parisTime(new Date()).date));
