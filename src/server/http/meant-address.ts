// An address written with a slip: a capital that the keyboard set, an accent, what ends the sentence around a link.
import querystring from 'node:querystring';

const longestTyped = 300;

/** The address that was meant, to be looked up among ours: no other word that was asked for may come back. */
export function meantAddress(pathname: string): string {
  if (pathname.length > longestTyped) return pathname;
  const typed = querystring.unescape(pathname).toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  return `/${typed.slice(1).replace(/[\s\p{P}\p{Default_Ignorable_Code_Point}]+$/u, '')}`;
}
