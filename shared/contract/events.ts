import { accountsEvents } from '../accounts/events.ts';
import { catalogueEvents } from '../catalogue/events.ts';
import { engagementsEvents } from '../engagements/events.ts';
import { impactEvents } from '../impact/events.ts';
import type { EventType } from '../kernel/events.ts';

/** Every kind of fact that the system records. */
export const everyEvent: readonly EventType[] = [
  ...accountsEvents,
  ...catalogueEvents,
  ...engagementsEvents,
  ...impactEvents,
];
