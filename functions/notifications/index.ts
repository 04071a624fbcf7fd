/** What the seed and the operations may ask; no other context imports notifications. */
export { askContexts } from './ask-contexts.ts';
export { noticesConsumer, tasksConsumer } from './reactions.ts';
export { claimedNotSent } from './notice-store.ts';
export { rebuildTasks, verifyTasks } from './refresh-tasks.ts';
