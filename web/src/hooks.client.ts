import type { HandleClientError } from '@sveltejs/kit/hooks';
import { sentenceForStatus } from '#lib/failure.ts';

export const handleError: HandleClientError = (caught) => {
  if (caught.kind === 'app') return;
  if (caught.kind === 'framework') return { message: sentenceForStatus(caught.error.status) };
  console.error(caught.error);
  return { message: sentenceForStatus(500) };
};
