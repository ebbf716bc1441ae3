/**
 * An error reduced to the codes that may be logged, the system's own after nodemailer's. Its message stays out: it can
 * quote what somebody typed.
 */
export function codeOf(error: unknown): string {
  const { code, originalCode, responseCode, errcode } = Object(error) as Record<string, unknown>;
  const parts = [code, originalCode, responseCode, errcode].filter((part) => isCode(String(part)));
  return [...new Set(parts)].join(' ') || 'UNKNOWN';
}

function isCode(part: string): boolean {
  return /^[A-Z0-9_]{1,40}$/.test(part);
}
