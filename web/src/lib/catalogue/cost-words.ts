import type { Cents } from '#shared/kernel/money.ts';
import { showMoney } from '#shared/kernel/show-money.ts';

interface Bounds {
  readonly low?: Cents | undefined;
  readonly typical?: Cents | undefined;
  readonly high?: Cents | undefined;
}

/** An amount and how far it may reach: `$9,000 to $12,000, typically $10,000`; what is unknown is left out. */
export function rangeWords({ low, typical, high }: Bounds): string {
  const usual = typical === undefined ? undefined : showMoney(typical);
  if (low !== undefined && high !== undefined) {
    if (low === high) return showMoney(low);
    const range = `${showMoney(low)} to ${showMoney(high)}`;
    return usual === undefined ? range : `${range}, typically ${usual}`;
  }
  if (usual !== undefined) {
    if (high !== undefined) return `typically ${usual}, at most ${showMoney(high)}`;
    return low === undefined ? usual : `from ${showMoney(low)}, typically ${usual}`;
  }
  if (high !== undefined) return `up to ${showMoney(high)}`;
  return low === undefined ? 'not stated' : `from ${showMoney(low)}`;
}

const toTenths = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** `14 hours of your own staff’s time, beside the fee`. */
export function staffWords(hours: number): string {
  return `${toTenths.format(hours)} ${hours === 1 ? 'hour' : 'hours'} of the district’s own staff, beside the fee`;
}
