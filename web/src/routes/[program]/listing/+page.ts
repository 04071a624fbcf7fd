import { openDesk } from '#lib/catalogue/editing/desk.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params }) => openDesk(fetch, params.program);
