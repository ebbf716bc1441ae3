/** An error reduced to a code that may be logged. Its message stays out: it can quote what somebody typed. */
export function codeOf(error: unknown): string {
  const { code, responseCode, errcode } = Object(error) as Record<string, unknown>;
  const parts = [code, responseCode, errcode].filter((part) => /^[A-Z0-9_]{1,40}$/.test(String(part)));
  return parts.join(' ') || 'UNKNOWN';
}
