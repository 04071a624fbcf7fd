import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import type { ApprovalAct } from '#shared/catalogue/acts.ts';
import { assertAccessible, assertFits, choose, signInAs, type Journey, type JourneyContext } from './browser.ts';

/** One page in one state: where it is, and who looks at it (nobody signed in, unless told). */
interface State {
  readonly at: string;
  readonly as?: string;
  /** Answers with this status instead of 200. */
  readonly status?: number;
  /** What folds is looked at unfolded, and by axe at 320 pixels too: what is shown there is another page. */
  readonly unfolded?: true;
  /** A list that a visitor may see as cards is looked at as cards, too. */
  readonly cards?: true;
}

const lead = 'demo-district-1-lead';
const superintendent = 'demo-district-1-superintendent';
const owner = 'demo-partner-1-owner';
const state = 'demo-agency-program-lead';
const auditor = 'demo-agency-auditor';

/** Found on the pages of the invented state, whose ids are made anew for each store. */
interface Found {
  readonly open: string;
  readonly draft: string;
  readonly invitation: string;
  readonly district: string;
  /** The page of every act on an approval, each where it can be done. */
  readonly acts: readonly string[];
}

/**
 * Every page by its route, in each of its states. A route that is not here fails the journey, so a
 * page cannot come without its accessibility test.
 */
const pages = ({ open, draft, invitation, district, acts }: Found): Readonly<Record<string, readonly State[]>> => ({
  '/': [{ at: '/' }],
  '/accessibility': [{ at: '/accessibility' }],
  '/privacy': [{ at: '/privacy' }],
  '/terms': [{ at: '/terms' }],
  '/docs': [{ at: '/docs' }],
  '/sign-in/failed': ['cancelled', 'expired', 'refused', 'no-name', 'unheard-of'].map((reason) => ({
    at: `/sign-in/failed?reason=${reason}&return=/demo`,
  })),
  '/sign-out': [{ at: '/sign-out', as: lead }],
  '/invitation': [{ at: '/invitation' }, { at: '/invitation', as: lead }],
  '/account': [
    { at: '/account', as: lead },
    { at: '/account', status: 401 },
  ],
  '/account/join': [
    { at: '/account/join', as: lead },
    { at: '/account/join?program=ma&kind=partner', as: lead },
    { at: '/account/join?program=demo&kind=partner&q=lab', as: lead },
    { at: '/account/join?program=demo&kind=district&q=nowhere', as: lead },
  ],
  '/account/organizations/[organization]': [
    { at: `/account/organizations/${district}`, as: superintendent },
    { at: `/account/organizations/${district}`, as: lead },
    { at: `/account/organizations/${district}`, as: owner, status: 404 },
  ],
  '/[program]': [{ at: '/ma' }, { at: '/demo', unfolded: true }, { at: '/nowhere', status: 404 }],
  '/[program]/partners': [
    { at: '/demo/partners', unfolded: true },
    { at: '/demo/partners?page=2', unfolded: true },
    { at: '/demo/partners?page=99', unfolded: true },
    { at: '/ma/partners', cards: true },
    { at: '/ma/partners?status=any', unfolded: true },
    { at: '/ma/partners?status=any&page=2' },
    {
      at: '/demo/partners?area=strong-teaching&tier=3&record=50&capacity=now&max=60000&fund=title1-1003',
      unfolded: true,
    },
    { at: '/demo/partners?area=learning-time&area=strong-teaching&areas=all&tier=3&max=50000&record=50&capacity=now' },
    { at: '/demo/partners?q=no+such+words&max=1', unfolded: true },
    { at: '/demo/partners?colour=red&max=much&area=none', unfolded: true },
    { at: '/ma/partners?unpriced=no&max=60000', as: 'ma-springfield-lead' },
    { at: '/demo/partners', as: lead, cards: true },
  ],
  '/[program]/partners/[partner]': [
    { at: '/ma/partners/achievement-network' },
    { at: '/ma/partners/playworks' },
    { at: '/demo/partners/drummadell-improvement-lab?schools=2' },
    { at: '/demo/partners/drummadell-improvement-lab', as: lead },
    { at: '/demo/partners/nobody', status: 404 },
  ],
  '/[program]/partners/[partner]/changes': [{ at: '/demo/partners/drummadell-improvement-lab/changes' }],
  '/[program]/changes': [{ at: '/demo/changes' }, { at: '/ma/changes' }],
  '/[program]/open-data': [{ at: '/ma/open-data' }],
  '/[program]/home': [
    { at: '/demo/home', as: lead },
    { at: '/demo/home', as: owner },
    { at: '/demo/home', as: state },
    { at: '/demo/home', as: auditor },
    { at: '/ma/home', as: 'ma-springfield-lead' },
    { at: '/demo/home', status: 401 },
  ],
  '/[program]/home/engagements': [{ at: '/demo/home/engagements', as: lead }],
  '/[program]/demand': [
    { at: '/demo/demand', as: state },
    { at: '/demo/demand', as: auditor },
    { at: '/ma/demand', as: 'ma-state-program-lead' },
  ],
  '/[program]/requests': [
    { at: '/demo/requests', as: lead },
    { at: '/ma/requests', as: 'ma-springfield-lead' },
  ],
  '/[program]/requests/new': [{ at: '/demo/requests/new', as: lead }],
  '/[program]/requests/[request]': [
    { at: `/demo/requests/${open}`, as: lead },
    { at: `/demo/requests/${draft}`, as: lead },
    { at: `/demo/requests/${draft}`, as: 'demo-district-1-committee' },
    { at: `/demo/requests/${open}`, as: 'demo-district-1-viewer' },
    { at: `/demo/requests/${open}`, as: 'demo-district-2-lead', status: 404 },
  ],
  '/[program]/requests/[request]/edit': [
    { at: `/demo/requests/${draft}/edit`, as: lead },
    { at: `/demo/requests/${open}/edit`, as: lead, status: 409 },
  ],
  '/[program]/requests/[request]/send': [{ at: `/demo/requests/${draft}/send`, as: lead }],
  '/[program]/requests/[request]/amend': [{ at: `/demo/requests/${open}/amend`, as: lead }],
  '/[program]/requests/[request]/withdraw': [{ at: `/demo/requests/${open}/withdraw`, as: lead }],
  '/[program]/requests/[request]/outcome': [
    { at: `/demo/requests/${open}/outcome`, as: superintendent },
    { at: `/demo/requests/${open}/outcome`, as: lead, status: 403 },
  ],
  '/[program]/requests/[request]/outcome/[kind]': ['awarded', 'none-suitable', 'cancelled'].map((kind) => ({
    at: `/demo/requests/${open}/outcome/${kind}`,
    as: superintendent,
  })),
  '/[program]/requests/[request]/questions': [{ at: `/demo/requests/${open}/questions`, as: lead }],
  '/[program]/requests/[request]/comments': [{ at: `/demo/requests/${open}/comments`, as: lead }],
  '/[program]/invitations': [{ at: '/demo/invitations', as: owner }],
  '/[program]/invitations/[request]': [{ at: `/demo/invitations/${invitation}`, as: owner }],
  '/[program]/invitations/[request]/questions': [{ at: `/demo/invitations/${invitation}/questions`, as: owner }],
  '/[program]/listing': [
    { at: '/demo/listing', as: owner },
    { at: '/ma/listing', as: owner, status: 404 },
    { at: '/demo/listing', as: 'demo-partner-1-viewer' },
  ],
  '/[program]/listing/[...place]': [
    'about',
    'contact',
    'capacity',
    'offerings/new',
    'findings/new',
    'claims/new',
    'sites/new',
    'sources/new',
  ].map((part) => ({ at: `/demo/listing/${part}`, as: owner })),
  '/[program]/approvals/[partner]': [
    { at: '/demo/approvals/drummadell-improvement-lab', as: state },
    // nobody is in charge of it, so the state can invite its first owner
    { at: '/ma/approvals/achievement-network', as: 'ma-state-program-lead' },
    // no source shows the area of its approval
    { at: '/ma/approvals/bay-state-reading-institute', as: 'ma-state-program-lead' },
  ],
  '/[program]/approvals/[partner]/[area]/[act]': [
    ...acts.map((at) => ({ at, as: state })),
    { at: '/ma/approvals/bay-state-reading-institute/unknown-area/end', as: 'ma-state-program-lead' },
    { at: '/ma/approvals/bay-state-reading-institute/unknown-area/grant', as: 'ma-state-program-lead' },
  ],
});

