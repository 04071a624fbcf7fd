import type { Instant } from '#shared/kernel/instants.ts';

/** A share from 0 to 1 as a whole percentage: `72%`. */
export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

/** `May 2026`. A record knows the month of its latest confirmation, written as its first instant in UTC. */
export function monthWords(at: Instant): string {
  return new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(Date.parse(at));
}
