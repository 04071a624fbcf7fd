import { gradeOrder } from '../../programs/grades.ts';
import { listedStatus, type ApprovalSets } from './approval-sets.ts';
import { intersect } from './bit-sets.ts';
import { wordsFor } from './bits.ts';
import type { MatrixColumns } from './columns.ts';
import { costSteps, tierSteps } from './facets.ts';
import type { FindingSets } from './finding-sets.ts';
import type { OfferingSets } from './offering-sets.ts';
import { PartnerValues } from './partner-values.ts';
import { statusWords } from './query-words.ts';
import { placesOfSites } from './site-places.ts';
import type { StateAt } from './state-at.ts';
import { ValueColumns, type Places } from './value-places.ts';

/** The values of all facets that each partner has, kept up to date as dates pass and scenarios change. */
export class MatrixValues {
  readonly partners: PartnerValues;
  readonly #words: number;

  readonly service: Places;
  readonly grade: Places;
  readonly condition: Places;
  /** The steps of the cost, those without a price in each of them. */
  readonly max: Places;
  /** One value: something has a price. */
  readonly priced: Places;
  readonly tier: Places;
  /** The tiers that a fund can require, with a positive effect. */
  readonly fund: Places;
  readonly population: Places;
  readonly outcome: Places;
  /** The status words but `any`. */
  readonly status: Places;
  /** The areas of approvals that are listed by default. */
  readonly area: Places;
  /** Those of them in which something is offered. */
  readonly offered: Places;
  readonly capacity: Places;
  readonly site: Places;

  constructor(
    { partners, approvals, offerings, findings, sites }: MatrixColumns,
    offering: OfferingSets,
    finding: FindingSets,
    totalOfSite: (site: number) => number,
  ) {
    this.#words = wordsFor(partners.count);
    const areas = approvals.areaIds.ids.length;
    const layout = new ValueColumns();
    this.service = layout.add(offerings.serviceIds.ids.length);
    this.grade = layout.add(gradeOrder.length);
    this.condition = layout.add(offerings.conditionIds.ids.length);
    this.max = layout.add(costSteps.length);
    this.priced = layout.add(1);
    this.tier = layout.add(tierSteps.length);
    this.fund = layout.add(tierSteps.length);
    this.population = layout.add(findings.populationIds.ids.length);
    this.outcome = layout.add(findings.outcomeIds.ids.length);
    this.status = layout.add(statusWords.length - 1);
    this.area = layout.add(areas);
    this.offered = layout.add(areas);
    this.capacity = layout.add(2);
    const first = layout.place();
    const { site, columns: ofSites, rare, rareCount } = placesOfSites(sites, partners.count, first, totalOfSite);
    this.site = site;
    this.partners = new PartnerValues(partners.count, first + ofSites, rare, rareCount);
    for (let partner = 0; partner < partners.count; partner += 1) {
      for (let row = sites.from[partner] ?? 0; row < (sites.from[partner + 1] ?? 0); row += 1)
        this.partners.put(partner, site.slots[sites.site[row] ?? 0] ?? 0);
    }
    this.partners.write(this.service, offering.owners.service);
    this.partners.write(this.grade, offering.owners.grade);
    this.partners.write(this.condition, offering.owners.condition);
    this.partners.write(this.tier, finding.owners.tier);
    this.partners.write(this.fund, finding.owners.fund);
    this.partners.write(this.population, finding.owners.population);
    this.partners.write(this.outcome, finding.owners.outcome);
  }

  /** Takes over what offerings cost in another scenario. */
  readCosts(offering: OfferingSets): void {
    this.partners.write(this.max, offering.owners.max);
    this.partners.write(this.priced, offering.owners.priced);
    this.partners.settle();
  }

  /** Takes over what the dates say from another moment on. */
  readState(approval: ApprovalSets, offering: OfferingSets, { roomNow, roomUnknown }: StateAt): void {
    const words = this.#words;
    const { status, area, offered, capacity, partners } = this;
    partners.write(status, approval.owners);
    approval.readAreas(listedStatus);
    partners.write(area, approval.inArea);
    const inArea = approval.inArea.slice();
    intersect(inArea, inArea, offering.owners.area);
    partners.write(offered, inArea);
    const room = new Int32Array(words * 2);
    room.set(roomNow);
    room.set(roomUnknown, words);
    partners.write(capacity, room);
    // The first status word is the one that lists by default.
    partners.settle(approval.owners.subarray(0, words));
  }
}
