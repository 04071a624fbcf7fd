import type { DescribedRow } from './matrix/row.ts';

/** A column of the list as open data: its name, what it means, and its value for one partner. */
export interface OpenDataColumn {
  readonly name: string;
  readonly meaning: string;
  readonly value: (row: DescribedRow) => string | number | undefined;
}

function dollars(amount: number | undefined): number | undefined {
  return amount === undefined ? undefined : amount / 100;
}

function percent(share: number): number {
  return Math.round(share * 1000) / 10;
}

function costOf(row: DescribedRow) {
  return row.cost !== null && 'compared' in row.cost ? row.cost : undefined;
}

/** The columns of the CSV in their order; the data dictionary is made from them. */
export const openDataColumns: readonly OpenDataColumn[] = [
  {
    name: 'partner',
    meaning: 'Identifier of the organization; also the last word of its page’s address.',
    value: (row) => row.id,
  },
  { name: 'name', meaning: 'Name of the organization.', value: (row) => row.name },
  { name: 'summary', meaning: 'What it does, in the listing’s own words.', value: (row) => row.summary },
  {
    name: 'areas',
    meaning:
      'Priority areas with the status of each approval at the instant of the export: area:status, separated by semicolons. “unknown” where the source does not show the area.',
    value: (row) =>
      row.areas
        .map(({ area, status, year }) => `${area ?? 'unknown'}:${status}${year === undefined ? '' : ` (${year})`}`)
        .join('; '),
  },
  {
    name: 'documented_role',
    meaning: 'For an organization that the program has not approved: what public sources document.',
    value: (row) => row.documentedRole,
  },
  { name: 'services', meaning: 'Service types of the offerings that match.', value: (row) => row.services.join('; ') },
  {
    name: 'evidence_tier',
    meaning:
      'ESSA tier that a source states for the strongest finding that matches, or for the strongest of all where nothing is asked of findings, as a number or a range; empty where none is stated.',
    value: ({ tier }) =>
      tier === undefined
        ? undefined
        : tier.atLeast === tier.atMost
          ? String(tier.atMost)
          : `${tier.atLeast}-${tier.atMost}`,
  },
  {
    name: 'goals_agreed',
    meaning: 'Agreed goals whose result both sides confirmed; empty under three.',
    value: ({ record }) => (record.known ? record.agreed : undefined),
  },
  {
    name: 'goals_met',
    meaning: 'Those of them that were met; empty under three agreed.',
    value: ({ record }) => (record.known ? record.met : undefined),
  },
  {
    name: 'record_percent',
    meaning: 'Goals met of goals agreed, percent.',
    value: ({ record }) => (record.known ? percent(record.estimate) : undefined),
  },
  {
    name: 'record_lower_percent',
    meaning: 'Lower bound of the 90 % Wilson interval, percent; the list is ranked by it.',
    value: ({ record }) => (record.known ? percent(record.lowerBound) : undefined),
  },
  {
    name: 'engagements',
    meaning: 'Engagements with a confirmed result.',
    value: ({ record }) => (record.known ? record.engagements : undefined),
  },
  {
    name: 'cost_low',
    meaning: 'One year’s cost for the scenario, dollars, low end; empty where unknown.',
    value: (row) => dollars(costOf(row)?.low),
  },
  { name: 'cost_typical', meaning: 'The same, typical.', value: (row) => dollars(costOf(row)?.typical) },
  { name: 'cost_high', meaning: 'The same, high end.', value: (row) => dollars(costOf(row)?.high) },
  {
    name: 'staff_hours',
    meaning: 'Hours of the district’s own staff beside the fee, for one year.',
    value: (row) => costOf(row)?.staffHours,
  },
  { name: 'capacity', meaning: '“now”: room today; “later”, “full”, “unknown”.', value: (row) => row.capacity },
];

/**
 * A cell that a spreadsheet must not take for a formula: what begins with = + - @, a tab or a line
 * break gets an apostrophe in front, unless it is a number of ours.
 */
function cell(value: string | number | undefined): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' && /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The rows as CSV (RFC 4180, UTF-8), the header first. */
export function openDataCsv(rows: readonly DescribedRow[]): string {
  const lines = [
    openDataColumns.map((column) => column.name),
    ...rows.map((row) => openDataColumns.map((column) => cell(column.value(row)))),
  ];
  return lines.map((line) => `${line.join(',')}\r\n`).join('');
}
