import { isIPv6 } from 'node:net';
import type { Instant } from '#shared/kernel/instants.ts';
import type { Table } from './table.ts';

export interface Rate {
  /** What is counted: `change`, `sign-in`. */
  readonly kind: string;
  readonly most: number;
  readonly perSeconds: number;
}

export const rates = {
  /** A school district is often one address; signing in is two calls. */
  signInByAddress: { kind: 'sign-in-address', most: 100, perSeconds: 300 },
  changeByPerson: { kind: 'change-person', most: 120, perSeconds: 60 },
  changeByAddress: { kind: 'change-address', most: 600, perSeconds: 60 },
} as const satisfies Readonly<Record<string, Rate>>;

/** The groups of the part of an IPv6 address before or after its `::`. */
function groupsOf(part: string): readonly string[] {
  return part === '' ? [] : part.split(':').map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''));
}

/**
 * What an address is counted as. A household or a school holds a whole /64 of IPv6 and may call from a
 * new address of it each time; an IPv4 address written as IPv6 is that IPv4 address.
 */
export function countedAddress(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [bare = ''] = address.split('%');
  if (!isIPv6(bare)) return address;
  const [before = '', after] = bare.split('::');
  const front = groupsOf(before);
  const back = groupsOf(after ?? '').flatMap((group) => (group.includes('.') ? [group, group] : [group]));
  const zeros = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0');
  return `${[...front, ...zeros, ...back].slice(0, 4).join(':')}::/64`;
}

/**
 * Counts one try in the present window; false when the subject has used up its tries. The table may
 * drop a counter when the window after its own is over: a request that comes late still finds it.
 */
export async function allowed(table: Table, rate: Rate, subject: string, at: Instant): Promise<boolean> {
  const seconds = Math.floor(Date.parse(at) / 1000);
  const window = Math.floor(seconds / rate.perSeconds);
  const written = await table.write([
    {
      kind: 'add',
      key: { pk: `RATE#${rate.kind}#${subject}`, sk: `WINDOW#${window}` },
      amounts: { tries: 1 },
      set: { expires: (window + 2) * rate.perSeconds },
      below: { attribute: 'tries', limit: rate.most },
    },
  ]);
  return written.ok;
}
