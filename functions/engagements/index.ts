export {
  recordComment,
  recordEngagement,
  recordInvitation,
  recordQuestion,
  recordRequest,
  recordSummaries,
} from './import.ts';
export { demandConsumer } from './reactions.ts';
export { requestParts } from './store.ts';
