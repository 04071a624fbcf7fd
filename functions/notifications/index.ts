/** What the seed and `verify` may ask; no other context imports notifications. */
export { askContexts } from './ask-contexts.ts';
export { noticesConsumer, tasksConsumer } from './reactions.ts';
export { verifyTasks } from './refresh-tasks.ts';
