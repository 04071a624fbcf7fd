import * as z from 'zod';
import { route } from '../contract/route.ts';
import { everyRole, role } from '../kernel/actors.ts';
import { taskView } from './tasks.ts';

/** The most tasks that a home page shows; the soonest deadlines come first. */
export const tasksAtMost = 10;

const templatePreview = z.object({
  name: z.string(),
  /** The event type that it tells of. */
  event: z.string(),
  /** The roles that it can come to; empty for a mail to one person. */
  roles: z.array(role),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  address: z.string(),
});

export const notificationsContract = {
  tasks: route
    .route({
      method: 'GET',
      path: '/tasks',
      summary: 'What there is to do for you',
      description:
        'For the organization that you act for and the roles that you hold there: deadlines first, the soonest on top, then what has waited longest.',
      tags: ['Notices'],
    })
    .output(z.object({ tasks: z.array(taskView).max(tasksAtMost), more: z.boolean() })),

  templates: route
    .meta({ access: everyRole.filter((one) => one.startsWith('agency:')) })
    .route({
      method: 'GET',
      path: '/notifications/templates',
      summary: 'Every mail that this site can send, with an invented case',
      tags: ['Notices'],
    })
    .output(z.object({ templates: z.array(templatePreview) })),
};
