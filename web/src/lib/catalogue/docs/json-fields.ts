interface JsonField {
  readonly name: string;
  readonly meaning: string;
}

/** What stands around the partners in the JSON of the list. */
export const exportFields: readonly JsonField[] = [
  { name: 'version', meaning: 'Number of the snapshot that was read; it grows with every change of the list.' },
  {
    name: 'builtAt',
    meaning: 'When the snapshot was built. What was confirmed in the seconds before may still be missing.',
  },
  { name: 'at', meaning: 'The instant for which the dates of approvals were read.' },
  { name: 'scenario', meaning: 'Schools, teachers, students and days that costs are worked out for.' },
  { name: 'total', meaning: 'How many partners match.' },
  { name: 'notice', meaning: 'What a reader must know about the figures.' },
  { name: 'partners', meaning: 'The partners that match, each as below.' },
];

/** What stands in each partner of the JSON of the list. Amounts are whole cents. */
export const partnerFields: readonly JsonField[] = [
  { name: 'id', meaning: 'Identifier of the organization; also the last word of its page’s address.' },
  { name: 'name', meaning: 'Name of the organization.' },
  { name: 'summary', meaning: 'What it does, in the listing’s own words.' },
  {
    name: 'claimed',
    meaning: 'True once somebody of the organization has an account; only then can it be sent a request.',
  },
  { name: 'documentedRole', meaning: 'For an organization that is not approved: what public sources document.' },
  {
    name: 'areas',
    meaning: 'Each approval: priority area (absent where not published), status, year of the published list.',
  },
  { name: 'services', meaning: 'Service types of the offerings that match.' },
  {
    name: 'record',
    meaning:
      'Track record: estimate and 90 % interval as shares from 0 to 1, with counts; known is false under three confirmed goals.',
  },
  {
    name: 'cost',
    meaning:
      'One year’s cost for the scenario in cents; cannot says which figure is missing; null where no price is published.',
  },
  { name: 'capacity', meaning: 'now: room today; later; full; unknown.' },
  {
    name: 'tier',
    meaning:
      'ESSA tiers that a source states for the strongest finding that matches, or for the strongest of all where the address asks nothing of findings; absent where none is stated.',
  },
  { name: 'because', meaning: 'Why the partner matches, as codes with their data.' },
  { name: 'but', meaning: 'What speaks against the match, as codes with their data.' },
];
