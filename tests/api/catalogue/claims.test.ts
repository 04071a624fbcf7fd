import { beforeAll, describe, expect, test } from 'vitest';
import { organization } from '#shared/accounts/model.ts';
import { accountsContract } from '#shared/accounts/contract.ts';
import { listing } from '#shared/catalogue/model.ts';
import { createListing } from '#shared/catalogue/rules.ts';
import type { Actor } from '#shared/kernel/actors.ts';
import { organizationId, personId, type OrganizationId } from '#shared/kernel/ids.ts';
import { changesOf, load, readEvents } from '#platform/aggregates.ts';
import { deliver } from '#platform/consumers.ts';
import { History } from '#platform/history.ts';
import { newId } from '#platform/ids.ts';
import { importOrganizations } from '../../../functions/accounts/index.ts';
import { claimsConsumer } from '../../../functions/catalogue/claims.ts';
import { recordListing } from '../../../functions/catalogue/index.ts';
import { listingKey } from '../../../functions/catalogue/store.ts';
import { memoryFiles, sessionOf, siteOn } from '../../architecture/site.ts';
import { aContent, aPerson, aProgram } from '../../rules/catalogue/builders.ts';
import { clientFor, testInstant } from '../../support/client.ts';
import { testTable } from '../../support/table.ts';

const engine = testTable();
const program = aProgram();
const importer = { kind: 'system', part: 'import' } as const;
const agency = { kind: 'agency', id: 'agency', name: 'Invented Agency', program: 'demo' };
const partners = ['first-listed', 'first-owned', 'nobody'].map((id) => organizationId.parse(id));
const [listedFirst, ownedFirst, nobodys] = partners;
if (listedFirst === undefined || ownedFirst === undefined || nobodys === undefined) throw new Error('Three partners.');

const claims = () => claimsConsumer(engine.table, new Map([[program.id, program]]), () => testInstant);
const stateOf = async (partner: OrganizationId) =>
  (await load(engine.table, listingKey(program.id, partner), listing))?.state;
const factsOf = async (partner: OrganizationId) =>
  (await readEvents(engine.table, listingKey(program.id, partner))).map((event) => event.type);

async function list(partner: OrganizationId): Promise<void> {
  const history = new History();
  const decided = createListing(undefined, importer, testInstant, { partner, content: aContent() }, program);
  if (!decided.ok) throw new Error('The listing is valid.');
  recordListing(history, decided.value, testInstant, importer);
  await history.writeTo(engine.table);
}

/** The program's lead invites the first owner, who uses the link. */
async function joinAsOwner(partner: OrganizationId, letter: string) {
  const { accounts } = siteOn(engine.table, memoryFiles());
  const as = (actor: Actor) => clientFor(accountsContract, accounts, { cookies: sessionOf(actor) });
  const params = { organization: partner };
  const lead = as(aPerson('agency:program-lead', { organization: organizationId.parse('agency') }));
  const made = await lead.invitations.make({ params, body: { id: newId('inv'), roles: ['partner:owner'] } });
  const person = personId.parse(`per_${letter.repeat(16)}`);
  await as({ kind: 'person', person }).invitations.use({ body: { token: made.token ?? '' } });
  return {
    aggregate: `ORG#${partner}|member#${person}`,
    sequence: 1,
    type: 'accounts.member-added',
    program: program.id,
  };
}

beforeAll(async () => {
  const given = [agency, ...partners.map((id) => ({ kind: 'partner', id, name: id, introducedBy: 'demo' }))];
  const { steps } = importOrganizations(given.map((one) => organization.parse(one)));
  for (const step of steps) await engine.table.write(changesOf(step, testInstant, importer).changes);
});

describe('a listing is claimed', () => {
  test('when the first owner joins, once however often that is told', async () => {
    await list(listedFirst);
    const bell = await joinAsOwner(listedFirst, 'a');
    expect((await stateOf(listedFirst))?.claimed).toBe(false);
    await Promise.all([deliver(engine.table, claims(), bell), deliver(engine.table, claims(), bell)]);
    await deliver(engine.table, claims(), bell);
    expect((await stateOf(listedFirst))?.claimed).toBe(true);
    expect(await factsOf(listedFirst)).toEqual(['catalogue.listing-created', 'catalogue.listing-claimed']);
  });

  test('when the organization had its owner before it was listed', async () => {
    await deliver(engine.table, claims(), await joinAsOwner(ownedFirst, 'b'));
    await list(ownedFirst);
    await deliver(engine.table, claims(), {
      aggregate: `LISTING#demo#${ownedFirst}|listing`,
      sequence: 1,
      type: 'catalogue.listing-created',
      program: program.id,
    });
    expect((await stateOf(ownedFirst))?.claimed).toBe(true);
  });

  test('and not while nobody is in charge', async () => {
    await list(nobodys);
    await deliver(engine.table, claims(), {
      aggregate: `LISTING#demo#${nobodys}|listing`,
      sequence: 1,
      type: 'catalogue.listing-created',
      program: program.id,
    });
    expect((await stateOf(nobodys))?.claimed).toBe(false);
  });
});
