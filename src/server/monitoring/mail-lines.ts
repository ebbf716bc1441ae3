// What the person on duty reads of the mail servers: the last refusal, and what came back.
import type { Health } from './health.ts';

/** A line for each thing to know; none when all is well. */
export function mailLines({ lastRefusal, bounced }: Health): string[] {
  return [
    ...(lastRefusal ? [refusalLine(lastRefusal)] : []),
    ...bounced.map((reference) => `Revenue, et sans autre chemin : réf. ${reference}`),
  ];
}

function refusalLine({ code, secondsAgo }: NonNullable<Health['lastRefusal']>): string {
  const ago = secondsAgo < 120 ? `${secondsAgo} s` : `${Math.round(secondsAgo / 60)} min`;
  return `Dernier refus du serveur de courriel : ${code}, il y a ${ago}`;
}
