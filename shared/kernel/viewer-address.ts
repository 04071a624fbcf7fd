/** The address in what CloudFront says of its viewer: `203.0.113.7:4711`, `[2001:db8::1]:4711` or `2001:db8::1:4711`. */
export function viewerAddress(named: string): string {
  return named.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
}
