export { claimsConsumer } from './claims.ts';
export {
  broughtListings,
  importListings,
  listingVersion,
  recordApproval,
  recordDraft,
  recordListing,
} from './import.ts';
export { askForAll, buildMatrix, verifyMatrix } from './matrix-builder.ts';
export { changesConsumer, recordConsumer, workloadConsumer } from './reactions.ts';
export { standingOf, type Standing } from './standing.ts';
export { loadPartner, everyPartner } from './store.ts';