/** The routes that have a page, read from the folders. */
function routesOfPages(): readonly string[] {
  const folder = resolve(import.meta.dirname, '../../web/src/routes');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('+page.svelte'))
    .map((file) => `/${file.slice(0, -'+page.svelte'.length)}`.replace(/(.)\/$/, '$1'))
    .sort();
}

async function idOn(page: Page, address: string, row: RegExp | undefined): Promise<string> {
  await page.goto(address);
  const rows = page.locator('main tr').filter(row === undefined ? {} : { hasText: row });
  const href = await rows.locator('a[href*="/req_"]').first().getAttribute('href');
  const id = /req_[a-z0-9]+/.exec(href ?? '')?.[0];
  assert.ok(id !== undefined, `${address} names no request`);
  return id;
}

/** In which status of an approval each act can be done. */
const doable = {
  grant: 'removed',
  'set-condition': 'active',
  'meet-condition': 'conditional',
  'put-on-probation': 'active',
  'end-probation': 'probation',
  suspend: 'active',
  'lift-suspension': 'suspended',
  end: 'active',
  renew: 'active',
} as const satisfies Readonly<Record<ApprovalAct, string>>;

async function actPages(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [act, status] of Object.entries(doable)) {
    await page.goto(`/demo/partners?status=${status}`);
    const partner = await page.locator('main a[href*="/demo/partners/"]').first().getAttribute('href');
    await page.goto((partner ?? '').replace('/partners/', '/approvals/').replace(/\?.*/, ''));
    const href = await page.locator(`main a[href$="/${act}"]`).first().getAttribute('href');
    assert.ok(href !== null, `no approval can be acted on by ${act}`);
    found.push(href);
  }
  return found;
}

