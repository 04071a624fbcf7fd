import type * as z from 'zod';
import type { matrixAnswer, matrixExport, matrixManifest } from './matrix-wire.ts';

/**
 * The answer to the question that the example of each parameter asks, written by hand: a schema knows no
 * counts that agree with each other. The partners are of the invented state.
 */
const head = {
  version: 4,
  builtAt: '2026-10-01T14:58:00.000Z',
  at: '2026-10-01T15:00:00.000Z',
  scenario: { schools: 3, students: 1500, days: 12 },
  total: 3,
} as const;

const partners: z.input<typeof matrixAnswer>['partners'] = [
  {
    id: 'corvinombrey-instruction-collaborative',
    name: 'Corvinombrey Instruction Collaborative',
    summary: 'We look at student work with teachers and plan the next weeks from what we see.',
    claimed: true,
    areas: [
      { area: 'school-leadership', status: 'active' },
      { area: 'student-wellbeing', status: 'active' },
    ],
    services: ['tutoring'],
    record: {
      known: true,
      estimate: 0.75,
      lowerBound: 0.513,
      upperBound: 0.895,
      agreed: 12,
      met: 9,
      engagements: 4,
      latest: '2026-05-01T00:00:00.000Z',
    },
    cost: {
      low: 1_090_000,
      typical: 1_530_000,
      high: 1_990_000,
      compared: 1_530_000,
      comparedBy: 'typical',
      minimumApplies: false,
      staffHours: 96,
      assumptions: [{ factor: 'days', quantity: 12 }],
    },
    capacity: 'now',
    tier: { atLeast: 2, atMost: 2 },
    because: [
      { code: 'approved', areas: ['student-wellbeing'] },
      {
        code: 'evidence',
        tier: { atLeast: 2, atMost: 2 },
        populations: ['low-income'],
        outcomes: ['feeling-safe'],
      },
      { code: 'within-budget', compared: 1_530_000 },
    ],
    but: [],
  },
  {
    id: 'sorrelithar-center-for-practice',
    name: 'Sorrelithar Center for Practice',
    summary: 'We put more hours where students need them and check every month whether they help.',
    claimed: true,
    areas: [{ area: 'student-wellbeing', status: 'conditional' }],
    services: ['tutoring', 'learning-time'],
    record: {
      known: true,
      estimate: 0.667,
      lowerBound: 0.398,
      upperBound: 0.858,
      agreed: 9,
      met: 6,
      engagements: 3,
      latest: '2026-01-01T00:00:00.000Z',
    },
    cost: {
      high: 6_390_000,
      low: 3_150_000,
      compared: 4_770_000,
      comparedBy: 'midpoint',
      minimumApplies: false,
      assumptions: [{ factor: 'students', quantity: 1500 }],
    },
    capacity: 'later',
    tier: { atLeast: 1, atMost: 3 },
    because: [
      { code: 'approved', areas: ['student-wellbeing'] },
      { code: 'evidence', tier: { atLeast: 1, atMost: 3 }, populations: [], outcomes: ['attendance'] },
      { code: 'within-budget', compared: 4_770_000 },
    ],
    but: [
      { code: 'status', areas: ['student-wellbeing'], status: 'conditional' },
      { code: 'may-exceed', high: 6_390_000 },
      { code: 'no-effect-found' },
      { code: 'later', from: Date.parse('2027-01-04T05:00:00.000Z') },
    ],
  },
  {
    id: 'dastrithar-learning-group',
    name: 'Dastrithar Learning Group',
    summary: 'We help a school choose a few aims and keep to them for two years.',
    claimed: true,
    areas: [{ area: 'student-wellbeing', status: 'active' }],
    services: ['professional-learning'],
    record: { known: false },
    cost: { cannot: { missing: 'teachers' } },
    capacity: 'unknown',
    tier: { atLeast: 3, atMost: 3 },
    because: [
      { code: 'approved', areas: ['student-wellbeing'] },
      {
        code: 'evidence',
        tier: { atLeast: 3, atMost: 3 },
        populations: ['students-with-disabilities'],
        outcomes: ['math'],
      },
    ],
    but: [{ code: 'price-needs', figure: 'teachers' }, { code: 'record-unknown' }, { code: 'room-unknown' }],
  },
];

export const exampleManifest: z.input<typeof matrixManifest> = {
  version: head.version,
  builtAt: head.builtAt,
  partners: 60,
  snapshot: {
    core: '/matrix/5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8.json',
    coreBytes: 3_200,
    sites: '/matrix/6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b.json',
    summaries: '/matrix/d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35.json',
    text: '/matrix/4e07408562bedb8b60ce05c1decfe3ad16b72230967de01f640b7e4729b49fce.json',
  },
};

export const exampleAnswer: z.input<typeof matrixAnswer> = {
  ...head,
  snapshot: exampleManifest.snapshot,
  similar: [],
  page: 1,
  pages: 1,
  facets: {
    area: { 'school-leadership': 2, 'strong-teaching': 4, 'student-wellbeing': 3, 'learning-time': 2 },
    condition: { 'care-for-students': 3, 'families-as-partners': 1, 'time-for-learning': 1 },
    service: { tutoring: 2, 'learning-time': 1, 'professional-learning': 1, 'teacher-coaching': 0 },
    grade: { '6': 3, '7': 3, '8': 3, '9': 2 },
    tier: { '1': 0, '2': 1, '3': 3, '4': 4, unknown: 1 },
    population: { 'low-income': 1, 'students-with-disabilities': 1, 'english-learners': 0 },
    outcome: { attendance: 1, 'feeling-safe': 1, math: 1 },
    fund: { 'title1-1003': 2, 'orvale-first-steps': 2, 'orvale-turnaround': 1, title2: 3, local: 3 },
    max: { '10000': 1, '25000': 2, '50000': 3, '100000': 4, '250000': 4 },
    unpriced: { no: 2 },
    record: { '50': 1, '60': 0, '70': 0, '80': 0, '90': 0, unknown: 1 },
    capacity: { now: 1, unknown: 1 },
    site: { 'upper-orvale': 2, harrowfen: 1, 'inklemoor-100000': 1 },
    status: { active: 3, conditional: 1, probation: 0, suspended: 0, lapsed: 1, removed: 0, any: 4 },
  },
  unpriced: 1,
  leftOut: { tier: 1, record: 0, capacity: 0, unpriced: 0 },
  boundary: '2026-12-31T05:00:00.000Z',
  partners,
};

export const exampleExport: z.input<typeof matrixExport> = {
  ...head,
  notice: 'Orvale is an invented state: every organization, person and figure in it is invented.',
  partners,
};
