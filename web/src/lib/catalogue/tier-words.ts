interface StatedTier {
  readonly atLeast: number;
  readonly atMost: number;
}

/** The tier that the source states: `tier 2`, `tiers 1–3`, `not rated`. */
export function tierWords(tier: StatedTier | undefined): string {
  if (tier === undefined) return 'not rated';
  return tier.atLeast === tier.atMost ? `tier ${tier.atLeast}` : `tiers ${tier.atLeast}–${tier.atMost}`;
}