async function find({ browser }: JourneyContext): Promise<Found> {
  const agency = await browser.visitor();
  await signInAs(agency, state, '/demo/home');
  const district = await browser.visitor();
  await signInAs(district, lead, '/demo/requests');
  const partner = await browser.visitor();
  await signInAs(partner, owner, '/demo/invitations');
  await district.goto('/account');
  const href = await district.locator('a[href*="/account/organizations/"]').first().getAttribute('href');
  return {
    open: await idOn(district, '/demo/requests', /open for replies/i),
    draft: await idOn(district, '/demo/requests', /draft/i),
    invitation: await idOn(partner, '/demo/invitations', undefined),
    district: href?.split('/').at(-1) ?? '',
    acts: await actPages(agency),
  };
}

/** What rendering a page may cost, by its route: `docs/access-patterns.md` says why. */
const dearest: Readonly<Record<string, { readonly read: number; readonly calls: number }>> = {
  '/[program]/home': { read: 5, calls: 5 },
  '/[program]/partners/[partner]': { read: 1.5, calls: 2 },
  // half a unit: the manifest, when the function has not looked for half a second
  '/[program]/partners': { read: 0.5, calls: 2 },
};

function assertCheap(capacity: string | undefined, route: string, name: string): void {
  const most = dearest[route];
  if (most === undefined) return;
  const [, read, calls] = /^read=([\d.]+) write=0 calls=(\d+)$/.exec(capacity ?? '') ?? [];
  assert.ok(Number(read) <= most.read, `${name} costs ${capacity}, more than ${most.read} read units`);
  assert.ok(Number(calls) <= most.calls, `${name} costs ${capacity}, more than ${most.calls} calls of the API`);
}

/** One state of a page with scripts, at two widths. */
async function look(
  wide: Page,
  route: string,
  { at, status = 200, unfolded, cards }: State,
  name: string,
): Promise<void> {
  const answer = await wide.goto(at);
  assert.equal(answer?.status(), status, name);
  if (status === 200) assertCheap(answer.headers()['x-capacity'], route, name);
  if (unfolded) {
    await wide.evaluate(() => {
      for (const part of document.querySelectorAll('details')) part.open = true;
    });
  }
  await assertAccessible(wide, name);
  if (cards) await lookAtCards(wide, name);
  await wide.setViewportSize({ width: 320, height: 900 });
  await (unfolded ? assertAccessible : assertFits)(wide, `${name} at 320 pixels`);
  await wide.setViewportSize({ width: 1280, height: 900 });
}

async function lookAtCards(wide: Page, name: string): Promise<void> {
  const display = () => wide.locator('.matrix-table tbody').evaluate((rows) => getComputedStyle(rows).display);
  await choose(wide, 'Cards');
  assert.equal(await display(), 'grid', name);
  await assertAccessible(wide, `${name} as cards`);
  await choose(wide, 'Table');
  assert.equal(await display(), 'table-row-group', name);
}

async function lookWithoutScripts(plain: Page, { at, status = 200 }: State, name: string): Promise<void> {
  const without = await plain.goto(at);
  assert.equal(without?.status(), status, `${name} without JavaScript`);
  assert.equal(await plain.locator('h1').count(), 1, `${name} without JavaScript has one main heading`);
  await assertFits(plain, `${name} without JavaScript`);
}

/** Each page in each state: axe, at 320 pixels nothing sideways, and the same answer without JavaScript. */
export const journey: Journey = async (context) => {
  const table = pages(await find(context));
  assert.deepEqual(
    routesOfPages(),
    Object.keys(table).sort(),
    'every page has its accessibility test, and every test its page',
  );

  const states = Object.entries(table).flatMap(([route, list]) => list.map((one) => ({ route, ...one })));
  const faults: string[] = [];
  const people = [...new Set(states.map(({ as }) => as))];
  for (const person of people) {
    const wide = await context.browser.visitor({ examined: true });
    const plain = await context.browser.visitor({ javaScript: false, width: 320 });
    for (const page of [wide, plain]) if (person !== undefined) await signInAs(page, person, '/privacy');
    for (const state of states.filter(({ as }) => as === person)) {
      const name = `${state.at}${person === undefined ? '' : ` as ${person}`}`;
      const looks = [look(wide, state.route, state, name), lookWithoutScripts(plain, state, name)];
      for (const seen of await Promise.allSettled(looks)) {
        if (seen.status === 'rejected')
          faults.push(seen.reason instanceof Error ? seen.reason.message : String(seen.reason));
      }
    }
    await wide.context().close();
    await plain.context().close();
  }
  assert.equal(faults.length, 0, `\n${faults.join('\n\n')}\n`);
};
