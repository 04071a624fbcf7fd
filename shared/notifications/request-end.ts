import type { OrganizationId } from '../kernel/ids.ts';
import type { RequestFacts } from './facts.ts';

/**
 * Whether the end of a request is news to a partner: it said that it is interested, or it was cut
 * off while it could still answer. One that declined or let the time run out has finished by itself.
 */
export function concerns(facts: RequestFacts, partner: OrganizationId): boolean {
  const own = facts.partners.find((one) => one.partner === partner);
  if (own === undefined || facts.ended === undefined) return false;
  return own.answer === undefined ? facts.ended.at <= facts.replyBy : own.answer.kind === 'interested';
}
